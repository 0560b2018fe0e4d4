import type { Family } from '../../../src/selfTest/attempt.js';
import { py } from '../py.js';

const MEBIBYTE = 1024 * 1024;
/** Room for 30 MB beside the interpreter's own. */
const TIGHT = { limits: { memoryBytes: 64 * MEBIBYTE } };
const FULL = {
  outcome: 'limitExceeded memory',
  stdout: 'begun\n',
  lastError: 'MemoryError',
} as const;

export const memory: Family = {
  name: 'memory',
  title:
    'Use more memory, stack or space for files than was granted, or crash on the lack of them.',
  attempts: [
    {
      name: 'fills a list until the memory ends',
      source: py`
        print('begun')
        kept = []
        while True: kept.append('x' * 1000 + str(len(kept)))
      `,
      policy: TIGHT,
      expect: FULL,
    },
    {
      name: 'doubles a string until it no longer fits',
      source: py`
        print('begun')
        text = 'x'
        while True: text += text
      `,
      policy: TIGHT,
      expect: FULL,
    },
    {
      name: 'makes a dict rehash itself to death',
      source: py`
        print('begun')
        numbers = {}
        while True: numbers[len(numbers)] = len(numbers)
      `,
      policy: TIGHT,
      expect: FULL,
    },
    {
      name: 'keeps a traceback with its frames for every error',
      source: py`
        def failed():
            local = bytes(1000)
            try: 1 / 0
            except ZeroDivisionError as error: return error
        print('begun')
        kept = []
        while True: kept.append(failed())
      `,
      policy: TIGHT,
      expect: FULL,
    },
    {
      name: 'suspends generators without end',
      source: py`
        def suspended():
            local = bytearray(10_000)
            yield
        print('begun')
        kept = []
        while True:
            kept.append(suspended())
            next(kept[-1])
      `,
      policy: TIGHT,
      expect: FULL,
    },
    {
      name: 'makes modules that nobody can give back',
      source: py`
        import sys, types
        print('begun')
        while True:
            name = f'module{len(sys.modules)}'
            sys.modules[name] = types.ModuleType(name)
      `,
      policy: TIGHT,
      expect: FULL,
    },
    {
      name: 'makes cyclic garbage with the collector switched off',
      source: py`
        import gc
        gc.disable()
        print('begun')
        while True:
            cycle = [bytes(1000)]
            cycle.append(cycle)
      `,
      policy: TIGHT,
      expect: FULL,
    },
    {
      name: 'catches MemoryError and tries again, for ever',
      source: py`
        print('begun')
        kept = []
        while True:
            try:
                while True: kept.append(bytes(100))
            except MemoryError: pass
      `,
      policy: { limits: { ...TIGHT.limits, timeoutMs: 500 } },
      expect: { outcome: 'timedOut', stdout: 'begun\n', lastError: '' },
    },
    {
      name: 'runs out of memory inside a destructor',
      source: py`
        class Greedy:
            def __del__(self):
                print('destroyed')
                kept = []
                while True: kept.append(bytes(10_000))
        Greedy()
        print('goes on')
        at_the_end = Greedy()
      `,
      policy: TIGHT,
      expect: {
        outcome: 'exited 0',
        stdout: 'destroyed\ngoes on\ndestroyed\n',
        lastError: 'MemoryError:',
      },
    },
    {
      name: 'runs out of memory again while it handles running out of memory',
      source: py`
        def fill():
            kept = []
            while True: kept.append(bytes(10_000))
        def generator():
            try: yield fill()
            except MemoryError:
                print('in the generator')
                fill()
        try:
            try: next(generator())
            except MemoryError:
                print('in the handler')
                fill()
            finally:
                print('in the finally block')
                fill()
        except MemoryError:
            print('outside')
            raise
      `,
      policy: TIGHT,
      expect: {
        ...FULL,
        stdout: 'in the generator\nin the handler\nin the finally block\noutside\n',
      },
    },
    {
      name: 'fills the memory to the last byte and then fails for another reason',
      source: py`
        kept = []
        size = 2 ** 23
        while size:
            try: kept.append(bytearray(size))
            except MemoryError: size //= 2
        print('full')
        1 / 0
      `,
      policy: TIGHT,
      expect: {
        outcome: 'exited 1',
        stdout: 'full\n',
        lastError: 'ZeroDivisionError: division by zero',
      },
    },
    {
      name: 'passes a MemoryError of its own off as the limit',
      source: py`
        try: compile('-' * 100_000 + '1', '', 'eval')
        except MemoryError as error: print(error)
        raise MemoryError('of my own')
      `,
      policy: TIGHT,
      expect: {
        outcome: 'exited 1',
        stdout: 'Parser stack overflowed - Python source too complex to parse\n',
        lastError: 'MemoryError: of my own',
      },
    },
    {
      name: 'asks for one block that is larger than the memory, of every type',
      source: py`
        import array
        for make in (
            lambda: bytearray(2**31 - 1),
            lambda: bytes(10**9),
            lambda: 'x' * 2**30,
            lambda: '\U0001f40d' * 10**8,
            lambda: [None] * 10**8,
            lambda: (None,) * 10**8,
            lambda: array.array('Q', [0]) * 10**8,
            lambda: list(range(10**8)),
            lambda: set(range(10**8)),
            lambda: dict.fromkeys(range(10**8)),
            lambda: 1 << 2**31,
        ):
            try: print(len(make()))
            except MemoryError as error: print(repr(error), end=' ')
        print(len(bytearray(10**7)))
      `,
      policy: TIGHT,
      expect: { outcome: 'exited 0', stdout: `${'MemoryError() '.repeat(11)}10000000\n` },
    },
    {
      name: 'asks for sizes beyond the address space',
      source: py`
        import array, collections
        for make in (
            lambda: bytearray(2**31),
            lambda: bytes(2**64),
            lambda: 'x' * 2**40,
            lambda: [None] * 2**62,
            lambda: (1, 2) * 2**30,
            lambda: list(range(2**40)),
            lambda: array.array('Q', [0]) * 2**30,
            lambda: collections.deque(maxlen=2**40),
            lambda: '\t\t\t'.expandtabs(2**31 - 1),
            lambda: ' ' .join(['x' * 2**24] * 2**9),
            lambda: 1 << 2**63,
        ):
            try: print(make())
            except (MemoryError, OverflowError) as error: print(repr(error))
      `,
      policy: TIGHT,
      expect: {
        outcome: 'exited 0',
        stdout: [
          `OverflowError("cannot fit 'int' into an index-sized integer")`,
          `OverflowError("cannot fit 'int' into an index-sized integer")`,
          `OverflowError("cannot fit 'int' into an index-sized integer")`,
          `OverflowError("cannot fit 'int' into an index-sized integer")`,
          'MemoryError()',
          "OverflowError('Python int too large to convert to C ssize_t')",
          'MemoryError()',
          "OverflowError('Python int too large to convert to C ssize_t')",
          "OverflowError('new string is too long')",
          "OverflowError('join() result is too long for a Python string')",
          "OverflowError('too many digits in integer')",
          '',
        ].join('\n'),
      },
    },
    {
      name: 'fragments the heap and asks for one piece of it',
      source: py`
        blocks = []
        try:
            while True: blocks.append(bytearray(100_000))
        except MemoryError: print('full')
        del blocks[::2]
        try: bytearray(20_000_000)
        except MemoryError: print('no such piece')
        blocks += [bytearray(90_000) for _ in range(len(blocks) // 2)]
        blocks.clear()
        print(len(bytearray(20_000_000)))
      `,
      policy: TIGHT,
      expect: { outcome: 'exited 0', stdout: 'full\nno such piece\n20000000\n' },
    },
    {
      name: 'unpacks compression bombs of every format',
      source: py`
        import bz2, gzip, io, lzma, zlib
        from compression import zstd
        mebibyte = bytes(2**20)
        deflate = zlib.compressobj()
        def block(): return deflate.compress(mebibyte) + deflate.flush(zlib.Z_FULL_FLUSH)
        # Each unpacks to 100 MiB.
        zlib_bomb = block() + block() * 99
        gzip_bomb = gzip.compress(mebibyte) * 100
        bz2_bomb = bz2.compress(mebibyte) * 100
        lzma_bomb = lzma.compress(mebibyte, preset=0) * 100
        zstd_bomb = zstd.compress(mebibyte) * 100
        for unpack in (
            lambda: zlib.decompress(zlib_bomb),
            lambda: gzip.decompress(gzip_bomb),
            lambda: gzip.open(io.BytesIO(gzip_bomb)).readline(),
            lambda: bz2.decompress(bz2_bomb),
            lambda: lzma.decompress(lzma_bomb),
            lambda: zstd.decompress(zstd_bomb),
            lambda: zlib.decompressobj().decompress(zlib_bomb, 10),
        ):
            try: print(len(unpack()))
            except MemoryError: print('MemoryError', end=' ')
      `,
      policy: TIGHT,
      expect: { outcome: 'exited 0', stdout: `${'MemoryError '.repeat(6)}10\n` },
    },
    {
      name: 'reads and extracts a zip bomb',
      source: py`
        import errno, io, os, zipfile
        archive = zipfile.ZipFile(io.BytesIO(), 'w', zipfile.ZIP_DEFLATED, compresslevel=1)
        with archive.open('bomb', 'w') as bomb:
            for _ in range(48): bomb.write(bytes(2**20))
        try: archive.read('bomb')
        except MemoryError: print('MemoryError')
        try: archive.extract('bomb', '/tmp')
        except OSError as error: print(errno.errorcode[error.errno])
        print(os.path.getsize('/tmp/bomb') <= 2**20)
      `,
      policy: { limits: { ...TIGHT.limits, fileBytes: MEBIBYTE } },
      expect: {
        outcome: 'exited 0',
        stdout: 'MemoryError\nENOSPC\nTrue\n',
        refused: ['wasi write ENOSPC'],
      },
    },
    {
      name: 'makes libraries written in C reserve huge working memory',
      source: py`
        import decimal, lzma, re, sqlite3
        from compression import zstd
        huge = decimal.Context(decimal.MAX_PREC, Emin=decimal.MIN_EMIN, Emax=decimal.MAX_EMAX)
        window = {'id': lzma.FILTER_LZMA2, 'dict_size': 2**32 - 1}
        database = sqlite3.connect(':memory:')
        def query(text): return database.execute(text).fetchone()
        for make in (
            lambda: lzma.LZMADecompressor(lzma.FORMAT_RAW, filters=[window]),
            lambda: lzma.compress(b'', filters=[window | {'dict_size': 1536 * 2**20}]),
            lambda: lzma.decompress(b'\x5d' + b'\xff' * 12 + bytes(100)),
            lambda: zstd.decompress(b'\x28\xb5\x2f\xfd\x00\xa8\x01\0\0'),
            lambda: zstd.ZstdCompressor(options={zstd.CompressionParameter.window_log: 30}).compress(b'x'),
            lambda: huge.divide(1, 7),
            lambda: huge.sqrt(2),
            lambda: huge.quantize(1, decimal.Decimal('1e-400000000')),
            lambda: int(decimal.Decimal('1e400000000')),
            lambda: format(decimal.Decimal(1), '.1000000000f'),
            lambda: query('select zeroblob(900000000)'),
            lambda: query("select printf('%.*c', 900000000, 'x')"),
            lambda: re.match('(?:(a)|b)*', 'ab' * 10**6),
        ):
            try: print(make())
            except Exception as error: print(type(error).__name__, error)
      `,
      policy: TIGHT,
      expect: {
        outcome: 'exited 0',
        stdout: [
          'MemoryError ',
          'MemoryError ',
          'MemoryError ',
          'ZstdError Unable to decompress Zstandard data: Frame requires too much memory for decoding',
          'ZstdError Unable to compress Zstandard data: Allocation error : not enough memory',
          'MemoryError ',
          'MemoryError ',
          'MemoryError ',
          'MemoryError ',
          'ValueError format specification exceeds internal limits of _decimal',
          'MemoryError ',
          'MemoryError ',
          'MemoryError ',
          '',
        ].join('\n'),
      },
    },
    {
      name: 'grows a database in memory from a query without end',
      source: py`
        import sqlite3
        database = sqlite3.connect(':memory:')
        try:
            database.executescript('''
                create table grown (text);
                with recursive endless (n) as (select 1 union all select n + 1 from endless)
                insert into grown select hex(zeroblob(10000)) from endless;
            ''')
        except MemoryError: print('MemoryError')
        print(database.execute('select count(*) from grown').fetchone())
      `,
      policy: TIGHT,
      expect: { outcome: 'exited 0', stdout: 'MemoryError\n(0,)\n' },
    },
    {
      name: 'converts integers of thousands of digits in every way',
      source: py`
        import json, sys
        for make in (
            lambda: int('9' * 5000),
            lambda: str(10**5000),
            lambda: f'{10**5000}',
            lambda: '%d' % 10**5000,
            lambda: json.loads('9' * 5000),
            lambda: eval('9' * 5000),
            lambda: sys.set_int_max_str_digits(100),
            lambda: float(10**400),
        ):
            try: print(make())
            except Exception as error: print(type(error).__name__, str(error).split(' for ')[0])
      `,
      expect: {
        outcome: 'exited 0',
        stdout: [
          ...Array<string>(5).fill('ValueError Exceeds the limit (4300 digits)'),
          'SyntaxError Exceeds the limit (4300 digits)',
          'ValueError maxdigits must be >= 640 or 0',
          'OverflowError int too large to convert to float',
          '',
        ].join('\n'),
      },
    },
    {
      name: 'calculates with integers of a billion bits',
      source: py`
        import fractions
        large = 1 << 10**8
        for make in (
            lambda: 2 ** 10**10,
            lambda: large << 10**9,
            lambda: large * large,
            lambda: bin(large),
            lambda: int('f' * 4 * 10**7, 16),
            lambda: large.to_bytes(2**31 - 1),
            lambda: fractions.Fraction(large, 3) * large,
        ):
            try: print(make())
            except Exception as error: print(type(error).__name__, error)
      `,
      policy: TIGHT,
      expect: {
        outcome: 'exited 0',
        stdout: [
          'MemoryError ',
          'MemoryError ',
          'MemoryError ',
          'MemoryError ',
          'MemoryError ',
          'OverflowError byte string is too large',
          'MemoryError ',
          '',
        ].join('\n'),
      },
    },
    {
      name: 'pads text and numbers to a trillion characters',
      source: py`
        for make in (
            lambda: f'{1:1000000000000}',
            lambda: f'{1:1000000000}',
            lambda: f'{2**40:0{2**31 - 1}b}',
            lambda: f'{1:_>999999999,}',
            lambda: '{:>{}}'.format('x', 10**12),
            lambda: '{:.{}f}'.format(1.0, 10**9),
            lambda: '%1000000000000d' % 1,
            lambda: '%*d' % (2**31 - 1, 1),
            lambda: '%.*f' % (10**9, 1.0),
            lambda: b'%.1000000000x' % 1,
            lambda: 'x'.center(10**9),
            lambda: 'x'.zfill(2**31 - 1),
            lambda: 'a\tb'.expandtabs(10**9),
        ):
            try: print(len(make()))
            except Exception as error: print(type(error).__name__, error)
      `,
      policy: TIGHT,
      expect: {
        outcome: 'exited 0',
        stdout: [
          'ValueError Too many decimal digits in format string',
          'MemoryError ',
          'MemoryError ',
          'MemoryError ',
          'ValueError Too many decimal digits in format string',
          'MemoryError ',
          'ValueError width too big',
          'MemoryError ',
          'MemoryError ',
          'MemoryError ',
          'MemoryError ',
          'MemoryError ',
          'MemoryError ',
          '',
        ].join('\n'),
      },
    },
    {
      name: 'packs and unpacks giant structures',
      source: py`
        import struct
        for make in (
            lambda: struct.pack('2147483647x'),
            lambda: struct.pack('99999999999x'),
            lambda: struct.pack('1000000000s', b''),
            lambda: struct.calcsize('2147483647Q'),
            lambda: struct.Struct('1000000000x' * 3),
            lambda: struct.unpack('1000000000c', b''),
            lambda: struct.pack_into('1000000000s', bytearray(8), 2**31 - 1, b''),
            lambda: struct.unpack_from('Q', bytes(8), -2**31),
        ):
            try: print(make())
            except Exception as error: print(type(error).__name__, error)
      `,
      policy: TIGHT,
      expect: {
        outcome: 'exited 0',
        stdout: [
          'OverflowError byte string is too large',
          'error total struct size too long',
          'MemoryError ',
          'error total struct size too long',
          'error total struct size too long',
          'error unpack requires a buffer of 1000000000 bytes',
          'error pack_into requires a buffer of at least 3147483647 bytes for packing 1000000000 bytes at offset 2147483647 (actual buffer size is 8)',
          'error offset -2147483648 out of range for 8-byte buffer',
          '',
        ].join('\n'),
      },
    },
    {
      name: 'collects endless iterators in every container',
      source: py`
        import array, collections, itertools
        endless = itertools.repeat
        def run_ahead(one, other): return all(one)
        for collect in (
            lambda: list(endless(0)),
            lambda: tuple(endless(0)),
            lambda: [*endless(0)],
            lambda: print(*endless(0)),
            lambda: set(itertools.count()),
            lambda: dict.fromkeys(itertools.count()),
            lambda: collections.Counter(itertools.count()),
            lambda: sorted(endless(0)),
            lambda: bytearray(endless(0)),
            lambda: ''.join(endless('x')),
            lambda: list(zip(*endless((0,)))),
            lambda: itertools.product(endless(0)),
            lambda: itertools.product((0, 1), repeat=10**8),
            lambda: itertools.permutations(endless(0)),
            lambda: next(itertools.batched(endless(0), 2**31 - 1)),
            lambda: run_ahead(*itertools.tee(endless(1))),
        ):
            try: print(collect())
            except MemoryError: print('MemoryError', end=' ')
      `,
      policy: TIGHT,
      expect: { outcome: 'exited 0', stdout: 'MemoryError '.repeat(16) },
    },
    {
      name: 'multiplies text by replacing, joining, translating and escaping it',
      source: py`
        import base64, html, json, re, string
        text = 'x' * 10**6
        many = 'y' * 100
        for make in (
            lambda: text.replace('', many),
            lambda: text.translate({ord('x'): many}),
            lambda: many.join(text),
            lambda: re.sub('', many, text),
            lambda: re.sub('x', r'\g<0>' * 1000, text[:10**5]),
            lambda: ('{0}' * 10**6).format(many),
            lambda: '%(many)s' * 10**6 % {'many': many},
            lambda: string.Template('$many' * 10**5).substitute(many=many * 10),
            lambda: html.escape('"' * 10**7),
            lambda: json.dumps('\0' * 10**7),
            lambda: repr(bytes(10**7)),
            lambda: base64.b64encode(bytes(3 * 10**7)),
            lambda: (text * 20).split('x'),
        ):
            try: print(len(make()))
            except MemoryError: print('MemoryError', end=' ')
      `,
      policy: TIGHT,
      expect: { outcome: 'exited 0', stdout: 'MemoryError '.repeat(13) },
    },
    {
      name: 'widens text with one wide character, with case and with normal forms',
      source: py`
        import unicodedata
        narrow = 'a' * 10**7
        for make in (
            lambda: narrow + '\U0001f40d',
            lambda: (narrow + '\xff' * 10**7).upper(),
            lambda: ('\u0390' * 5 * 10**6).upper(),
            lambda: ('\xdf' * 2 * 10**7).casefold(),
            lambda: unicodedata.normalize('NFKC', '\ufdfa' * 10**6),
            lambda: narrow.encode('utf-32'),
            lambda: (b'\xff' * 2 * 10**7).decode('ascii', 'surrogateescape'),
            lambda: ('\U0001f40d' * 10**6).encode('ascii', 'namereplace'),
        ):
            try: print(len(make()))
            except MemoryError: print('MemoryError', end=' ')
      `,
      policy: TIGHT,
      expect: { outcome: 'exited 0', stdout: 'MemoryError '.repeat(8) },
    },
    {
      name: 'expands XML entities: a billion laughs, and their relatives',
      source: py`
        from xml.parsers import expat
        from xml.etree import ElementTree
        levels = ''.join(f'<!ENTITY l{n + 1} "{f"&l{n};" * 10}">' for n in range(9))
        for document in (
            f'<!DOCTYPE x [<!ENTITY l0 "laugh">{levels}]><x>&l9;</x>',
            f'<!DOCTYPE x [<!ENTITY l "{"laugh" * 20000}">]><x>{"&l;" * 20000}</x>',
            '<!DOCTYPE x [<!ENTITY a "&b;"><!ENTITY b "&a;">]><x>&a;</x>',
        ):
            try: print(expat.ParserCreate().Parse(document, True))
            except expat.ExpatError as error: print(error)
        try: ElementTree.fromstring('<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>')
        except ElementTree.ParseError as error: print(error)
      `,
      expect: {
        outcome: 'exited 0',
        stdout: [
          'limit on input amplification factor (from DTD and entities) breached: line 1, column 533',
          'limit on input amplification factor (from DTD and entities) breached: line 1, column 100329',
          'recursive entity reference: line 1, column 52',
          'undefined entity &a;: line 1, column 57',
          '',
        ].join('\n'),
      },
    },
    {
      name: 'reads a line, a field and a file that never end',
      source: py`
        import csv, io, itertools
        class Endless(io.RawIOBase):
            def readable(self): return True
            def readinto(self, buffer):
                buffer[:] = b'x' * len(buffer)
                return len(buffer)
        for read in (
            lambda: Endless().readall(),
            lambda: io.BufferedReader(Endless()).read(),
            lambda: io.BufferedReader(Endless()).readline(),
            lambda: io.TextIOWrapper(io.BufferedReader(Endless())).readline(),
            lambda: next(csv.reader(itertools.chain('"', itertools.repeat('x' * 10**5)))),
            lambda: csv.field_size_limit(2**31 - 1)
                and next(csv.reader(itertools.chain('"', itertools.repeat('x' * 10**5)))),
        ):
            try: print(read())
            except MemoryError: print('MemoryError')
            except csv.Error as error: print(error)
      `,
      policy: TIGHT,
      expect: {
        outcome: 'exited 0',
        stdout: `${'MemoryError\n'.repeat(4)}field larger than field limit (131072)\nMemoryError\n`,
      },
    },
    {
      name: 'casts memory views to shapes that overflow',
      source: py`
        view = memoryview(bytearray(2**20))
        for make in (
            lambda: view.cast('B', [2**16, 2**16]),
            lambda: view.cast('B', [2**31, 2**31]),
            lambda: view.cast('B', [2**31 - 1] * 3),
            lambda: view.cast('B', [-1, -2**20]),
            lambda: view.cast('B', [1] * 65),
            lambda: view.cast('B', [2**10, 2**10])[2**10, 0],
            lambda: view[2**31 - 1],
            lambda: view[:2**40].nbytes,
            lambda: view[::2].cast('Q'),
            lambda: memoryview(b'constant').__setitem__(0, 1),
            lambda: view.release() or view[0],
        ):
            try: print(make())
            except Exception as error: print(type(error).__name__, error)
      `,
      policy: TIGHT,
      expect: {
        outcome: 'exited 0',
        stdout: [
          'ValueError memoryview.cast(): product(shape) > SSIZE_MAX',
          'OverflowError Python int too large to convert to C ssize_t',
          'ValueError memoryview.cast(): product(shape) > SSIZE_MAX',
          'ValueError memoryview.cast(): elements of shape must be integers > 0',
          'ValueError memoryview: number of dimensions must not exceed 64',
          'IndexError index out of bounds on dimension 1',
          'IndexError index out of bounds on dimension 1',
          '1048576',
          'TypeError memoryview: casts are restricted to C-contiguous views',
          'TypeError cannot modify read-only memory',
          'ValueError operation forbidden on released memoryview object',
          '',
        ].join('\n'),
      },
    },
    {
      name: 'seeks files in memory far beyond their end, and writes',
      source: py`
        import io, os
        for make, text in ((io.BytesIO, b'x'), (io.StringIO, 'x')):
            for far in (10**9, 2**31 - 1, 2**31):
                try:
                    file = make()
                    file.seek(far)
                    print(file.write(text))
                except Exception as error: print(type(error).__name__, error)
        for make in (
            lambda: io.BufferedWriter(io.BytesIO(), 2**31 - 1),
            lambda: io.BufferedReader(io.BytesIO(), 2**40),
            lambda: open('/tmp/buffered', 'wb', 10**9),
            lambda: os.read(0, 10**9),
        ):
            try: print(make())
            except Exception as error: print(type(error).__name__, error)
      `,
      policy: TIGHT,
      expect: {
        outcome: 'exited 0',
        stdout: [
          'MemoryError ',
          'OverflowError new buffer size too large',
          'OverflowError Python int too large to convert to C ssize_t',
          'MemoryError ',
          'OverflowError new position too large',
          'OverflowError Python int too large to convert to C ssize_t',
          'MemoryError ',
          'OverflowError Python int too large to convert to C ssize_t',
          'MemoryError ',
          'MemoryError ',
          '',
        ].join('\n'),
      },
    },
    {
      name: 'lies about its length, its size and its buffer',
      source: py`
        import sys
        class Liar:
            def __init__(self, claim): self.claim = claim
            def __len__(self): return self.claim
            def __getitem__(self, place): raise IndexError
            def __index__(self): return self.claim
            def __sizeof__(self): return self.claim
            def __buffer__(self, flags): return memoryview(bytes(self.claim))
        class Hint:
            def __init__(self, claim): self.claim = claim
            def __iter__(self): return iter(())
            def __length_hint__(self): return self.claim
        for claim in (10**9, 2**31, -1):
            for use in (
                lambda: list(Liar(claim)),
                lambda: list(Hint(claim)),
                lambda: len(Liar(claim)),
                lambda: [0] * Liar(claim),
                lambda: bytearray(Liar(claim)),
                lambda: memoryview(Liar(claim)),
                lambda: list(reversed(Liar(claim))),
                lambda: sys.getsizeof(Liar(claim)),
            ):
                try: print(use())
                except Exception as error: print(type(error).__name__, error)
      `,
      policy: TIGHT,
      expect: {
        outcome: 'exited 0',
        stdout: [
          ...['MemoryError ', 'MemoryError ', '1000000000', 'MemoryError ', 'MemoryError '],
          ...['MemoryError ', 'MemoryError ', '1000000016'],
          "OverflowError cannot fit 'int' into an index-sized integer",
          'OverflowError Python int too large to convert to C ssize_t',
          "OverflowError cannot fit 'int' into an index-sized integer",
          "OverflowError cannot fit 'Liar' into an index-sized integer",
          "OverflowError cannot fit 'Liar' into an index-sized integer",
          "OverflowError cannot fit 'int' into an index-sized integer",
          "OverflowError cannot fit 'int' into an index-sized integer",
          'OverflowError Python int too large to convert to C ssize_t',
          'ValueError __len__() should return >= 0',
          'ValueError __length_hint__() should return >= 0',
          'ValueError __len__() should return >= 0',
          ...['[]', 'ValueError negative count', 'ValueError negative count'],
          'ValueError __len__() should return >= 0',
          'ValueError __sizeof__() should return >= 0',
          '',
        ].join('\n'),
      },
    },
    {
      name: 'has every allocation traced until the traces fill the memory',
      source: py`
        import tracemalloc
        def trace_deep(depth):
            if depth: return trace_deep(depth - 1)
            while True: kept.append(bytearray(1000))
        kept = []
        tracemalloc.start(10)
        try: trace_deep(10)
        except MemoryError: kept.clear()
        tracemalloc.stop()
        print(len(kept), tracemalloc.get_traced_memory())
      `,
      policy: TIGHT,
      expect: { outcome: 'exited 0', stdout: '0 (0, 0)\n' },
    },
    {
      name: 'raises the recursion limit to two billion and recurses',
      source: py`
        import sys
        sys.setrecursionlimit(2**31 - 1)
        print(sys.getrecursionlimit())
        def down(): down()
        try: down()
        except RecursionError as error: print(error)
        for limit in (2**31, 0, 1):
            try: sys.setrecursionlimit(limit)
            except Exception as error: print(type(error).__name__, error)
      `,
      policy: TIGHT,
      expect: {
        outcome: 'exited 0',
        stdout: [
          '100000',
          'maximum recursion depth exceeded',
          'OverflowError Python int too large to convert to C int',
          'ValueError recursion limit must be greater or equal than 1',
          'RecursionError cannot set the recursion limit to 1 at the recursion depth 1: the limit is too low',
          '',
        ].join('\n'),
      },
    },
    {
      name: 'recurses with frames too wide for the memory',
      source: py`
        import sys
        sys.setrecursionlimit(100_000)
        def wide(*values): wide(*values)
        print('begun')
        wide(*range(2000))
      `,
      policy: TIGHT,
      expect: FULL,
    },
    {
      name: 'nests data 25,000 deep and hands it to everything that recurses in C',
      source: py`
        import copy, json, marshal, pickle, re, sys
        sys.setrecursionlimit(100_000)
        DEPTH = 25_000
        def nest(value, wrap):
            for _ in range(DEPTH): value = wrap(value)
            return value
        lists = nest(0, lambda inner: [inner])
        dicts = nest(0, lambda inner: {0: inner})
        tuples = nest((), lambda inner: (inner,))
        for recurse in (
            lambda: repr(lists),
            lambda: repr(dicts),
            lambda: lists == nest(0, lambda inner: [inner]),
            lambda: isinstance(0, tuples),
            lambda: copy.deepcopy(lists),
            lambda: json.dumps(lists),
            lambda: json.loads('[' * DEPTH),
            lambda: pickle.dumps(lists),
            lambda: marshal.dumps(lists),
            lambda: marshal.loads(b'(\1\0\0\0' * DEPTH),
            lambda: re.compile('(' * 2 * DEPTH),
        ):
            try: print(recurse())
            except Exception as error: print(type(error).__name__)
      `,
      expect: {
        outcome: 'exited 0',
        stdout: `${'RecursionError\n'.repeat(8)}ValueError\nValueError\nRecursionError\n`,
      },
    },
    {
      name: 'compiles source text nested 25,000 deep, with as little stack as any host has',
      source: py`
        import ast
        DEPTH = 25_000
        tree = ast.Constant(1, lineno=1, col_offset=0)
        for _ in range(DEPTH): tree = ast.UnaryOp(ast.USub(), tree, lineno=1, col_offset=0)
        for source in (
            '(' * DEPTH,
            '-' * DEPTH + '1',
            'lambda: ' * DEPTH + '1',
            "f'" + '{a:' * DEPTH,
            ''.join(' ' * indent + 'if 1:\n' for indent in range(200)),
            'a' + '.b' * DEPTH,
            'a' + '()' * DEPTH,
            '1' + '+a' * DEPTH,
            ast.Module([ast.Expr(tree, lineno=1, col_offset=0)], []),
        ):
            try: print(compile(source, '', 'exec'))
            except Exception as error: print(type(error).__name__)
      `,
      policy: { deterministic: 1 },
      expect: {
        outcome: 'exited 0',
        stdout: [
          ...['MemoryError', 'MemoryError', 'MemoryError', 'SyntaxError', 'IndentationError'],
          ...['RecursionError', 'RecursionError', 'RecursionError', 'RecursionError', ''],
        ].join('\n'),
      },
    },
    {
      name: 'defines special methods that call themselves through C',
      source: py`
        import copy, functools, operator, pickle, sys
        sys.setrecursionlimit(100_000)
        class Loop:
            def __getattr__(self, name): return getattr(self, name + 'x')
            def __setattr__(self, name, value): setattr(self, name, value)
            def __eq__(self, other): return other == self
            def __hash__(self): return hash(self)
            def __repr__(self): return repr(self)
            def __format__(self, spec): return format(self, spec)
            def __bool__(self): return bool(self)
            def __len__(self): return len(self)
            def __iter__(self): return iter(self)
            def __next__(self): return next(self)
            def __contains__(self, item): return item in self
            def __call__(self): return self()
            def __add__(self, other): return self + other
            def __lt__(self, other): return other > self
            __gt__ = __lt__
            def __instancecheck__(self, other): return isinstance(other, self)
            def __reduce__(self): return Loop, (self,)
            @property
            def property(self): return self.property
            @functools.cached_property
            def cached(self): return self.cached
        class Missing(dict):
            def __missing__(self, key): return self[key]
        @functools.lru_cache(None)
        def cached(n): return cached(n + 1)
        def mapped(n): return list(map(mapped, [n]))
        def ordered(n): return sorted([n], key=ordered)
        def delegated(): yield from delegated()
        loop = Loop()
        for recurse in (
            lambda: loop.a, lambda: setattr(loop, 'a', 1), lambda: loop == loop, lambda: hash(loop),
            lambda: repr(loop), lambda: f'{loop}', lambda: bool(loop), lambda: len(loop), lambda: iter(loop),
            lambda: next(loop), lambda: 1 in loop, lambda: loop(), lambda: loop + 1, lambda: loop < loop,
            lambda: isinstance(1, loop), lambda: pickle.dumps(loop), lambda: copy.deepcopy(loop),
            lambda: loop.property, lambda: loop.cached, lambda: operator.length_hint(loop), lambda: Missing()[1],
            lambda: cached(0), lambda: mapped(0), lambda: ordered(0), lambda: list(delegated()),
        ):
            try: print(recurse())
            except RecursionError: print('caught', end=' ')
      `,
      expect: { outcome: 'exited 0', stdout: 'caught '.repeat(25) },
    },
    {
      name: 'frees structures of every kind, nested 50,000 deep',
      source: py`
        import functools, itertools, types
        class Node: pass
        def node(inner):
            outer = Node()
            outer.inner = inner
            return outer
        def suspended(inner): yield inner
        def generator(inner):
            outer = suspended(inner)
            next(outer)
            return outer
        def chained(inner):
            outer = ValueError()
            outer.__context__ = inner
            return outer
        for wrap in (
            lambda inner: [inner],
            lambda inner: (inner,),
            lambda inner: {0: inner},
            lambda inner: lambda: inner,
            lambda inner: iter([inner]),
            lambda inner: functools.partial(print, inner),
            types.CellType, property, node, generator, chained,
            itertools.chain, enumerate, zip,
        ):
            # Nothing else can be the context of an exception.
            value = None if wrap is chained else ()
            for _ in range(50_000): value = wrap(value)
            value = None
        print('freed')
      `,
      expect: { outcome: 'exited 0', stdout: 'freed\n', lastError: '' },
    },
    {
      name: 'hashes a tuple nested 200,000 deep, as ends a native Python with a crash',
      source: py`
        nested = ()
        for _ in range(200_000): nested = (nested,)
        print('nested')
        try: hash(nested)
        except BaseException: print('caught')
      `,
      expect: { outcome: 'trapped stackOverflow', stdout: 'nested\n', lastError: '' },
    },
    {
      name: 'draws from 200,000 iterators that are nested',
      source: py`
        nested = iter([1])
        for _ in range(200_000): nested = map(abs, nested)
        print('nested')
        try: next(nested)
        finally: print('escaped')
      `,
      expect: { outcome: 'trapped stackOverflow', stdout: 'nested\n', lastError: '' },
    },
    {
      name: 'hides data in files that it unlinked but holds open',
      source: py`
        import errno, os
        kept = []
        try:
            while True:
                kept.append(os.open('/tmp/hidden', os.O_CREAT | os.O_RDWR))
                os.unlink('/tmp/hidden')
                os.write(kept[-1], bytes(150_000))
        except OSError as error: print(errno.errorcode[error.errno], len(kept), os.listdir('/tmp'))
        for descriptor in kept: os.close(descriptor)
        with open('/tmp/again', 'wb') as file: print(file.write(bytes(10**6)))
      `,
      policy: { limits: { fileBytes: MEBIBYTE } },
      expect: {
        outcome: 'exited 0',
        stdout: 'ENOSPC 7 []\n1000000\n',
        refused: ['wasi write ENOSPC'],
      },
    },
    {
      name: 'makes files terabytes long without writing them',
      source: py`
        import errno, os
        file = os.open('/tmp/long', os.O_CREAT | os.O_RDWR)
        for grow in (
            lambda: os.truncate('/tmp/long', 2**40),
            lambda: os.ftruncate(file, 2**62),
            lambda: os.pwrite(file, b'x', 2**40),
            lambda: (os.lseek(file, 2**53 - 1, os.SEEK_SET), os.write(file, b'x')),
            lambda: os.lseek(file, 2**62, os.SEEK_SET),
            lambda: os.ftruncate(file, 2**20 + 1),
            lambda: os.ftruncate(file, 2**20),
            lambda: (os.lseek(file, 0, os.SEEK_END), os.write(file, b'x')),
        ):
            try: print(grow(), end=' ')
            except OSError as error: print(errno.errorcode[error.errno], end=' ')
        print(os.path.getsize('/tmp/long'))
      `,
      policy: { limits: { fileBytes: MEBIBYTE } },
      expect: {
        outcome: 'exited 0',
        stdout: 'ENOSPC ENOSPC ENOSPC ENOSPC EINVAL ENOSPC None ENOSPC 1048576\n',
        refused: ['wasi filestat_set_size ENOSPC', 'wasi pwrite ENOSPC'],
      },
    },
    {
      name: 'makes names without content: files, folders and descriptors',
      source: py`
        import errno, os
        def exhaust(make):
            count = 0
            try:
                while True:
                    kept.append(make(count))
                    count += 1
            except OSError as error: print(errno.errorcode[error.errno], count)
        kept = []
        exhaust(lambda n: os.mkdir(f'/tmp/{n}'))
        exhaust(lambda n: open(f'/workspace/{n}', 'w'))
        os.rmdir('/tmp/0')
        exhaust(lambda n: open(f'/workspace/{n}', 'w'))
        exhaust(lambda n: open('/workspace/0'))
      `,
      policy: { limits: { fileCount: 20, openDescriptors: 8 } },
      expect: {
        outcome: 'exited 0',
        stdout: 'ENOSPC 20\nENOSPC 0\nENOSPC 1\nEMFILE 3\n',
        refused: [
          'wasi mkdir /tmp/20 ENOSPC',
          'wasi open /workspace/1 ENOSPC',
          'wasi open /workspace/0 EMFILE',
        ],
      },
    },
  ],
};
