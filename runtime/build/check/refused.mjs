// What is refused before it reaches WASI is told to the host: once, with what it was aimed at, and with nothing of ours
// to be seen by the program.

import assert from 'node:assert/strict';

const PRELUDE = `import asyncio, http.client, os, pickle, posix, socket, subprocess, sys, urllib.request, _socket
from pathlib import Path
def attempt(f, *args, **kwargs):
  try: f(*args, **kwargs)
  except (OSError, AttributeError, ImportError): pass
  else: raise SystemExit('not refused')
`;

/** Each program, and what the host is told: operation, target and errno. */
const ATTEMPTS = {
  'attempt(socket.socket)': 'socket||40',
  'attempt(_socket.socket)': 'socket||58',
  'attempt(_socket.socket, socket.AF_INET6, socket.SOCK_DGRAM)': 'socket||58',
  'attempt(socket.socketpair)': 'socketpair||40',
  'attempt(socket.create_connection, ("example.com", 80))': 'connect|example.com:80|40',
  'attempt(socket.create_connection, ("::1", "http"), 1)': 'connect|[::1]:http|40',
  'attempt(socket.create_server, ("", 8000))': 'listen|:8000|40',
  'attempt(socket.getaddrinfo, "example.com", 80)': 'getaddrinfo|example.com|40',
  'attempt(socket.gethostbyname, "example.com")': 'gethostbyname|example.com|40',
  'attempt(socket.gethostbyname_ex, "example.com")': 'gethostbyname_ex|example.com|40',
  'attempt(socket.gethostbyaddr, "192.0.2.1")': 'gethostbyaddr|192.0.2.1|40',
  'attempt(socket.getnameinfo, ("192.0.2.1", 80), 0)': 'getnameinfo|192.0.2.1:80|40',
  'attempt(socket.getservbyname, "http")': 'getservbyname|http|40',
  'attempt(socket.getservbyport, 80)': 'getservbyport|80|40',
  'attempt(urllib.request.urlopen, "http://example.com/a")': 'connect|example.com:80|40',
  'attempt(urllib.request.urlopen, "https://example.com/a")': 'connect|example.com:443|40',
  'attempt(urllib.request.urlopen, "ftp://example.com/a")': 'gethostbyname|example.com|40',
  'attempt(http.client.HTTPConnection("example.com", 8080).connect)': 'connect|example.com:8080|40',
  'attempt(http.client.HTTPSConnection("example.com").connect)': 'connect|example.com:443|40',
  'import smtplib; attempt(smtplib.SMTP, "example.com")': 'connect|example.com:25|40',
  'attempt(asyncio.run, asyncio.open_connection("example.com", 80))': 'connect|example.com:80|40',
  'attempt(asyncio.run, asyncio.start_server(print, "", 80))': 'listen|:80|40',

  'attempt(subprocess.Popen, ["rm", "-r", "a b"])': 'subprocess.Popen|rm -r a b|63',
  'attempt(subprocess.run, "ls | wc", shell=True)': 'subprocess.Popen|ls | wc|63',
  'attempt(subprocess.check_output, args=(b"ls", Path("/tmp") / "x"))':
    'subprocess.Popen|ls /tmp/x|63',
  'attempt(subprocess.call, Path("a", "", "b").parent / "/c" / "d")': 'subprocess.Popen|/c/d|63',
  'attempt(subprocess.getoutput, "ls")': 'subprocess.Popen|ls|63',
  'attempt(asyncio.run, asyncio.create_subprocess_exec("ls", "-l"))':
    'asyncio.create_subprocess_exec|ls -l|63',
  'attempt(asyncio.run, asyncio.create_subprocess_shell("ls -l"))':
    'asyncio.create_subprocess_shell|ls -l|63',
  'attempt(os.system, "ls -l")': 'os.system|ls -l|63',
  'attempt(os.system, command=b"ls")': 'os.system|ls|63',
  'attempt(posix.system, "ls")': 'os.system|ls|63',
  'attempt(pickle.loads, b"cposix\\nsystem\\n(S\'ls\'\\ntR.")': 'os.system|ls|63',
  'attempt(os.popen, "ls", "w")': 'os.popen|ls|63',
  'attempt(os.execl, "/bin/ls", "ls", "-l")': 'os.execl|/bin/ls -l|63',
  'attempt(os.execle, "/bin/ls", "ls", "-l", {"A": "1"})': 'os.execle|/bin/ls -l|63',
  'attempt(os.execlp, "ls")': 'os.execlp|ls|63',
  'attempt(os.execlpe, "ls", "ls", os.environ)': 'os.execlpe|ls|63',
  'attempt(os.execvp, "ls", ["ls", "-l"])': 'os.execvp|ls -l|63',
  'attempt(os.execvpe, "ls", (), {})': 'os.execvpe|ls|63',

  'attempt(lambda: os.fork())': 'os.fork||',
  'attempt(lambda: os.execv("/bin/ls", ["ls"]))': 'os.execv||',
  'attempt(lambda: os.spawnl(os.P_WAIT, "/bin/ls", "ls"))': 'os.spawnl||',
  'attempt(lambda: os.posix_spawn("/bin/ls", [], {}))': 'os.posix_spawn||',
  'attempt(lambda: os.kill(1, 9))': 'os.kill||',
  'attempt(lambda: os.killpg(1, 9))': 'os.killpg||',
  'attempt(lambda: os.chroot("/"))': 'os.chroot||',
  'attempt(lambda: posix.setuid(0))': 'os.setuid||',
  'attempt(lambda: os.mkfifo("a"))': 'os.mkfifo||',
  'attempt(lambda: os.getlogin())': 'os.getlogin||',
  'hasattr(os, "forkpty") or getattr(os, "mknod", None)': 'os.forkpty|| os.mknod||',
  'attempt(exec, "from os import fork")': 'os.fork||',
  'attempt(lambda: os.frok()); hasattr(os, "umask"); hasattr(sys, "fork")': '',

  'import ctypes': 'import ctypes||',
  'from ctypes.util import find_library': 'import ctypes||',
  'import _ctypes': 'import _ctypes||',
  'import _posixsubprocess': 'import _posixsubprocess||',
  'import mmap': 'import mmap||',
  'import ssl': 'import ssl||',
  'import multiprocessing.pool': 'import multiprocessing||',
  'from concurrent.futures import ProcessPoolExecutor': 'import multiprocessing||',
  'import importlib; importlib.import_module("resource")': 'import resource||',
  'exec("import pwd")': 'import pwd||',
  'pickle.loads(b"cpty\\nspawn\\n.")': 'import pty||',
  'import numpy': '',
  'import tkinter': '',
  'import importlib.util; importlib.util.find_spec("ctypes")': '',

  'attempt(sys.remote_exec, 1, "/tmp/x.py")': 'sys.remote_exec||',
  [`from importlib.machinery import ExtensionFileLoader, ModuleSpec
open("/tmp/x.so", "w").close()
loader = ExtensionFileLoader("x", "/tmp/x.so")
attempt(loader.create_module, ModuleSpec("x", loader, origin="/tmp/x.so"))`]: 'dlopen|/tmp/x.so|',
};

/** Programs that the standard library tries things for, on its own. */
const HARMLESS = `import getpass, mailbox, platform, tarfile, tempfile, uuid, warnings, webbrowser
platform.platform(); platform.processor(); platform.uname(); uuid.uuid1(); uuid.getnode()
os.path.expanduser('~x'); socket.getfqdn(); socket.gethostname()
tarfile.open('/tmp/a.tar', 'w').add('/usr/local', recursive=False)
for call in getpass.getuser, Path.home, Path('/tmp').owner, webbrowser.open:
  try: call('http://example.com') if call is webbrowser.open else call()
  except Exception: pass
warnings.simplefilter('ignore')
for name in sorted(sys.stdlib_module_names - {'antigravity', 'this'}):
  if __import__('importlib.util').util.find_spec(name) is not None:
    try: __import__(name)
    except ImportError: pass
`;

const HOSTILE = `
class Text(str):
  def fail(self, *args): raise RuntimeError('code of the program ran')
  __str__ = __repr__ = __len__ = __iter__ = __getitem__ = __format__ = encode = fail
class Number(int):
  __str__ = __repr__ = __index__ = __int__ = __format__ = Text.fail
class Command(list):
  __len__ = __iter__ = __getitem__ = __str__ = Text.fail
class Thing:
  __str__ = __repr__ = __fspath__ = __bytes__ = __index__ = Text.fail
class Other(Path):
  __str__ = __fspath__ = __repr__ = Text.fail
for command in (Text('a'), Thing(), Command([Text('a'), Thing(), Number(5), None, [1], 10 ** 30, b'\\xff\\0']),
                '\\0\\ud800\\x1b[31m\\n', 'x' * 100_000_000, '€' * 1000, 'ab' + '😀' * 1000, ['y' * 300] * 1000,
                Path.__new__(Path), Other('a', '/b'), {}, ()):
  attempt(subprocess.Popen, command)
loop = []; loop.append(loop)
attempt(os.system, loop); attempt(os.execvp, loop, loop); attempt(os.system); attempt(os.execl)
attempt(socket.create_connection, (Text('h'), Number(80))); attempt(socket.create_connection, (Thing(), Thing()))
getattr(os, Text('fork'), None)
attempt(socket.create_connection, 'ab'); attempt(socket.getnameinfo, (), 0); attempt(socket.getnameinfo, Thing(), 0)
`;

/** @param {string} name */
const told = (name) => (name === '' ? [] : name.split(/ (?=os\.)/u));

/**
 * @param {import('../host/runner.mjs').MakeGuest} guest
 * @returns {Record<string, () => void>}
 */
export const refused = (guest) => ({
  'what is refused is told, once'() {
    for (const [source, expected] of Object.entries(ATTEMPTS)) {
      const result = guest().run(PRELUDE + source);
      assert.deepEqual(
        result.refused.map((text) => text.replaceAll('\0', '|')),
        told(expected),
        source,
      );
      if (source.startsWith('attempt')) assert.deepEqual([result.code, result.stderr], [0, '']);
    }
  },

  'the bytes are operation, target and errno'() {
    const { refused } = guest().run(`${PRELUDE}attempt(os.system, 'ls'); hasattr(os, 'fork')`);
    assert.deepEqual(refused, ['os.system\0ls\x0063', 'os.fork\0\0']);
  },

  'only what programs ask for is told'() {
    const one = guest();
    assert.deepEqual(one.run('pass').refused, []);
    const { stdout, stderr, refused } = one.run(PRELUDE + HARMLESS);
    assert.deepEqual([stdout, stderr, refused], ['', '', []]);
    assert.deepEqual(one.run('import os; os.fork').refused, ['os.fork\0\0']);
    const late = 'import atexit, os\natexit.register(os.system, "late")\n1 / 0';
    assert.deepEqual(one.run(late).refused, ['os.system\0late\x0063']);
    const deleted =
      'import os\nclass A:\n  def __del__(self, system=os.system): system("del")\na = A()';
    assert.deepEqual(guest().run(deleted, { final: true }).refused, ['os.system\0del\x0063']);
    assert.deepEqual(one.run('pass').refused, []);
  },

  'whatever it is aimed at is only looked at'() {
    const { code, stderr, refused } = guest().run(PRELUDE + HOSTILE);
    assert.deepEqual([code, stderr], [0, '']);
    const targets = refused.map((text) => {
      assert.ok(Buffer.byteLength(text) <= 512, text);
      assert.equal(text.split('\0').length, 3);
      return text.split('\0')[1];
    });
    assert.deepEqual(targets.splice(4, 4), [
      'x'.repeat(432),
      '€'.repeat(144),
      `ab${'😀'.repeat(107)}`,
      `${'y'.repeat(300)} ${'y'.repeat(131)}`,
    ]);
    assert.deepEqual(targets, [
      ...['a', '', 'a 5 ? \ufffd\ufffd', '\ufffd\ufffd\x1b[31m\n', '', '/b', '', ''],
      ...['', '', '', '', 'h:80', ':', '', 'a:b', '', ''],
    ]);
  },

  'nothing of ours is in a traceback'() {
    for (const [source, last] of [
      ['os.fork()', '<module>'],
      ['os.system("ls")', '<module>'],
      ['os.execvp("ls", [])', '<module>'],
      ['import ctypes', '<module>'],
      ['_socket.socket()', '<module>'],
      ['socket.socket()', '__init__'],
      ['socket.create_connection(("example.com", 80))', 'create_connection'],
      ['subprocess.run("ls")', '__init__'],
    ]) {
      const { exception, stderr } = guest().run(PRELUDE + source);
      assert.equal(exception.frames.at(-1).name, last, source);
      assert.doesNotMatch(stderr, /_wasm_sandbox/u);
    }
    assert.equal(
      guest().run('import os\nos.fork()').stderr,
      'Traceback (most recent call last):\n  File "sample.py", line 2, in <module>\n    os.fork()\n    ^^^^^^^\n' +
        "AttributeError: module 'os' has no attribute 'fork'\n",
    );
  },

  'os looks as it does without us'() {
    const source = `${PRELUDE}import copyreg, inspect
assert not [name for name in [*dir(os), *dir(posix)] if name in ('__getattr__', '__dir__')]
assert type(os) is type(sys) and set(dir(os)) == set(vars(os)) == {name for name, _ in inspect.getmembers(os)}
from os import *
assert system is os.system is posix.system
for function in (os.system, os.popen, os.execvp, os.stat, os.getcwd, os.walk):
  assert pickle.loads(pickle.dumps(function)) is function, function
  assert pickle._loads(pickle._dumps(function)) is function, function
assert repr(os.system) == '<built-in function system>'
assert str(inspect.signature(os.popen)) == "(cmd, mode='r', buffering=-1)"
try: os.fork
except AttributeError as error: assert (error.name, error.obj, error.__context__) == ('fork', os, None)
try: os.chow
except AttributeError as error: assert (error.name, error.obj) == ('chow', os)
os.fork = lambda: 5
assert os.fork() == 5
`;
    const { stderr, refused } = guest().run(source);
    assert.deepEqual([stderr, refused], ['', ['os.fork\0\0']]);
    assert.match(guest().run('import os\nos.chow').stderr, /Did you mean: 'chmod'\?\n$/u);
  },
});
