import type { Family } from '../../../src/selfTest/attempt.js';
import { lines } from '../lines.js';
import { py } from '../py.js';
import { SAID } from '../said.js';

export const environment: Family = {
  name: 'environment',
  title: 'Learn something of the machine, of who uses it, or of the secrets on it.',
  attempts: [
    {
      name: 'reads the environment variables',
      source: py`
        import os, posix
        names = ('PATH', 'HOME', 'USER', 'USERNAME', 'USERPROFILE', 'LOGNAME', 'SHELL', 'PWD', 'TMPDIR', 'APPDATA', 'LANG', 'TERM', 'HOSTNAME', 'DISPLAY', 'SSH_AUTH_SOCK',
                 'SSH_CONNECTION', 'XDG_RUNTIME_DIR', 'DBUS_SESSION_BUS_ADDRESS', 'AWS_SECRET_ACCESS_KEY', 'GITHUB_TOKEN', 'OPENAI_API_KEY', 'ANTHROPIC_API_KEY', 'NPM_TOKEN',
                 'KUBECONFIG', 'http_proxy', 'VSCODE_PID', 'VSCODE_IPC_HOOK', 'VSCODE_CWD', 'ELECTRON_RUN_AS_NODE', 'NODE_OPTIONS', 'CODESPACES', 'PYTHONPATH', 'VIRTUAL_ENV')
        print([name for name in names if os.getenv(name) is not None or name.encode() in os.environb or name.encode() in posix.environ])
        os.reload_environ()
        print(dict(os.environ), posix.environ, os.path.expandvars('$HOME $USER %USERPROFILE%'), os.get_exec_path())
      `,
      expect: {
        outcome: 'exited 0',
        stdout: lines('[]', "{} {} $HOME $USER %USERPROFILE% ['/bin', '/usr/bin']"),
      },
    },
    {
      name: 'asks who it runs as',
      source:
        SAID +
        py`
          import getpass, importlib, os, pathlib
          print(said(getpass.getuser), said(pathlib.Path.home), os.path.expanduser('~'), os.path.expanduser('~root/.ssh'), said(pathlib.Path('~').expanduser))
          print([name for name in ('getlogin', 'getuid', 'geteuid', 'getgid', 'getgroups', 'getresuid', 'getgrouplist') if hasattr(os, name)])
          for name in ('pwd', 'grp', 'spwd', 'nis', 'winreg', '_winapi', 'win32api', '_scproxy', 'keyring'): print(said(importlib.import_module, name), end=' ')
          print({(os.stat(path).st_uid, os.stat(path).st_gid) for path in ('/', '/tmp', '/usr/local/lib/python314.zip')}, said(pathlib.Path('/').owner))
        `,
      expect: {
        outcome: 'exited 0',
        stdout: lines(
          'OSError RuntimeError ~ ~root/.ssh RuntimeError',
          '[]',
          'ModuleNotFoundError ModuleNotFoundError ModuleNotFoundError ModuleNotFoundError ModuleNotFoundError ModuleNotFoundError ModuleNotFoundError ModuleNotFoundError ModuleNotFoundError {(0, 0)} UnsupportedOperation',
        ),
        refused: [
          'guest os.getlogin',
          'guest os.getuid',
          'guest import pwd',
          'guest import winreg',
        ],
      },
    },
    {
      name: 'asks which machine and system this is',
      source:
        SAID +
        py`
          import os, platform, socket, sys
          print(tuple(os.uname()), tuple(platform.uname()), platform.node() == socket.gethostname(), socket.gethostname())
          print(platform.platform(), platform.architecture('/bin/ls'), platform.libc_ver('/bin/ls') if os.path.exists('/bin/ls') else None,
                platform.win32_ver(), platform.mac_ver()[0], platform.ios_ver().system, platform.android_ver().release, said(platform.freedesktop_os_release))
          print(sys.platform, os.name, sys.byteorder, sys.maxsize, sys.implementation._multiarch, hasattr(sys, 'getwindowsversion'), hasattr(sys, 'winver'))
        `,
      expect: {
        outcome: 'exited 0',
        stdout: lines(
          "('wasi', '(none)', '0.0.0', '0.0.0', 'wasm32') ('wasi', '(none)', '0.0.0', '0.0.0', 'wasm32', '') False localhost",
          "wasi-0.0.0-wasm32-32bit ('32bit', '') None ('', '', '', '')    ENOENT",
          'wasi posix little 2147483647 wasm32-wasi False False',
        ),
        refused: ['wasi open /etc/os-release ENOENT'],
      },
    },
    {
      name: 'counts processors and memory',
      source: py`
        import os, sys
        print(os.cpu_count(), os.process_cpu_count(), [os.sysconf(name) for name in ('SC_NPROCESSORS_ONLN', 'SC_NPROCESSORS_CONF', 'SC_PAGE_SIZE', 'SC_CLK_TCK')])
        print([name for name in ('getloadavg', 'sched_getaffinity', 'statvfs', 'getrandom', 'get_terminal_size') if hasattr(os, name)])
        for path in ('/proc/cpuinfo', '/proc/meminfo', '/proc/loadavg', '/proc/uptime', '/proc/stat', '/sys/devices/system/cpu', '/sys/fs/cgroup/memory.max'):
            print(os.path.exists(path), end=' ')
        # Addresses are of its own memory, which begins at 0 wherever the host put it.
        print(max(map(id, (object(), sys, [], 2**99, print))) < 64 * 2**20, os.times().children_user, os.times().system)
      `,
      policy: { limits: { memoryBytes: 64 * 2 ** 20 } },
      expect: {
        outcome: 'exited 0',
        stdout: lines(
          '1 1 [1, 1, 65536, 100]',
          '[]',
          'False False False False False False False True 0.0 0.0',
        ),
        refused: ['wasi stat /proc/cpuinfo ENOENT', 'guest os.getloadavg'],
      },
    },
    {
      name: 'asks for the limits and paths of the system',
      source: py`
        import errno, os
        def ask(call, *arguments):
            try: return call(*arguments)
            except OSError as error: return errno.errorcode[error.errno]
        print({str(ask(os.confstr, name)) for name in os.confstr_names})
        print({name: ask(os.sysconf, name) for name in ('SC_OPEN_MAX', 'SC_CHILD_MAX', 'SC_ARG_MAX', 'SC_HOST_NAME_MAX', 'SC_LOGIN_NAME_MAX', 'SC_VERSION') if name in os.sysconf_names})
        print({ask(os.pathconf, '/tmp', name) == ask(os.pathconf, '/', name) for name in os.pathconf_names}, ask(os.sysconf, -1), ask(os.sysconf, 10**6), ask(os.pathconf, '/tmp', -1))
      `,
      expect: {
        outcome: 'exited 0',
        stdout: lines(
          "{'/bin:/usr/bin', 'EINVAL'}",
          "{'SC_OPEN_MAX': -1, 'SC_CHILD_MAX': -1, 'SC_ARG_MAX': 131072, 'SC_LOGIN_NAME_MAX': 256, 'SC_VERSION': 200809}",
          '{True} EINVAL EINVAL EINVAL',
        ),
      },
    },
    {
      name: 'looks for the address of the network card',
      source: py`
        import uuid
        node = uuid.getnode()
        # Made up: the bit that no card has is set.
        print(node >> 40 & 1, uuid.uuid1().node == node, uuid.uuid6().node == node)
        print([getter() for getter in uuid._GETTERS if getter() is not None], uuid._UuidCreate, uuid._generate_time_safe)
      `,
      expect: {
        outcome: 'exited 0',
        stdout: lines('1 True True', '[] None None'),
      },
    },
    {
      name: 'asks for time zone, language and encoding',
      source: py`
        import datetime, locale, os, sys, time, zoneinfo
        print(time.tzname, time.timezone, time.altzone, time.daylight, datetime.datetime.now().astimezone().tzname(), time.localtime(0) == time.gmtime(0))
        print(locale.getlocale(), locale.setlocale(locale.LC_ALL), locale.getencoding(), locale.getpreferredencoding(), locale.localeconv()['currency_symbol'], sys.getfilesystemencoding())
        os.environ.update(TZ='America/New_York', LANG='de_DE.UTF-8', LC_ALL='de_DE.UTF-8')
        print(hasattr(time, 'tzset'), time.localtime(0).tm_hour, locale.localeconv()['currency_symbol'], f'{1234567.5:n}')
        for key in ('localtime', '/etc/localtime', 'posixrules', 'Factory'):
            try: print(zoneinfo.ZoneInfo(key).key, end=' ')
            except (ValueError, zoneinfo.ZoneInfoNotFoundError) as error: print(type(error).__name__, end=' ')
        print(zoneinfo.TZPATH)
      `,
      expect: {
        outcome: 'exited 0',
        stdout: lines(
          "('UTC', 'UTC') 0 0 0 UTC True",
          '(None, None) C ASCII utf-8  utf-8',
          'False 0  1.23457e+06',
          'ZoneInfoNotFoundError ValueError ZoneInfoNotFoundError ZoneInfoNotFoundError ()',
        ),
      },
    },
    {
      name: 'reads clocks for how long the machine has run, and sets them',
      source: py`
        import time
        print([name for name in dir(time) if name.startswith(('CLOCK_', 'clock_set', 'pthread_getcpu', 'tzset'))])
        print(0 < time.monotonic() < 300, 0 <= time.process_time() < 300, time.clock_getres(time.CLOCK_REALTIME), time.get_clock_info('perf_counter').resolution)
        # Ticks of a microsecond at least: too coarse to time the host's caches by.
        for clock in (time.time_ns, time.monotonic_ns, time.perf_counter_ns, time.process_time_ns):
            readings = [clock() for _ in range(2000)]
            print({(later - readings[0]) % 1000 for later in readings}, readings == sorted(readings), end=' ')
      `,
      expect: {
        outcome: 'exited 0',
        stdout:
          lines(
            "['CLOCK_MONOTONIC', 'CLOCK_REALTIME']",
            'True True 1.0000000000000002e-06 1.0000000000000002e-06',
          ) + '{0} True {0} True {0} True {0} True ',
      },
    },
    {
      name: 'tells from anything what time it is, under a clock that is fixed',
      source: py`
        import datetime, email.utils, logging, os, time, uuid
        print(datetime.datetime.now().date(), time.gmtime().tm_year, email.utils.formatdate()[:16], time.ctime()[-4:], datetime.date.fromtimestamp(logging._startTime / 1e9))
        print({datetime.date.fromtimestamp(value).isoformat() for path in ('/', '/tmp', '/usr/local/lib/python314.zip') for value in os.stat(path)[-3:]})
        print(datetime.date.fromtimestamp((uuid.uuid1().time - 0x01b21dd213814000) / 1e7), uuid.uuid7().time // 86_400_000 * 86_400_000)
        print(os.urandom(8).hex())
        began = time.time()
        time.sleep(3600)
        print(round(time.time() - began))
      `,
      policy: { deterministic: 1 },
      expect: {
        outcome: 'exited 0',
        stdout: lines(
          '2026-01-01 2026 Thu, 01 Jan 2026 2026 2025-12-31',
          "{'2025-12-31'}",
          '2026-01-01 1767225600000',
          'bae636fabd2a1f24',
          '3600',
        ),
      },
    },
    {
      name: 'asks the interpreter where it is and how it was started',
      source: py`
        import inspect, os, site, sys, sysconfig
        print(sys.argv, sys.orig_argv, __file__, os.path.exists(__file__), inspect.currentframe().f_code.co_filename, os.getcwd(), __name__)
        print(sys.executable, sys.prefix == sys.base_prefix == sys.exec_prefix == '/usr/local', sys.path, sys.pycache_prefix, sys.warnoptions, sys._xoptions)
        print(site.getuserbase(), site.getusersitepackages(), site.ENABLE_USER_SITE, site.getsitepackages(), sys.flags.isolated, sys.flags.ignore_environment)
        print({'/' + value.split('/')[1] for value in sysconfig.get_paths().values()}, sysconfig.get_config_var('CONFIG_ARGS') is None, os.path.exists(sysconfig.get_makefile_filename()))
      `,
      expect: {
        outcome: 'exited 0',
        stdout: lines(
          "['attempt.py'] [] /workspace/attempt.py False attempt.py /workspace __main__",
          "/usr/local/bin/python3 True ['/workspace', '/usr/local/lib/python314.zip'] None [] {}",
          "None None False ['/usr/local/lib/python3.14/site-packages'] 1 1",
          "{'/usr'} False False",
        ),
      },
    },
    {
      name: 'searches all that the interpreter holds for traces of the host',
      source: py`
        import gc, sys
        # Written backwards, and passed by as it searches, or it would find itself.
        needles = [needle[::-1] for needle in ('edocsv', 'tsohnoisnetxe', 'sjc.rekrow', 'rekrowbew', 'seludom_edon', 'reffubyarraderahs', 'tnega_resu', 'nortcele', '/emoh/', '/sresu/', '/ecapskrow/boj')]
        seen = {id(needles), *map(id, needles)}
        waiting, found = [*sys.modules.values(), *gc.get_objects()], set()
        while waiting:
            thing = waiting.pop()
            if id(thing) in seen: continue
            seen.add(id(thing))
            if isinstance(thing, (str, bytes)):
                text = thing if isinstance(thing, str) else thing.decode('latin-1')
                found.update(needle for needle in needles if needle in text.lower())
            else: waiting += gc.get_referents(thing)
        print(len(seen) > 50_000, sorted(found))
      `,
      expect: { outcome: 'exited 0', stdout: 'True []\n' },
    },
    {
      name: 'reads the files that say which machine this is',
      source: py`
        import os
        paths = ('/etc/hostname', '/etc/machine-id', '/var/lib/dbus/machine-id', '/etc/passwd', '/etc/shadow', '/etc/group', '/etc/hosts', '/etc/resolv.conf', '/etc/os-release',
                 '/etc/ssh/ssh_host_rsa_key.pub', '/proc/version', '/proc/cmdline', '/proc/self/status', '/proc/self/mountinfo', '/sys/class/dmi/id/product_uuid', '/sys/class/net/eth0/address',
                 '/.dockerenv', '/run/secrets/kubernetes.io/serviceaccount/token', '/etc/timezone', '/etc/localtime', '/System/Library/CoreServices/SystemVersion.plist',
                 '/private/etc/passwd', 'C:/Windows/System32/drivers/etc/hosts')
        print([path for path in paths if os.path.lexists(path) or os.access(path, os.F_OK)])
      `,
      expect: {
        outcome: 'exited 0',
        stdout: '[]\n',
        refused: [
          'wasi stat /etc/machine-id ENOENT',
          'wasi stat /etc/shadow ENOENT',
          'wasi stat /.dockerenv ENOENT',
        ],
      },
    },
    {
      name: 'looks for secrets where people keep them',
      source: py`
        import configparser, glob, netrc, os, pathlib
        homes = ('~', '/root', '/home/*', '/home/user', '/home/coder', '/home/codespace', '/Users/*', '/Users/Shared', 'C:/Users/*', '/workspace', '/workspaces/*', '.', '..', '/tmp')
        names = ('.ssh/id_*', '.ssh/known_hosts', '.aws/credentials', '.netrc', '.npmrc', '.pypirc', '.env', '.env.*', '.git-credentials', '.gitconfig', '.git/config', '.config/gh/hosts.yml',
                 '.config/gcloud/*', '.azure/*', '.kube/config', '.docker/config.json', '.gnupg/*', '.bash_history', '.python_history', '.vscode/*', '.vscode-server/*', '.config/Code/User/*',
                 'Library/Keychains/*', 'AppData/Roaming/Code/*', '.mozilla/firefox/*', '.config/google-chrome/*', '.password-store/*', '*.pem', '*.kdbx', 'id_rsa')
        print([found for home in homes for name in names for found in glob.glob(os.path.join(os.path.expanduser(home), name), include_hidden=True)])
        try: netrc.netrc()
        except OSError as error: print(type(error).__name__)
        print(configparser.ConfigParser().read([os.path.join(home, '.aws/credentials') for home in homes]), list(pathlib.Path('/').glob('**/.*')), glob.glob('/tmp/*'), os.listdir('/workspace'))
      `,
      expect: {
        outcome: 'exited 0',
        stdout: lines('[]', 'FileNotFoundError', '[] [] [] []'),
        refused: ['wasi stat /root/.netrc ENOENT'],
      },
    },
    {
      name: 'reads input that nobody gave it',
      source:
        SAID +
        py`
          import fileinput, getpass, os, sys, warnings
          warnings.simplefilter('ignore')
          print(repr(sys.stdin.read()), repr(sys.stdin.buffer.read()), repr(sys.stdin.readline()), os.read(0, 99), list(sys.stdin), said(input), said(input, 'name? '), said(getpass.getpass, stream=sys.stdout))
          print(list(fileinput.input('-')), open(0, closefd=False).read() == '', said(os.lseek, 0, 0, 0), said(os.pread, 0, 9, 0), said(os.ftruncate, 0, 0), said(sys.stdin.seek, 0), said(open, '/dev/stdin'),
                said(os.read, 1, 9), said(os.read, 2, 9), [stream.isatty() for stream in (sys.stdin, sys.stdout, sys.stderr)])
        `,
      expect: {
        outcome: 'exited 0',
        stdout: lines(
          'name? Warning: Password input may be echoed.',
          "Password: '' b'' '' b'' [] EOFError EOFError EOFError",
          '[] True ESPIPE ENOTSUP EINVAL ESPIPE ENOENT EBADF EBADF [False, False, False]',
        ),
      },
    },
    {
      name: 'reads more input than it was given, or the same again',
      source:
        SAID +
        py`
          import os, sys
          print(input(), repr(sys.stdin.readline()), os.read(0, 4), os.read(0, 99), os.read(0, 99), repr(sys.stdin.read()), said(input), said(os.lseek, 0, 0, 0), said(os.lseek, 0, -1, 2), os.fstat(0).st_size)
          os.close(0)
          print(said(os.read, 0, 9), said(sys.stdin.readline), os.open('/tmp/file', os.O_CREAT | os.O_RDWR), said(os.read, 0, 9))
        `,
      policy: { stdin: 'one\ntwo\nthree' },
      expect: {
        outcome: 'exited 0',
        stdout: lines(
          "one 'two\\n' b'' b'' b'' 'three' EOFError ESPIPE ESPIPE 0",
          "EBADF EBADF 0 got b''",
        ),
      },
    },
    {
      name: 'asks for a terminal',
      source:
        SAID +
        py`
          import importlib, os, shutil, sys
          print(shutil.get_terminal_size(), [name for name in ('get_terminal_size', 'ttyname', 'ctermid', 'tcgetpgrp', 'openpty') if hasattr(os, name)], [os.isatty(n) for n in range(-1, 5)],
                os.environ.get('TERM'), os.device_encoding(0), os.device_encoding(1))
          for name in ('curses', 'readline', 'termios', 'tty', 'msvcrt', '_curses', 'tkinter', 'rlcompleter'): print(said(lambda: importlib.import_module(name).__name__), end=' ')
          import code
          print(said(code.InteractiveConsole().interact, banner='', exitmsg=''))
          breakpoint()
        `,
      expect: {
        outcome: 'exited 1',
        stdout: lines(
          'os.terminal_size(columns=80, lines=24) [] [False, False, False, False, False, False] None None None',
          "ModuleNotFoundError ModuleNotFoundError ModuleNotFoundError ModuleNotFoundError ModuleNotFoundError ModuleNotFoundError ModuleNotFoundError got 'rlcompleter' >>> got None",
          '> /workspace/attempt.py(12)<module>()',
          '-> breakpoint()',
          '(Pdb) ',
          'Quitting pdb will kill the process. Quit anyway? [y/n] ',
        ),
      },
    },
    {
      name: 'gets no more from variables that it was granted than their text',
      source: py`
        import os, subprocess, sys, tempfile, webbrowser
        print(dict(os.environ) == {name: os.getenv(name) for name in os.environ}, len(os.environ), os.environ['SECRET'])
        print([path for path in sys.path if 'evil' in path], sys.flags.optimize, sys.flags.inspect, sys.flags.dev_mode, sys.flags.verbose, sys.prefix, sys.flags.utf8_mode, sys.warnoptions)
        try: import evil
        except ImportError: print('no evil')
        print(tempfile.gettempdir(), os.path.expanduser('~'), webbrowser.open('x'))
        try: subprocess.run(['id'])
        except PermissionError: print('EPERM')
        sys.breakpointhook = lambda: print('its own')
        breakpoint()
      `,
      policy: {
        env: {
          SECRET: 'granted',
          PYTHONPATH: '/tmp/evil',
          PYTHONHOME: '/evil',
          PYTHONSTARTUP: '/tmp/evil.py',
          PYTHONINSPECT: '1',
          PYTHONOPTIMIZE: '2',
          PYTHONDEVMODE: '1',
          PYTHONVERBOSE: '3',
          PYTHONWARNINGS: 'error',
          PYTHONBREAKPOINT: 'os.system',
          PYTHONUSERBASE: '/evil',
          PYTHONPLATLIBDIR: '/evil',
          PYTHONPYCACHEPREFIX: '/etc',
          PYTHON_BASIC_REPL: '1',
          LD_PRELOAD: '/tmp/evil.so',
          LD_LIBRARY_PATH: '/tmp',
          NODE_OPTIONS: '--require /tmp/evil.js',
          BROWSER: '/bin/sh',
          PATH: '/bin:/usr/bin',
          HOME: '/root',
          TMPDIR: '/etc',
        },
      },
      expect: {
        outcome: 'exited 0',
        stdout: lines(
          'True 21 granted',
          '[] 0 0 False 0 /usr/local 1 []',
          'no evil',
          '/tmp /root False',
          'EPERM',
          'its own',
        ),
      },
    },
    {
      name: 'is granted variables with names that mean something elsewhere',
      source: py`
        import os
        for name, value in sorted(os.environ.items()): print(ascii(name), ascii(value))
      `,
      policy: {
        env: {
          ['__proto__']: 'polluted',
          constructor: 'x',
          toString: '',
          'with space': 'line\nbreak',
          'ünïcode 🐍': '\u202etxt',
          A: 'B=C=D',
          lone: '\ud800',
          'tab\t': '\x1b[2J',
        },
      },
      expect: {
        outcome: 'exited 0',
        stdout: lines(
          "'A' 'B=C=D'",
          "'__proto__' 'polluted'",
          "'constructor' 'x'",
          "'lone' '\\ufffd'",
          "'tab\\t' '\\x1b[2J'",
          "'toString' ''",
          "'with space' 'line\\nbreak'",
          "'\\xfcn\\xefcode \\U0001f40d' '\\u202etxt'",
        ),
      },
    },
    {
      name: 'sets variables that break the list of them',
      source:
        SAID +
        py`
          import os
          for name, value in (('NUL\0', 'x'), ('X', 'a\0PATH=/evil'), ('A=B', 'x'), ('', 'x'), ('=', 'x'), ('LINE\nBREAK', 'a\nPATH=/evil'), ('\ud800', 'x'), ('\udcff', '\udcfe')):
              print(said(os.putenv, name, value), said(os.environ.__setitem__, name, value), said(os.unsetenv, name))
          print(said(os.putenv, 1, 'x'), said(os.environ.__setitem__, 'x', 1), said(os.environb.__setitem__, b'x\0', b''))
          for n in range(5000): os.environ[f'N{n}'] = str(n)
          os.environ['LONG'] = 'x' * 2**20
          os.reload_environ()
          print(len(os.environ), len(os.environ['LONG']), os.environ['N4999'], os.environ.get('PATH'))
          for name in list(os.environ): del os.environ[name]
          os.reload_environ()
          print(dict(os.environ))
        `,
      expect: {
        outcome: 'exited 0',
        stdout: lines(
          'ValueError ValueError ValueError',
          'ValueError ValueError got None',
          'ValueError ValueError EINVAL',
          'EINVAL EINVAL EINVAL',
          'ValueError ValueError EINVAL',
          'got None got None got None',
          'UnicodeEncodeError UnicodeEncodeError UnicodeEncodeError',
          'got None got None got None',
          'TypeError TypeError ValueError',
          '5001 1048576 4999 None',
          '{}',
        ),
      },
    },
    {
      name: 'reads clocks at addresses of its choice',
      source:
        SAID +
        py`
        import time
        print(said(time.clock_gettime, -1), said(time.clock_getres, 2**31 - 1), said(time.clock_gettime, 2))
      `,
      expect: { outcome: 'exited 0', stdout: 'EINVAL EINVAL EINVAL\n' },
    },
  ],
};
