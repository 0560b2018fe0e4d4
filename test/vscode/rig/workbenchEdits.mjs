// Turns the workbench of code-server into the one that an embedder starts, as upstream builds it.
// The script is minified, so names are found by the shape of the code around them. Every pattern
// must match exactly once: a new version that looks different fails here, and not in a test.

/**
 * @param {string} script the server's workbench.js
 * @returns {string} a module that exports the embedder's API: `create`, `URI`, `Emitter`
 */
export function withoutServer(script) {
  const edited = exportEmbedderApi(script);
  return [keepUserDataInBrowser, provideServerFlags].reduce((text, edit) => edit(text), edited);
}

/**
 * The script ends with a bootstrap that starts at once and insists on a server. In its place go
 * the exports that it uses itself.
 * @param {string} script
 */
function exportEmbedderApi(script) {
  const bootstrap = matchOnce(
    script,
    /\(function\(\)\{let (\w+)=(\w+)\.document\.getElementById\("vscode-workbench-web-configuration"\)[\s\S]*?\}\)\(\);export\{[^}]*\};/g,
  );
  const create = nameIn(bootstrap.text, /[;,]([\w$]+)\(\w+\.document\.body,\{\.\.\./);
  const uri = nameIn(bootstrap.text, /=([\w$]+)\.parse\(new URL\(/);
  // A class of the bootstrap, shortly before it, is the first place that makes an Emitter.
  const before = script.slice(bootstrap.start - 9000, bootstrap.start);
  const emitter = nameIn(before, /this\._onCallback=this\._register\(new ([\w$]+)\)/);
  return (
    script.slice(0, bootstrap.start) +
    `export{${create} as create,${uri} as URI,${emitter} as Emitter};` +
    script.slice(bootstrap.end)
  );
}

/**
 * code-server keeps the user's data on the server; upstream in the browser.
 * @param {string} script
 */
function keepUserDataInBrowser(script) {
  return replaceOnce(
    script,
    /get userRoamingDataHome\(\)\{return [\w$]+\(([\w$]+)\.file\(this\.userDataPath\)\.with\(\{scheme:([\w$]+)\.vscodeRemote\}\),"User"\)\}/g,
    'get userRoamingDataHome(){return $1.file("/User").with({scheme:$2.vscodeUserData})}',
  );
}

/**
 * Three options that only code-server has, and requires.
 * @param {string} script
 */
function provideServerFlags(script) {
  const flags = {
    isEnabledFileDownloads: true,
    isEnabledFileUploads: true,
    isEnabledCoderGettingStarted: false,
  };
  return Object.entries(flags).reduce(
    (text, [flag, value]) =>
      replaceOnce(
        text,
        new RegExp(`throw new Error\\("${flag} was not provided to the browser"\\)`, 'g'),
        `return ${value}`,
      ),
    script,
  );
}

/**
 * @param {string} text
 * @param {RegExp} pattern
 */
function matchOnce(text, pattern) {
  const matches = [...text.matchAll(pattern)];
  const [match] = matches;
  if (!match || matches.length > 1) {
    throw new Error(`${matches.length} matches of ${pattern}: adapt the edits to this VS Code`);
  }
  return { text: match[0], start: match.index, end: match.index + match[0].length };
}

/**
 * @param {string} text
 * @param {RegExp} pattern
 * @param {string} replacement
 */
function replaceOnce(text, pattern, replacement) {
  matchOnce(text, pattern);
  return text.replace(pattern, replacement);
}

/**
 * @param {string} text
 * @param {RegExp} pattern
 */
function nameIn(text, pattern) {
  const name = text.match(pattern)?.[1];
  if (!name) throw new Error(`no match of ${pattern}: adapt the edits to this VS Code`);
  return name;
}
