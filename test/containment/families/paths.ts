import type { Family } from '../../../src/selfTest/attempt.js';
import { py } from '../py.js';

export const paths: Family = {
  name: 'paths',
  title: 'Reach a file outside of the sandbox, or change one that is read-only.',
  attempts: [
    {
      name: 'opens /etc/passwd',
      source: py`
        import errno
        try: open('/etc/passwd')
        except OSError as error: print(errno.errorcode[error.errno])
      `,
      expect: {
        outcome: 'exited 0',
        stdout: 'ENOENT\n',
        refused: ['wasi open /etc/passwd ENOENT'],
      },
    },
  ],
};
