import { Fd, wasi } from '@bjorn3/browser_wasi_shim';
import { ERRNO } from '../fs/fsError.js';
import { GuestFilestat } from './guestFilestat.js';

/** What the standard streams have in common: they look like pipes, never like a terminal. */
abstract class StreamDescriptor extends Fd {
  readonly #rights: bigint;

  constructor(rights: number) {
    super();
    this.#rights = BigInt(rights | wasi.RIGHTS_POLL_FD_READWRITE);
  }

  override fd_fdstat_get(): { ret: number; fdstat: wasi.Fdstat } {
    const fdstat = new wasi.Fdstat(wasi.FILETYPE_UNKNOWN, 0);
    fdstat.fs_rights_base = this.#rights;
    return { ret: ERRNO.success, fdstat };
  }

  override fd_fdstat_set_flags(): number {
    return ERRNO.success;
  }

  override fd_filestat_get(): { ret: number; filestat: wasi.Filestat } {
    return { ret: ERRNO.success, filestat: new GuestFilestat(0n, wasi.FILETYPE_UNKNOWN, 0n) };
  }

  override fd_filestat_set_size(): number {
    return ERRNO.invalid;
  }

  override fd_seek(): { ret: number; offset: bigint } {
    return { ret: ERRNO.isPipe, offset: 0n };
  }

  override fd_tell(): { ret: number; offset: bigint } {
    return { ret: ERRNO.isPipe, offset: 0n };
  }

  override fd_read(_size: number): { ret: number; data: Uint8Array } {
    return { ret: ERRNO.badDescriptor, data: new Uint8Array() };
  }

  override fd_write(_data: Uint8Array): { ret: number; nwritten: number } {
    return { ret: ERRNO.badDescriptor, nwritten: 0 };
  }
}

/** stdout or stderr. */
export class OutputDescriptor extends StreamDescriptor {
  readonly #write: (bytes: Uint8Array) => void;

  /** @param write takes ownership of the bytes. */
  constructor(write: (bytes: Uint8Array) => void) {
    super(wasi.RIGHTS_FD_WRITE);
    this.#write = write;
  }

  override fd_write(data: Uint8Array): { ret: number; nwritten: number } {
    if (data.length > 0) this.#write(data);
    return { ret: ERRNO.success, nwritten: data.length };
  }
}

/** stdin: what was given, then end of file. */
export class InputDescriptor extends StreamDescriptor {
  #bytes: Uint8Array = new Uint8Array();
  #offset = 0;

  constructor() {
    super(wasi.RIGHTS_FD_READ);
  }

  /** Gives the program its input, before it starts. */
  feed(bytes: Uint8Array): void {
    this.#bytes = bytes;
  }

  override fd_read(size: number): { ret: number; data: Uint8Array } {
    const data = this.#bytes.subarray(this.#offset, this.#offset + size);
    this.#offset += data.length;
    return { ret: ERRNO.success, data };
  }
}
