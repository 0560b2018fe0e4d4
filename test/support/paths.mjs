import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of the project. */
export const projectRoot = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');

/** What the build makes. */
export const distDir = path.join(projectRoot, 'dist');

/** What the rigs leave behind: profiles, screenshots, the derived web build. Safe to delete. */
export const rigDir = path.join(projectRoot, '.rig');

/** @param {...string} segments relative to the project */
export const inProject = (...segments) => path.join(projectRoot, ...segments);
