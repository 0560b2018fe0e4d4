import type { Family } from '../../../src/selfTest/attempt.js';
import { FORGE_MEMORY } from '../forgeMemory.js';
import { lines } from '../lines.js';
import { py } from '../py.js';
import { SAID } from '../said.js';

/** Goes before what runs bytecode that no compiler made: `forged(…)` is a function of it. */
const FORGED = `${py`
  import opcode
  def forged(*instructions, **fields):
      def function(): pass
      code = b''.join(bytes([opcode.opmap[name], argument]) for name, argument in instructions)
      function.__code__ = function.__code__.replace(co_code=code, **fields)
      return function
`}\n`;

export const internals: Family = {
  name: 'internals',
  title:
    'Turn the interpreter inside out: its objects, its bytecode, its memory, our own front end.',
  attempts: [
    {
      name: 'imports the modules that reach into C',
      source: py`
        for name in ('ctypes', '_ctypes', '_ctypes_test', 'cffi', '_testcapi', '_testinternalcapi', '_xxtestfuzz',
                     '_interpreters', '_interpqueues', 'concurrent.interpreters', '_posixsubprocess', '_posixshmem',
                     '_multiprocessing', '_remote_debugging', 'mmap', 'resource', 'fcntl', 'termios', 'pwd', 'grp',
                     '_ssl', 'readline', '_dbm', '_winapi', 'nt', 'syslog'):
            try: __import__(name); print('imported', name)
            except ModuleNotFoundError: print('-', end='')
        print()
      `,
      expect: {
        outcome: 'exited 0',
        stdout: `${'-'.repeat(26)}\n`,
        refused: [
          'guest import ctypes',
          'guest import _ctypes',
          'guest import mmap',
          'guest import _ssl',
        ],
      },
    },
    {
      name: 'looks through every object that it can reach for one of the host',
      source: py`
        import gc, sys
        waiting, seen, modules, capsules = [*gc.get_objects(), sys.modules], set(), set(), set()
        while waiting:
            thing = waiting.pop()
            if id(thing) in seen: continue
            seen.add(id(thing))
            kind = type(thing)
            modules.add(str(kind.__module__).partition('.')[0])
            if kind.__name__ == 'PyCapsule': capsules.add(repr(thing).split('"')[1])
            waiting += gc.get_referents(thing)
        print(len(seen) > 50_000, modules - sys.stdlib_module_names - {'_wasm_sandbox', '__main__', 'None'})
        print(sorted(capsules))
      `,
      expect: {
        outcome: 'exited 0',
        stdout: lines(
          'True set()',
          "['_socket.CAPI', 'datetime.datetime_CAPI', 'unicodedata._ucnhash_CAPI']",
        ),
      },
    },
    {
      name: 'finds dangerous classes among the subclasses of object',
      source:
        SAID +
        py`
          def find(name, start=object):
              for kind in type.__subclasses__(start):
                  if kind.__name__ == name: return kind
                  if found := find(name, kind): return found
          print(said(find('_wrap_close').__init__.__globals__['system'], 'id'))
          print(said(find('_wrap_close').__init__.__globals__['popen'], 'id'))
          print(said(find('Popen'), ['id']))
          print(said(find('FileLoader').get_data, find('SourceFileLoader')('x', '/x'), '/etc/passwd'))
          print(said(find('_Environ').__getitem__, find('_wrap_close').__init__.__globals__['environ'], 'HOME'))
          print(said(find('BuiltinImporter').load_module, 'posix'))
          print(said(find('stderrprinter'), 3), said(object.__new__, find('stderrprinter')))
        `,
      expect: {
        outcome: 'exited 0',
        stdout: lines(
          'EPERM',
          'EPERM',
          'EPERM',
          'ENOENT',
          'KeyError',
          "got <module 'posix' (built-in)>",
          'TypeError TypeError',
        ),
        refused: [
          'guest os.system id EPERM',
          'guest os.popen id EPERM',
          'guest subprocess.Popen id EPERM',
          'wasi open /etc/passwd ENOENT',
        ],
      },
    },
    {
      name: 'walks the frames below its own, and those of the code that describes its exception',
      source: py`
        import sys
        frame = sys._getframe()
        print(frame.f_back, frame.f_globals is globals(), frame.f_builtins is vars(__builtins__))
        for deeper in (1, 2**31 - 1):
            try: print(sys._getframe(deeper))
            except ValueError as error: print(error)
        class Spy(Exception):
            def __str__(self):
                below = sys._getframe(1)
                while below and 'report' not in below.f_globals: below = below.f_back
                if below:
                    print('below it', below.f_globals['report'](2, b'a value that there never was'))
                    below.f_globals['report'] = None
                return 'found'
        raise Spy
      `,
      expect: {
        outcome: 'exited 1',
        stdout: lines(
          'None True True',
          'call stack is not deep enough',
          'call stack is not deep enough',
          'below it 0',
        ),
        lastError: 'Spy: found',
      },
    },
    {
      name: 'writes to the attributes of frames and functions that carry names',
      source:
        SAID +
        py`
          import sys
          frame = sys._getframe()
          frame.f_builtins['planted'] = 'in the builtins'
          print(planted)
          for name, value in (('f_globals', {}), ('f_builtins', {}), ('f_back', frame), ('f_code', None), ('f_lineno', 1)):
              print(name, said(setattr, frame, name, value))
          print(said(frame.clear))
          def function(): return secret
          for name, value in (('__globals__', {}), ('__builtins__', {}), ('__closure__', ()), ('__code__', 5)):
              print(name, said(setattr, function, name, value))
          print(type(function)(function.__code__, {'secret': 1, '__builtins__': 7})())
          print(said(type(function), function.__code__, 5), said(eval, 'len(())', {'__builtins__': {}}))
        `,
      expect: {
        outcome: 'exited 0',
        stdout: lines(
          'in the builtins',
          'f_globals AttributeError',
          'f_builtins AttributeError',
          'f_back AttributeError',
          'f_code AttributeError',
          'f_lineno ValueError',
          'RuntimeError',
          '__globals__ AttributeError',
          '__builtins__ AttributeError',
          '__closure__ AttributeError',
          '__code__ TypeError',
          '1',
          'TypeError NameError',
        ),
      },
    },

    // Bytecode that no compiler made.
    {
      name: 'runs bytecode that reads a local variable far outside of its frame',
      source:
        FORGED +
        py`
          print('before', flush=True)
          forged(('EXTENDED_ARG', 32), ('EXTENDED_ARG', 0), ('EXTENDED_ARG', 0), ('LOAD_FAST', 0), ('RETURN_VALUE', 0))()
        `,
      expect: { outcome: 'trapped memoryAccess', stdout: 'before\n', lastError: '' },
    },
    {
      name: 'runs bytecode that pops from an empty stack',
      source: `${FORGED}forged(*[('POP_TOP', 0)] * 200, ('RETURN_VALUE', 0))()`,
      expect: { outcome: 'trapped memoryAccess', stdout: '', lastError: '' },
    },
    {
      name: 'runs bytecode that pushes until the memory ends',
      source: `${FORGED}forged(('LOAD_SMALL_INT', 7), ('JUMP_BACKWARD_NO_INTERRUPT', 2))()`,
      expect: { outcome: 'trapped memoryAccess', stdout: '', lastError: '' },
    },
    {
      name: 'runs bytecode that jumps out of its code',
      source:
        FORGED +
        py`
          far = ('EXTENDED_ARG', 16), ('EXTENDED_ARG', 0), ('EXTENDED_ARG', 0)
          forged(*far, ('JUMP_FORWARD', 0))()
        `,
      expect: { outcome: 'trapped memoryAccess', stdout: '', lastError: '' },
    },
    {
      name: 'runs a loop of bytecode that never lets the host in',
      source:
        FORGED +
        py`
          print('in', flush=True)
          forged(('RESUME', 0), ('JUMP_BACKWARD_NO_INTERRUPT', 1))()
        `,
      policy: { limits: { timeoutMs: 300 } },
      expect: { outcome: 'timedOut', stdout: 'in\n' },
    },
    {
      name: 'runs bytecode whose exception handler raises the exception that it handles',
      source:
        FORGED +
        py`
          handler = bytes([0x80, 0x3f, 0, 0])
          forged(('RESUME', 0), ('LOAD_COMMON_CONSTANT', 0), ('RAISE_VARARGS', 1), co_exceptiontable=handler)()
        `,
      policy: { limits: { timeoutMs: 300 } },
      expect: { outcome: 'timedOut', stdout: '' },
    },
    {
      name: 'leaves the evaluation loop itself with one forged instruction',
      source:
        FORGED +
        py`
          import atexit
          atexit.register(print, 'at exit')
          print('before')
          forged(('RESUME', 0), ('LOAD_CONST', 0), ('INTERPRETER_EXIT', 0), co_stacksize=9)()
          print('after')
        `,
      expect: { outcome: 'exited 0', stdout: 'before\nat exit\n', lastError: '' },
    },
    {
      name: 'makes code objects whose fields contradict each other',
      source:
        SAID +
        py`
          import types
          def function(argument): return argument
          for fields in ({'co_nlocals': 5}, {'co_argcount': 3}, {'co_code': b'odd'}, {'co_names': (1,)}, {'co_consts': []},
                         {'co_stacksize': -1}, {'co_argcount': -1}, {'co_posonlyargcount': 9}, {'co_kwonlyargcount': 2**31},
                         {'co_varnames': ('a', 'b')}, {'co_freevars': (None,)}, {'co_linetable': None},
                         {'co_filename': 3}, {'co_exceptiontable': ''}):
              print(*fields, said(function.__code__.replace, **fields))
          print(said(types.CodeType), said(types.CodeType, *[0] * 18))
        `,
      expect: {
        outcome: 'exited 0',
        stdout: lines(
          'co_nlocals ValueError',
          'co_argcount ValueError',
          'co_code ValueError',
          'co_names SystemError',
          'co_consts TypeError',
          'co_stacksize ValueError',
          'co_argcount ValueError',
          'co_posonlyargcount SystemError',
          'co_kwonlyargcount OverflowError',
          'co_varnames ValueError',
          'co_freevars SystemError',
          'co_linetable TypeError',
          'co_filename TypeError',
          'co_exceptiontable TypeError',
          'TypeError TypeError',
        ),
      },
    },

    // From here on the interpreter is owned: all of its memory can be read and written.
    {
      name: 'reads the whole memory through a forged bytearray and finds nothing of the host',
      source:
        FORGE_MEMORY +
        py`
          import os
          os.read(0, 30 << 20)  # what the memory grows by is left as it was found
          # Spelled as numbers, so that they are not in the memory themselves, but for the one copy that is searched for.
          for digits in ('2f686f6d652f', '2f55736572732f', '6e6f64655f6d6f64756c6573', '7673636f6465', '776f726b65722e636a73',
                         '484f4d453d', '5348454c4c3d', '4f50454e53534c', '617474656d7074732e6a73'):
              text = int(digits, 16).to_bytes(len(digits) // 2, 'big')
              print(memory.count(text, 0, 44 << 20) - 1, end=' ')
        `,
      policy: { env: { GRANTED: 'yes' } },
      expect: { outcome: 'exited 0', stdout: '0 0 0 0 0 0 0 0 0 ' },
    },
    {
      name: 'uses a freed buffer to forge a bytearray, and reads past the end of the memory with it',
      source: py`
        import io, struct
        class Raw(io.RawIOBase):
            def readable(self): return True
            def readinto(self, buffer):
                global view
                view = buffer
                return 0
        reader = io.BufferedReader(Raw(), 4096)
        reader.read(1)
        del reader  # the buffer is freed, the view of it stays
        view = view.cast('I')
        reused = [None] * len(view)
        fake = struct.pack('<7I', 5 << 28, id(bytearray), 2**31 - 1, 2**31 - 1, 16, 16, 0)
        view[0] = id(fake) + bytes.__basicsize__ - 1
        memory = reused[0]
        print(type(memory).__name__, len(memory), memory[id(fake) - 16:id(fake) - 12] != b'', flush=True)
        print(memory[2**31 - 2])
      `,
      expect: {
        outcome: 'trapped memoryAccess',
        stdout: 'bytearray 2147483647 True\n',
        lastError: '',
      },
    },
    {
      name: 'overwrites sixteen megabytes of the interpreter',
      source:
        FORGE_MEMORY +
        py`
          print('writing', flush=True)
          memory[1 << 20:17 << 20] = b'\xff' * (16 << 20)
          print('done')
        `,
      expect: { outcome: 'trapped', stdout: 'writing\n', lastError: '' },
    },
    {
      name: 'makes a type call a function that is not in the table',
      source:
        FORGE_MEMORY +
        py`
          class Victim:
              def __repr__(self): return 'repr'
          slot = id(Victim) + 4 * 11
          put(slot, 2**31 - 1)
          print('calling', flush=True)
          repr(Victim())
        `,
      expect: { outcome: 'trapped memoryAccess', stdout: 'calling\n', lastError: '' },
    },
    {
      name: 'makes a type call a function with the arguments of another',
      source:
        FORGE_MEMORY +
        py`
          class Victim:
              def __repr__(self): return 'repr'
          deallocate, represent = id(Victim) + 4 * 6, id(Victim) + 4 * 11
          put(represent, word(deallocate))
          print('calling', flush=True)
          repr(Victim())
        `,
      expect: { outcome: 'trapped other', stdout: 'calling\n', lastError: '' },
    },
    {
      name: 'finds the counter that makes the interpreter ask the host, and stops it for good',
      source:
        FORGE_MEMORY +
        py`
          from itertools import compress
          from operator import lt
          start = id(int) - 2**19 & ~3
          def words(): return memoryview(bytes(memory[at(start):at(start) + 2**20])).cast('I').tolist()
          def burn():
              for _ in range(1000): pass
          while 'found' not in globals():
              before, _, after = words(), burn(), words()
              for index in compress(range(len(before)), map(lt, after, before)):
                  if 1000 <= before[index] - after[index] < 1200 and before[index] <= 4096:
                      found = put(start + 4 * index, 2**31 - 1)
          print('no more polls', flush=True)
          while True: pass
        `,
      // The fuel is counted by what no longer comes. The wall clock needs nothing of the interpreter.
      policy: { limits: { timeoutMs: 1500, fuel: 1000 } },
      expect: { outcome: 'timedOut', stdout: 'no more polls\n' },
    },

    // Data that the interpreter takes for code or objects.
    {
      name: 'loads marshal data that is cut off, endless, or refers to itself',
      source:
        SAID +
        py`
          import marshal
          for data in (b'(\1\0\0\0' * 100_000, b'[\1\0\0\0' * 100_000, b'{' * 100_000, b'<\1\0\0\0' * 100_000,
                       b'c' * 100_000, b':::', b'l\xff\xff\xff\x7f', b'l\1\0\0\x80', b's\xff\xff\xff\xff',
                       b'u\xff\xff\xff\x7f', b'(\0\0\0\x40', b'[\xff\xff\xff\x0f', b'R\0\0\0\0', b'\xff', b'',
                       b'\xdb\1\0\0\0r\0\0\0\0', b'\xa8\1\0\0\0r\0\0\0\0', b'\xbe\1\0\0\0r\0\0\0\0',
                       b'r\xff\xff\xff\x7f', b'\xe3' + b'\0' * 64):
              print(data[:5], said(marshal.loads, data))
        `,
      expect: {
        outcome: 'exited 0',
        stdout: lines(
          "b'(\\x01\\x00\\x00\\x00' ValueError",
          "b'[\\x01\\x00\\x00\\x00' ValueError",
          "b'{{{{{' ValueError",
          "b'<\\x01\\x00\\x00\\x00' ValueError",
          "b'ccccc' ValueError",
          "b':::' EOFError",
          "b'l\\xff\\xff\\xff\\x7f' OverflowError",
          "b'l\\x01\\x00\\x00\\x80' OverflowError",
          "b's\\xff\\xff\\xff\\xff' ValueError",
          "b'u\\xff\\xff\\xff\\x7f' EOFError",
          "b'(\\x00\\x00\\x00@' MemoryError",
          "b'[\\xff\\xff\\xff\\x0f' MemoryError",
          "b'R\\x00\\x00\\x00\\x00' ValueError",
          "b'\\xff' ValueError",
          "b'' EOFError",
          "b'\\xdb\\x01\\x00\\x00\\x00' got [[...]]",
          "b'\\xa8\\x01\\x00\\x00\\x00' got ((...),)",
          "b'\\xbe\\x01\\x00\\x00\\x00' ValueError",
          "b'r\\xff\\xff\\xff\\x7f' ValueError",
          "b'\\xe3\\x00\\x00\\x00\\x00' ValueError",
        ),
      },
    },
    {
      name: 'imports .pyc files that are malformed, and one that is not what its source says',
      source:
        SAID +
        py`
          import importlib, importlib.util, marshal, os, struct, sys
          magic = importlib.util.MAGIC_NUMBER
          good = marshal.dumps(compile('print("another program")', 'real.py', 'exec'))
          for number, data in enumerate((b'', magic, b'\0' * 16 + good, magic + b'\xff' * 12, magic + bytes(12),
                                         magic + bytes(12) + b'\xe3', magic + bytes(12) + marshal.dumps(1),
                                         magic + bytes(12) + b'(\xff\xff\xff\x7f', magic + bytes(12) + b'r\1\0\0\0')):
              with open(f'bad{number}.pyc', 'wb') as file: file.write(data)
              print(number, said(importlib.import_module, f'bad{number}'))
          with open('real.py', 'w') as file: file.write('print("the source")')
          os.mkdir('__pycache__')
          with open(importlib.util.cache_from_source('real.py'), 'wb') as file:
              file.write(magic + struct.pack('<III', 0, int(os.stat('real.py').st_mtime), 19) + good)
          import real
        `,
      expect: {
        outcome: 'exited 0',
        stdout: lines(
          '0 ImportError',
          '1 EOFError',
          '2 ImportError',
          '3 ImportError',
          '4 EOFError',
          '5 EOFError',
          '6 ImportError',
          '7 MemoryError',
          '8 ValueError',
          'another program',
        ),
      },
    },
    {
      name: 'unpickles what starts a process, opens a file, or is no pickle',
      source:
        SAID +
        py`
          import os, pickle, subprocess
          class Does:
              def __init__(self, *call): self.call = call
              def __reduce__(self): return self.call[0], self.call[1:]
          for does in (Does(os.system, 'id'), Does(subprocess.Popen, ['id']), Does(os.popen, 'id'),
                       Does(eval, '__import__("os").system("id")'), Does(open, '/etc/shadow')):
              print(said(pickle.loads, pickle.dumps(does)))
          for data in (b'cposix\nsystem\n(S"id"\ntR.', b'cos\nexecve\n.', b'c_wasm_sandbox_host\nreport\n(I2\nS"x"\ntR.',
                       b'(((((', b'2' * 10, b'\x80\xff.', b'\x95' + b'\xff' * 7 + b'\x7f.', b'\x8d' + b'\xff' * 7 + b'\x7f',
                       b'r\xff\xff\xff\xffN.', b'Nr\xff\xff\xff\x3f.', b']' + b'}' * 3 + b'\x93.'):
              print(data[:12], said(pickle.loads, data))
        `,
      expect: {
        outcome: 'exited 0',
        stdout: lines(
          'EPERM',
          'EPERM',
          'EPERM',
          'EPERM',
          'ENOENT',
          "b'cposix\\nsyste' EPERM",
          "b'cos\\nexecve\\n.' AttributeError",
          "b'c_wasm_sandb' TypeError",
          "b'(((((' EOFError",
          "b'2222222222' UnpicklingError",
          "b'\\x80\\xff.' ValueError",
          "b'\\x95\\xff\\xff\\xff\\xff\\xff\\xff\\xff\\x7f.' OverflowError",
          "b'\\x8d\\xff\\xff\\xff\\xff\\xff\\xff\\xff\\x7f' OverflowError",
          "b'r\\xff\\xff\\xff\\xffN.' UnpicklingError",
          "b'Nr\\xff\\xff\\xff?.' MemoryError",
          "b']}}}\\x93.' UnpicklingError",
        ),
        refused: [
          'guest os.system id EPERM',
          'guest os.execve',
          'guest subprocess.Popen id EPERM',
          'guest os.popen id EPERM',
          'wasi open /etc/shadow ENOENT',
        ],
      },
    },
    {
      name: 'builds extension modules out of files, and a second copy of our own module',
      source:
        SAID +
        py`
          import _imp, importlib.machinery as machinery, sys
          with open('native.so', 'wb') as file: file.write(b'\0asm\1\0\0\0')
          with open('native.wasm', 'wb') as file: file.write(b'\x7fELF')
          for name in ('native.so', 'native.wasm', '/usr/lib/libc.so.6'):
              print(said(machinery.ExtensionFileLoader('native', name).load_module))
          print(said(__import__, 'native'))
          for name in ('ctypes', '_testcapi', 'posix\0', '_frozen_importlib_external'):
              print(said(_imp.create_builtin, machinery.ModuleSpec(name, None)))
          print(said(_imp.get_frozen_object, 'x', memoryview(b'\xe3')), said(_imp.init_frozen, 'no such'))
          twin = _imp.create_builtin(machinery.ModuleSpec('_wasm_sandbox_host', None))
          print(_imp.exec_builtin(twin), twin is sys.modules['_wasm_sandbox_host'], twin.report(4, b''))
        `,
      expect: {
        outcome: 'exited 0',
        stdout: lines(
          'ImportError',
          'ImportError',
          'ImportError',
          'ImportError',
          'got None',
          'got None',
          'ValueError',
          'got None',
          'ImportError got None',
          '0 False 1',
        ),
        refused: ['guest dlopen ./native.so', 'guest dlopen /usr/lib/libc.so.6'],
      },
    },
    {
      name: 'runs forged programs of the regular expression engine',
      source:
        SAID +
        py`
          import _sre
          for code, groups in (([], 0), ([0], 0), ([1], 2**30), ([1], -1), ([18, 2**32 - 1, 1], 0), ([2**32 - 1], 0),
                               ([14, 4, 0, 0, 1, 1, 0, 0, 0], 0), ([19, 2**31, 1], 0), ([24, 0, 0, 0, 0, 1], 0),
                               ([40, 3, 0, 2**32 - 1, 1], 0), ([17, 2**31 - 2, 1], 0), ([2**32], 0), (None, 0)):
              print(said(_sre.compile, 'x', 0, code, groups, {}, ()), end=' ')
          print(said(_sre.template, '', ['a', 5, 'b', -1, 2**40]))
        `,
      expect: {
        outcome: 'exited 0',
        stdout:
          'RuntimeError RuntimeError RuntimeError RuntimeError RuntimeError RuntimeError RuntimeError RuntimeError RuntimeError RuntimeError RuntimeError OverflowError TypeError TypeError\n',
      },
    },
    {
      name: 'compiles source that is too deep, has null bytes, or claims an odd encoding',
      source: py`
        for source in ('(' * 1000, '[' * 100_000, '-' * 100_000 + '1', 'lambda: ' * 50_000 + '1',
                       '1 if 1 else ' * 10_000 + '1', 'f"' + '{f"' * 200, 'match x:\n case ' + '[' * 500, 'a\0b', '\ufeff\ufeff1',
                       '\ud800', '1' * 5000, '"' * 100_001, '\t' * 200 + 'x', b'# coding: rot13\n', b'# coding: undefined\n',
                       b'# coding: ../../etc/passwd\n', b'# coding: zlib\n', b'# coding: utf-16\n1', b'# coding: \xff\n',
                       b'\xef\xbb\xbf# coding: latin1\n', b'# coding: ' + b'a' * 100_000 + b'\n', b'\xff\xfe1\0'):
            try: print(compile(source, 'x', 'exec').co_name)
            except Exception as error: print(ascii(source[:12]), type(error).__name__)
        exec(compile(b'# coding: raw_unicode_escape\nprint(1) #\\u000aprint("a line that no editor shows")', 'x', 'exec'))
      `,
      expect: {
        outcome: 'exited 0',
        stdout: lines(
          "'((((((((((((' MemoryError",
          "'[[[[[[[[[[[[' MemoryError",
          "'------------' MemoryError",
          "'lambda: lamb' MemoryError",
          "'1 if 1 else ' MemoryError",
          '\'f"{f"{f"{f"{\' MemoryError',
          "'match x:\\n ca' SyntaxError",
          "'a\\x00b' SyntaxError",
          "'\\ufeff\\ufeff1' SyntaxError",
          "'\\ud800' UnicodeEncodeError",
          "'111111111111' SyntaxError",
          '\'""""""""""""\' SyntaxError',
          "'\\t\\t\\t\\t\\t\\t\\t\\t\\t\\t\\t\\t' IndentationError",
          "b'# coding: ro' SyntaxError",
          "b'# coding: un' SyntaxError",
          "b'# coding: ..' SyntaxError",
          "b'# coding: zl' SyntaxError",
          "b'# coding: ut' SyntaxError",
          "b'# coding: \\xff\\n' SyntaxError",
          "b'\\xef\\xbb\\xbf# coding:' SyntaxError",
          "b'# coding: aa' SyntaxError",
          "b'\\xff\\xfe1\\x00' SyntaxError",
          '1',
          'a line that no editor shows',
        ),
      },
    },
    {
      name: 'compiles syntax trees that no parser makes',
      source: py`
        import ast
        def run(*body):
            try: exec(compile(ast.fix_missing_locations(ast.Module([*body], [])), 'x', 'exec')); print('ran')
            except Exception as error: print(type(error).__name__)
        def at(line, column):
            expression = ast.Expr(ast.Constant(1, lineno=line, col_offset=column), lineno=line, col_offset=column)
            run(expression)
        run(ast.Expr(ast.Constant(object())))
        run(ast.Expr(ast.Name('None', ast.Load())))
        run(ast.Expr(ast.Name('a\0b', ast.Load())))
        run(ast.Expr(ast.Attribute(ast.Constant(1), 5, ast.Load())))
        run(ast.Assign([ast.Constant(1)], ast.Constant(2)))
        run(ast.FunctionDef('f', ast.arguments([], [], None, [], [], None, []), [], []))
        run(ast.Return(None))
        run(None)
        own = ast.List([], ast.Load())
        own.elts.append(own)
        run(ast.Expr(own))
        at(2**31 - 1, -2**31); at(2**80, 0); at(-1, -1); at(None, 'x')
      `,
      expect: {
        outcome: 'exited 0',
        stdout: lines(
          'TypeError',
          'ValueError',
          'NameError',
          'TypeError',
          'ValueError',
          'ValueError',
          'SyntaxError',
          'ValueError',
          'RecursionError',
          'ValueError',
          'OverflowError',
          'ValueError',
          'ValueError',
        ),
      },
    },
    {
      name: 'reads our own and the frozen modules with inspect and dis',
      source:
        SAID +
        py`
          import _frozen_importlib, dis, inspect, io, sys, zipimport
          own = sys.modules['_wasm_sandbox.describe']
          for thing in (_frozen_importlib._find_and_load, zipimport.zipimporter, own, own.describe):
              print(said(inspect.getsource, thing))
          text = io.StringIO()
          dis.dis(own.describe, file=text)
          print('report' in text.getvalue(), own.describe.__code__.co_filename.startswith('/usr/local/lib/python314.zip/'))
        `,
      expect: {
        outcome: 'exited 0',
        stdout: lines('OSError', 'TypeError', 'OSError', 'OSError', 'True True'),
      },
    },
    {
      name: 'changes buffers while something else reads them',
      source:
        SAID +
        py`
          import array, io, struct
          numbers, text, file = array.array('B', b'abc'), bytearray(b'abcdef'), io.BytesIO(b'abcdef')
          views = memoryview(numbers), memoryview(text), file.getbuffer()
          print(said(numbers.append, 1), said(numbers.pop), said(text.clear), said(text.extend, b'x'), said(text.resize, 1000),
                said(file.truncate, 0), said(file.write, b'x' * 1000), said(file.close), said(file.__init__, b''))
          view = views[1]
          print(said(view.__getitem__, 6), said(view.__getitem__, -7), said(view.cast, 'B', [2**31, 2]), said(view.cast, 'I'),
                said(view.cast('B', [3, 2]).__getitem__, (2, 5)), view[::-2**31].tobytes())
          print(said(struct.pack_into, 'Q', bytearray(4), 0, 1), said(struct.pack_into, 'B', bytearray(4), -5, 1),
                said(struct.unpack_from, 'B', b'x', 2**31 - 1), said(struct.Struct, '4294967296s'))
          class Index:
              def __init__(self, act): self.act = act
              def __index__(self): self.act(); return 7
          text, numbers, view = bytearray(1000), array.array('i', range(1000)), memoryview(bytearray(64))
          print(said(text.__setitem__, 999, Index(text.clear)), said(numbers.__setitem__, 999, Index(numbers.clear)),
                said(view.__setitem__, Index(view.release), 1))
          items = list(range(100))
          print(said(items.sort, key=lambda _: items.clear()), len(items))
          class Equal:
              def __eq__(self, other): items.clear(); return False
          items[:] = [Equal()] * 5
          print(said(items.index, 0), len(items))
        `,
      expect: {
        outcome: 'exited 0',
        stdout: lines(
          'BufferError BufferError BufferError BufferError BufferError BufferError BufferError BufferError BufferError',
          "IndexError IndexError OverflowError TypeError IndexError b'f'",
          'error error error error',
          'IndexError IndexError ValueError',
          'TypeError 100',
          'ValueError 0',
        ),
      },
    },
    {
      name: 'closes, reads and replaces a buffered reader from inside its own read',
      source: py`
        import io
        class Raw(io.RawIOBase):
            def readable(self): return True
            def readinto(self, buffer):
                for act in (reader.detach, reader.close, reader.read, lambda: reader.__init__(self, 1)):
                    try: act(); print('done', end=' ')
                    except Exception as error: print(type(error).__name__, end=' ')
                return 10**6
        reader = io.BufferedReader(Raw(), 4096)
        for _ in range(2):
            try: print(reader.read(4))
            except OSError as error: print(error)
      `,
      expect: {
        outcome: 'exited 0',
        stdout: lines(
          'done ValueError ValueError done raw readinto() returned invalid length 1000000 (should have been between 0 and 4096)',
          'done ValueError ValueError done raw readinto() returned invalid length 1000000 (should have been between 0 and 4)',
        ),
      },
    },
    {
      name: 'feeds sqlite a corrupt database, and asks it for extensions and files',
      source:
        SAID +
        py`
          import sqlite3
          connection = sqlite3.connect(':memory:')
          for statement in ("SELECT load_extension('/tmp/x.so')", "SELECT fts3_tokenizer('simple', x'41414141')",
                            "SELECT readfile('/etc/passwd')", "SELECT writefile('/x', 'y')", "SELECT edit('x')",
                            "ATTACH '/etc/passwd' AS stolen", "VACUUM INTO '/x'", "SELECT zeroblob(2147483647)",
                            "SELECT * FROM sqlite_dbpage"):
              print(said(connection.execute, statement), end=' ')
          print(hasattr(connection, 'enable_load_extension'))
          connection.execute('CREATE TABLE t(a)').execute('INSERT INTO t VALUES (zeroblob(9000))')
          good = connection.serialize()
          for first in (0, 16, 100, 4096):
              bad = bytearray(good)
              bad[first:first + 80] = b'\xff' * 80
              connection = sqlite3.connect(':memory:')
              print(said(connection.deserialize, bytes(bad)), end=' ')
              print(said(lambda: connection.execute('SELECT length(a) FROM t').fetchall()))
          class Closes:
              def __conform__(self, protocol): connection.close()
          print(said(connection.execute, 'SELECT ?', [Closes()]))
        `,
      expect: {
        outcome: 'exited 0',
        stdout: lines(
          'OperationalError OperationalError OperationalError OperationalError OperationalError OperationalError OperationalError DataError OperationalError False',
          'got None DatabaseError',
          'got None DatabaseError',
          'got None DatabaseError',
          'got None DatabaseError',
          'InterfaceError',
        ),
        refused: ['wasi open /etc/passwd ENOENT', 'wasi open /x EROFS'],
      },
    },

    // Objects of the interpreter, bent.
    {
      name: 'patches the dictionaries of built-in types',
      source: py`
        import gc, sys
        def body(kind): return gc.get_referents(kind.__dict__)[0]
        body(int)['escape'] = lambda self: 'patched'
        body(str)['upper'] = lambda self: 'patched'
        body(dict)['get'] = None
        sys._clear_internal_caches()
        print((5).escape(), 'x'.upper(), {}.get)
        for kind in (tuple, dict, object, type, BaseException, Exception, ValueError): body(kind).clear()
        raise ValueError('without a body')
      `,
      expect: {
        outcome: 'exited 1',
        stdout: 'patched patched None\n',
        lastError: '<unknown>.ValueError: without a body',
      },
    },
    {
      name: 'bends classes, bases and resolution orders',
      source:
        SAID +
        py`
          import io, sys
          class A: pass
          class B(A): pass
          class Slots: __slots__ = 'a', 'b'
          class List(list): pass
          class Order(type):
              def mro(cls): return orders[cls.__name__](cls, type.mro(cls))
          orders = {'Layout': lambda cls, usual: [cls, str, object], 'Empty': lambda *_: [], 'Foreign': lambda *_: [5],
                    'Self': lambda cls, usual: usual + usual}
          print(said(setattr, A, '__bases__', (B,)), said(setattr, A, '__bases__', ()), said(setattr, int, '__bases__', (str,)),
                said(setattr, B, '__bases__', (int,)), said(setattr, B, '__mro__', ()), said(setattr, type, '__call__', print))
          print(said(setattr, 5, '__class__', bool), said(setattr, A(), '__class__', Slots), said(setattr, List(), '__class__', A),
                said(setattr, sys.stdout, '__class__', io.BytesIO), said(setattr, None, '__class__', A))
          print(said(type, 'X', (bool,), {}), said(type, 'X', (type(None),), {}), said(type.__new__, int, 'x', (), {}),
                said(type, 'X\0', (), {}), said(type, 'X', (), {'__slots__': ('__dict__', '__dict__')}))
          for name in orders: print(name, said(Order, name, (list,), {}).replace('__main__.', ''))
        `,
      expect: {
        outcome: 'exited 0',
        stdout: lines(
          'TypeError TypeError TypeError TypeError AttributeError TypeError',
          'TypeError TypeError TypeError TypeError TypeError',
          'TypeError TypeError TypeError ValueError TypeError',
          'Layout TypeError',
          'Empty TypeError',
          'Foreign TypeError',
          "Self got <class 'Self'>",
        ),
      },
    },
    {
      name: 'revives objects, and changes what is being collected',
      source: py`
        import gc, weakref
        class Phoenix:
            def __del__(self): risen.append(self)
        risen, said = [], []
        one = Phoenix()
        reference = weakref.ref(one, lambda dead: said.append(dead()))
        del one
        print(len(risen), reference() is risen[0], said)
        class Cycle: pass
        def interfere(reference):
            gc.collect(); gc.disable(); gc.freeze(); gc.unfreeze()
            globals().update(caught=reference())
            raise SystemExit(4)
        cycle = Cycle(); cycle.own = cycle; watch = weakref.ref(cycle, interfere)
        del cycle
        print(gc.collect() > 0, caught, gc.isenabled())
        values = weakref.WeakValueDictionary()
        class Key:
            def __hash__(self): return 1
            def __eq__(self, other): values.clear(); gc.collect(); return True
        for _ in range(5): values[Key()] = Key()
        print(len(values))
        print('still here')
      `,
      expect: {
        outcome: 'exited 0',
        stdout: lines('1 True []', 'True None False', '0', 'still here'),
      },
    },
    {
      name: 'lives on in finalizers while the program is destroyed',
      source: py`
        import os
        class Last:
            kept = os.stat, print, OSError
            def __init__(self, name): self.name = name
            def __del__(self):
                stat, show, refused = self.kept
                try: stat('/etc/passwd')
                except refused as error: show(self.name, 'sees', error.errno)
                if self.name == 'cycle': raise SystemExit(9)
                again = type(self)('cycle')
                again.own = again
        last = Last('global')
        print('end')
      `,
      expect: {
        outcome: 'exited 0',
        stdout: lines('end', 'global sees 44', 'cycle sees 44'),
        refused: ['wasi stat /etc/passwd ENOENT'],
      },
    },

    // The front end itself, and what it stands on.
    {
      name: 'replaces the built-ins, then fails',
      source: py`
        import builtins
        def evil(*args, **named): raise SystemExit(77)
        for name in ('isinstance', 'len', 'getattr', 'type', 'str', 'list', 'set', 'Exception', 'BaseException', '__import__'):
            setattr(builtins, name, evil)
        try: import json
        except SystemExit as error: print(error.code)
        raise ValueError('as it was')
      `,
      expect: { outcome: 'exited 1', stdout: '77\n', lastError: 'SystemExit: 77' },
    },
    {
      name: 'deletes every built-in there is, even those that the front end keeps for itself',
      source: py`
        import builtins, sys
        for module in [*sys.modules.values()]:
            kept = getattr(module, '__builtins__', None)
            if isinstance(kept, dict) and kept is not vars(builtins): kept.clear()
        vars(builtins).clear()
        raise_
      `,
      expect: {
        outcome: 'exited 1',
        stdout: '',
        lastError: "NameError: name 'reversed' is not defined",
      },
    },
    {
      name: 'puts poison in place of the modules that the end of a run needs',
      source: py`
        import sys, types
        class Poison(types.ModuleType):
            def __getattribute__(self, name): raise SystemExit(66)
        for name in ('json', 'io', 'linecache', 'traceback', 'encodings', 'codecs', 'os', 'logging', 'atexit', '_json',
                     'tokenize', 'contextlib', '_wasm_sandbox', '_wasm_sandbox_host', '_wasm_sandbox.describe', 'builtins'):
            sys.modules[name] = Poison(name)
        raise ValueError('poisoned')
      `,
      expect: { outcome: 'exited 1', stdout: '', lastError: 'ValueError: poisoned' },
    },
    {
      name: 'takes sys itself apart',
      source: py`
        import sys
        sys.modules.clear()
        sys.modules = 5
        for name in [*vars(sys)]:
            if name not in ('stderr', 'modules'): delattr(sys, name)
        raise ValueError('no sys')
      `,
      expect: { outcome: 'exited 1', stdout: '', lastError: 'ValueError: no sys' },
    },
    {
      name: 'shadows the standard library with files in the working directory',
      source: py`
        import sys
        for name in ('random', 'site', 'sitecustomize', 'usercustomize', 'encodings', 'traceback', 'linecache', '_colorize',
                     'colorsys', 'tokenize', 'logging', 'contextlib', 'textwrap', 'difflib', '_suggestions'):
            with open(f'{name}.py', 'w') as file: file.write('print("poison", __name__); raise SystemExit(77)')
        print(__import__('random').__file__)
        for name in ('colorsys', 'sitecustomize'):
            try: __import__(name)
            except SystemExit as error: print(error.code)
        for name in ('traceback', 'linecache', '_colorize', 'tokenize', 'contextlib'): sys.modules.pop(name, None)
        raise NameError('in spite of them')
      `,
      expect: {
        outcome: 'exited 1',
        stdout: lines(
          '/usr/local/lib/python314.zip/random.pyc',
          'poison colorsys',
          '77',
          'poison sitecustomize',
          '77',
          'poison traceback',
        ),
        lastError: 'NameError: in spite of them',
      },
    },
    {
      name: 'takes the import system over',
      source:
        SAID +
        py`
          import _frozen_importlib as imports, _frozen_importlib_external as external, sys
          class Finder:
              def find_spec(self, name, path=None, target=None): print('asked for', name); raise SystemExit(66)
          kept = sys.meta_path[:]
          sys.meta_path[:] = [Finder()]; sys.path_hooks[:] = [print]; sys.path[:] = ['/etc', b'x', None, 5]
          try: import wave
          except SystemExit as error: print(error.code)
          sys.meta_path[:] = kept
          print(said(__import__, 'wave'))
          sys.meta_path = None; sys.path = 5; sys.path_importer_cache = None; sys.modules['encodings'] = None
          print(said(__import__, 'wave'), said('x'.encode, 'cp1251'))
          imports._find_and_load = imports._handle_fromlist = imports.sys = external._os = None
          print(said(__import__, 'wave'))
          raise ValueError('taken over')
        `,
      expect: {
        outcome: 'exited 1',
        stdout: lines(
          'asked for wave',
          '66',
          '/etc',
          'ModuleNotFoundError',
          'ImportError LookupError',
          'TypeError',
        ),
        lastError: 'ValueError: taken over',
      },
    },
    {
      name: 'replaces every function of the front end',
      source: py`
        import sys, types
        def evil(*args, **named): print('called'); raise SystemExit(99)
        for name in [name for name in sys.modules if name.startswith('_wasm_sandbox')]:
            for key, value in [*vars(sys.modules[name]).items()]:
                if isinstance(value, types.FunctionType): value.__code__ = evil.__code__
                elif callable(value): setattr(sys.modules[name], key, evil)
            del sys.modules[name]
        raise ValueError('the program says so')
      `,
      expect: {
        outcome: 'exited 1',
        stdout: 'called\n',
        lastError: 'ValueError: the program says so',
      },
    },
    {
      name: 'makes the front end loop while it describes an exception',
      source: py`
        import sys
        def loop(*_):
            while True:
                try:
                    while True: pass
                except BaseException: pass
        vars(sys.modules['_wasm_sandbox.describe'])['_encode'] = loop
        print('raising')
        raise ValueError
      `,
      policy: { limits: { timeoutMs: 300 } },
      expect: { outcome: 'timedOut', stdout: 'raising\n' },
    },
    {
      name: 'calls the import that reports with every kind, size and type',
      source:
        SAID +
        py`
          import _wasm_sandbox_host as host
          for kind in (-2**31, -1, 0, 4, 1000, 2**31 - 1, 2**31, 1.0, '1'): print(said(host.report, kind, b'x'), end=' ')
          print()
          for size in (512, 513): print(said(host.report, 3, b'x' * size), end=' ')
          for size in (0, 512 * 1024, 512 * 1024 + 1, 100 << 20): print(said(host.report, 2, bytes(size)), end=' ')
          print(said(host.report, 1, 'text'), said(host.report, 1), said(host.report, 1, memoryview(b'abcdef')[::2]))
        `,
      expect: {
        outcome: 'exited 0',
        stdout: lines(
          'got 1 got 1 got 1 got 1 got 1 got 1 OverflowError TypeError TypeError ',
          'got 0 got 1 got 0 got 0 got 1 got 1 TypeError TypeError BufferError',
        ),
      },
    },
    {
      name: 'reports JSON bombs as its exception',
      source: py`
        import _wasm_sandbox_host as host
        for report in (b'[' * 250_000 + b']' * 250_000, b'{"type":"x","cause":' * 20_000 + b'null' + b'}' * 20_000,
                       b'{"type":"x","exceptions":[' + b','.join([b'{"type":"y"}'] * 40_000) + b']}', b'\xff' * 500_000,
                       b'{"type":"' + b'\\ud800' * 80_000 + b'"}', b'{"__proto__":{"type":"x"},"type":{"toString":1}}',
                       b'{"type":"x","frames":[{"line":1e400,"file":"y"}]}', b'9' * 500_000):
            print(host.report(1, report), end=' ')
        raise ValueError('one too many')
      `,
      expect: {
        outcome: 'exited 1',
        stdout: '0 0 0 0 0 0 0 0 ',
        lastError: 'ValueError: one too many',
      },
    },
    {
      name: 'leaves standard streams behind that fail, loop or exit',
      source: py`
        import sys
        class Broken:
            encoding = errors = None
            def write(self, text): raise SystemExit(5)
            def flush(self): raise KeyboardInterrupt
            def __getattr__(self, name): raise MemoryError
        sys.__stdout__.write('before\n')
        sys.stdout = sys.stderr = sys.__stdout__ = sys.__stderr__ = Broken()
        raise ValueError('unseen')
      `,
      expect: { outcome: 'exited 1', stdout: 'before\n', lastError: 'lost sys.stderr' },
    },
    {
      name: 'closes all descriptors and objects that lead out',
      source: py`
        import os, sys
        sys.stdout.flush(); sys.stdout.detach(); sys.stderr.close()
        for descriptor in range(3): os.close(descriptor)
        first = os.open('/tmp/instead', os.O_CREAT | os.O_RDWR)
        raise ValueError(f'written to {first}')
      `,
      expect: { outcome: 'exited 1', stdout: '', lastError: '' },
    },
    {
      name: 'ends inside its own excepthook, before the run is wound up',
      source: py`
        import atexit, sys
        atexit.register(lambda: print('at exit') or 1 / 0)
        def hook(*_): print('hook'); raise SystemExit(3)
        sys.excepthook = hook
        raise ValueError
      `,
      expect: { outcome: 'exited 3', stdout: lines('hook', 'at exit') },
    },
    {
      name: 'sets hooks that raise for every event there is',
      source: py`
        import sys
        def fail(*_): raise ValueError('from a hook')
        def call(): return 'called'
        sys.settrace(fail)
        try: call()
        except ValueError as error: print('trace', error, sys.gettrace())
        sys.setprofile(fail)
        try: call()
        except ValueError as error: print('profile', error, sys.getprofile())
        watch = sys.monitoring
        watch.use_tool_id(3, 'attempt')
        watch.register_callback(3, watch.events.PY_START, fail)
        watch.set_events(3, watch.events.PY_START)
        try: call()
        except ValueError as error: watch.set_events(3, 0); print('monitoring', error)
        sys.unraisablehook = sys.displayhook = sys.breakpointhook = fail
        class Finalized:
            def __del__(self): 1 / 0
        Finalized()
        sys.addaudithook(fail)
        try: open('/tmp/x', 'w')
        except ValueError as error: print('audit', error)
        raise KeyError('after all of them')
      `,
      expect: {
        outcome: 'exited 1',
        stdout: lines(
          'trace from a hook None',
          'profile from a hook None',
          'monitoring from a hook',
          'audit from a hook',
        ),
        lastError: "KeyError: 'after all of them'",
      },
    },
    {
      name: 'calls what sys keeps for debuggers and embedders',
      source:
        SAID +
        py`
          import sys, warnings
          warnings.simplefilter('ignore')
          with open('/tmp/inject.py', 'w') as file: file.write('print("injected")')
          print(said(sys.remote_exec, 42, '/tmp/inject.py'), said(sys.remote_exec, 1, '/tmp/inject.py'),
                said(sys.activate_stack_trampoline, 'perf'), said(sys.setswitchinterval, -1), said(sys.setrecursionlimit, 0),
                said(sys.set_asyncgen_hooks, 5), said(sys.call_tracing, print, 5), said(sys._setprofileallthreads, None))
          print(sys._clear_type_cache(), sys._clear_internal_caches(), sys.set_int_max_str_digits(0), sys.get_int_max_str_digits(),
                len(sys._current_frames()), sys._is_gil_enabled(), sys.flags.isolated, sys.flags.dont_write_bytecode)
          print(said(setattr, sys.flags, 'isolated', 0), said(type(sys.flags)), said(sys._getframemodulename, 2**31 - 1))
        `,
      expect: {
        outcome: 'exited 0',
        stdout: lines(
          'RuntimeError RuntimeError ValueError ValueError ValueError TypeError TypeError got None',
          'None None None 0 1 True 1 1',
          'AttributeError TypeError got None',
        ),
        refused: ['guest sys.remote_exec'],
      },
    },
    {
      name: 'starts threads and watchdogs below the threading module',
      source:
        SAID +
        py`
          import _thread, faulthandler
          print(said(_thread.start_new_thread, print, ()), said(_thread.start_joinable_thread, print),
                said(faulthandler.dump_traceback_later, 1, exit=True), said(faulthandler._fatal_error_c_thread),
                said(faulthandler.register, 2), said(_thread.stack_size, 1 << 30), said(_thread.interrupt_main, 10**3))
        `,
      expect: {
        outcome: 'exited 0',
        stdout: 'RuntimeError RuntimeError RuntimeError RuntimeError got None got 0 ValueError\n',
      },
    },

    // Ends that are not one's own.
    {
      name: 'faults on purpose: a segmentation fault',
      source: 'import faulthandler\nprint("before")\nfaulthandler._sigsegv()\nprint("after")',
      expect: {
        outcome: 'trapped unreachable',
        stdout: 'before\n',
        lastError: 'Program received fatal signal: Segmentation fault',
      },
    },
    {
      name: 'faults on purpose: a division by zero in C, inside a finalizer',
      source: py`
        import faulthandler
        class Fault:
            def __init__(self): self.divide = faulthandler._sigfpe
            def __del__(self): self.divide()
        fault = Fault()
        print('end')
      `,
      expect: { outcome: 'trapped other', stdout: 'end\n', lastError: '' },
    },
    {
      name: 'aborts, at exit, with a file still open',
      source: py`
        import atexit, os
        kept = open('/tmp/kept', 'w')
        kept.write('unwritten')
        atexit.register(os.abort)
      `,
      expect: { outcome: 'trapped unreachable', stdout: '', lastError: '' },
    },
    {
      name: 'raises every signal that can be handled, then one that is not',
      source: py`
        import signal
        refused = []
        for number in range(1, 65):
            try: signal.signal(number, lambda got, _: print(got, end=' '))
            except OSError: refused.append(number); continue
            signal.raise_signal(number)
        print('refused', refused)
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        signal.raise_signal(signal.SIGTERM)
        print('never')
      `,
      expect: {
        outcome: 'trapped unreachable',
        stdout:
          '1 2 3 4 5 6 7 8 10 11 12 13 14 15 16 17 18 20 21 22 23 24 25 26 27 28 29 30 31 32 33 34 35 36 37 38 39 40 41 42 43 44 45 46 47 48 49 50 51 52 53 54 55 56 57 58 59 60 61 62 63 64 refused [9, 19]\n',
        lastError: 'Program received termination signal: Terminated',
      },
    },
    {
      name: 'exits with objects that lie about what they are',
      source: py`
        import sys
        class Code(int):
            def __int__(self): return 9
            def __index__(self): return 9
            def __eq__(self, other): return True
        class Exit(SystemExit):
            @property
            def code(self): print('asked'); raise KeyError
        class Text:
            def __str__(self): raise SystemExit(8)
        for status in (Code(3), Text(), 10**30, 1.5, True, None):
            try: sys.exit(status)
            except SystemExit as error: print(type(error.code).__name__)
        raise Exit(Text())
      `,
      expect: {
        outcome: 'exited 1',
        stdout: lines('Code', 'Text', 'int', 'float', 'bool', 'NoneType', 'asked'),
      },
    },

    // Exceptions that fight back when they are described and shown.
    {
      name: 'raises an exception whose every attribute raises',
      source: py`
        class Hostile(Exception):
            def refuse(self): raise SystemExit(88)
            __class__ = __traceback__ = __cause__ = __context__ = __suppress_context__ = __notes__ = args = property(refuse)
            __str__ = __repr__ = refuse
            def __getattribute__(self, name): raise SystemExit(88)
        raise Hostile
      `,
      expect: { outcome: 'exited 1', stdout: '', lastError: 'Hostile: <exception str() failed>' },
    },
    {
      name: 'raises an exception whose texts are strings that lie',
      source: py`
        class Text(str):
            def __len__(self): raise SystemExit(88)
            def __getitem__(self, at): raise SystemExit(88)
            def encode(self, *_): raise SystemExit(88)
        class Lying(type):
            __name__ = __module__ = property(lambda self: Text('builtins'))
        class Error(Exception, metaclass=Lying):
            def __str__(self): return Text('text')
        error = Error()
        error.__notes__ = [Text('note'), 5, None]
        raise error
      `,
      expect: { outcome: 'exited 1', stdout: '', lastError: 'None' },
    },
    {
      name: 'raises an exception whose traceback never ends',
      source: py`
        class Endless:
            tb_next = property(lambda self: self)
        class Error(Exception):
            __traceback__ = property(lambda self: Endless())
        try: raise ValueError
        except ValueError as error:
            try: error.__traceback__.tb_next = error.__traceback__
            except ValueError as loop: print(loop, flush=True)
        raise Error
      `,
      policy: { limits: { timeoutMs: 300 } },
      expect: { outcome: 'timedOut', stdout: 'traceback loop detected\n' },
    },
    {
      name: 'raises exceptions that cause one another, three thousand deep',
      source: py`
        a, b, c = ValueError('a'), ValueError('b'), ValueError('c')
        a.__cause__, b.__cause__, c.__cause__ = b, c, a
        a.__context__, b.__context__ = b, a
        error = a
        for number in range(3000):
            outer = KeyError(number)
            outer.__cause__ = outer.__context__ = error
            error = outer
        raise error
      `,
      expect: { outcome: 'exited 1', stdout: '', lastError: 'KeyError: 2999' },
    },
    {
      name: 'raises a group of exceptions with a million million members',
      source: py`
        error = ValueError('one')
        for _ in range(40): error = ExceptionGroup('two of each', [error, error])
        print('raising')
        raise error
      `,
      policy: { limits: { timeoutMs: 300 } },
      expect: { outcome: 'timedOut', stdout: 'raising\n' },
    },
    {
      name: 'raises a SyntaxError whose place is nowhere',
      source: py`
        class Number(int):
            def __sub__(self, other): return self
            def __str__(self): return '1},"type":"Forged","module":{"x":1'
        for place in (('attempt.py', 10**30, -5, 'text', 10**40, -10**40), (7, 'x', 1.5, b'\xff', [], {}),
                      ('attempt.py', 1, 2**31 - 1, 'a\n' * 1000, 1, 2**31 - 1), (None, None, None, None)):
            try: raise SyntaxError('nowhere', place)
            except SyntaxError as error:
                import traceback
                print(traceback.format_exception_only(error)[-1], end='')
        raise SyntaxError('somewhere', ('/etc/passwd', Number(3), Number(2), 'root:x', Number(3), Number(4)))
      `,
      expect: {
        outcome: 'exited 1',
        stdout: lines(
          'SyntaxError: nowhere',
          'SyntaxError: nowhere',
          'SyntaxError: nowhere',
          'SyntaxError: nowhere',
        ),
        lastError: 'SyntaxError: somewhere',
      },
    },
  ],
};
