// Unpacks a .vsix, so that a host that cannot install one still runs what ships.
import { createWriteStream, mkdirSync } from 'node:fs';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import yauzl from 'yauzl';

const prefix = 'extension/';
const openZip = promisify(yauzl.open);

/**
 * @param {string} vsix
 * @param {string} targetDir gets what is under `extension/` of the package
 * @returns {Promise<void>}
 */
export async function unpackVsix(vsix, targetDir) {
  // lazyEntries: the next entry comes when it is asked for, so that only one file is open at a time.
  const zip = await openZip(vsix, { lazyEntries: true });
  const openEntry = promisify(zip.openReadStream.bind(zip));

  /** @param {any} entry */
  const unpack = async (entry) => {
    const isFile = entry.fileName.startsWith(prefix) && !entry.fileName.endsWith('/');
    if (isFile) {
      const file = path.join(targetDir, entry.fileName.slice(prefix.length));
      mkdirSync(path.dirname(file), { recursive: true });
      await pipeline(await openEntry(entry), createWriteStream(file));
    }
    zip.readEntry();
  };

  await new Promise((resolve, reject) => {
    zip.on('error', reject);
    zip.on('end', resolve);
    zip.on('entry', (/** @type {any} */ entry) => unpack(entry).catch(reject));
    zip.readEntry();
  });
}
