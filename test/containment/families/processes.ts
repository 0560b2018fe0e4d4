import type { Family } from '../../../src/selfTest/attempt.js';
import { lines } from '../lines.js';
import { py } from '../py.js';
import { SAID } from '../said.js';

export const processes: Family = {
  name: 'processes',
  title: 'Start a program, a thread or foreign machine code, or reach one that runs.',
  attempts: [
    {
      name: 'forks, spawns and waits',
      source: py`
        import os, posix
        names = ['fork', 'fork1', 'forkpty', 'vfork', 'posix_spawn', 'posix_spawnp', 'spawnl', 'spawnle', 'spawnlp', 'spawnlpe', 'spawnv',
                 'spawnve', 'spawnvp', 'spawnvpe', 'startfile', 'wait', 'wait3', 'wait4', 'waitid', 'waitpid', 'pidfd_open', 'register_at_fork']
        print([name for name in names if hasattr(os, name) or hasattr(posix, name)])
        for call in (lambda: os.fork(), lambda: os.spawnl(os.P_NOWAIT, '/bin/sh', 'sh'), lambda: os.posix_spawn('/bin/sh', ['sh'], {})):
            try: print('started', call())
            except AttributeError as error: print(type(error).__name__)
      `,
      expect: {
        outcome: 'exited 0',
        refused: ['guest os.fork', 'guest os.spawnl', 'guest os.posix_spawn', 'guest os.waitpid'],
        stdout: lines('[]', 'AttributeError', 'AttributeError', 'AttributeError'),
      },
    },
    {
      name: 'runs commands through os.system and os.popen, however it gets at them',
      source:
        SAID +
        py`
          import importlib, operator, os, pickle, sys
          for system in (os.system, getattr(os, 'sys' + 'tem'), vars(os)['system'], __import__('os').system, sys.modules['os'].system,
                         operator.attrgetter('system')(os), eval("__import__('os').system"), importlib.import_module('os').system):
              print(said(system, 'id > /tmp/id'), end=' ')
          print(said(os.popen, 'id'), said(os.popen, 'cat > /tmp/id', 'w'))
          print(said(pickle.loads, b'cos\nsystem\n(S"id > /tmp/id"\ntR.'), said(os.system, b'id'), os.listdir('/tmp'))
        `,
      expect: {
        outcome: 'exited 0',
        refused: ['guest os.system id > /tmp/id EPERM', 'guest os.popen cat > /tmp/id EPERM'],
        stdout: `${'EPERM '.repeat(8)}EPERM EPERM\nEPERM EPERM []\n`,
      },
    },
    {
      name: 'becomes another program',
      source:
        SAID +
        py`
          import os, posix
          print(said(os.execl, '/bin/sh', 'sh', '-c', 'id'), said(os.execle, '/bin/sh', 'sh', {}), said(os.execlp, 'sh', 'sh'), said(os.execlpe, 'sh', 'sh', {}),
                said(os.execvp, 'sh', ['sh']), said(os.execvpe, 'sh', ['sh'], {'A': 'b'}), said(lambda: os.execv('/bin/sh', ['sh'])),
                said(lambda: posix.execve('/bin/sh', ['sh'], {})))
        `,
      expect: {
        outcome: 'exited 0',
        refused: [
          'guest os.execl /bin/sh -c id EPERM',
          'guest os.execvpe sh EPERM',
          'guest os.execv',
          'guest os.execve',
        ],
        stdout: 'EPERM EPERM EPERM EPERM EPERM EPERM AttributeError AttributeError\n',
      },
    },
    {
      name: 'runs commands through each door of subprocess',
      source:
        SAID +
        py`
          import pathlib, subprocess, sys
          for call in (subprocess.run, subprocess.call, subprocess.check_call, subprocess.check_output, subprocess.Popen, subprocess.getoutput,
                       subprocess.getstatusoutput):
              print(said(call, 'id'), end=' ')
          print()
          for command, options in ((['id'], {}), ('id', {'shell': True}), ([sys.executable, '-c', '1'], {}), (b'/bin/sh', {}), (pathlib.Path('/bin/sh'), {}),
                                   (['x'], {'executable': '/bin/sh'}), ('id', {'shell': True, 'executable': '/bin/bash'}), (['id'], {'env': {'PATH': '/bin'}}),
                                   (['id'], {'preexec_fn': print}), (['id'], {'start_new_session': True}), (['id'], {'user': 'root', 'group': 0}),
                                   (['id'], {'cwd': '/'}), (['id'], {'close_fds': False, 'pass_fds': ()}), (['id'], {'input': b'x'}), ([], {})):
              print(said(subprocess.run, command, capture_output=True, **options), end=' ')
        `,
      expect: {
        outcome: 'exited 0',
        refused: [
          'guest subprocess.Popen id EPERM',
          'guest subprocess.Popen /usr/local/bin/python3 -c 1 EPERM',
        ],
        stdout: `${'EPERM '.repeat(7)}\n${'EPERM '.repeat(15)}`,
      },
    },
    {
      name: 'puts back what was taken out of subprocess',
      source:
        SAID +
        py`
          import importlib, subprocess, sys, types
          subprocess._can_fork_exec = True
          print(said(subprocess.run, ['id']))
          sys.platform = 'linux'
          print(said(subprocess.run, ['id']))
          print(said(importlib.reload, subprocess), said(lambda: subprocess.run(['id'])))
          sys.modules['_posixsubprocess'] = types.SimpleNamespace(fork_exec=lambda *arguments: print('asked to start', arguments[0]) or 77)
          sys.modules['fcntl'] = types.SimpleNamespace()
          print(said(importlib.reload, subprocess), said(lambda: subprocess.run(['id'])))
        `,
      expect: {
        outcome: 'exited 0',
        refused: ['guest subprocess.Popen id EPERM'],
        stdout: lines(
          'EPERM',
          'AttributeError',
          'ModuleNotFoundError AttributeError',
          'AttributeError AttributeError',
        ),
      },
    },
    {
      name: 'looks for the originals below what refuses',
      source: py`
        import gc, importlib, os, posix, sys
        print(sorted({getattr(found, '__name__', '') for found in gc.get_objects()
                      if callable(found) and getattr(found, '__name__', '') in ('fork_exec', 'fork', 'execv', 'spawnv', 'posix_spawn', '_execvpe')}))
        del sys.modules['os'], sys.modules['posix']
        fresh_posix, fresh_os = importlib.import_module('posix'), importlib.import_module('os')
        for module in (posix, fresh_posix, fresh_os):
            try: print('ran', module.system('id'))
            except (AttributeError, PermissionError) as error: print('refused')
        for name in ('_posixsubprocess', '_multiprocessing', '_winapi', 'nt', '_posixshmem', '_scproxy', 'edos'):
            try: __import__(name); print(name)
            except ImportError: pass
      `,
      expect: {
        outcome: 'exited 0',
        refused: ['guest os.system id EPERM', 'guest import _posixsubprocess'],
        stdout: lines('[]', 'refused', 'refused', 'refused'),
      },
    },
    {
      name: 'starts subprocesses through asyncio',
      source:
        SAID +
        py`
          import asyncio
          async def main():
              loop = asyncio.get_running_loop()
              for start in (lambda: asyncio.create_subprocess_exec('id'), lambda: asyncio.create_subprocess_shell('id'),
                            lambda: loop.subprocess_exec(asyncio.SubprocessProtocol, 'id'), lambda: loop.subprocess_shell(asyncio.SubprocessProtocol, 'id')):
                  try: print('started', await start())
                  except OSError as error: print(errno.errorcode[error.errno], end=' ')
          asyncio.run(main())
        `,
      expect: {
        outcome: 'exited 0',
        refused: [
          'guest asyncio.create_subprocess_exec id EPERM',
          'guest asyncio.create_subprocess_shell id EPERM',
        ],
        stdout: 'EPERM EPERM EPERM EPERM ',
      },
    },
    {
      name: 'makes pools of processes',
      source:
        SAID +
        py`
          import concurrent.futures, importlib
          for name in ('multiprocessing', 'multiprocessing.pool', 'multiprocessing.shared_memory', 'multiprocessing.managers', '_multiprocessing'):
              print(said(importlib.import_module, name), end=' ')
          print(said(lambda: concurrent.futures.ProcessPoolExecutor()), said(lambda: concurrent.futures.InterpreterPoolExecutor()),
                said(importlib.import_module, 'concurrent.futures.process'))
        `,
      expect: {
        outcome: 'exited 0',
        refused: ['guest import multiprocessing'],
        stdout:
          'ModuleNotFoundError ModuleNotFoundError ModuleNotFoundError ModuleNotFoundError ModuleNotFoundError ModuleNotFoundError AttributeError ModuleNotFoundError\n',
      },
    },
    {
      name: 'starts threads',
      source:
        SAID +
        py`
          import _thread, asyncio, concurrent.futures, queue, threading
          for start in (threading.Thread(target=print).start, threading.Thread(target=print, daemon=True).start, threading.Timer(0, print).start,
                        lambda: _thread.start_new_thread(print, ()), lambda: _thread.start_joinable_thread(print),
                        lambda: concurrent.futures.ThreadPoolExecutor().submit(print).result(),
                        lambda: list(concurrent.futures.ThreadPoolExecutor(4).map(print, 'abc'))):
              print(said(start), end=' ')
          # asyncio's own runs where it is called: in the one thread.
          print(said(lambda: asyncio.run(asyncio.to_thread(threading.get_ident))) == f'got {threading.main_thread().ident}')
          print(threading.active_count(), threading.stack_size(), said(threading.stack_size, 2**16))
        `,
      expect: {
        outcome: 'exited 0',
        stdout: lines(
          'RuntimeError RuntimeError RuntimeError RuntimeError RuntimeError RuntimeError RuntimeError True',
          '1 0 got 0',
        ),
      },
    },
    {
      name: 'makes interpreters beside its own',
      source:
        SAID +
        py`
          import importlib
          for name in ('_interpreters', '_interpchannels', '_interpqueues', '_xxsubinterpreters', 'concurrent.interpreters', '_testcapi', '_testinternalcapi'):
              print(said(importlib.import_module, name), end=' ')
        `,
      expect: {
        outcome: 'exited 0',
        stdout:
          'ModuleNotFoundError ModuleNotFoundError ModuleNotFoundError ModuleNotFoundError ModuleNotFoundError ModuleNotFoundError ModuleNotFoundError ',
      },
    },
    {
      name: 'loads machine code',
      source:
        SAID +
        py`
          import _imp, importlib, importlib.machinery, importlib.util, os, sys
          for name in ('ctypes', '_ctypes', 'ctypes.util', 'cffi', '_cffi_backend', 'mmap', 'numpy'):
              print(said(importlib.import_module, name), end=' ')
          suffix = importlib.machinery.EXTENSION_SUFFIXES[0]
          for magic in (b'\x7fELF\x02\x01\x01', b'\0asm\x01\0\0\0', b'MZ', b''):
              open('/workspace/evil' + suffix, 'wb').write(magic.ljust(512, b'\0'))
              importlib.invalidate_caches()
              print(said(importlib.import_module, 'evil'), end=' ')
          for path in ('/workspace/evil' + suffix, '/lib/libc.so.6', 'libc.so.6', '', '/usr/lib/libSystem.dylib'):
              print(said(_imp.create_dynamic, importlib.machinery.ModuleSpec('evil', None, origin=path)), end=' ')
          print(hasattr(sys, 'setdlopenflags'), hasattr(sys, 'dllhandle'))
        `,
      expect: {
        outcome: 'exited 0',
        refused: [
          'guest import ctypes',
          'guest dlopen /lib/libc.so.6',
          'guest dlopen /workspace/evil.cpython-314-wasm32-wasi.so',
        ],
        stdout:
          'ModuleNotFoundError ModuleNotFoundError ModuleNotFoundError ModuleNotFoundError ModuleNotFoundError ModuleNotFoundError ModuleNotFoundError ImportError ImportError ImportError ImportError ImportError ImportError ImportError ImportError ImportError True False\n',
      },
    },
    {
      name: 'writes a program, makes it executable and runs it',
      source:
        SAID +
        py`
          import os, runpy, shutil, stat, subprocess, sys
          with open('/tmp/tool', 'w') as tool: tool.write('#!/bin/sh\necho ran\n')
          os.chmod('/tmp/tool', 0o4755)
          os.environ['PATH'] = '/tmp:/bin:/usr/bin'
          print(oct(stat.S_IMODE(os.stat('/tmp/tool').st_mode)), shutil.which('sh'), shutil.which('python3'), shutil.which('tool'))
          print(said(subprocess.run, ['/tmp/tool']), said(subprocess.run, 'tool', shell=True), said(os.system, '/tmp/tool'),
                said(runpy.run_path, '/tmp/tool'), os.path.exists(sys.executable))
        `,
      expect: {
        outcome: 'exited 0',
        refused: ['guest subprocess.Popen /tmp/tool EPERM', 'guest os.system /tmp/tool EPERM'],
        stdout: lines('0o0 None None /tmp/tool', 'EPERM EPERM EPERM SyntaxError False'),
      },
    },
    {
      name: 'has a browser started',
      source: py`
        import os, webbrowser
        print(webbrowser.open('https://example.com'), webbrowser.open_new_tab('file:///etc/passwd'), webbrowser.open('javascript:alert(1)'))
        for command in ('/bin/sh -c id %s', 'firefox', 'open', '%s &'):
            try: print(webbrowser.get(command).open('x'))
            except (OSError, webbrowser.Error) as error: print(type(error).__name__)
        os.environ['BROWSER'] = '/bin/sh'
        webbrowser.register('mine', None, webbrowser.BackgroundBrowser('/bin/sh'), preferred=True)
        print(webbrowser.open('x'))
        import antigravity
      `,
      expect: {
        outcome: 'exited 0',
        refused: ['guest subprocess.Popen /bin/sh -c id x EPERM'],
        stdout: lines('False False False', 'False', 'Error', 'Error', 'False', 'False'),
      },
    },
    {
      name: 'has a pager, an editor or another helper started',
      source:
        SAID +
        py`
          import os, pydoc, imaplib, io, sys
          os.environ.update(PAGER='/bin/sh', EDITOR='/bin/sh', VISUAL='/bin/sh', MANPAGER='/bin/sh')
          print(said(pydoc.pipepager, 'text', '/bin/sh'), said(pydoc.tempfilepager, 'text', '/bin/sh'), said(imaplib.IMAP4_stream, '/bin/sh'))
          import platform, uuid
          print(platform.processor() == '', uuid._ifconfig_getnode(), uuid._arp_getnode(), uuid._netstat_getnode())
        `,
      expect: {
        outcome: 'exited 0',
        refused: ['guest subprocess.Popen /bin/sh EPERM'],
        stdout: lines('EPERM EPERM EPERM', 'True None None None'),
      },
    },
    {
      name: 'installs packages and makes environments',
      source:
        SAID +
        py`
          import importlib, runpy, sys
          for name in ('pip', 'ensurepip', 'venv', 'setuptools', 'conda', 'uv', 'idlelib', 'distutils', 'lib2to3', 'turtledemo'):
              print(said(importlib.import_module, name), said(runpy.run_module, name))
          sys.argv = ['pip', 'install', 'requests']
          print(said(runpy._run_module_as_main, 'pip'))
        `,
      expect: {
        outcome: 'exited 1',
        stdout: 'ModuleNotFoundError ImportError\n'.repeat(10),
        lastError: '/usr/local/bin/python3: No module named pip',
      },
    },
    {
      name: 'sends signals to others and to itself',
      source:
        SAID +
        py`
          import os, signal, threading
          print([name for name in ('kill', 'killpg', 'getppid', 'getpgid', 'setsid', 'tcsetpgrp') if hasattr(os, name)])
          print([name for name in ('pthread_kill', 'sigqueue', 'pidfd_send_signal', 'alarm', 'setitimer', 'pause', 'sigwait', 'pthread_sigmask')
                 if hasattr(signal, name)])
          got = []
          for number in (signal.SIGTERM, signal.SIGUSR1, signal.SIGALRM, signal.SIGHUP):
              signal.signal(number, lambda number, frame: got.append(number))
              signal.raise_signal(number)
          print(got == [15, 10, 14, 1], said(signal.signal, signal.SIGKILL, print), said(signal.signal, signal.SIGSTOP, print), said(signal.raise_signal, 99),
                said(signal.raise_signal, -1), said(signal.raise_signal, 2**31 - 1), said(signal.raise_signal, 2**31))
        `,
      expect: {
        outcome: 'exited 0',
        refused: ['guest os.kill', 'guest os.getppid'],
        stdout: lines('[]', '[]', 'True EINVAL EINVAL EINVAL EINVAL EINVAL OverflowError'),
      },
    },
    {
      name: 'kills itself with a signal that nothing handles',
      source: py`
        import atexit, signal
        atexit.register(print, 'never')
        print('before')
        try: signal.raise_signal(signal.SIGKILL)
        finally: print('never')
      `,
      expect: { outcome: 'trapped unreachable', stdout: 'before\n' },
    },
    {
      name: 'aborts',
      source: py`
        import os
        print('before')
        try: os.abort()
        except BaseException: print('never')
      `,
      expect: { outcome: 'trapped unreachable', stdout: 'before\n' },
    },
    {
      name: 'leaves at once, from within what should hold it',
      source: py`
        import atexit, contextlib, os, sys
        atexit.register(print, 'never')
        class Stubborn:
            def __exit__(self, *why): print('never'); return True
            def __enter__(self): return self
            def __del__(self): print('never')
        with Stubborn() as kept, contextlib.suppress(BaseException):
            try:
                print('leaving')
                os._exit(258)
            finally: print('never')
      `,
      expect: { outcome: 'exited 2', stdout: 'leaving\n', lastError: '' },
    },
    {
      name: 'starts programs while it is being ended',
      source: py`
        import atexit, errno, os, subprocess, sys, weakref
        def start(when, os=os, subprocess=subprocess, errno=errno):
            for call in (os.system, subprocess.run):
                try: print(when, 'started', call('id'), flush=True)
                except OSError as error: print(when, errno.errorcode[error.errno], flush=True)
        class Last:
            def __del__(self, start=start): start('__del__')
        last = Last()
        atexit.register(start, 'atexit')
        weakref.finalize(last, start, 'finalize')
        sys.excepthook = lambda *what: start('excepthook')
        raise SystemError
      `,
      expect: {
        outcome: 'exited 1',
        refused: ['guest os.system id EPERM', 'guest subprocess.Popen id EPERM'],
        stdout: lines(
          'excepthook EPERM',
          'excepthook EPERM',
          'finalize EPERM',
          'finalize EPERM',
          'atexit EPERM',
          'atexit EPERM',
          '__del__ EPERM',
          '__del__ EPERM',
        ),
      },
    },
    {
      name: 'makes pipes and other ways to talk to programs',
      source:
        SAID +
        py`
          import os, importlib
          print([name for name in ('pipe', 'pipe2', 'mkfifo', 'mknod', 'openpty', 'memfd_create', 'eventfd', 'timerfd_create', 'login_tty', 'dup2', 'ttyname')
                 if hasattr(os, name)])
          for name in ('pty', 'tty', 'termios', '_posixshmem', 'syslog', 'fcntl'): print(said(importlib.import_module, name), end=' ')
          print(said(os.dup, 0), said(os.dup, 1), [os.isatty(n) for n in range(3)])
        `,
      expect: {
        outcome: 'exited 0',
        refused: ['guest os.mkfifo', 'guest import pty'],
        stdout: lines(
          '[]',
          'ModuleNotFoundError ModuleNotFoundError ModuleNotFoundError ModuleNotFoundError ModuleNotFoundError ModuleNotFoundError ENOTSUP ENOTSUP [False, False, False]',
        ),
      },
    },
    {
      name: 'changes who it is and how much it may take of the machine',
      source: py`
        import os
        print([name for name in ('setuid', 'seteuid', 'setreuid', 'setresuid', 'setgid', 'setgroups', 'initgroups', 'chroot', 'nice', 'setpriority',
                                 'sched_setaffinity', 'sched_setscheduler', 'sched_setparam', 'unshare', 'setns', 'umask', 'setpgid', 'getuid',
                                 'plock', 'getloadavg', 'fchdir') if hasattr(os, name)])
        try: import resource
        except ImportError as error: print(error.name)
        os.sched_yield()
        print(os.cpu_count(), os.process_cpu_count(), os.times()[2:4])
      `,
      expect: {
        outcome: 'exited 0',
        refused: ['guest os.setuid', 'guest os.chroot', 'guest import resource'],
        stdout: lines('[]', 'resource', '1 1 (0.0, 0.0)'),
      },
    },
    {
      name: 'has another process run its code',
      source:
        SAID +
        py`
          import os, sys
          open('/tmp/script.py', 'w').write('print("elsewhere")')
          for pid in (1, os.getpid(), 2**31 - 1, -1): print(said(sys.remote_exec, pid, '/tmp/script.py'), end=' ')
          print(sys.is_remote_debug_enabled(), said(sys.activate_stack_trampoline, 'perf'), os.listdir('/tmp'))
        `,
      expect: {
        outcome: 'exited 0',
        refused: ['guest sys.remote_exec'],
        stdout:
          "RuntimeError RuntimeError RuntimeError RuntimeError False ValueError ['script.py']\n",
      },
    },
    {
      name: 'raises signal 0',
      source:
        SAID +
        py`
        import signal
        print(said(signal.raise_signal, 0))
      `,
      expect: { outcome: 'exited 0', stdout: 'got None\n' },
    },
  ],
};
