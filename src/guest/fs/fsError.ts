/** The errors of WASI (preview 1) that the file system answers with. */
export const ERRNO = {
  success: 0,
  badDescriptor: 8,
  exists: 20,
  illegalSequence: 25,
  interrupted: 27,
  invalid: 28,
  isDirectory: 31,
  tooManyFiles: 33,
  nameTooLong: 37,
  noEntry: 44,
  noSpace: 51,
  notDirectory: 54,
  notEmpty: 55,
  notSupported: 58,
  readOnly: 69,
  isPipe: 70,
  notCapable: 76,
} as const;

/** A refusal, carried as the errno that the guest gets. Never leaves the guest's side. */
export class FsError extends Error {
  override readonly name = 'FsError';

  constructor(readonly errno: number) {
    super(`errno ${String(errno)}`);
  }
}
