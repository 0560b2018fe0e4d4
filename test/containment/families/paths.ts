import type { Family } from '../../../src/selfTest/attempt.js';
import { lines } from '../lines.js';
import { py } from '../py.js';
import { SAID } from '../said.js';

const ZIP = '/usr/local/lib/python314.zip';

export const paths: Family = {
  name: 'paths',
  title: 'Reach a file outside of the sandbox, or change one that is read-only.',
  attempts: [
    {
      name: 'opens /etc/passwd',
      source: py`
        import errno
        try: open('/etc/passwd')
        except OSError as error: print(errno.errorcode[error.errno])
      `,
      expect: {
        outcome: 'exited 0',
        stdout: 'ENOENT\n',
        refused: ['wasi open /etc/passwd ENOENT'],
      },
    },
    {
      name: 'climbs out of each folder with ..',
      source:
        SAID +
        py`
          import os
          for start in ('/', '/tmp', '/workspace', '/usr/local/lib'):
              os.chdir(start)
              for up in ('../' * 9, './../.././../', '..//..///..//../', '../' * 9 + 'tmp/../../'):
                  print(said(open, up + 'etc/passwd'), sorted(os.listdir(up)))
        `,
      expect: {
        outcome: 'exited 0',
        stdout: "ENOENT ['tmp', 'usr', 'workspace']\n".repeat(16),
        refused: ['wasi open /etc/passwd ENOENT'],
      },
    },
    {
      name: 'climbs further than a path may be long',
      source:
        SAID +
        py`
          import os
          print(said(open, '/tmp' + '/..' * 1300 + '/etc/shadow'))
          print(said(open, '/tmp' + '/..' * 1400 + '/etc/shadow'))
          print(said(os.chdir, '../' * 50_000))
        `,
      expect: {
        outcome: 'exited 0',
        stdout: 'ENOENT\nENAMETOOLONG\nENAMETOOLONG\n',
        refused: ['wasi open /etc/shadow ENOENT'],
      },
    },
    {
      name: 'climbs with .. through a file and through folders that are not there',
      source:
        SAID +
        py`
          import os
          open('/tmp/file', 'w').close()
          for path in ('/tmp/file/../file', '/tmp/file/..', '/tmp/gone/../file', '${ZIP}/../../../../etc',
                       '/proc/self/root/../../tmp/file'):
              print(said(os.stat, path))
        `,
      expect: {
        outcome: 'exited 0',
        stdout: 'ENOTDIR\nENOTDIR\nENOENT\nENOTDIR\nENOENT\n',
        refused: ['wasi stat /etc ENOTDIR'],
      },
    },
    {
      name: 'climbs out of an open folder with dir_fd',
      source:
        SAID +
        py`
          import os
          os.makedirs('/tmp/a/b')
          for folder in ('/tmp', '/tmp/a/b', '/usr'):
              at = os.open(folder, os.O_RDONLY)
              print(said(os.open, '../etc/passwd', os.O_RDONLY, dir_fd=at),
                    said(os.stat, 'x/../../../..', dir_fd=at),
                    said(os.stat, '..', dir_fd=at),
                    said(os.mkdir, '../new', dir_fd=at),
                    said(os.rename, '/tmp/a', '../stolen', dst_dir_fd=at),
                    said(os.open, '/etc/passwd', os.O_RDONLY, dir_fd=at))
        `,
      expect: {
        outcome: 'exited 0',
        stdout: 'ENOTCAPABLE ENOENT ENOTCAPABLE ENOTCAPABLE ENOTCAPABLE ENOENT\n'.repeat(3),
        refused: [
          'wasi open /etc/passwd ENOTCAPABLE',
          'wasi open /tmp/a/etc/passwd ENOTCAPABLE',
          'wasi mkdir /new ENOTCAPABLE',
          'wasi open /etc/passwd ENOENT',
        ],
      },
    },
    {
      name: 'opens paths relative to things that are no folders',
      source:
        SAID +
        py`
          import os
          file = os.open('/tmp/file', os.O_CREAT | os.O_RDWR)
          gone = os.open('/tmp', os.O_RDONLY)
          os.close(gone)
          for at in (0, 1, file, gone, 10_000, 2**31 - 1, -1, -3):
              print(said(os.open, 'etc/passwd', os.O_RDONLY, dir_fd=at), end=' ')
        `,
      expect: {
        outcome: 'exited 0',
        stdout: 'ENOTDIR ENOTDIR ENOTDIR EBADF EBADF EBADF EBADF EBADF ',
      },
    },
    {
      name: 'makes symbolic links to what it may not see',
      source:
        SAID +
        py`
          import os, pathlib
          at = os.open('/workspace', os.O_RDONLY)
          print(said(os.symlink, '/etc/passwd', '/tmp/link'),
                said(os.symlink, '../../..', '/tmp/link', target_is_directory=True),
                said(os.symlink, '/', 'link', dir_fd=at),
                said(pathlib.Path('/tmp/link').symlink_to, '${ZIP}'),
                said(os.readlink, '/tmp/link'), said(os.readlink, '/proc/self/exe'))
          print(os.listdir('/tmp'), os.listdir('/workspace'))
        `,
      expect: {
        outcome: 'exited 0',
        stdout: 'ENOTSUP ENOTSUP ENOTSUP ENOTSUP ENOENT ENOENT\n[] []\n',
        refused: [
          'wasi symlink /tmp/link ENOTSUP',
          'wasi symlink /workspace/link ENOTSUP',
          'wasi readlink /proc/self/exe ENOENT',
        ],
      },
    },
    {
      name: 'makes hard links to the standard library',
      source:
        SAID +
        py`
          import os, pathlib
          open('/tmp/own', 'w').close()
          print(said(os.link, '${ZIP}', '/tmp/library'),
                said(pathlib.Path('/tmp/library').hardlink_to, '${ZIP}'),
                said(os.link, '/tmp/own', '${ZIP}'),
                said(os.link, '/tmp/own', '/tmp/again'),
                said(os.link, '/etc/passwd', '/tmp/passwd'))
          print(os.listdir('/tmp'), os.stat('/tmp/own').st_nlink)
        `,
      expect: {
        outcome: 'exited 0',
        stdout: "ENOTSUP ENOTSUP ENOTSUP ENOTSUP ENOTSUP\n['own'] 1\n",
        refused: [`wasi link ${ZIP} → /tmp/library ENOTSUP`, `wasi link /tmp/own → ${ZIP} ENOTSUP`],
      },
    },
    {
      name: 'unpacks an archive whose members lead out of its folder',
      source: py`
        import io, os, tarfile
        packed = io.BytesIO()
        with tarfile.open(fileobj=packed, mode='w') as tar:
            for name, kind, target in (('../../../../etc/cron', tarfile.REGTYPE, ''),
                                       ('/usr/local/bin/evil', tarfile.REGTYPE, ''),
                                       ('door', tarfile.SYMTYPE, '/usr/local/lib'),
                                       ('door/evil.py', tarfile.REGTYPE, ''),
                                       ('twin', tarfile.LNKTYPE, '../../usr/local/lib/python314.zip'),
                                       ('null', tarfile.CHRTYPE, ''), ('pipe', tarfile.FIFOTYPE, '')):
                member = tarfile.TarInfo(name)
                member.type, member.linkname = kind, target
                tar.addfile(member)
        for how in ('data', 'fully_trusted'):
            packed.seek(0)
            with tarfile.open(fileobj=packed) as tar:
                for member in tar.getmembers():
                    try: tar.extract(member, '/tmp/out', filter=how); print(how, member.name, 'extracted')
                    except OSError as error: print(how, member.name, error.strerror)
                    except (tarfile.TarError, KeyError) as error: print(how, member.name, type(error).__name__)
        print(sorted(os.listdir('/')), os.listdir('/usr/local'), os.listdir('/usr/local/lib'))
      `,
      expect: {
        outcome: 'exited 0',
        stdout: lines(
          'data ../../../../etc/cron OutsideDestinationError',
          'data /usr/local/bin/evil extracted',
          'data door AbsoluteLinkError',
          'data door/evil.py extracted',
          'data twin LinkOutsideDestinationError',
          'data null SpecialFileError',
          'data pipe SpecialFileError',
          'fully_trusted ../../../../etc/cron Read-only file system',
          'fully_trusted /usr/local/bin/evil Read-only file system',
          'fully_trusted door extracted',
          'fully_trusted door/evil.py extracted',
          'fully_trusted twin extracted',
          'fully_trusted null extracted',
          'fully_trusted pipe extracted',
          "['tmp', 'usr', 'workspace'] ['lib'] ['python314.zip']",
        ),
      },
    },
    {
      name: 'unpacks a zip whose members lead out of its folder',
      source: py`
        import io, os, shutil, zipfile
        with zipfile.ZipFile('/tmp/slip.zip', 'w') as packed:
            for name in ('../../usr/a', '/usr/local/lib/b', '..\\..\\c', 'd/../../../../e', './f', '....//g'):
                packed.writestr(name, 'x')
        zipfile.ZipFile('/tmp/slip.zip').extractall('/tmp/zip')
        print(sorted(os.path.join(at, file) for at, _, files in os.walk('/') for file in files))
        shutil.unpack_archive('/tmp/slip.zip', '/tmp/unpacked')
        print(sorted(os.path.join(at, file) for at, _, files in os.walk('/tmp/unpacked') for file in files))
      `,
      expect: {
        outcome: 'exited 0',
        stdout: lines(
          "['/tmp/slip.zip', '/tmp/zip/..../g', '/tmp/zip/..\\\\..\\\\c', '/tmp/zip/d/e', '/tmp/zip/f', '/tmp/zip/usr/a', '/tmp/zip/usr/local/lib/b', '/usr/local/lib/python314.zip']",
          "['/tmp/unpacked/..../g', '/tmp/unpacked/..\\\\..\\\\c', '/tmp/unpacked/f']",
        ),
      },
    },
    {
      name: 'cuts a path short with a NUL',
      source:
        SAID +
        py`
          import os, pathlib
          path = '/tmp/harmless.txt\0/../../etc/passwd'
          print(said(open, path), said(open, path.encode(), 'w'), said(os.mkdir, '/etc\0'), said(os.rename, path, path),
                said(os.chdir, '/\0'), said(pathlib.Path(path).read_text), said(os.listdir, '/\0tmp'))
          print(os.path.exists(path), os.listdir('/tmp'))
        `,
      expect: {
        outcome: 'exited 0',
        stdout: `${'ValueError '.repeat(7).trim()}\nFalse []\n`,
      },
    },
    {
      name: 'writes the dots and slashes of a path in other characters',
      source:
        SAID +
        py`
          import os, unicodedata
          for path in ('/tmp/\uff0e\uff0e/etc/passwd', '/tmp/\u2024\u2024/etc/passwd', '/tmp/\u2025/etc/passwd',
                       '\uff0fetc\uff0fpasswd', '/tmp\u2215..\u2215etc\u2044passwd', '/tmp/.\u200d./etc/passwd',
                       '/\ufeffetc/passwd', '/e\u1d57c/passwd', '/tmp/%2e%2e/etc/passwd', '/tmp/..%2fetc%2fpasswd',
                       '/tmp/..\\..\\etc\\passwd', '/tmp/..\x2e/etc/passwd'):
              print(said(open, path), end=' ')
          # A file system that normalises names would make these one file, and that one ..
          for name in ('\uff0e\uff0e', '\u2025', 'K', '\u212a', 'k', '\xe9', 'e\u0301'):
              with open('/tmp/' + name, 'w') as file: file.write(ascii(name))
          print()
          print([ascii(name) == open('/tmp/' + name).read() for name in os.listdir('/tmp')])
        `,
      expect: {
        outcome: 'exited 0',
        stdout: `${'ENOENT '.repeat(12)}\n[True, True, True, True, True, True, True]\n`,
      },
    },
    {
      name: 'hides dots and slashes in overlong and broken UTF-8',
      source:
        SAID +
        py`
          import os
          for path in (b'/tmp/\xc0\xae\xc0\xae/etc/passwd', b'/tmp/..\xc0\xafetc', b'/tmp/\xe0\x80\xae.', b'/tmp/\xff\xfe',
                       b'/tmp/\xed\xa0\x80', b'/tmp/\xf0\x80\x80\xaf', b'/tmp/\xc0\x80', b'/tmp/\xf4\x90\x80\x80', b'/tmp/\xe2\x80',
                       '/tmp/\udcff', '/tmp/\ud83d', '/tmp/\ud800\udc00'):
              print(said(open, path), said(open, path, 'w'), said(os.mkdir, path))
          print(os.listdir('/tmp'))
        `,
      expect: {
        outcome: 'exited 0',
        stdout: `${'EILSEQ EILSEQ EILSEQ\n'.repeat(10)}${`${'UnicodeEncodeError '.repeat(3).trim()}\n`.repeat(2)}[]\n`,
      },
    },
    {
      name: 'makes files with the look of others: bidi, invisible and control characters',
      source: py`
        import os
        names = ['\u202eyp.exe', 'a\u200bb', 'a\u2060b', ' ', '  ', '\t', '\n', '\r', '\x1b[2J', '...', '.. ', '..\u200b', '~',
                 '-rf', '*', '?', 'con', 'NUL', 'a:b', 'C:', '$HOME', '\\', '\x7f', '\u2028']
        for name in names:
            with open('/tmp/' + name, 'x') as file: file.write(ascii(name))
        found = os.listdir('/tmp')
        print(len(found), found == names)
        print(all(open('/tmp/' + name).read() == ascii(name) for name in found))
        print(sorted(os.listdir('/')))
      `,
      expect: {
        outcome: 'exited 0',
        stdout: "24 True\nTrue\n['tmp', 'usr', 'workspace']\n",
      },
    },
    {
      name: 'gives names of up to 100,000 characters',
      source:
        SAID +
        py`
          import os
          for name in ('n' * 255, 'n' * 256, '\xe9' * 127, '\xe9' * 128, '\U0001f40d' * 63, '\U0001f40d' * 64,
                       'n' * 4090, 'n' * 4096, 'n' * 100_000):
              print(said(os.mkdir, '/tmp/' + name), said(os.listdir, '/tmp/' + name),
                    said(os.rename, '/tmp', '/tmp/' + name))
          print(sorted(len(os.fsencode(name)) for name in os.listdir('/tmp')))
        `,
      expect: {
        outcome: 'exited 0',
        stdout: `${'got None got [] EROFS\nENAMETOOLONG ENAMETOOLONG ENAMETOOLONG\n'.repeat(3)}${'ENAMETOOLONG ENAMETOOLONG ENAMETOOLONG\n'.repeat(3)}[252, 254, 255]\n`,
      },
    },
    {
      name: 'asks for the paths of Windows',
      source:
        SAID +
        py`
          import os, pathlib
          for path in ('C:\\Windows\\win.ini', 'C:/Windows/win.ini', '\\\\?\\C:\\', '\\\\.\\PhysicalDrive0', '//localhost/c$/x',
                       '\\\\server\\share', '\\??\\C:\\', 'CON', 'CONIN$', 'LPT1', 'AUX.txt', 'NUL', '/tmp/file::$DATA',
                       '%USERPROFILE%\\x', 'PROGRA~1'):
              print(said(open, path), said(os.stat, path))
          print(pathlib.PureWindowsPath('C:\\x').is_absolute(), os.sep, os.altsep)
        `,
      expect: {
        outcome: 'exited 0',
        stdout: `${'ENOENT ENOENT\n'.repeat(15)}True / None\n`,
        refused: ['wasi open /localhost/c$/x ENOENT'],
      },
    },
    {
      name: 'looks into /proc, /dev and /sys',
      source:
        SAID +
        py`
          import os
          for path in ('/proc/self/environ', '/proc/self/mem', '/proc/self/maps', '/proc/self/cwd/package.json', '/proc/1/root/etc',
                       '/proc/self/fd/3', '/proc/sys/kernel/core_pattern', '/dev/mem', '/dev/sda', '/dev/tty', '/dev/stdin',
                       '/dev/fd/0', '/dev/shm', '/dev/null', '/sys/class/net', '/sys/fs/cgroup', '/run/docker.sock', '/var/run'):
              print(said(open, path, 'rb'), said(os.listdir, path), said(os.mkdir, path), said(open, path, 'wb'))
        `,
      expect: {
        outcome: 'exited 0',
        stdout: 'ENOENT ENOENT ENOENT ENOENT\n'.repeat(18),
        refused: ['wasi open /proc/self/mem ENOENT', 'wasi open /dev/mem ENOENT'],
      },
    },
    {
      name: 'reads files through file: addresses',
      source:
        SAID +
        py`
          import pathlib, urllib.request
          open('/workspace/own', 'w').write('mine')
          for url in ('file:///etc/passwd', 'file:/etc/passwd', 'file:///../../etc/passwd', 'file://localhost/etc/passwd',
                      'file:///tmp/%2e%2e/%2e%2e/etc/passwd', 'file:etc/passwd', 'local_file:///etc/passwd', 'FILE:///etc/passwd',
                      'file://127.0.0.1/etc/passwd'):
              print(said(urllib.request.urlopen, url), end=' ')
          print(urllib.request.urlopen('file:///workspace/own').read())
          print(said(pathlib.Path.from_uri('file:///etc/passwd').read_text), said(open, 'file:///etc/passwd'))
        `,
      expect: {
        outcome: 'exited 0',
        stdout: lines(
          "URLError URLError URLError URLError URLError URLError URLError URLError ENETUNREACH b'mine'",
          'ENOENT ENOENT',
        ),
        refused: ['wasi stat /etc/passwd ENOENT', 'wasi open /etc/passwd ENOENT'],
      },
    },
    {
      name: 'guesses the descriptors from 0 to 1,000',
      source:
        SAID +
        py`
          import os
          own = os.open('/tmp/own', os.O_CREAT | os.O_RDWR)
          calls = (('fstat', lambda n: os.fstat(n).st_size), ('read', lambda n: os.read(n, 9)), ('write', lambda n: os.write(n, b'')),
                   ('pread', lambda n: os.pread(n, 9, 0)), ('pwrite', lambda n: os.pwrite(n, b'', 0)),
                   ('lseek', lambda n: os.lseek(n, 0, 2)), ('ftruncate', lambda n: os.ftruncate(n, 9)),
                   ('utime', lambda n: os.utime(n, (1, 1))), ('dup', os.dup), ('isatty', os.isatty), ('fdatasync', os.fdatasync),
                   ('close', lambda n: os.close(n) if n > own else 'kept'))
          seen = {}
          for n in range(1001):
              seen.setdefault(tuple((name, said(call, n)) for name, call in calls), []).append(n)
          for answers, numbers in seen.items():
              print(numbers[0], '-', numbers[-1], *(f'{name}: {answer};' for name, answer in answers))
        `,
      expect: {
        outcome: 'exited 0',
        stdout: lines(
          "0 - 0 fstat: got 0; read: got b''; write: EBADF; pread: ENOTSUP; pwrite: ENOTSUP; lseek: ESPIPE; ftruncate: EINVAL; utime: ENOTSUP; dup: ENOTSUP; isatty: got False; fdatasync: got None; close: got 'kept';",
          "1 - 2 fstat: got 0; read: EBADF; write: got 0; pread: ENOTSUP; pwrite: ENOTSUP; lseek: ESPIPE; ftruncate: EINVAL; utime: ENOTSUP; dup: ENOTSUP; isatty: got False; fdatasync: got None; close: got 'kept';",
          "3 - 3 fstat: got 0; read: EISDIR; write: EBADF; pread: ENOTSUP; pwrite: ENOTSUP; lseek: ENOTSUP; ftruncate: EISDIR; utime: EROFS; dup: ENOTSUP; isatty: got False; fdatasync: got None; close: got 'kept';",
          "4 - 4 fstat: got 0; read: got b''; write: got 0; pread: got b''; pwrite: got 0; lseek: got 0; ftruncate: got None; utime: got None; dup: ENOTSUP; isatty: got False; fdatasync: got None; close: got 'kept';",
          '5 - 1000 fstat: EBADF; read: EBADF; write: EBADF; pread: EBADF; pwrite: EBADF; lseek: EBADF; ftruncate: EBADF; utime: EBADF; dup: ENOTSUP; isatty: got False; fdatasync: EBADF; close: EBADF;',
        ),
        refused: ['wasi read descriptor 1 EBADF'],
      },
    },
    {
      name: 'closes the descriptor of the root, and puts a folder in its place',
      source:
        SAID +
        py`
          import os
          os.makedirs('/tmp/jail/etc')
          open('/tmp/jail/etc/passwd', 'w').write('its own')
          jail = os.open('/tmp/jail', os.O_RDONLY)
          os.close(3)
          print(said(os.stat, '/'), said(os.chdir, '/tmp'), said(os.mkdir, '/tmp/x'))
          print(os.open('.', os.O_RDONLY, dir_fd=jail))
          # Slot 3 is what libc resolves all paths from: now it is the jail.
          print(os.listdir('/'), open('/etc/passwd').read())
          print(said(open, '/../../../tmp'), said(open, '/../../etc/passwd'), said(os.listdir, '/usr'))
        `,
      expect: {
        outcome: 'exited 0',
        stdout: lines(
          'EBADF EBADF EBADF',
          '3',
          "['etc'] its own",
          'ENOTCAPABLE ENOTCAPABLE ENOENT',
        ),
        refused: ['wasi mkdir /?/tmp/x EBADF', 'wasi open /etc/passwd ENOTCAPABLE'],
      },
    },
    {
      name: 'puts a file where the descriptor of the root was',
      source:
        SAID +
        py`
          import os
          at = os.open('/tmp', os.O_RDONLY)
          os.close(3)
          print(os.open('file', os.O_CREAT | os.O_RDWR, dir_fd=at))
          print(said(open, '/etc/passwd'), said(os.listdir, '/'), said(os.mkdir, '/tmp/new'), said(os.stat, '/usr'))
          try: import wave
          except BaseException as error: print(type(error).__name__)
        `,
      expect: {
        outcome: 'exited 0',
        stdout: lines('3', 'ENOTDIR ENOTDIR ENOTSUP ENOTSUP', 'NotADirectoryError'),
      },
    },
    {
      name: 'closes its own output, and lets a file take that number',
      source: py`
        import os
        os.close(1)
        print(os.open('/tmp/captured', os.O_CREAT | os.O_RDWR), flush=True)
        os.lseek(1, 0, 0)
        os.write(2, b'captured: ' + os.read(1, 99))
      `,
      expect: { outcome: 'exited 0', stdout: '', lastError: 'captured: 1' },
    },
    {
      name: 'closes every descriptor there is',
      source: py`
        import os
        os.closerange(0, 5000)
        print('lost')
      `,
      expect: { outcome: 'exited 1', stdout: '', lastError: '' },
    },
    {
      name: 'opens files by number, as if they were open',
      source:
        SAID +
        py`
          import io, os
          for n in (0, 1, 3):
              print(said(lambda: open(n, 'rb', closefd=False).read(9)), said(lambda: open(n, 'wb', 0, closefd=False).write(b'')),
                    said(os.truncate, n, 0), said(os.stat, n) != 'EBADF', said(os.utime, n, (1, 1)), said(os.listdir, n))
        `,
      expect: {
        outcome: 'exited 0',
        stdout: lines(
          "got b'' EBADF EINVAL True ENOTSUP TypeError",
          'EBADF got 0 EINVAL True ENOTSUP TypeError',
          'EISDIR EISDIR EISDIR True EROFS TypeError',
        ),
      },
    },
    {
      name: 'renames files and folders over the standard library',
      source:
        SAID +
        py`
          import os, pathlib, shutil
          open('/tmp/evil.zip', 'w').close()
          os.makedirs('/tmp/evil/local/lib')
          for old, new in (('/tmp/evil.zip', '${ZIP}'), ('/tmp/evil', '${ZIP}'), ('/tmp/evil/local/lib', '/usr/local/lib'),
                           ('/tmp/evil', '/usr'), ('/tmp', '/usr'), ('/workspace', '/tmp'), ('/tmp/evil', '/'), ('/tmp', '/'),
                           ('/usr', '/tmp/usr'), ('${ZIP}', '/tmp/evil.zip'), ('/usr/local/lib', '/usr/local/lib2')):
              print(said(os.rename, old, new), said(os.replace, old, new), said(pathlib.Path(old).rename, new))
          import wave
          print(wave.__name__, sorted(os.listdir('/tmp')))
        `,
      expect: {
        outcome: 'exited 0',
        stdout: `${'EROFS EROFS EROFS\n'.repeat(11)}wave ['evil', 'evil.zip']\n`,
        refused: [
          `wasi rename /tmp/evil.zip → ${ZIP} EROFS`,
          'wasi rename /tmp/evil → /usr EROFS',
          'wasi rename /usr → /tmp/usr EROFS',
        ],
      },
    },
    {
      name: 'opens the standard library in every mode that writes',
      source:
        SAID +
        py`
          import itertools, os
          for mode in ('w', 'a', 'x', 'r+', 'w+', 'a+', 'x+', 'wb', 'ab', 'xb', 'r+b'):
              print(said(open, '${ZIP}', mode), end=' ')
          print()
          flags = ('O_WRONLY', 'O_RDWR', 'O_APPEND', 'O_TRUNC', 'O_CREAT', 'O_EXCL', 'O_SYNC', 'O_EXEC')
          before, seen = os.stat('${ZIP}'), {}
          for n in range(len(flags) + 1):
              for some in itertools.combinations(flags, n):
                  bits = 0
                  for flag in some: bits |= getattr(os, flag)
                  try: got = os.open('${ZIP}', bits)
                  except OSError as error: answer = errno.errorcode[error.errno]
                  else:
                      answer = f'open, write: {said(os.write, got, b"x")}, truncate: {said(os.ftruncate, got, 0)}'
                      os.close(got)
                  seen[answer] = seen.get(answer, 0) + 1
          print(sorted(seen))
          after = os.stat('${ZIP}')
          print(before == after)
        `,
      expect: {
        outcome: 'exited 0',
        stdout: lines(
          'EROFS EROFS EEXIST EROFS EROFS EROFS EEXIST EROFS EROFS EEXIST EROFS ',
          "['EEXIST', 'EINVAL', 'EROFS', 'open, write: EBADF, truncate: EBADF']",
          'True',
        ),
        refused: [`wasi open ${ZIP} EROFS`],
      },
    },
    {
      name: 'writes to the standard library through a descriptor that reads',
      source:
        SAID +
        py`
          import io, os, zlib
          checksum = lambda: zlib.crc32(open('${ZIP}', 'rb').read())
          before = checksum()
          fd = os.open('${ZIP}', os.O_RDONLY)
          print(said(os.write, fd, b'PK'), said(os.pwrite, fd, b'PK', 0), said(os.ftruncate, fd, 0), said(os.truncate, fd, 2**24),
                said(os.utime, fd, (0, 0)), said(os.ftruncate, fd, os.fstat(fd).st_size))
          raw = io.FileIO(fd, 'r+', closefd=False)
          print(said(raw.write, b'x'), said(raw.truncate, 0))
          buffered = io.BufferedRandom(raw)
          buffered.write(b'x')
          print(said(buffered.flush))
          view = memoryview(bytearray(8))
          os.readinto(fd, view)
          view[:] = bytes(8)
          os.set_blocking(fd, False)
          print(said(os.write, fd, b'PK'), checksum() == before)
        `,
      expect: {
        outcome: 'exited 0',
        stdout: lines('EBADF EBADF EBADF EBADF EROFS EBADF', 'EBADF EBADF', 'EBADF', 'EBADF True'),
      },
    },
    {
      name: 'cuts off, empties and replaces the standard library with what programs use for it',
      source:
        SAID +
        py`
          import os, pathlib, shutil, tarfile, zipfile
          library, own = '${ZIP}', '/tmp/own'
          open(own, 'w').close()
          path = pathlib.Path(library)
          for call in (lambda: os.truncate(library, 0), lambda: path.write_bytes(b''), lambda: path.write_text('', newline=''),
                       lambda: path.touch(), lambda: path.unlink(), lambda: shutil.copyfile(own, library),
                       lambda: shutil.copy2(own, library), lambda: shutil.move(own, library), lambda: shutil.copystat(own, library),
                       lambda: zipfile.ZipFile(library, 'a').writestr('json/__init__.py', ''),
                       lambda: zipfile.PyZipFile(library, 'w'), lambda: tarfile.open(library, 'w'),
                       lambda: os.utime(library, ns=(0, 0)), lambda: os.remove(library), lambda: shutil.rmtree('/usr'),
                       lambda: os.removedirs('/usr/local/lib'), lambda: pathlib.Path(own).copy(library),
                       lambda: pathlib.Path(own).replace(library), lambda: shutil.make_archive('/usr/local/lib/python314', 'zip', '/tmp')):
              print(said(call), end=' ')
          import colorsys
          print(colorsys.__name__)
        `,
      expect: { outcome: 'exited 0', stdout: `${'EROFS '.repeat(19)}colorsys\n` },
    },
    {
      name: 'makes the standard library writable first',
      source:
        SAID +
        py`
          import os, pathlib, stat
          for path in ('${ZIP}', '/usr/local/lib', '/usr', '/'):
              os.chmod(path, 0o777)
              pathlib.Path(path).chmod(stat.S_IRWXU | stat.S_ISUID)
          print(said(open, '${ZIP}', 'r+b'), said(os.mkdir, '/usr/local/lib/json'), said(os.mkdir, '/x'), said(os.unlink, '${ZIP}'))
          print(hasattr(os, 'chown'), hasattr(os, 'chflags'), hasattr(os, 'setxattr'), hasattr(os, 'umask'))
        `,
      expect: {
        outcome: 'exited 0',
        stdout: 'EROFS EROFS EROFS EROFS\nFalse False False False\n',
        refused: ['wasi mkdir /usr/local/lib/json EROFS', `wasi unlink ${ZIP} EROFS`],
      },
    },
  ],
};
