import { expect } from 'chai';
import { useRig } from '../support/useRig.js';

describe('the standard library', function () {
  this.timeout(20_000);
  const rig = useRig();

  const programs: Record<string, readonly [source: string, stdout: string]> = {
    'zlib, bz2, lzma and zstd': [
      `import zlib, bz2, lzma
from compression import zstd
data = b'wasm' * 1000
print([c.decompress(c.compress(data)) == data for c in (zlib, bz2, lzma, zstd)])`,
      '[True, True, True, True]\n',
    ],
    'sqlite3 in memory and in a file': [
      `import sqlite3
for name in (':memory:', '/tmp/test.db'):
    with sqlite3.connect(name) as db:
        db.execute('create table t(a, b)')
        db.executemany('insert into t values (?, ?)', [(i, i * i) for i in range(100)])
        print(db.execute('select sum(b) from t').fetchone())`,
      '(328350,)\n(328350,)\n',
    ],
    'decimal in C': [
      'import decimal\nprint(decimal.Decimal(1) / 7, decimal.__libmpdec_version__)',
      '0.1428571428571428571428571429 2.5.1\n',
    ],
    unicodedata: [
      'import unicodedata\nprint(unicodedata.name("é"))',
      'LATIN SMALL LETTER E WITH ACUTE\n',
    ],
    pyexpat: [
      'import xml.etree.ElementTree as e\nprint(e.fromstring("<a><b c=\'1\'/></a>")[0].attrib)',
      "{'c': '1'}\n",
    ],
    'the hashes': [
      `import hashlib
for name in sorted(hashlib.algorithms_guaranteed - {'shake_128', 'shake_256'}):
    assert hashlib.new(name, b'abc').hexdigest()
print(hashlib.sha256(b'abc').hexdigest()[:16], hashlib.sha3_256(b'abc').hexdigest()[:16])
print(hashlib.pbkdf2_hmac('sha256', b'password', b'salt', 2).hex()[:32])`,
      'ba7816bf8f01cfea 3a985da74fe225b2\nae4d0c95af6b46d32d0adff928f06dd0\n',
    ],
    asyncio: [
      `import asyncio
async def child(n):
    await asyncio.sleep(n / 100)
    return n
async def main():
    print(await asyncio.gather(child(2), child(1)))
    try: await asyncio.wait_for(asyncio.sleep(10), 0.01)
    except TimeoutError: print('timeout')
    queue = asyncio.Queue()
    async with asyncio.TaskGroup() as group:
        group.create_task(queue.put(5))
        print(await queue.get())
asyncio.run(main())`,
      '[2, 1]\ntimeout\n5\n',
    ],
    zoneinfo: [
      `import zoneinfo, datetime
print(datetime.datetime(2026, 7, 1, tzinfo=zoneinfo.ZoneInfo('Europe/Berlin')).utcoffset())`,
      '2:00:00\n',
    ],
    'help, doctest and pdb': [
      `import doctest, pdb, io, contextlib
def f():
    """Adds.

    >>> 1 + 1
    2
    """
text = io.StringIO()
with contextlib.redirect_stdout(text): help(f)
print('Adds.' in text.getvalue(), doctest.testmod())`,
      'True TestResults(failed=0, attempted=1)\n',
    ],
    'sysconfig and importlib.resources': [
      `import sysconfig, importlib.resources
print(sysconfig.get_platform(), importlib.resources.files('json').joinpath('__init__.pyc').is_file())`,
      'wasi-0.0.0-wasm32 True\n',
    ],
    'log rotation': [
      `import logging, logging.handlers, os
handler = logging.handlers.RotatingFileHandler('/tmp/l.log', maxBytes=100, backupCount=2)
logging.getLogger().addHandler(handler)
for i in range(20): logging.warning('message %d', i)
print(sorted(os.listdir('/tmp')))`,
      "['l.log', 'l.log.1', 'l.log.2']\n",
    ],
    'threading that cannot start threads': [
      `import threading
try: threading.Thread(target=print).start()
except RuntimeError as error: print(error)`,
      "can't start new thread\n",
    ],
    'clocks that never run backwards': [
      `import time
a = time.process_time(), time.monotonic(), time.perf_counter()
sum(range(100_000))
b = time.process_time(), time.monotonic(), time.perf_counter()
print(all(x >= 0 and y > x for x, y in zip(a, b)))`,
      'True\n',
    ],
  };
  for (const [name, [source, stdout]] of Object.entries(programs)) {
    it(`has ${name}`, async () => {
      const result = await rig.python.run(source);
      expect(result.stderr).to.equal('');
      expect(result.stdout).to.equal(stdout);
    });
  }
});

describe('what is not in the sandbox', () => {
  const rig = useRig();

  const errors: readonly [source: string, message: RegExp][] = [
    ['import requests', /ModuleNotFoundError: No module named 'requests': .*standard library.*\n$/],
    ['import numpy as np', /ModuleNotFoundError: No module named 'numpy': .*standard library.*\n$/],
    ['import pip', /ModuleNotFoundError: No module named 'pip': .*standard library.*\n$/],
    ['pip install requests', /SyntaxError: invalid syntax\n.*packages.*\n$/i],
    ["open('data.csv')", /FileNotFoundError: .*'data.csv'\n.*no access to your files.*\n$/],
    ["open('/etc/passwd')", /FileNotFoundError: .*'\/etc\/passwd'\n.*no access to your files.*\n$/],
    ["import urllib.request\nurllib.request.urlopen('http://example.com')", /network.*\n$/],
  ];
  for (const [source, message] of errors) {
    it(`says so in one sentence: ${source}`, async () => {
      const { stderr, outcome } = await rig.python.run(source);
      expect(outcome).to.include({ kind: 'exited', code: 1 });
      expect(stderr).to.match(message);
    });
  }
});
