// The workspace of the web host, as vscode.dev has a repository: a virtual file system.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { inProject } from '../../support/paths.mjs';

const providerDir = inProject('node_modules/@vscode/test-web/fs-provider');
const providerPath = '/static/extensions/fs';

// VS Code trusts every virtual folder from the start, but for one scheme: that of repositories on
// vscode.dev. Under this name there is Restricted Mode.
const schemeOfTestWeb = /(["':])vscode-test-web(?=["'])/g;
const scheme = 'vscode-vfs';

/** What the workbench opens. */
export const virtualFolderUri = { scheme, authority: 'mount', path: '/' };

/**
 * Serves the file system provider of @vscode/test-web with the other scheme.
 * @param {any} context of a Koa request
 * @param {() => Promise<void>} next serves the provider as it is
 */
export async function serveFolderProvider(context, next) {
  await next();
  const edit = edits[context.path];
  if (!edit) return;
  context.body.destroy(); // an open file
  context.body = edit(
    readFileSync(path.join(providerDir, context.path.slice(providerPath.length)), 'utf8'),
  );
}

/** @type {Record<string, (text: string) => string>} */
const edits = {
  [`${providerPath}/package.json`]: (text) => {
    const manifest = JSON.parse(withScheme(text));
    // Without the files there would be nothing to restrict.
    manifest.capabilities = { untrustedWorkspaces: { supported: true }, virtualWorkspaces: true };
    return JSON.stringify(manifest);
  },
  [`${providerPath}/dist/fsExtensionMain.js`]: withScheme,
};

/** @param {string} text */
function withScheme(text) {
  return text.replace(schemeOfTestWeb, `$1${scheme}`);
}
