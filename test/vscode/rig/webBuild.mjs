// Derives a serverless "VS Code for the Web" from the VS Code server: the build that vscode.dev
// has and that no npm package carries, in the layout that @vscode/test-web expects.
// Symbolic links where nothing changes; two files are written anew.
import {
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { inProject, rigDir } from '../../support/paths.mjs';
import { createProfile } from './profile.mjs';
import { readJson, vscodeCommit, vscodeDir, vscodeVersion } from './product.mjs';
import { withoutServer } from './workbenchEdits.mjs';

/** Raise when what this file or workbenchEdits.mjs makes changes. */
const revision = 1;

const sourceOut = path.join(vscodeDir, 'out');

/**
 * @returns {string} the folder of the build; made where it is missing
 */
export function ensureWebBuild() {
  const buildDir = path.join(rigDir, `vscode-web-${vscodeVersion}-${revision}`);
  if (existsSync(buildDir)) return buildDir;
  // Made elsewhere and renamed, so that a build that is there is whole.
  const { dir, remove } = createProfile('web-build');
  linkResources(dir);
  linkBuiltinExtensions(path.join(dir, 'extensions'));
  writeWorkbench(path.join(dir, 'out/vs/workbench'));
  symlinkSync(inProject('node_modules'), path.join(dir, 'node_modules'));
  const manifest = { name: 'code-oss-web', version: vscodeVersion, type: 'module' };
  writeFileSync(path.join(dir, 'package.json'), JSON.stringify(manifest));
  writeFileSync(path.join(dir, 'version'), vscodeCommit);
  rmSync(buildDir, { recursive: true, force: true });
  renameSync(dir, buildDir);
  remove();
  return buildDir;
}

/** @param {string} buildDir */
function linkResources(buildDir) {
  const links = {
    out: ['nls.messages.js', 'media'],
    'out/vs': ['base', 'code', 'editor', 'platform'],
    'out/vs/workbench': ['api', 'browser', 'contrib', 'services'],
  };
  for (const [folder, names] of Object.entries(links)) {
    mkdirSync(path.join(buildDir, folder), { recursive: true });
    for (const name of names) {
      const source = path.join(vscodeDir, folder, name);
      if (existsSync(source)) symlinkSync(source, path.join(buildDir, folder, name));
    }
  }
}

/** @param {string} targetDir */
function linkBuiltinExtensions(targetDir) {
  mkdirSync(targetDir);
  const sourceDir = path.join(vscodeDir, 'extensions');
  for (const entry of readdirSync(sourceDir, { withFileTypes: true })) {
    if (!entry.isDirectory()) continue;
    linkExtension(path.join(sourceDir, entry.name), path.join(targetDir, entry.name));
  }
}

/**
 * @param {string} source
 * @param {string} target
 */
function linkExtension(source, target) {
  const webMain = webMainOf(source);
  if (!webMain || existsSync(path.join(source, webMain))) {
    symlinkSync(source, target);
    return;
  }
  // The server's package leaves out the web bundles of its extensions: without this one,
  // each would end in an error message.
  const [topFolder] = webMain.split(path.sep);
  mkdirSync(path.join(target, path.dirname(webMain)), { recursive: true });
  writeFileSync(path.join(target, webMain), 'exports.activate = () => {};\n');
  for (const name of readdirSync(source)) {
    if (name !== topFolder) symlinkSync(path.join(source, name), path.join(target, name));
  }
}

/** @param {string} extensionDir */
function webMainOf(extensionDir) {
  const { browser } = readJson(path.join(extensionDir, 'package.json'));
  if (typeof browser !== 'string') return undefined;
  return path.normalize(browser.endsWith('.js') ? browser : `${browser}.js`);
}

/** @param {string} workbenchDir */
function writeWorkbench(workbenchDir) {
  const source = path.join(sourceOut, 'vs/code/browser/workbench');
  const script = readFileSync(path.join(source, 'workbench.js'), 'utf8');
  const styles = readFileSync(path.join(source, 'workbench.css'), 'utf8');
  writeFileSync(path.join(workbenchDir, 'workbench.web.main.internal.js'), withoutServer(script));
  writeFileSync(
    path.join(workbenchDir, 'workbench.web.main.internal.css'),
    // two folders less deep than where it comes from
    styles.replaceAll('../../../../media/', '../../media/'),
  );
}
