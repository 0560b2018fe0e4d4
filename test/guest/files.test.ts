import { expect } from 'chai';
import { useRig } from '../support/useRig.js';

describe('files', () => {
  const rig = useRig();

  async function expectOutput(source: string, stdout: string): Promise<void> {
    const result = await rig.python.run(source);
    expect(result.stderr).to.equal('');
    expect(result.stdout).to.equal(stdout);
  }

  it('can be written, read, appended to, sought in and truncated', () =>
    expectOutput(
      `with open('a.txt', 'w') as f: f.write('one\\ntwo\\n')
with open('a.txt', 'a') as f: f.write('three\\n')
with open('/workspace/a.txt', 'r+') as f:
    print(f.readlines()); f.seek(4); f.truncate(); print(f.tell())
import os
with open('a.txt', 'rb+') as f:
    f.seek(10); f.write(b'end')
print(open('a.txt', 'rb').read(), os.path.getsize('a.txt'))`,
      "['one\\n', 'two\\n', 'three\\n'] 4\n".replace(' 4', '\n4') +
        "b'one\\n\\x00\\x00\\x00\\x00\\x00\\x00end' 13\n",
    ));

  it('can be listed, walked, renamed, copied and removed', () =>
    expectOutput(
      `import os, shutil, pathlib, glob
os.makedirs('d/e/f')
pathlib.Path('d/e/g.txt').write_text('g')
shutil.copytree('d', '/tmp/copy')
os.rename('/tmp/copy/e', 'moved')
print(sorted(glob.glob('**/*', recursive=True)))
print([(r, sorted(ds), sorted(fs)) for r, ds, fs in os.walk('moved')])
shutil.rmtree('d'); shutil.rmtree('moved'); shutil.rmtree('/tmp/copy')
print(os.listdir('.'), os.listdir('/tmp'))`,
      `['d', 'd/e', 'd/e/f', 'd/e/g.txt', 'moved', 'moved/f', 'moved/g.txt']
[('moved', ['f'], ['g.txt']), ('moved/f', [], [])]
[] []
`,
    ));

  it('have times that can be set', () =>
    expectOutput(
      `import os, time
open('t', 'w').close()
print(abs(os.stat('t').st_mtime - time.time()) < 60)
os.utime('t', (1000, 2000))
print(os.stat('t').st_atime, os.stat('t').st_mtime)`,
      'True\n1000.0 2000.0\n',
    ));

  it('survive being removed while open, and give their bytes back when closed', () =>
    expectOutput(
      `import os
f = open('big', 'wb'); f.write(b'x' * 100_000_000); f.flush()
os.remove('big')
try: open('other', 'wb').write(b'x' * 100_000_000)
except OSError as error: print(error.strerror)
f.close()
print(open('other', 'wb').write(b'x' * 100_000_000))`,
      'No space left on device\n100000000\n',
    ));

  it('are bounded in bytes and in number', () =>
    expectOutput(
      `import os, errno
def refused(f):
    try: f()
    except OSError as error: return errno.errorcode[error.errno]
    return None
print(refused(lambda: open('a', 'wb').write(b'x' * 200_000_000)))
print(refused(lambda: os.truncate('a', 10**12)))
def many():
    for i in range(20_000): open(f'/tmp/{i}', 'w').close()
print(refused(many), len(os.listdir('/tmp')) + len(os.listdir('.')))
def descriptors():
    global kept
    kept = []
    while True: kept.append(os.open('/tmp', os.O_RDONLY))
print(refused(descriptors), len(kept))`,
      'ENOSPC\nENOSPC\nENOSPC 10000\nEMFILE 252\n',
    ));

  it('grow in linear time', async function () {
    this.timeout(20_000);
    // 40,000 appends of 1 KB: quadratic growth would copy 800 GB.
    await expectOutput(
      `with open('log', 'ab', buffering=0) as f:
    for _ in range(40_000): f.write(b'x' * 1024)
print(f.closed, __import__('os').path.getsize('log'))`,
      'True 40960000\n',
    );
  });
});
