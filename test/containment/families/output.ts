import type { Family } from '../../../src/selfTest/attempt.js';
import { py } from '../py.js';

const SMALL = { limits: { outputBytes: 1000 } };
/** As much of a stream as the runner keeps. */
const KEPT = 64 * 1024;

export const output: Family = {
  name: 'output',
  title: 'Drown, forge, tear or lose what the program prints, or reach another stream.',
  attempts: [
    {
      name: 'prints without end',
      source: 'while True: print("y")',
      policy: SMALL,
      expect: { outcome: 'limitExceeded output', stdout: 'y\n'.repeat(500), lastError: '' },
    },
    {
      name: 'writes ten megabytes at once, and goes on when it is cut off',
      source: py`
        try: print('x' * 10**7)
        except BaseException: print('caught')
        finally: print('escaped')
      `,
      policy: SMALL,
      expect: { outcome: 'limitExceeded output', stdout: 'x'.repeat(1000), lastError: '' },
    },
    {
      name: 'prints a line of a megabyte',
      source: 'print("x" * 10**6, end="")',
      policy: { limits: { outputBytes: 1_000_000 } },
      expect: { outcome: 'exited 0', stdout: 'x'.repeat(KEPT), lastError: '' },
    },
    {
      name: 'floods stderr, which counts as well',
      source: py`
        import sys
        while True: print('error', file=sys.stderr)
      `,
      policy: SMALL,
      expect: { outcome: 'limitExceeded output', stdout: '', lastError: 'erro' },
    },
    {
      name: 'interleaves both streams byte by byte, and is cut off in their order',
      source: py`
        import os
        while True:
            os.write(1, b'o')
            os.write(2, b'e')
      `,
      policy: { limits: { outputBytes: 1001 } },
      expect: {
        outcome: 'limitExceeded output',
        stdout: 'o'.repeat(501),
        lastError: 'e'.repeat(500),
      },
    },
    {
      name: 'prints exactly as much as it may, and then nothing, often',
      source: py`
        import os, sys
        os.write(1, b'12345')
        os.write(2, b'67890')
        for _ in range(10_000):
            os.write(1, b'')
            print(end='', flush=True)
            sys.stderr.writelines([''] * 10)
      `,
      policy: { limits: { outputBytes: 10 } },
      expect: { outcome: 'exited 0', stdout: '12345', lastError: '67890' },
    },
    {
      name: 'prints one byte more than it may',
      source: py`
        import os
        os.write(1, b'12345')
        os.write(2, b'67890')
        try: os.write(1, b'!')
        finally: os.write(2, b'escaped')
      `,
      policy: { limits: { outputBytes: 10 } },
      expect: { outcome: 'limitExceeded output', stdout: '12345', lastError: '67890' },
    },
    {
      name: 'has a character cut in half by the limit',
      source: 'print("\\u20ac" * 5)',
      policy: { limits: { outputBytes: 10 } },
      expect: { outcome: 'limitExceeded output', stdout: '€€€\ufffd', lastError: '' },
    },
    {
      name: 'writes an endless iterable in one call',
      source: py`
        import itertools, sys
        sys.stdout.writelines(itertools.repeat('line\n'))
      `,
      policy: SMALL,
      expect: { outcome: 'limitExceeded output', stdout: 'line\n'.repeat(200), lastError: '' },
    },
    {
      name: 'prompts for input again and again',
      source: py`
        while True:
            try: input('prompt ')
            except EOFError: pass
      `,
      policy: SMALL,
      expect: {
        outcome: 'limitExceeded output',
        stdout: 'prompt '.repeat(143).slice(0, 1000),
        lastError: '',
      },
    },
    {
      name: 'floods with warnings',
      source: py`
        import warnings
        warnings.simplefilter('always')
        while True: warnings.warn('again')
      `,
      policy: SMALL,
      expect: { outcome: 'limitExceeded output', stdout: '', lastError: 'attempt.py:3: UserWa' },
    },
    {
      name: 'floods with exceptions that nobody can catch',
      source: py`
        class Failing:
            def __del__(self): raise ValueError
        while True: Failing()
      `,
      policy: SMALL,
      expect: { outcome: 'limitExceeded output', stdout: '' },
    },
    {
      name: 'floods from the hook for uncaught exceptions',
      source: py`
        import sys
        def hook(*_):
            while True: sys.stdout.write('hook ')
        sys.excepthook = hook
        1 / 0
      `,
      policy: SMALL,
      expect: { outcome: 'limitExceeded output', stdout: 'hook '.repeat(200), lastError: '' },
    },
    {
      name: 'prints objects that fail half-way, in a loop',
      source: py`
        class Failing:
            def __str__(self): raise ValueError
        while True:
            try: print('a', Failing())
            except ValueError: pass
      `,
      policy: SMALL,
      expect: { outcome: 'limitExceeded output', stdout: 'a '.repeat(500), lastError: '' },
    },
    {
      name: 'leaves more in its buffers than it may print',
      source: py`
        file = open(1, 'wb', 10**6, closefd=False)
        file.write(b'buffered ' * 1000)
        print('begun')
      `,
      policy: SMALL,
      expect: {
        outcome: 'limitExceeded output',
        stdout: `begun\n${'buffered '.repeat(111).slice(0, 994)}`,
        lastError: '',
      },
    },
    {
      name: 'writes bytes that are not UTF-8',
      source: py`
        import sys
        for sequence in (b'\xff', b'\xc3(', b'\xed\xa0\x80', b'\xc0\xaf', b'\xf8\x88\x80\x80\x80', b'\xf4\x90\x80\x80'):
            sys.stdout.buffer.write(sequence + b'\n')
        sys.stdout.buffer.write(b'\xe2\x82')
      `,
      expect: {
        outcome: 'exited 0',
        stdout: [1, -1, 3, 2, 5, 4]
          .map((count) => (count < 0 ? '\ufffd(\n' : `${'\ufffd'.repeat(count)}\n`))
          .join('')
          .concat('\ufffd'),
        lastError: '',
      },
    },
    {
      name: 'tears characters apart over writes and both streams',
      source: py`
        import os
        for left, right in zip('\U0001f40d\u20ac'.encode(), '\u20ac\U0001f40d'.encode()):
            os.write(1, bytes([left]))
            os.write(2, bytes([right]))
      `,
      expect: { outcome: 'exited 0', stdout: '🐍€', lastError: '€🐍' },
    },
    {
      name: 'prints lone surrogates with every error handler',
      source: py`
        import sys
        for handler in ('strict', 'surrogatepass', 'surrogateescape', 'replace', 'ignore', 'backslashreplace',
                        'xmlcharrefreplace', 'namereplace'):
            sys.stdout.reconfigure(errors=handler)
            try: print('<\ud800>')
            except UnicodeEncodeError as error: print(error.reason)
        sys.stdout.reconfigure(errors='surrogateescape')
        print('\udcff\udc80')
      `,
      expect: {
        outcome: 'exited 0',
        stdout: [
          'surrogates not allowed',
          '<\ufffd\ufffd\ufffd>',
          'surrogates not allowed',
          '<?>',
          '<>',
          '<\\ud800>',
          '<&#55296;>',
          '<\\ud800>',
          '\ufffd\ufffd',
          '',
        ].join('\n'),
        lastError: '',
      },
    },
    {
      name: 'prints NULs, control characters and invisible directions',
      source: py`
        print('\ufeff', *(chr(code) for code in range(32)), sep='', end='')
        print('\x7f\x85\u2028\u2029\u202e\u2066\u200b\u2069\U000e0041', end='')
      `,
      expect: {
        outcome: 'exited 0',
        stdout: `\ufeff${Array.from({ length: 32 }, (_, code) => String.fromCharCode(code)).join('')}\x7f\x85\u2028\u2029\u202e\u2066\u200b\u2069\u{e0041}`,
        lastError: '',
      },
    },
    {
      name: 'prints terminal escapes: titles, links, the clipboard, answers, another screen',
      source: py`
        import sys
        print('\x1b]0;title\x07\x1b]8;;https://example.com\x1b\\text\x1b]8;;\x1b\\\x1b]52;c;Zm9v\x07', end='')
        print('\x1b[6n\x1b[c\x1bP+q544e\x1b\\\x1b[?1049h\x1b[2J\x1b[H\x9b31m\x1bc', end='')
        print('\x1b[31merror\x1b]0;title\x07', file=sys.stderr)
      `,
      expect: {
        outcome: 'exited 0',
        stdout:
          '\x1b]0;title\x07\x1b]8;;https://example.com\x1b\\text\x1b]8;;\x1b\\\x1b]52;c;Zm9v\x07' +
          '\x1b[6n\x1b[c\x1bP+q544e\x1b\\\x1b[?1049h\x1b[2J\x1b[H\x9b31m\x1bc',
        lastError: '\x1b[31merror\x1b]0;title\x07',
      },
    },
    {
      name: 'gives stdout other encodings, and a codec of its own',
      source: py`
        import codecs, sys
        class Forging(codecs.IncrementalEncoder):
            answers = iter((b'forged ', 'text', None, b'longer than what went in '))
            def encode(self, text, final=False): return next(self.answers)
        forging = codecs.CodecInfo(codecs.utf_8_encode, codecs.utf_8_decode, incrementalencoder=Forging)
        codecs.register({'forging': forging}.get)
        for encoding in ('forging', 'utf-16-le', 'ascii', 'rot13', 'not there'):
            try: sys.stdout.reconfigure(encoding=encoding, newline='\r\n')
            except LookupError as error: sys.stderr.write(f'{error}; ')
            for _ in range(4 if encoding == 'forging' else 1):
                try: print('\xe9')
                except Exception as error: sys.stderr.write(f'{type(error).__name__}; ')
      `,
      expect: {
        outcome: 'exited 0',
        stdout: 'forged longer than what went in \ufffd\0\r\0\n\0',
        lastError:
          "TypeError; TypeError; UnicodeEncodeError; 'rot13' is not a text encoding; UnicodeEncodeError; unknown encoding: not there; UnicodeEncodeError;",
      },
    },
    {
      name: 'prints in every corner of its end, in order',
      source: py`
        import atexit, sys, weakref
        class Last:
            def __del__(self, write=sys.stdout.write): write('finalizer\n')
        last = Last()
        weakref.finalize(last, print, 'weak finalizer')
        atexit.register(print, 'exit function')
        sys.excepthook = lambda kind, *_: print('hook for', kind.__name__)
        buffered = open(1, 'w', closefd=False)
        buffered.write('buffered text\n')
        print('body')
        raise SystemError
      `,
      expect: {
        outcome: 'exited 1',
        stdout:
          'body\nhook for SystemError\nexit function\nweak finalizer\nfinalizer\nbuffered text\n',
        lastError: '',
      },
    },
    {
      name: 'leaves without flushing anything',
      source: py`
        import atexit, os
        atexit.register(print, 'exit function')
        buffered = open(1, 'w', closefd=False)
        buffered.write('lost')
        try: os._exit(300)
        finally: print('escaped')
      `,
      expect: { outcome: 'exited 44', stdout: '', lastError: '' },
    },
    {
      name: 'prints to stdout through every object that has it',
      source: py`
        import io, os, sys
        print('print')
        print('__stdout__', file=sys.__stdout__)
        sys.stdout.buffer.write(b'buffer\n')
        sys.stdout.write('write\n')
        os.write(1, b'os.write\n')
        os.write(sys.stdout.fileno(), b'fileno\n')
        io.FileIO(1, 'w', closefd=False).write(b'FileIO\n')
        with open(1, 'w', closefd=False) as file: file.write('open\n')
        with os.fdopen(os.open('/tmp/a', os.O_CREAT | os.O_RDWR), 'w') as file: file.write('not this\n')
        sys.stdout.detach().write(b'detached\n')
        try: print('lost')
        except ValueError as error: os.write(1, f'{error}\n'.encode())
      `,
      expect: {
        outcome: 'exited 120',
        stdout: [
          ...['print', '__stdout__', 'buffer', 'write', 'os.write', 'fileno', 'FileIO', 'open'],
          ...['detached', 'underlying buffer has been detached', ''],
        ].join('\n'),
        lastError: 'ValueError: underlying buffer has been detached',
      },
    },
    {
      name: 'closes stdout and puts a file in its place',
      source: py`
        import os, sys
        os.close(1)
        try: print('lost')
        except OSError as error: sys.stderr.write(f'{error.strerror}, ')
        descriptor = os.open('/tmp/own', os.O_CREAT | os.O_RDWR)
        print('into the file')
        with open('/tmp/own') as file: print(descriptor, file.read(), file=sys.stderr)
      `,
      expect: {
        outcome: 'exited 0',
        stdout: '',
        lastError: 'Bad file descriptor, 1 into the file',
        refused: ['wasi write EBADF'],
      },
    },
    {
      name: 'closes all that it was given, the root folder included',
      source: py`
        import os
        print('begun')
        for descriptor in range(8):
            try: os.close(descriptor)
            except OSError: pass
        try: os.open('/tmp/a', os.O_CREAT | os.O_RDWR)
        except OSError: pass
        print('lost')
      `,
      expect: {
        outcome: 'exited 1',
        stdout: 'begun\n',
        lastError: '',
        refused: ['wasi close EBADF', 'wasi write EBADF'],
      },
    },
    {
      name: 'writes and reads through the wrong ends of the standard streams',
      source: py`
        import errno, os
        for call in (
            lambda: os.write(0, b'x'),
            lambda: os.read(1, 1),
            lambda: open(2, closefd=False).read(),
            lambda: os.pwrite(1, b'x', 0),
            lambda: os.pread(0, 1, 0),
            lambda: os.lseek(1, 0, os.SEEK_SET),
            lambda: os.ftruncate(1, 0),
            lambda: os.utime(1),
            lambda: os.dup(1),
            lambda: os.isatty(1),
            lambda: os.fstat(1).st_mode,
        ):
            try: print(call(), end=' ')
            except OSError as error: print(errno.errorcode[error.errno], end=' ')
      `,
      expect: {
        outcome: 'exited 0',
        stdout: 'EBADF EBADF EBADF ENOTSUP ENOTSUP ESPIPE EINVAL ENOTSUP ENOTSUP False 0 ',
        refused: [
          'wasi write EBADF',
          'wasi read EBADF',
          'wasi read EBADF',
          'wasi pwrite ENOTSUP',
          'wasi pread ENOTSUP',
        ],
      },
    },
    {
      name: 'guesses descriptors to write to',
      source: py`
        import errno, os
        def write(descriptor):
            try: return os.write(descriptor, b'x')
            except OSError as error: return errno.errorcode[error.errno]
        print({write(descriptor) for descriptor in (*range(3, 1000), 2**16, 2**31 - 1, -1)})
      `,
      expect: {
        outcome: 'exited 0',
        stdout: "{'EBADF'}\n",
        refused: ['wasi write EBADF', 'wasi write EBADF'],
      },
    },
    {
      name: 'opens the terminal by its names',
      source: py`
        import errno
        for name in ('/dev/stdout', '/dev/tty', '/dev/fd/1', '/proc/self/fd/1', '/dev/console', 'CON'):
            try: open(name, 'r+')
            except OSError as error: print(errno.errorcode[error.errno], end=' ')
      `,
      expect: {
        outcome: 'exited 0',
        stdout: 'ENOENT '.repeat(6),
        refused: [
          'wasi open /dev/stdout ENOENT',
          'wasi open /dev/tty ENOENT',
          'wasi open /proc/self/fd/1 ENOENT',
        ],
      },
    },
    {
      name: 'puts hostile objects in place of stdout',
      source: py`
        import sys
        class Hostile:
            encoding = errors = property(lambda self: 1 / 0)
            def __init__(self, write): self.write = write
            def fileno(self): return 10**9
            def flush(self): raise ValueError
        for stdout in (
            Hostile(lambda text: 2**70),
            Hostile(lambda text: 1 / 0),
            Hostile(lambda text: print(text)),
            Hostile(None),
            None,
            3,
        ):
            sys.stdout = stdout
            try: print('x', flush=True)
            except Exception as error: sys.__stdout__.write(f'{type(error).__name__}\n')
            try: input('prompt')
            except Exception as error: sys.__stdout__.write(f'  {type(error).__name__}\n')
        del sys.stdout
        try: print('x')
        except RuntimeError as error: sys.__stdout__.write(str(error))
      `,
      expect: {
        outcome: 'exited 0',
        stdout: [
          ...['ValueError', '  EOFError', 'ZeroDivisionError', '  ZeroDivisionError'],
          ...['RecursionError', '  RecursionError', 'TypeError', '  TypeError', '  RuntimeError'],
          ...['AttributeError', '  AttributeError', 'lost sys.stdout'],
        ].join('\n'),
        lastError: '',
      },
    },
    {
      name: 'fails in the last flush',
      source: py`
        import sys
        class Failing:
            def flush(self): raise ValueError('not now')
        print('begun')
        sys.stdout = Failing()
      `,
      expect: { outcome: 'exited 120', stdout: 'begun\n', lastError: 'ValueError: not now' },
    },
    {
      name: 'loses stderr and fails',
      source: py`
        import sys
        print('begun')
        sys.stderr = sys.__stderr__ = None
        1 / 0
      `,
      expect: { outcome: 'exited 1', stdout: 'begun\n', lastError: '' },
    },
    {
      name: 'has no printer of errors left, and fails',
      source: py`
        import sys
        def hook(*_): raise KeyError('in the hook')
        sys.excepthook = hook
        sys.stderr = sys.stdout
        1 / 0
      `,
      expect: {
        outcome: 'exited 1',
        stdout: [
          'Error in sys.excepthook:',
          'Traceback (most recent call last):',
          '  File "attempt.py", line 2, in hook',
          "    def hook(*_): raise KeyError('in the hook')",
          '                  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^',
          "KeyError: 'in the hook'",
          '',
          'Original exception was:',
          'Traceback (most recent call last):',
          '  File "attempt.py", line 5, in <module>',
          '    1 / 0',
          '    ~~^~~',
          'ZeroDivisionError: division by zero',
          '',
        ].join('\n'),
        lastError: '',
      },
    },
    {
      name: 'forges the lines of its own traceback',
      source: py`
        import linecache, sys
        linecache.cache['attempt.py'] = (1, None, ['\x1b]0;title\x07forged\n'] * 9, 'attempt.py')
        sys.stderr = sys.stdout
        exec(compile('1 / 0', '/etc/shadow', 'exec'))
      `,
      expect: {
        outcome: 'exited 1',
        stdout: [
          'Traceback (most recent call last):',
          '  File "attempt.py", line 4, in <module>',
          '    \x1b]0;title\x07forged',
          '  File "/etc/shadow", line 1, in <module>',
          'ZeroDivisionError: division by zero',
          '',
        ].join('\n'),
        lastError: '',
      },
    },
    {
      name: 'replaces the printer of tracebacks',
      source: py`
        import traceback
        traceback._print_exception_bltin = lambda *_, **__: print('all is well')
        1 / 0
      `,
      expect: { outcome: 'exited 1', stdout: 'all is well\n', lastError: '' },
    },
    {
      name: 'fails with a message of ten megabytes',
      source: py`
        print('begun')
        raise ValueError('x' * 10**7)
      `,
      policy: SMALL,
      expect: {
        outcome: 'limitExceeded output',
        stdout: 'begun\n',
        lastError: `ValueError: ${'x'.repeat(872)}`,
      },
    },
    {
      name: 'fails with a message that lies about its length',
      source: py`
        class Text(str):
            def __len__(self): return 0
            def __getitem__(self, place): return self
        class Failure(Exception):
            def __str__(self): return Text('x' * 10**6)
        raise Failure
      `,
      expect: { outcome: 'exited 1', stdout: '', lastError: 'x'.repeat(KEPT - 1) },
    },
    {
      name: 'exits with a message that prints when it is asked for',
      source: py`
        import atexit, sys
        class Message:
            def __str__(self):
                print('asked')
                return '\x1b[31mmessage'
        atexit.register(print, 'exit function')
        sys.exit(Message())
      `,
      expect: {
        outcome: 'exited 1',
        stdout: 'asked\nexit function\n',
        lastError: '\x1b[31mmessage',
      },
    },
    {
      name: 'fails ten thousand frames deep',
      source: py`
        import sys
        sys.setrecursionlimit(10_000)
        sys.stderr = sys.stdout
        exec('def down(): down()')
        down()
      `,
      expect: {
        outcome: 'exited 1',
        stdout: [
          'Traceback (most recent call last):',
          '  File "attempt.py", line 5, in <module>',
          '    down()',
          '    ~~~~^^',
          '  File "<string>", line 1, in down',
          '  File "<string>", line 1, in down',
          '  File "<string>", line 1, in down',
          '  [Previous line repeated 9996 more times]',
          'RecursionError: maximum recursion depth exceeded',
          '',
        ].join('\n'),
        lastError: '',
      },
    },
    {
      name: 'fails in two functions that call each other, so that no line repeats',
      source: py`
        import sys
        sys.setrecursionlimit(10_000)
        exec('def ping(): pong()\ndef pong(): ping()')
        ping()
      `,
      policy: SMALL,
      expect: { outcome: 'limitExceeded output', stdout: '' },
    },
    {
      name: 'fails with a chain of ten thousand exceptions, and one that is a ring',
      source: py`
        import traceback
        last = None
        for number in range(10_000):
            error = ValueError(number)
            error.__context__ = last
            last = error
        one, two = KeyError('one'), KeyError('two')
        one.__cause__, two.__cause__ = two, one
        traceback.print_exception(one)
        raise error
      `,
      expect: { outcome: 'exited 1', stdout: '', lastError: 'ValueError: 9999' },
    },
    {
      name: 'fails with groups of exceptions, nested deep and wide',
      source: py`
        import traceback
        deep = wide = ValueError('innermost')
        for _ in range(10_000): deep = ExceptionGroup('deep', [deep])
        for _ in range(6): wide = ExceptionGroup('wide', [wide] * 4)
        lines = traceback.format_exception(deep)
        print(len(lines), lines[-2].strip())
        raise wide
      `,
      policy: SMALL,
      expect: { outcome: 'limitExceeded output', stdout: '22 | ... (max_group_depth is 10)\n' },
    },
    {
      name: 'logs while it logs',
      source: py`
        import logging
        class Echo(logging.Handler):
            def emit(self, record): logging.error('again')
        logging.getLogger().addHandler(Echo())
        try: logging.error('once')
        except RecursionError: print('caught')
      `,
      expect: {
        outcome: 'exited 0',
        stdout: 'caught\n',
        lastError: '',
      },
    },
    {
      name: 'dumps its frames from C, to its own streams and to others',
      source: py`
        import faulthandler
        def down(depth): return down(depth - 1) if depth else faulthandler.dump_traceback(file)
        with open('/tmp/dump', 'w') as file: down(300)
        with open('/tmp/dump') as file: lines = file.readlines()[1:]
        print(len(lines), repr(lines[-1]))
        for descriptor in (0, 3, 99, -1, 2**40):
            try: print(faulthandler.dump_traceback(descriptor))
            except (OverflowError, ValueError) as error: print(error)
        faulthandler.dump_traceback(2)
      `,
      expect: {
        outcome: 'exited 0',
        stdout: [
          `100 '  File "attempt.py", line 2 in down\\n'`,
          ...['None', 'None', 'None', 'file is not a valid file descriptor'],
          'Python int too large to convert to C int',
          '',
        ].join('\n'),
        lastError: '  File "attempt.py", line 9 in <module>',
        refused: ['wasi write EBADF', 'wasi write EBADF'],
      },
    },
    {
      name: 'displays values that cannot be printed',
      source: py`
        import sys
        class Value:
            def __repr__(self): return '\ud800\x1b[31m'
        sys.displayhook(Value())
        sys.displayhook('\ud800')
        sys.stdout.reconfigure(encoding='ascii')
        sys.displayhook('\xe9')
        sys.displayhook(None)
        print(ascii(_))
      `,
      expect: {
        outcome: 'exited 0',
        stdout: `\\ud800\x1b[31m\n'\\ud800'\n'\\xe9'\n'\\xe9'\n`,
        lastError: '',
      },
    },
  ],
};
