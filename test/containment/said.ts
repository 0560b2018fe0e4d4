import { py } from './py.js';

/**
 * Python that goes before an attempt's own: `said(call, …)` is how a call was refused (`EROFS`,
 * `ValueError`), or `got …` with what it gave.
 */
export const SAID = `${py`
  import errno
  def said(call, *args, **options):
      try: return f'got {call(*args, **options)!r}'
      except OSError as error: return errno.errorcode.get(error.errno) or type(error).__name__
      except Exception as error: return type(error).__name__
`}\n`;
