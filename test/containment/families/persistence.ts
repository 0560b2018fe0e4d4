import type { Attempt, Family } from '../../../src/selfTest/attempt.js';
import { FORGE_MEMORY } from '../forgeMemory.js';
import { LOOK, PLANT } from '../leaveBehind.js';
import { lines } from '../lines.js';
import { py } from '../py.js';
import { SAID } from '../said.js';

const MEBIBYTE = 1024 * 1024;

/** Whatever it was that ended the run before. */
const NOTHING = { outcome: 'exited 0', stdout: '{}\n', lastError: '' } as const;

/** Plants everywhere, ends in the given way, and looks. */
function endedBy(
  name: string,
  ending: string,
  limits: NonNullable<Attempt['policy']>['limits'] = {},
): Attempt {
  return {
    name: `leaves something everywhere, then ${name}`,
    before: PLANT + ending,
    source: LOOK,
    policy: { limits: { memoryBytes: 96 * MEBIBYTE, ...limits } },
    expect: NOTHING,
  };
}

export const persistence: Family = {
  name: 'persistence',
  title: 'Leave something behind for the next run, or find what the run before left.',
  attempts: [
    endedBy('ends well', 'print("end")'),
    endedBy('fails', 'raise SystemError("end") from ValueError(kept)'),
    endedBy('exits without cleaning up', 'os._exit(3)'),
    endedBy('aborts', 'os.abort()'),
    endedBy(
      'crashes in forged bytecode',
      py`
        import opcode
        code = bytes([opcode.opmap['POP_TOP'], 0]) * 200
        exec((lambda: 0).__code__.replace(co_code=code))
      `,
    ),
    endedBy('runs out of time', 'while True: pass', { timeoutMs: 500 }),
    endedBy(
      'is ended with its worker, for it never lets the host in',
      py`
        import itertools
        any(itertools.repeat(0))
      `,
      { timeoutMs: 500 },
    ),
    endedBy('runs out of memory', 'while True: kept.append(bytearray(1 << 20))'),
    endedBy('prints too much', 'while True: print("x" * 999)', { outputBytes: 10_000 }),
    endedBy('runs out of fuel', 'while True: pass', { fuel: 100 }),
    endedBy('exhausts the stack', 'def deep(*_): sorted([1, 2], key=deep)\ndeep()'),
    {
      name: 'searches all of the memory for what the run before held in it',
      before: py`
        secret = (0x7365637265742d6f662d72756e2d4121).to_bytes(16, 'big')
        kept = [secret * 10 + str(number).encode() for number in range(100_000)]
        with open('/tmp/secret', 'wb') as file: file.write(secret * 1000)
        print(secret)
      `,
      source:
        FORGE_MEMORY +
        py`
          import os
          os.read(0, 30 << 20)  # the memory grows, and what it grows by is left as it was found
          secret = (0x7365637265742d6f662d72756e2d4121).to_bytes(16, 'big')
          print(memory.count(secret, 0, 44 << 20), 'that is searched for')
          planted = bytearray(secret)
          print(memory.count(secret, 0, 44 << 20), 'with another one of its own')
        `,
      expect: {
        outcome: 'exited 0',
        stdout: lines('1 that is searched for', '2 with another one of its own'),
      },
    },
    {
      name: 'reads memory that was never written to, through a stream that lies',
      before: py`
        secret = (0x7365637265742d6f662d72756e2d4121).to_bytes(16, 'big')
        kept = [bytearray(secret * size) for size in (1, 4, 16, 64, 256, 1024, 4096, 65536) for _ in range(50)]
        del kept
      `,
      source: py`
        import io
        class Lying(io.RawIOBase):
            def readable(self): return True
            def readinto(self, buffer): return len(buffer)
        secret = (0x7365637265742d6f662d72756e2d4121).to_bytes(16, 'big')
        seen = dirty = 0
        for size in (64, 1024, 4096, 65_536, 1 << 20, 16 << 20):
            for read in (Lying().read, io.BufferedReader(Lying(), size).read1):
                for _ in range(20 if size < 1 << 20 else 1):
                    data = read(size)
                    seen += data.count(secret)
                    dirty += len(data) - data.count(0)
        print(seen, dirty > 0)
      `,
      expect: { outcome: 'exited 0', stdout: '0 True\n' },
    },
    {
      name: 'changes built-in types, classes and functions of the standard library',
      before: py`
        import collections, gc, json, string, sys
        body = gc.get_referents(int.__dict__)[0]
        body['bit_length'] = lambda self: 'planted'
        sys._clear_internal_caches()
        string.Formatter.vformat = lambda *_: 'planted'
        json.loads.__defaults__ = json.dumps.__kwdefaults__ = None
        json.JSONEncoder.default.__code__ = (lambda self, o: 'planted').__code__
        collections.Counter.most_common = collections.UserDict.__init__ = None
        collections.namedtuple.__doc__ = 'planted'
        sys.intern('a string of the run before')
        print((5).bit_length(), string.Formatter().format('x'))
      `,
      source: py`
        import collections, json, string, sys
        print((5).bit_length(), string.Formatter().format('{}', 'x'), json.dumps([1], indent=None), json.loads('[2]'))
        try: json.dumps(object())
        except TypeError as error: print(error)
        print(collections.Counter('aab').most_common(1), collections.UserDict(), 'planted' in collections.namedtuple.__doc__)
        text = ' '.join(['a string of', 'the run before'])
        print(sys.intern(text) is text)
      `,
      expect: {
        outcome: 'exited 0',
        stdout: lines(
          '3 x [1] [2]',
          'Object of type object is not JSON serializable',
          "[('a', 2)] {} False",
          'True',
        ),
      },
    },
    {
      name: 'hooks into everything that calls back',
      before: py`
        import faulthandler, signal, sys, threading, tracemalloc, gc
        def hook(*_): print('planted')
        sys.unraisablehook = sys.breakpointhook = threading.excepthook = sys.__excepthook__ = hook
        sys.set_asyncgen_hooks(hook, hook); sys.set_coroutine_origin_tracking_depth(9)
        for tool in range(6): sys.monitoring.use_tool_id(tool, 'planted')
        sys.monitoring.register_callback(0, sys.monitoring.events.PY_START, hook)
        sys.monitoring.set_events(0, sys.monitoring.events.PY_START)
        for number in (2, 14, 15): signal.signal(number, hook)
        faulthandler.enable(); tracemalloc.start(9); gc.callbacks.append(hook); threading.settrace(hook)
        sys.settrace(hook); sys.setprofile(hook); sys.addaudithook(hook)
      `,
      source: py`
        import faulthandler, gc, signal, sys, threading, tracemalloc
        print(sys.unraisablehook is sys.__unraisablehook__, sys.breakpointhook is sys.__breakpointhook__, threading.excepthook.__name__)
        print(sys.get_asyncgen_hooks(), sys.get_coroutine_origin_tracking_depth())
        print([sys.monitoring.get_tool(tool) for tool in range(6)], [signal.getsignal(number).__class__.__name__ for number in (2, 14, 15)])
        print(faulthandler.is_enabled(), tracemalloc.is_tracing(), gc.callbacks, threading.gettrace(), sys.gettrace(), sys.getprofile())
      `,
      expect: {
        outcome: 'exited 0',
        stdout: lines(
          'True True _excepthook',
          'asyncgen_hooks(firstiter=None, finalizer=None) 0',
          "[None, None, None, None, None, None] ['builtin_function_or_method', 'Handlers', 'Handlers']",
          'False False [] None None None',
        ),
      },
    },
    {
      name: 'registers itself with every registry of the standard library',
      before: py`
        import codecs, collections.abc, copyreg, csv, logging, mimetypes, pickle, shutil, socket, sqlite3, warnings
        codecs.register(lambda name: codecs.lookup('rot13') if name == 'planted' else None)
        codecs.register_error('planted', codecs.ignore_errors)
        collections.abc.Sized.register(int)
        copyreg.pickle(complex, lambda value: (str, ('planted',)))
        csv.register_dialect('planted'); csv.field_size_limit(1)
        logging.addLevelName(35, 'PLANTED'); logging.getLogger('planted').setLevel(1); logging.disable()
        mimetypes.add_type('planted/planted', '.planted')
        shutil.register_archive_format('planted', print)
        socket.setdefaulttimeout(5)
        sqlite3.register_adapter(complex, str)
        warnings.warn('planted')
      `,
      source:
        SAID +
        py`
          import codecs, collections.abc, csv, logging, mimetypes, pickle, shutil, socket, sqlite3
          print(said(codecs.lookup, 'planted'), said(codecs.lookup_error, 'planted'), isinstance(5, collections.abc.Sized))
          print(pickle.loads(pickle.dumps(1j)), csv.list_dialects(), csv.field_size_limit())
          print(logging.getLevelName(35), 'planted' in logging.root.manager.loggerDict, logging.root.manager.disable)
          print(mimetypes.guess_type('a.planted'), 'planted' in dict(shutil.get_archive_formats()), socket.getdefaulttimeout())
          print(said(sqlite3.connect(':memory:').execute, 'SELECT ?', (1j,)))
        `,
      expect: {
        outcome: 'exited 0',
        stdout: lines(
          'LookupError LookupError False',
          "1j ['excel', 'excel-tab', 'unix'] 131072",
          'Level 35 False 0',
          '(None, None) False None',
          'ProgrammingError',
        ),
      },
    },
    {
      name: 'turns every switch of the interpreter',
      before: py`
        import decimal, gc, io, locale, sys, threading, time, os
        sys.setrecursionlimit(50_000); sys.set_int_max_str_digits(0); sys.setswitchinterval(9)
        sys.dont_write_bytecode = False; sys.flags.__class__; sys.ps1 = sys.last_exc = 'planted'; sys.float_repr_style = 'planted'
        decimal.getcontext().prec = 3; decimal.DefaultContext.prec = 4; decimal.setcontext(decimal.ExtendedContext)
        gc.set_threshold(7); gc.set_debug(gc.DEBUG_SAVEALL); io.DEFAULT_BUFFER_SIZE = 1
        os.environ['TZ'] = 'UTC-9'; getattr(time, 'tzset', int)()
        try: locale.setlocale(locale.LC_ALL, 'de_DE.UTF-8')
        except locale.Error: locale.setlocale(locale.LC_ALL, 'C.UTF-8')
        threading.stack_size(1 << 20)
      `,
      source: py`
        import decimal, gc, io, locale, sys, time
        print(sys.getrecursionlimit(), sys.get_int_max_str_digits(), sys.getswitchinterval(), sys.dont_write_bytecode, hasattr(sys, 'ps1'))
        print(hasattr(sys, 'last_exc'), sys.float_repr_style, decimal.Decimal(1) / 3, gc.get_debug(), io.DEFAULT_BUFFER_SIZE)
        print(time.localtime(0).tm_hour, time.tzname, locale.setlocale(locale.LC_ALL), gc.get_threshold()[0] == 7)
      `,
      expect: {
        outcome: 'exited 0',
        stdout: lines(
          '1000 4300 0.005 True False',
          'False short 0.3333333333333333333333333333 0 131072',
          "0 ('UTC', 'UTC') C False",
        ),
      },
    },
    {
      name: 'fills the caches that make a second look cheap',
      before: py`
        import collections, importlib, linecache, re, struct, sys, functools, zipimport
        linecache.cache['attempt.py'] = linecache.cache['/etc/passwd'] = (1, None, ['planted\n'] * 99, 'planted')
        re.compile('planted'); re._cache[str, 'x', 0] = re._cache2[str, 'x', 0] = re.compile('planted')
        sys.path_importer_cache['/workspace'] = None
        zipimport._zip_directory_cache.clear()
        for module in (linecache, re): sys.modules[module.__name__].planted = True
        sys.modules['wave'] = None
      `,
      source: py`
        import linecache, re, sys, traceback
        print('/etc/passwd' in linecache.cache, re.match('x', 'x'), hasattr(re, 'planted'))
        with open('mine.py', 'w') as file: file.write('here = True')
        import mine, wave
        try: raise ValueError  # this very line
        except ValueError as error: print(mine.here, traceback.extract_tb(error.__traceback__)[0].line)
      `,
      expect: {
        outcome: 'exited 0',
        stdout: lines(
          "False <re.Match object; span=(0, 1), match='x'> False",
          'True try: raise ValueError  # this very line',
        ),
      },
    },
    {
      name: 'leaves the standard library shadowed by files, and sites that run at the start',
      before: py`
        import importlib.util, marshal, os
        poison = 'print("planted")'
        for folder in ('/workspace', '/tmp'):
            os.makedirs(folder + '/__pycache__')
            for name in ('random', 'site', 'sitecustomize', 'usercustomize', 'colorsys', 'encodings', 'zipimport'):
                with open(f'{folder}/{name}.py', 'w') as file: file.write(poison)
                with open(f'{folder}/__pycache__/{name}.cpython-314.pyc', 'wb') as file:
                    file.write(importlib.util.MAGIC_NUMBER + bytes(12) + marshal.dumps(compile(poison, name, 'exec')))
            with open(folder + '/planted.pth', 'w') as file: file.write('import planted\n/tmp\n')
        import colorsys
      `,
      source: py`
        import colorsys, os, random, sys
        try: import sitecustomize
        except ImportError as error: print(error.name)
        print(colorsys.__file__, random.__file__, os.listdir('/workspace'), sys.path)
      `,
      expect: {
        outcome: 'exited 0',
        stdout: lines(
          'sitecustomize',
          "/usr/local/lib/python314.zip/colorsys.pyc /usr/local/lib/python314.zip/random.pyc [] ['/workspace', '/usr/local/lib/python314.zip']",
        ),
      },
    },
    {
      name: 'fills the disk, the folder table and the descriptor table',
      before: py`
        import os
        try:
            with open('/tmp/full', 'wb', buffering=0) as file:
                while True: file.write(bytes(65_536))
        except OSError: pass
        try:
            for number in range(100): os.mkdir(f'/workspace/{number}')
        except OSError: pass
        try:
            while True: os.open('/tmp', os.O_RDONLY)
        except OSError: pass
        os.unlink('/tmp/full')
        os._exit(0)
      `,
      source: py`
        import os
        with open('/tmp/whole', 'wb', buffering=0) as file: print(file.write(bytes(1 << 20)))
        for number in range(9): os.mkdir(f'/workspace/{number}')
        print(sorted(os.open('/tmp', os.O_RDONLY) for _ in range(12)))
      `,
      policy: { limits: { fileBytes: MEBIBYTE, fileCount: 10, openDescriptors: 16 } },
      expect: {
        outcome: 'exited 0',
        stdout: lines('1048576', '[4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15]'),
      },
    },
    {
      name: 'uses up most of every allowance, twice',
      before: py`
        import _wasm_sandbox_host as host
        for _ in range(8): host.report(2, b'planted')
        block = bytearray(60 << 20)
        print('x' * 900)
        for _ in range(4096 * 40): pass
      `,
      source: py`
        import _wasm_sandbox_host as host
        print([host.report(2, b'mine') for _ in range(9)])
        block = bytearray(60 << 20)
        print('x' * 900)
        for _ in range(4096 * 40): pass
      `,
      policy: { limits: { outputBytes: 1000, memoryBytes: 128 * MEBIBYTE, fuel: 60 } },
      expect: { outcome: 'exited 0', stdout: `[0, 0, 0, 0, 0, 0, 0, 0, 1]\n${'x'.repeat(900)}\n` },
    },
    {
      name: 'removes the working directory while it stands in it',
      before: py`
        import os, shutil
        os.makedirs('/tmp/a/b')
        os.chdir('/tmp/a/b')
        shutil.rmtree('/tmp/a')
        try: os.listdir('.')
        except OSError: print('gone')
      `,
      source: py`
        import os
        print(os.getcwd(), os.listdir('.'), os.path.realpath('x'))
      `,
      expect: { outcome: 'exited 0', stdout: '/workspace [] /workspace/x\n' },
    },
    {
      name: 'leaves half of its input unread, pushed back and buffered',
      before: py`
        import io, os, sys
        print(sys.stdin.read(3), sys.stdin.buffer.peek(1)[:2], os.read(0, 2))
        sys.stdin = io.StringIO('planted\n' * 9)
      `,
      source: py`
        import sys
        print(sys.stdin.buffer.raw.readall())
      `,
      policy: { stdin: 'one\ntwo\nthree\n' },
      expect: { outcome: 'exited 0', stdout: String.raw`b'one\ntwo\nthree\n'` + '\n' },
    },
    {
      name: 'sets every source of randomness to what it knows',
      before: py`
        import os, random, secrets, tempfile, uuid
        random.seed(1); random._inst.seed(1); random.SystemRandom.random = lambda self: 0.5
        os.urandom = random.randbytes; secrets.token_hex = lambda *_: 'planted'
        tempfile._name_sequence = iter(['planted'] * 9); uuid._node = 1; uuid.getnode = lambda: 1
      `,
      source: py`
        import os, random, secrets, tempfile, uuid
        print(random.random() == 0.13436424411240122, random.SystemRandom().random() == 0.5, os.urandom.__name__)
        print(len(secrets.token_hex()), 'planted' in tempfile.mkdtemp(), uuid.getnode() == 1)
      `,
      expect: { outcome: 'exited 0', stdout: lines('False False urandom', '64 False False') },
    },
    {
      name: 'draws from the seed and turns the clock of a deterministic run',
      before: py`
        import os, random, time
        for _ in range(1000): os.urandom(100)
        random.seed(1)
        time.sleep(10**7)
      `,
      source: py`
        import os, time
        print(int(time.time()), time.monotonic() < 5, os.urandom(8).hex())
      `,
      policy: { deterministic: 7 },
      expect: { outcome: 'exited 0', stdout: '1767225600 True 31d0b55e8f5b35de\n' },
    },
    {
      name: 'leaves loops, tasks, generators and contexts suspended',
      before: py`
        import asyncio, contextvars, threading
        def suspended():
            try: yield 1
            finally: print('planted, resumed in another run')
        hung = suspended(); next(hung)
        async def task():
            try: await asyncio.sleep(3600)
            finally: print('planted, cancelled in another run')
        loop = asyncio.new_event_loop(); asyncio.set_event_loop(loop)
        tasks = [loop.create_task(task()) for _ in range(9)]
        loop.run_until_complete(asyncio.sleep(0))
        variable = contextvars.ContextVar('planted'); variable.set('planted')
        lock = threading.Lock(); lock.acquire(); import logging; logging._lock.acquire()
        import os; os._exit(0)
      `,
      source: py`
        import asyncio, contextvars, logging
        try: asyncio.get_event_loop()
        except RuntimeError as error: print(error)
        async def main(): return len(asyncio.all_tasks())
        print(asyncio.run(main()), len([*contextvars.copy_context()]), logging._lock.acquire(blocking=False))
      `,
      expect: {
        outcome: 'exited 0',
        stdout: lines("There is no current event loop in thread 'MainThread'.", '1 0 True'),
      },
    },
  ],
};
