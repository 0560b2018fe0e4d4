import { AUDIT_DESCRIPTOR } from './calls.js';
import type { Script } from './script.js';

/** Stands in for the standard library: short enough to be read back whole. */
export const STDLIB = Uint8Array.from({ length: 1500 }, (_, index) => (index * 7) & 0xff);

const PATH = 0;
const OPENED = 0x1000;
const VECTOR = 0x1008;
const USED = 0x1010;
const CONTENT = 0x2000;
const CONTENT_BYTES = 2048;
const READ_RIGHT = 2n;
const WRITE_RIGHT = 64n;
const CREATE = 1;
const APPEND = 1;
const FOLDERS = ['.', 'usr', 'usr/local', 'usr/local/lib'];
const ARCHIVE = 'usr/local/lib/python314.zip';

/** Opens the root under a number of its own, and leaves the others as they were. */
export function openAuditDescriptor(script: Script): Script {
  putPath(script.reset(0), '.');
  const numbers = Array.from({ length: AUDIT_DESCRIPTOR - 3 }, (_, index) => index + 4);
  numbers.forEach(() => script.call('path_open', openArguments(3, 1, 0n), [word(OPENED)]));
  for (const number of numbers.slice(0, -1)) script.call('fd_close', [number]);
  return script;
}

/**
 * Opens what there is to be had, so that hostile calls find it: under 4 a file to read and write,
 * under 5 one that is full, under 6 a folder with something in it, under 7 a file that is only
 * appended to and has no name any more, under 8 a folder that is gone.
 */
export function openFiles(script: Script): Script {
  const at = (path: string): number => putPath(script.reset(0), path);
  const open = (path: string, flags: number, rights: bigint, descriptorFlags = 0): void => {
    const length = at(path);
    const args = [AUDIT_DESCRIPTOR, 0, PATH, length, flags, rights, 0n, descriptorFlags, OPENED];
    script.call('path_open', args, [word(OPENED)]);
  };
  open('tmp/a', CREATE, READ_RIGHT | WRITE_RIGHT);
  open('tmp/b', CREATE, READ_RIGHT | WRITE_RIGHT);
  script.call('fd_filestat_set_size', [5, 60_000n]);
  script.call('path_create_directory', [AUDIT_DESCRIPTOR, PATH, at('tmp/d')]);
  script.call('path_create_directory', [AUDIT_DESCRIPTOR, PATH, at('tmp/d/e')]);
  open('tmp/d', 0, 0n);
  open('workspace/c', CREATE, READ_RIGHT | WRITE_RIGHT, APPEND);
  script.call('path_unlink_file', [AUDIT_DESCRIPTOR, PATH, at('workspace/c')]);
  script.call('path_create_directory', [AUDIT_DESCRIPTOR, PATH, at('workspace/gone')]);
  open('workspace/gone', 0, 0n);
  script.call('path_remove_directory', [AUDIT_DESCRIPTOR, PATH, at('workspace/gone')]);
  return script;
}

/** @param free the lowest descriptor that is closed. */
export function auditSkeleton(script: Script, free: number): Script {
  script.reset(0);
  for (const folder of FOLDERS) {
    const length = putPath(script, folder);
    script
      .call('path_filestat_get', [AUDIT_DESCRIPTOR, 0, PATH, length, CONTENT], [bytes(64)])
      .dump(bytes(64));
    listFolder(script, folder, free);
  }
  const length = putPath(script, ARCHIVE);
  script
    .call('path_filestat_get', [AUDIT_DESCRIPTOR, 0, PATH, length, CONTENT], [bytes(64)])
    .dump(bytes(64))
    .call('path_open', openArguments(AUDIT_DESCRIPTOR, length, READ_RIGHT), [word(OPENED)])
    .poke(VECTOR, new Uint8Array(Uint32Array.of(CONTENT, CONTENT_BYTES).buffer))
    .call('fd_read', [free, VECTOR, 1, USED], [bytes(CONTENT_BYTES), word(USED)])
    .call('fd_close', [free]);
  return script.dump({ at: CONTENT, length: STDLIB.length });
}

/** Reports what a folder holds: nothing but zeros if it is empty. */
export function listFolder(script: Script, folder: string, free: number): Script {
  const length = putPath(script.reset(0), folder);
  return script
    .call('path_open', openArguments(AUDIT_DESCRIPTOR, length, 0n), [word(OPENED)])
    .call(
      'fd_readdir',
      [free, CONTENT, CONTENT_BYTES, 0n, USED],
      [bytes(CONTENT_BYTES), word(USED)],
    )
    .dump(bytes(256))
    .call('fd_close', [free]);
}

/** Closes all but the audit's own. */
export function closeAll(script: Script, maxDescriptors: number): Script {
  for (let number = 0; number < maxDescriptors; number++) {
    if (number !== AUDIT_DESCRIPTOR) script.call('fd_close', [number]);
  }
  return script;
}

function putPath(script: Script, path: string): number {
  const encoded = new TextEncoder().encode(path);
  script.poke(PATH, encoded);
  return encoded.length;
}

function openArguments(from: number, length: number, rights: bigint): (number | bigint)[] {
  return [from, 0, PATH, length, 0, rights, 0n, 0, OPENED];
}

const word = (at: number): { at: number; length: number } => ({ at, length: 4 });
const bytes = (length: number): { at: number; length: number } => ({ at: CONTENT, length });
