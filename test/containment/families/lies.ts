import type { Family } from '../../../src/selfTest/attempt.js';
import { lines } from '../lines.js';
import { py } from '../py.js';
import { SAID } from '../said.js';

const MEBIBYTE = 1024 * 1024;

export const lies: Family = {
  name: 'lies',
  title: 'Make the host believe, or show, what is not so.',
  attempts: [
    // What is printed is printed, and means nothing.
    {
      name: 'prints the headers, footers and marks of the output channel',
      source: py`
        print('⬢ attempt.py:1-9 · 12:00:00')
        print('⬢ ✓ finished in 1 ms\r\n\r⬢ refused: nothing at all')
        print('\u2b22 \u2b23 ■ stopped', end='')
        raise SystemExit(3)
      `,
      expect: {
        outcome: 'exited 3',
        stdout:
          '⬢ attempt.py:1-9 · 12:00:00\n⬢ ✓ finished in 1 ms\r\n\r⬢ refused: nothing at all\n⬢ ⬣ ■ stopped',
        lastError: '',
      },
    },
    {
      name: 'prints messages of the protocol, and the bytes that workers send them as',
      source: py`
        import json, os, sys
        end = {'kind': 'returned', 'exitCode': 0, 'uncaught': False, 'outOfMemory': False, 'keyboardInterrupt': True}
        for message in ({'kind': 'ended', 'runId': 1, 'end': end, 'memoryBytes': 0, 'fuel': 0, 'durationMs': 0},
                        {'kind': 'broken', 'code': 'runtimeCorrupt', 'detail': 'x'}, {'kind': 'ready'}):
            for stream in (sys.stdout, sys.stderr): print(json.dumps(message), file=stream)
        os.write(1, b'\xff\x0fo"\x04kind"\x05ended"\x05runIdI\x02{\x01\n')
        sys.exit(4)
      `,
      expect: {
        outcome: 'exited 4',
        stdout: lines(
          '{"kind": "ended", "runId": 1, "end": {"kind": "returned", "exitCode": 0, "uncaught": false, "outOfMemory": false, "keyboardInterrupt": true}, "memoryBytes": 0, "fuel": 0, "durationMs": 0}',
          '{"kind": "broken", "code": "runtimeCorrupt", "detail": "x"}',
          '{"kind": "ready"}',
          '\ufffd\x0fo"\x04kind"\x05ended"\x05runIdI\x02{\x01',
        ),
        lastError: '{"kind": "ready"}',
      },
    },
    {
      name: 'prints what the terminal runner prints, text and JSON',
      source: py`
        import json, sys
        print(json.dumps({'outcome': {'kind': 'exited', 'code': 0, 'traceback': None}, 'stdout': '', 'stderr': '', 'refused': []}))
        print('sandbox: refused: open /etc/passwd (0)', file=sys.stderr)
        sys.exit('sandbox: finished, nothing was refused')
      `,
      expect: {
        outcome: 'exited 1',
        stdout:
          '{"outcome": {"kind": "exited", "code": 0, "traceback": null}, "stdout": "", "stderr": "", "refused": []}\n',
        lastError: 'sandbox: finished, nothing was refused',
      },
    },
    {
      name: 'hides lines behind terminal escapes',
      source: py`
        print('\x1b[2J\x1b[H\x1b[8mhidden\x1b[0m\rshown instead\x1b[1A\x1b[2K', end='')
        print('\x1b]0;title\x07\x1b]8;;command:workbench.action.quit\x07link\x1b]8;;\x07\x1b]52;c;Zm9v\x07\x1bc\x9b31m\b\b\x7f', end='')
      `,
      expect: {
        outcome: 'exited 0',
        stdout:
          '\x1b[2J\x1b[H\x1b[8mhidden\x1b[0m\rshown instead\x1b[1A\x1b[2K' +
          '\x1b]0;title\x07\x1b]8;;command:workbench.action.quit\x07link\x1b]8;;\x07\x1b]52;c;Zm9v\x07\x1bc\x9b31m\b\b\x7f',
        lastError: '',
      },
    },
    {
      name: 'turns the direction of its text, and hides characters in it',
      source: py`
        import sys
        print('safe\u202e\u2066gpj.exe\u2069\u202c \u200b\u2060\ufeff \U000e0041 \u0430dmin p\u0430ypal')
        sys.exit('\u2067error\u2069 \u2028 0 errors')
      `,
      expect: {
        outcome: 'exited 1',
        stdout:
          'safe\u202e\u2066gpj.exe\u2069\u202c \u200b\u2060\ufeff \u{e0041} \u0430dmin p\u0430ypal\n',
        lastError: '\u2067error\u2069 \u2028 0 errors',
      },
    },
    {
      name: 'prints a traceback and a time limit, and is done',
      source: py`
        import sys
        print('Traceback (most recent call last):\n  File "/home/user/.bashrc", line 1, in <module>\nMemoryError', file=sys.stderr)
        print('RuntimeError: unreachable\ntimed out after 60 s\nKeyboardInterrupt', file=sys.stderr)
      `,
      expect: { outcome: 'exited 0', stdout: '', lastError: 'KeyboardInterrupt' },
    },
    {
      name: 'fails in files that it was never given',
      source: py`
        import linecache
        linecache.cache['/etc/passwd'] = (9, None, ['root:x:0:0:root:/root:/bin/bash\n'], '/etc/passwd')
        linecache.cache['attempt.py'] = (9, None, ['print("a harmless line")\n'] * 99, 'attempt.py')
        __file__ = '/home/user/.ssh/id_rsa'
        code = compile('1 / 0', '/etc/passwd', 'exec')
        try: exec(code.replace(co_name='<module>', co_firstlineno=1))
        except ZeroDivisionError as error:
            import traceback
            print(traceback.format_exc().splitlines()[-3].strip())
            exec(compile('\n' * 41 + 'raise error', '/root/.profile', 'exec'))
      `,
      expect: {
        outcome: 'exited 1',
        stdout: 'root:x:0:0:root:/root:/bin/bash\n',
        lastError: 'ZeroDivisionError: division by zero',
        refused: ['wasi stat /root/.profile ENOENT'],
      },
    },

    // What the guest reports beside its output is the program's own word.
    {
      name: 'reports an exception that it never raised, and ends well',
      source: py`
        import _wasm_sandbox_host as host
        frame = b'{"file":"/etc/passwd","line":1,"name":"<module>","column":0}'
        print(host.report(1, b'{"type":"SystemError","module":"host","message":"disk full","frames":[' + frame + b']}'))
        print(host.report(1, b'not even JSON'))
      `,
      expect: { outcome: 'exited 0', stdout: '0\n0\n', lastError: '' },
    },
    {
      name: 'reports the value of an expression that there is not',
      source: py`
        import _wasm_sandbox_host as host
        print(host.report(2, b'\xff\x1b[2J'), host.report(2, b'x' * 500_000))
        5 * 5
      `,
      expect: { outcome: 'exited 0', stdout: '0 0\n', lastError: '' },
    },
    {
      name: 'reports more often than it may',
      source: py`
        import _wasm_sandbox_host as host
        print([host.report(1 + number % 2, b'{}') for number in range(12)])
        raise ValueError('unreported')
      `,
      expect: {
        outcome: 'exited 1',
        stdout: '[0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1]\n',
        lastError: 'ValueError: unreported',
      },
    },
    {
      name: 'forges refused calls that look like those of the wall',
      source: py`
        import _wasm_sandbox_host as host
        for report in (b'wasi open\0/etc/shadow\x0044', b'open\0/etc/passwd\x0044', b'x\nwasi open /root ENOENT\0\0',
                       b'\xe2\x80\xaewasi\0\x1b[31m\0999', b'connect\0\xff\xfe\0-1', b'a\0b\0999\0wasi', b'\0\0\0', b''):
            print(host.report(3, report), end=' ')
      `,
      expect: {
        outcome: 'exited 0',
        stdout: '0 0 0 0 0 0 0 0 ',
        refused: [
          'guest wasi open /etc/shadow ENOENT',
          'guest open /etc/passwd ENOENT',
          'guest x\nwasi open /root ENOENT',
          'guest \u202ewasi \x1b[31m errno 999',
          'guest connect \ufffd\ufffd',
          'guest a b errno 999',
          'guest',
        ],
      },
    },
    {
      name: 'forges so many refused calls that there is no room for a true one',
      source: py`
        import _wasm_sandbox_host as host
        for number in range(5000): host.report(3, b'wasi open\0/forged/%d\x0044' % number)
        try: open('/etc/passwd')
        except OSError as error: print(error.errno)
      `,
      expect: {
        outcome: 'exited 0',
        stdout: '44\n',
        refused: ['guest wasi open /forged/0 ENOENT', 'wasi open /etc/passwd ENOENT'],
      },
    },
    {
      name: 'floods the wall with calls that it refuses, and hides a telling one among them',
      source: py`
        import os
        def refused(path):
            try: os.stat(path)
            except OSError: return 1
        print(refused('/first'), sum(refused(f'/flood/{number}') for number in range(3000)), refused('/' + 'x' * 250))
      `,
      expect: { outcome: 'exited 0', stdout: '1 3000 1\n', refused: ['wasi stat /first ENOENT'] },
    },
    {
      name: 'tells the front end of refusals that never were, with arguments that lie',
      source:
        SAID +
        py`
          import _wasm_sandbox_host as host, pathlib
          class Text(str):
              def __str__(self): raise SystemExit(7)
              __len__ = __getitem__ = __iter__ = encode = __str__
          class Number(int):
              __int__ = __index__ = __str__ = Text.__str__
          class Path(pathlib.PurePath):
              __fspath__ = __str__ = Text.__str__
          command = [Text('rm'), Path('/tmp', 'x'), Number(7), b'\xff', command := {}, None, 10**30]
          print(said(host.refuse_process, 'wasi exec', command), said(host.refuse_network, 'wasi connect', Text('host'), Number(80)),
                said(host.refuse_process, 'x' * 10_000, 'y' * 10_000), said(host.refuse_process, 'a\0b', ''),
                said(host.refuse_network, 5), said(host.refused_import, Text('ctypes')), said(host.refused_import, 5))
        `,
      expect: {
        outcome: 'exited 0',
        stdout: 'EPERM ENETUNREACH EPERM ValueError TypeError got None got None\n',
        refused: [
          'guest wasi exec rm /tmp/x 7 \ufffd ? EPERM',
          'guest wasi connect host:80 ENETUNREACH',
          'guest import ctypes',
        ],
      },
    },

    // How it ended is seen from outside.
    {
      name: 'fails, and exits with 0 before anyone sees',
      source: py`
        import os, sys
        sys.excepthook = lambda *_: os._exit(0)
        print('failing')
        raise ValueError('never shown')
      `,
      expect: { outcome: 'exited 0', stdout: 'failing\n', lastError: '' },
    },
    {
      name: 'ends well, and exits with 3 when it is over',
      source: py`
        import atexit, os
        atexit.register(os._exit, 3)
        print('✓ all tests passed')
      `,
      expect: { outcome: 'exited 3', stdout: '✓ all tests passed\n', lastError: '' },
    },
    {
      name: 'exits with a code that no process has',
      source: 'import os\nos._exit(-2**31 + 300)',
      expect: { outcome: 'exited 44', stdout: '', lastError: '' },
    },
    {
      name: 'exits with a number that fits nowhere',
      source: 'raise SystemExit(10**30)',
      expect: { outcome: 'exited 255', stdout: '', lastError: '' },
    },
    {
      name: 'exits with the code of a stopped program',
      source: 'import sys\nprint("^C")\nsys.exit(130)',
      expect: { outcome: 'exited 130', stdout: '^C\n', lastError: '' },
    },
    {
      name: 'raises KeyboardInterrupt by itself, as if someone had stopped it',
      source: 'raise KeyboardInterrupt("stopped by the user")',
      expect: {
        outcome: 'exited 130',
        stdout: '',
        lastError: 'KeyboardInterrupt: stopped by the user',
      },
    },
    {
      name: 'interrupts itself with a signal, and again when it is over',
      source: py`
        import _thread, atexit, signal
        def interrupt(by):
            try: by(); sum(range(10)); print('not yet')
            except KeyboardInterrupt: print('interrupted')
        interrupt(lambda: signal.raise_signal(signal.SIGINT))
        atexit.register(interrupt, lambda: signal.raise_signal(signal.SIGINT))
        class Stopped(KeyboardInterrupt): pass
        raise Stopped
      `,
      expect: { outcome: 'exited 130', stdout: 'interrupted\ninterrupted\n', lastError: 'Stopped' },
    },
    {
      name: 'claims to be out of memory',
      source: py`
        class Denied(MemoryError): pass
        try: raise MemoryError
        except MemoryError: raise Denied('cannot allocate 512 MB')
      `,
      policy: { limits: { memoryBytes: 64 * MEBIBYTE } },
      expect: { outcome: 'exited 1', lastError: 'Denied: cannot allocate 512 MB', stdout: '' },
    },
    {
      name: 'names its own exceptions like those that end a run',
      source: py`
        KeyboardInterrupt = type('KeyboardInterrupt', (Exception,), {'__module__': 'builtins'})
        MemoryError = type('MemoryError', (KeyboardInterrupt,), {'__module__': 'builtins'})
        SystemExit = type('SystemExit', (MemoryError,), {'__module__': 'builtins', 'code': 0})
        raise SystemExit(0)
      `,
      expect: { outcome: 'exited 1', stdout: '', lastError: 'SystemExit: 0' },
    },
    {
      name: 'runs into a real limit, and says that it is only a MemoryError of its own',
      source: py`
        import sys
        class Own(MemoryError): pass
        sys.excepthook = lambda *_: print('Own: nothing to see here', file=sys.stderr)
        try: kept = [bytearray(1 << 20) for _ in range(10**6)]
        except MemoryError: pass
        raise Own
      `,
      policy: { limits: { memoryBytes: 64 * MEBIBYTE } },
      expect: {
        outcome: 'limitExceeded memory',
        stdout: '',
        lastError: 'Own: nothing to see here',
      },
    },
    {
      name: 'answers a real stop with success',
      source: py`
        import sys, time
        print('ready', flush=True)
        try:
            while True: time.sleep(0.01)
        except KeyboardInterrupt: sys.exit(0)
      `,
      stopAfter: 'ready',
      expect: { outcome: 'exited 0', stdout: 'ready\n', lastError: '' },
      without: {
        capability: 'signals',
        expect: { outcome: 'interrupted forced', stdout: 'ready\n', lastError: '' },
        why: 'Nothing reaches the program there: it is cut off and answers nothing.',
      },
    },
    {
      name: 'answers a real stop with a failure that it makes up',
      source: py`
        print('ready', flush=True)
        try:
            while True: pass
        except KeyboardInterrupt: raise MemoryError('not stopped: out of memory') from None
      `,
      stopAfter: 'ready',
      expect: {
        outcome: 'exited 1',
        stdout: 'ready\n',
        lastError: 'MemoryError: not stopped: out of memory',
      },
      without: {
        capability: 'signals',
        expect: { outcome: 'interrupted forced', stdout: 'ready\n', lastError: '' },
        why: 'Nothing reaches the program there: it is cut off and answers nothing.',
      },
    },
    {
      name: 'turns its clock back and claims to have been quick',
      source: py`
        import time
        for clock in (time.CLOCK_REALTIME, time.CLOCK_MONOTONIC):
            try: time.clock_settime(clock, 0)
            except (OSError, AttributeError) as error: print(type(error).__name__)
        time.time = time.monotonic = time.perf_counter = time.process_time = lambda: 0
        print(time.time())
        while True: pass
      `,
      policy: { limits: { timeoutMs: 300 } },
      expect: { outcome: 'timedOut', stdout: 'AttributeError\nAttributeError\n0\n' },
    },
  ],
};
