import type { FailureCode } from '../protocol/outcome.js';
import type { Translate } from './translate.js';

/** What went wrong on our side, in words, and what helps. */
export interface FailureAdvice {
  readonly message: string;
  /** Whether loading the window anew is likely to help. */
  readonly offersReload: boolean;
}

/** What to tell the user of a failure; null where nobody is left to be told. */
export function failureAdvice(code: FailureCode, translate: Translate): FailureAdvice | null {
  switch (code) {
    case 'runtimeMissing':
      return {
        message: translate(
          'The Python runtime of Wasm Sandbox cannot be read. Reinstall the extension; in a browser, check the connection and reload the window.',
        ),
        offersReload: true,
      };
    case 'runtimeCorrupt':
      return {
        message: translate(
          'The Python runtime of Wasm Sandbox is damaged: its files are not those of this version. Reinstall the extension.',
        ),
        offersReload: false,
      };
    case 'workerStart':
      return {
        message: translate(
          'Wasm Sandbox could not start its worker. Reload the window; if that does not help, reinstall the extension.',
        ),
        offersReload: true,
      };
    case 'workerLost':
      return {
        message: translate(
          'The worker of Wasm Sandbox ended unexpectedly, perhaps because this machine ran out of memory. Run the program again.',
        ),
        offersReload: false,
      };
    case 'protocol':
      return {
        message: translate(
          'The worker of Wasm Sandbox sent something that it must not send, and was ended. If this happens again with this program, distrust the program.',
        ),
        offersReload: false,
      };
    case 'interpreter':
      return {
        message: translate(
          'The Python interpreter of Wasm Sandbox did not take the program. Run it again; if that does not help, reload the window.',
        ),
        offersReload: true,
      };
    case 'disposed':
      return null;
  }
}
