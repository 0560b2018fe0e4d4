// A Chromium to run tests in: the one that is installed, else Debian's through apt.
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

const outsidePath = [
  '/usr/bin/chromium',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

/**
 * Arguments for every headless Chromium of the tests.
 * A test that reaches out to the network must fail here as it would on a machine without one,
 * so no name but localhost resolves.
 */
export const chromiumArgs = [
  '--no-sandbox', // the tests run as root in containers
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE localhost , EXCLUDE *.localhost , EXCLUDE 127.0.0.1',
];

/**
 * @returns {string} the executable; installs it where that is possible
 * @throws where there is none, saying what to do
 */
export function ensureChromium() {
  return findChromium() ?? installChromium();
}

/** @returns {string | undefined} */
export function findChromium() {
  const named = process.env.CHROMIUM;
  if (named) {
    if (existsSync(named)) return named;
    throw new Error(`There is no Chromium at ${named}, which $CHROMIUM names.`);
  }
  const folders = (process.env.PATH ?? '').split(path.delimiter).filter(Boolean);
  const onPath = folders.flatMap((folder) => names.map((name) => path.join(folder, name)));
  return [...onPath, ...outsidePath].find((candidate) => existsSync(candidate));
}

function installChromium() {
  const isRoot = process.getuid?.() === 0;
  if (!isRoot || !existsSync('/usr/bin/apt-get')) {
    throw new Error(
      'The tests need Chromium. Install it (Debian: sudo apt-get install chromium) ' +
        'or set CHROMIUM to the executable of a Chromium or Chrome.',
    );
  }
  process.stderr.write('Installing chromium through apt…\n');
  /** @type {import('node:child_process').ExecFileSyncOptions} */
  const options = {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  };
  execFileSync('apt-get', ['update'], options);
  execFileSync('apt-get', ['install', '-y', '--no-install-recommends', 'chromium'], options);
  const installed = findChromium();
  if (!installed) throw new Error('apt installed chromium, and yet there is none on PATH.');
  return installed;
}
