import { expect } from 'chai';
import { useRig } from '../support/useRig.js';

/**
 * The escape attempts of wasm_exec's own suite. Each asserts the exact refusal, or exactly what the
 * attempt can reach, never just "some error".
 */
describe('the escape attempts of wasm_exec', () => {
  const rig = useRig();

  async function expectRefusal(source: string, lastLine: string): Promise<void> {
    const { stderr, outcome } = await rig.python.run(source);
    expect(stderr.trimEnd().split('\n').at(-1)).to.equal(lastLine);
    expect(outcome).to.include({ kind: 'exited', code: 1 });
  }

  async function expectOutput(source: string, stdout: string): Promise<void> {
    const result = await rig.python.run(source);
    expect(result.stderr).to.equal('');
    expect(result.stdout).to.equal(stdout);
  }

  it("os.chdir('/') lands in the guest's own root, which holds only this", () =>
    expectOutput(
      `import os
os.chdir('/')
print(os.getcwd(), sorted(os.listdir('.')))
print([(r, ds, fs) for r, ds, fs in os.walk('/usr')])
os.chdir('../../..')
print(os.getcwd(), sorted(os.listdir('..')))`,
      `/ ['tmp', 'usr', 'workspace']
[('/usr', ['local'], []), ('/usr/local', ['lib'], []), ('/usr/local/lib', [], ['python314.zip'])]
/ ['tmp', 'usr', 'workspace']
`,
    ));

  it('reading /etc/passwd: there is none', async () => {
    await expectOutput(
      `import errno, os
for path in ('/etc/passwd', '/../etc/passwd', '../../../etc/passwd', '//etc//passwd', '/proc/self/environ'):
    try: open(path)
    except OSError as error: print(path, errno.errorcode[error.errno])`,
      `/etc/passwd ENOENT
/../etc/passwd ENOENT
../../../etc/passwd ENOENT
//etc//passwd ENOENT
/proc/self/environ ENOENT
`,
    );
  });

  it('a socket: the network is not reachable', () =>
    expectOutput(
      `import socket
try:
    socket.create_connection(('93.184.216.34', 80), timeout=1)
except OSError as error:
    print(type(error).__name__, error)
try:
    socket.socket()
except OSError as error:
    print(type(error).__name__, error)`,
      `OSError [Errno 40] the network is not reachable from the sandbox
OSError [Errno 40] the network is not reachable from the sandbox
`,
    ));

  it('a subprocess: none can be started', () =>
    expectOutput(
      `import subprocess
for attempt in (lambda: subprocess.run(['ls']), lambda: subprocess.check_output('ls', shell=True),
                lambda: subprocess.Popen('ls'), lambda: subprocess.getoutput('ls')):
    try: print('ran', attempt())
    except OSError as error: print(type(error).__name__, error)`,
      'PermissionError [Errno 63] subprocesses cannot be started in the sandbox\n'.repeat(4),
    ));

  it('writing outside /tmp and /workspace: a read-only file system, the root included', () =>
    expectOutput(
      `import errno, os
def refused(action):
    try: action()
    except OSError as error: return errno.errorcode[error.errno]
    return 'done'
lib = '/usr/local/lib/'
zip = lib + 'python314.zip'
for path in ('/a', '/usr/a', '/usr/local/a', lib + 'a', zip):
    print(refused(lambda: open(path, 'w')), refused(lambda: os.mkdir(path)), end='; ')
print(refused(lambda: open(zip, 'a')), refused(lambda: os.truncate(zip, 0)))
print(refused(lambda: os.remove(zip)), refused(lambda: os.rename(zip, '/tmp/z')),
      refused(lambda: os.rename('/tmp', '/t')), refused(lambda: os.rmdir('/tmp')),
      refused(lambda: os.utime(zip, (0, 0))), refused(lambda: os.rename('/workspace', '/tmp/w')))
open('/tmp/a', 'w').close(); open('/workspace/a', 'w').close()
print(refused(lambda: os.rename('/tmp/a', zip)), refused(lambda: os.rename('/tmp/a', '/a')))`,
      `${'EROFS EROFS; '.repeat(4)}EROFS EEXIST; EROFS EROFS
EROFS EROFS EROFS EROFS EROFS EROFS
EROFS EROFS
`,
    ));

  it("the host's environment: none of it", () =>
    expectOutput(
      `import os
print(dict(os.environ), os.getenv('PATH'), os.environb if hasattr(os, 'environb') else None)`,
      '{} None environ({})\n',
    ));

  it('os.system: refused, with os imported first', () =>
    expectRefusal(
      "import os\nos.system('ls /')",
      'PermissionError: [Errno 63] subprocesses cannot be started in the sandbox',
    ));

  it('os.system through __import__: refused alike', () =>
    expectRefusal(
      "__import__('os').system('ls /')",
      'PermissionError: [Errno 63] subprocesses cannot be started in the sandbox',
    ));

  it("shutil.rmtree('/') empties the two writable folders at most", async () => {
    await expectOutput(
      `import os, shutil
open('/tmp/a', 'w').close()
os.makedirs('/workspace/b/c')
shutil.rmtree('/', ignore_errors=True)
print(sorted(os.listdir('/')), os.listdir('/tmp'), os.listdir('/workspace'), os.listdir('/usr/local/lib'))
import colorsys, wave
print(colorsys.__name__)`,
      "['tmp', 'usr', 'workspace'] [] [] ['python314.zip']\ncolorsys\n",
    );
    await expectOutput('import colorsys\nprint("next run")', 'next run\n');
  });

  it('the double chroot, step by step: no chroot, and .. ends at the root', () =>
    expectOutput(
      `import os
os.mkdir('/tmp/jail')
print(hasattr(os, 'chroot'), hasattr(os, 'fchdir'))
root = os.open('/', os.O_RDONLY)
os.chdir('/tmp/jail')
for _ in range(100): os.chdir('..')
print(os.getcwd(), sorted(os.listdir('.')), sorted(os.listdir(root)) if os.listdir in os.supports_fd else '-')
try: os.stat('/tmp/jail/../../../../../etc')
except FileNotFoundError: print('nothing above')`,
      `False False
/ ['tmp', 'usr', 'workspace'] -
nothing above
`,
    ));
});

describe('what wasm_exec can do', () => {
  const rig = useRig();

  it('gives the text, and the error', async () => {
    expect((await rig.python.run('print("Hello World!")')).stdout).to.equal('Hello World!\n');
    expect((await rig.python.run('raise Exception("boo")')).stderr).to.match(/Exception: boo\n$/);
  });

  it('takes code of several lines, indented, and globals', async () => {
    const source = `
            total = 0
            for number in numbers:
                total += number
            print(total)
        `;
    const { stdout } = await rig.python.run(source, {
      mayBeIndented: true,
      globals: { numbers: [1, 2, 3] },
    });
    expect(stdout).to.equal('6\n');
  });
});
