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
          # A decoder that drops a byte order mark would find these.
          print(said(os.listdir, '/\ufefftmp'), said(os.listdir, '\ufeff/'), said(os.rename, '/\ufefftmp/x', '/tmp/x'), end=' ')
          # A file system that normalises names would make these one file, and that one ..
          for name in ('\uff0e\uff0e', '\u2025', 'K', '\u212a', 'k', '\xe9', 'e\u0301'):
              with open('/tmp/' + name, 'w') as file: file.write(ascii(name))
          print()
          print([ascii(name) == open('/tmp/' + name).read() for name in os.listdir('/tmp')])
        `,
      expect: {
        outcome: 'exited 0',
        stdout: `${'ENOENT '.repeat(15)}\n[True, True, True, True, True, True, True]\n`,
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
        refused: ['wasi read EBADF'],
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
        stdout: lines('3', 'ENOTDIR ENOTDIR ENOTDIR ENOTDIR', 'NotADirectoryError'),
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
    {
      name: 'makes entries named . and .., and puts slashes and dots where they do not belong',
      source:
        SAID +
        py`
          import os
          os.mkdir('/tmp/folder'); open('/tmp/file', 'w').close()
          for path in ('/tmp/.', '/tmp/..', '/tmp/folder/.', '/tmp/folder/..', '/tmp/file/', '/tmp/file/.', '/tmp/new/', '//tmp///new//'):
              print(path, said(lambda: open(path, 'w').close()), said(os.rename, '/tmp/file', path), said(os.unlink, path))
          print(said(os.rmdir, '/tmp/folder/..'), said(os.rmdir, '/tmp/..'), said(os.rmdir, '/tmp/file/'), said(os.mkdir, '/tmp/folder/'))
          print(sorted(os.listdir('/tmp')), os.listdir('/tmp/folder'), sorted(os.listdir('/')))
        `,
      expect: {
        outcome: 'exited 0',
        stdout: lines(
          '/tmp/. EISDIR EROFS EISDIR',
          '/tmp/.. EISDIR EROFS EISDIR',
          '/tmp/folder/. EISDIR EISDIR EISDIR',
          '/tmp/folder/.. EISDIR EINVAL EISDIR',
          '/tmp/file/ ENOTDIR ENOTDIR ENOTDIR',
          '/tmp/file/. ENOTDIR ENOTDIR ENOTDIR',
          '/tmp/new/ EISDIR ENOTDIR ENOENT',
          '//tmp///new// EISDIR ENOTDIR ENOENT',
          'EINVAL EROFS ENOTDIR EEXIST',
          "['file', 'folder'] [] ['tmp', 'usr', 'workspace']",
        ),
      },
    },
    {
      name: 'removes the folder that it works in, and goes on in it',
      source:
        SAID +
        py`
          import os
          print(said(os.rmdir, '/workspace'), said(os.rmdir, '.'), said(os.rmdir, '../workspace'), said(os.rename, '.', '/tmp/w'))
          os.mkdir('own')
          os.chdir('own')
          os.rmdir('/workspace/own')
          print(said(open, 'file', 'w'), said(os.mkdir, 'folder'), said(os.listdir, '.'), said(os.stat, '..'), said(os.chdir, '.'))
          os.mkdir('/workspace/own')
          print(os.getcwd(), os.listdir('.'))
        `,
      expect: {
        outcome: 'exited 0',
        stdout: lines(
          'EROFS EROFS EROFS EROFS',
          'ENOENT ENOENT ENOENT ENOENT ENOENT',
          '/workspace/own []',
        ),
      },
    },
    {
      name: 'makes files in a folder that was removed while it was open',
      source:
        SAID +
        py`
          import os
          os.mkdir('/tmp/gone'); open('/tmp/file', 'w').close()
          at = os.open('/tmp/gone', os.O_RDONLY)
          os.rmdir('/tmp/gone')
          print(said(os.open, 'file', os.O_CREAT | os.O_WRONLY, dir_fd=at), said(os.mkdir, 'folder', dir_fd=at),
                said(os.stat, '..', dir_fd=at), said(os.rmdir, '.', dir_fd=at), said(os.stat, 'x', dir_fd=at))
          os.mkdir('/tmp/gone')
          print(said(os.stat, 'x', dir_fd=at), os.listdir('/tmp/gone'))
        `,
      policy: { limits: { fileCount: 4 } },
      expect: {
        outcome: 'exited 0',
        stdout: lines('ENOENT ENOENT ENOTCAPABLE EINVAL ENOENT', 'ENOENT []'),
      },
    },
    {
      name: 'renames folders into themselves and into each other',
      source:
        SAID +
        py`
          import os
          os.makedirs('/tmp/a/b/c')
          open('/tmp/f', 'w').close()
          for old, new in (('/tmp/a', '/tmp/a'), ('/tmp/a', '/tmp/a/a'), ('/tmp/a', '/tmp/a/b/c/d'), ('/tmp/a/b', '/tmp/a/b/../b/x'),
                           ('/tmp/a/b/c', '/tmp/a'), ('/tmp/f', '/tmp/f'), ('/tmp/f', '/tmp/f/g'), ('/tmp/f', '/tmp/a'),
                           ('/tmp/a', '/tmp/f'), ('/tmp/a/..', '/tmp/z')):
              print(said(os.rename, old, new), end=' ')
          at = os.open('/tmp/a/b/c', os.O_RDONLY)
          print(said(os.rename, '/tmp/a', 'in', dst_dir_fd=at))
          for _ in range(1000):
              os.rename('/tmp/a', '/workspace/a'); os.rename('/workspace/a/b', '/tmp/b'); os.rename('/workspace/a', '/tmp/b/a')
              os.rename('/tmp/b/a', '/tmp/a'); os.rename('/tmp/b', '/tmp/a/b')
          print([(at, folders, files) for at, folders, files in os.walk('/tmp')], os.listdir('/workspace'))
        `,
      expect: {
        outcome: 'exited 0',
        stdout: lines(
          'got None EINVAL EINVAL EINVAL ENOTEMPTY got None ENOTDIR EISDIR ENOTDIR EINVAL EINVAL',
          "[('/tmp', ['a'], ['f']), ('/tmp/a', ['b'], []), ('/tmp/a/b', ['c'], []), ('/tmp/a/b/c', [], [])] []",
        ),
      },
    },
    {
      name: 'holds a file open that is removed, replaced and made again',
      source:
        SAID +
        py`
          import os
          def write(path, text):
              fd = os.open(path, os.O_CREAT | os.O_RDWR)
              os.write(fd, text)
              return fd
          first = write('/tmp/f', b'first')
          os.unlink('/tmp/f')
          second = write('/tmp/f', b'second')
          third = write('/tmp/g', b'third')
          os.rename('/tmp/g', '/tmp/f')
          os.truncate('/tmp/f', 2)
          os.ftruncate(second, 3)
          os.pwrite(first, b'FIRST', 5)
          print([os.pread(fd, 99, 0) for fd in (first, second, third)], open('/tmp/f', 'rb').read())
          print([os.fstat(fd).st_size for fd in (first, second, third)], len({os.fstat(fd).st_ino for fd in (first, second, third)}))
          os.close(first)
          print(said(os.read, first, 1), said(os.unlink, '/tmp/g'), os.listdir('/tmp'))
        `,
      expect: {
        outcome: 'exited 0',
        stdout: lines("[b'firstFIRST', b'sec', b'th'] b'th'", '[10, 3, 2] 3', "EBADF ENOENT ['f']"),
      },
    },
    {
      name: 'reads folders as files, and lists files as folders',
      source:
        SAID +
        py`
          import os, pathlib, zipfile
          at = os.open('/', os.O_RDONLY)
          print(said(os.read, at, 99), said(os.pread, at, 99, 0), said(os.lseek, at, 0, 2), said(os.write, at, b'x'), said(os.ftruncate, at, 0))
          for path in ('/', '/tmp', '/usr/local/lib'):
              print(said(open, path), said(open, path, 'r+b'), said(os.truncate, path, 9), said(pathlib.Path(path).read_bytes),
                    said(zipfile.ZipFile, path), said(os.unlink, path))
          for path in ('${ZIP}', '${ZIP}/', '${ZIP}/json', '${ZIP}/json/__init__.pyc'):
              print(said(os.listdir, path), said(os.scandir, path), said(os.chdir, path), said(os.mkdir, path))
        `,
      expect: {
        outcome: 'exited 0',
        stdout: lines(
          'EISDIR ENOTSUP ENOTSUP EBADF EISDIR',
          'EISDIR EISDIR EISDIR EISDIR EISDIR EISDIR',
          'EISDIR EISDIR EISDIR EISDIR EISDIR EISDIR',
          'EISDIR EISDIR EISDIR EISDIR EISDIR EISDIR',
          'ENOTDIR ENOTDIR ENOTDIR EEXIST',
          'ENOTDIR ENOTDIR ENOTDIR ENOTDIR',
          'ENOTDIR ENOTDIR ENOTDIR ENOTDIR',
          'ENOTDIR ENOTDIR ENOTDIR ENOTDIR',
        ),
      },
    },
    {
      name: 'nests folders until nothing can name the deepest',
      source:
        SAID +
        py`
          import os
          at, depth = os.open('/tmp', os.O_RDONLY), 0
          while True:
              if (answer := said(os.mkdir, 'd', dir_fd=at)) != 'got None': break
              below = os.open('d', os.O_RDONLY, dir_fd=at)
              os.close(at)
              at, depth = below, depth + 1
          print(answer, depth, said(os.stat, '/'.join('d' * depth), dir_fd=at), said(os.stat, '../' * depth + 'etc', dir_fd=at))
          print(said(os.stat, '/tmp' + '/d' * 2500), said(os.rename, '/tmp/d', 'x', dst_dir_fd=at))
          print(os.listdir('/tmp'), os.listdir('/workspace'))
        `,
      policy: { limits: { fileCount: 3000 } },
      expect: {
        outcome: 'exited 0',
        stdout: lines('ENOSPC 3000 ENAMETOOLONG ENAMETOOLONG', 'ENAMETOOLONG EINVAL', "['d'] []"),
      },
    },
    {
      name: 'makes a file seem larger than all that it may store',
      source:
        SAID +
        py`
          import io, os
          fd = os.open('/tmp/sparse', os.O_CREAT | os.O_RDWR)
          for size in (2**20 + 1, 2**31, 2**32, 2**53, 2**63 - 1):
              print(said(os.ftruncate, fd, size), said(os.pwrite, fd, b'x', size), said(os.lseek, fd, size, os.SEEK_SET),
                    said(os.write, fd, b'x'), os.fstat(fd).st_size)
          print(said(os.ftruncate, fd, 2**64), said(os.pwrite, fd, b'x', 2**63), said(open('/tmp/sparse', 'r+b').truncate, 2**62))
          print(said(os.ftruncate, fd, 2**20), said(os.pwrite, fd, b'x', 2**20 - 1), said(os.pwrite, fd, b'xx', 2**20 - 1))
          print(os.fstat(fd).st_size, os.pread(fd, 9, 2**20 - 4), os.pread(fd, 9, 2**40))
        `,
      policy: { limits: { fileBytes: 2 ** 20 } },
      expect: {
        outcome: 'exited 0',
        stdout: lines(
          'ENOSPC ENOSPC got 1048577 ENOSPC 0',
          'ENOSPC ENOSPC got 2147483648 ENOSPC 0',
          'ENOSPC ENOSPC got 4294967296 ENOSPC 0',
          'ENOSPC ENOSPC EINVAL ENOSPC 0',
          'ENOSPC ENOSPC EINVAL ENOSPC 0',
          'OverflowError OverflowError ENOSPC',
          'got None got 1 ENOSPC',
          "1048576 b'\\x00\\x00\\x00x' b''",
        ),
      },
    },
    {
      name: 'seeks, cuts and writes before the beginning of a file',
      source:
        SAID +
        py`
          import os
          fd = os.open('/tmp/file', os.O_CREAT | os.O_RDWR)
          os.write(fd, b'0123456789')
          print(said(os.lseek, fd, -1, os.SEEK_SET), said(os.lseek, fd, -11, os.SEEK_CUR), said(os.lseek, fd, -11, os.SEEK_END),
                said(os.lseek, fd, -2**63, os.SEEK_END), said(os.lseek, fd, 2**63 - 1, os.SEEK_CUR), said(os.lseek, fd, 0, 3),
                said(os.lseek, fd, 0, -1), said(os.lseek, fd, 0, 2**31 - 1))
          print(said(os.pread, fd, 5, -1), said(os.pwrite, fd, b'x', -1), said(os.pwrite, fd, b'x', -2**63), said(os.ftruncate, fd, -1),
                said(os.read, fd, -1), said(os.pread, fd, -5, 0), said(os.readinto, fd, bytearray()))
          print(os.lseek(fd, 0, os.SEEK_CUR), os.pread(fd, 99, 0), os.lseek(fd, -10, os.SEEK_END), os.read(fd, 99))
        `,
      expect: {
        outcome: 'exited 0',
        stdout: lines(
          'EINVAL EINVAL EINVAL EINVAL EINVAL EINVAL EINVAL EINVAL',
          'EINVAL EINVAL EINVAL EINVAL EINVAL EINVAL got 0',
          "10 b'0123456789' 0 b'0123456789'",
        ),
      },
    },
    {
      name: 'reads back what was cut off or deleted',
      source: py`
        import os
        fd = os.open('/tmp/secret', os.O_CREAT | os.O_RDWR)
        os.write(fd, b'secret' * 1000)
        for size in (5990, 4000, 1000, 10, 0):
            os.ftruncate(fd, size)
            os.ftruncate(fd, 6000)
            print(os.pread(fd, 6000, 0) == (b'secret' * 1000)[:size].ljust(6000, b'\0'), end=' ')
        os.pwrite(fd, b'secret' * 1000, 0)
        os.close(fd); os.unlink('/tmp/secret')
        seen = set()
        for n in range(50):
            fd = os.open(f'/tmp/{n}', os.O_CREAT | os.O_RDWR | os.O_TRUNC)
            os.pwrite(fd, b'\0', 6000 + n)
            seen |= set(os.pread(fd, 9999, 0))
        print(seen)
      `,
      expect: { outcome: 'exited 0', stdout: 'True True True True True {0}\n' },
    },
    {
      name: 'removes folders that are not empty, and what is no folder',
      source:
        SAID +
        py`
          import os, pathlib
          os.makedirs('/tmp/a/b'); open('/tmp/a/f', 'w').close()
          print(said(os.rmdir, '/tmp/a'), said(os.rmdir, '/tmp/a/f'), said(pathlib.Path('/tmp/a').rmdir), said(os.removedirs, '/tmp/a'), said(os.unlink, '/tmp/a'),
                said(os.unlink, '/tmp/a/b'), said(os.rmdir, '/usr/local/lib'), said(os.rmdir, '/usr'), said(os.rmdir, '/'))
          print(sorted(os.listdir('/tmp/a')), os.listdir('/usr/local/lib'))
        `,
      expect: {
        outcome: 'exited 0',
        stdout: lines(
          'ENOTEMPTY ENOTDIR ENOTEMPTY ENOTEMPTY EISDIR EISDIR EROFS EROFS EROFS',
          "['b', 'f'] ['python314.zip']",
        ),
        refused: ['wasi rmdir /usr EROFS', 'wasi rmdir / EROFS'],
      },
    },
    {
      name: 'stores more bytes than it may, in pieces, appended, hidden and deleted',
      source:
        SAID +
        py`
          import os
          def free():
              fd, size = os.open('/tmp/probe', os.O_CREAT | os.O_RDWR), 0
              for step in (2**19, 2**18, 2**17, 2**16, 2**15, 2**14, 1):
                  while said(os.ftruncate, fd, size + step) == 'got None': size += step
              os.close(fd); os.unlink('/tmp/probe')
              return size
          print(free())
          fds = [os.open(f'/tmp/{n}', os.O_CREAT | os.O_RDWR | os.O_APPEND) for n in range(4)]
          for fd in fds: os.write(fd, bytes(2**18 - 2**14))
          print(free())
          for n in range(4): os.unlink(f'/tmp/{n}')
          print('deleted, but open', free(), os.listdir('/tmp'))
          os.lseek(fds[0], 0, 0); os.write(fds[0], bytes(2**15))
          print('appended, whatever was sought', free(), os.fstat(fds[0]).st_size)
          print(said(os.write, fds[1], bytes(2**15 + 1)), said(os.write, fds[1], bytes(2**15)), free())
          os.ftruncate(fds[2], 0); print('cut', free())
          os.mkdir('/tmp/d'); os.rename('/tmp/d', '/workspace/d'); open('/workspace/d/f', 'wb').write(bytes(2**14)); print('moved', free())
          for fd in fds: os.close(fd)
          print('closed', free())
          os.rename('/workspace/d/f', '/tmp/g'); open('/tmp/h', 'w').close(); os.rename('/tmp/h', '/tmp/g'); print('replaced', free())
        `,
      policy: { limits: { fileBytes: 2 ** 20 } },
      expect: {
        outcome: 'exited 0',
        stdout: lines(
          '1048576',
          '65536',
          'deleted, but open 65536 []',
          'appended, whatever was sought 32768 278528',
          'ENOSPC got 32768 0',
          'cut 245760',
          'moved 229376',
          'closed 1032192',
          'replaced 1048576',
        ),
      },
    },
    {
      name: 'makes more files than it may: empty, folders, deleted, renamed',
      source:
        SAID +
        py`
          import os
          def left():
              made = 0
              while said(os.mkdir, f'/tmp/left{made}') == 'got None': made += 1
              for n in range(made): os.rmdir(f'/tmp/left{n}')
              return made
          print(left())
          held = [os.open(f'/tmp/{n}', os.O_CREAT | os.O_RDWR) for n in range(10)]
          print(left())
          for n in range(10): os.unlink(f'/tmp/{n}')
          print('deleted, but open', left())
          for n in range(5): os.mkdir(f'/tmp/d{n}')
          print('folders', left())
          for n in range(4): os.rename(f'/tmp/d{n}', f'/tmp/d{n + 1}')
          print('each over the next', left(), sorted(os.listdir('/tmp')))
          for fd in held: os.close(fd)
          print('closed', left())
          print(said(lambda: [open(f'/workspace/{n}', 'w') for n in range(100)]), len(os.listdir('/workspace')))
        `,
      policy: { limits: { fileCount: 50 } },
      expect: {
        outcome: 'exited 0',
        stdout: lines(
          '50',
          '40',
          'deleted, but open 40',
          'folders 35',
          "each over the next 39 ['d4']",
          'closed 49',
          'ENOSPC 49',
        ),
        refused: ['wasi open /workspace/49 ENOSPC'],
      },
    },
    {
      name: 'holds more descriptors than it may',
      source:
        SAID +
        py`
          import os
          def until_refused(make):
              held = []
              while True:
                  try: held.append(make())
                  except OSError as error:
                      return errno.errorcode[error.errno], len(held), held
          print(*until_refused(lambda: open('/tmp/f', 'w'))[:2])
          print(*until_refused(lambda: os.open('${ZIP}', os.O_RDONLY | os.O_CLOEXEC))[:2])
        `,
      policy: { limits: { openDescriptors: 16 } },
      expect: {
        outcome: 'exited 0',
        stdout: lines('EMFILE 12', 'EMFILE 12'),
        refused: [`wasi open ${ZIP} EMFILE`],
      },
    },
    {
      name: 'changes a folder while it is being listed',
      source: py`
        import os
        for n in range(300): open(f'/tmp/{n:03}', 'w').close()
        seen = []
        for entry in os.scandir('/tmp'):
            seen.append(entry.name)
            if len(seen) == 1:
                for n in range(100, 200): os.unlink(f'/tmp/{n}')
                os.mkdir('/tmp/new')
            if entry.name.isdigit() and int(entry.name) % 2: os.path.exists(entry.path) and os.rename(entry.path, entry.path + 'x')
        print(len(seen), len(set(seen)), 'new' in seen, len(os.listdir('/tmp')))
        iterators = [os.scandir('/tmp') for _ in range(20)]
        first = [next(iterator).name for iterator in iterators]
        for name in os.listdir('/tmp'): (os.rmdir if name == 'new' else os.unlink)('/tmp/' + name)
        print(len(set(first)), [sum(1 for _ in iterator) for iterator in iterators] == [200] * 20, os.listdir('/tmp'))
      `,
      expect: { outcome: 'exited 0', stdout: lines('300 300 False 201', '1 True []') },
    },
    {
      name: 'looks for system calls that WASI does not have',
      source: py`
        import os, importlib.util
        print([name for name in ('sendfile', 'copy_file_range', 'splice', 'readv', 'writev', 'preadv', 'pwritev', 'posix_fallocate', 'mkfifo',
                                 'mknod', 'makedev', 'memfd_create', 'eventfd', 'statvfs', 'chroot', 'fchdir', 'fchmod', 'chown', 'lchown',
                                 'lchflags', 'setxattr', 'listxattr', 'lockf', 'dup2', 'pipe', 'openpty', 'mount', 'sync', 'umask', 'unshare')
               if hasattr(os, name)])
        print([name for name in ('mmap', 'fcntl', '_ctypes', '_posixshmem', 'resource', '_winapi', 'nt', 'termios', 'pty')
               if importlib.util.find_spec(name)])
      `,
      expect: { outcome: 'exited 0', stdout: '[]\n[]\n' },
    },
    {
      name: 'opens the files of others as databases',
      source:
        SAID +
        py`
          import dbm, os, shelve, sqlite3
          def query(path, statement='create table t(c)', **options):
              with sqlite3.connect(path, **options) as connection: return connection.execute(statement).fetchall()
          for path in ('/etc/passwd', 'file:/etc/passwd?mode=ro&immutable=1', 'file:../../../etc/x?mode=rwc&vfs=unix-none', 'file:///usr/x?nolock=1',
                       '${ZIP}', 'file:${ZIP}?mode=rw&nolock=1&immutable=1'):
              print(said(query, path, uri=path.startswith('file:')), end=' ')
          print()
          for statement in ("attach '/etc/shadow' as x", "attach '${ZIP}' as x", "vacuum into '/usr/local/lib/json.py'", "vacuum into '${ZIP}'",
                            "pragma temp_store_directory='/etc'", "select load_extension('/tmp/x.so')", "select readfile('/etc/passwd')",
                            "select writefile('${ZIP}', '')", "select fts3_tokenizer('simple', x'00000000')", "select edit('x', 'vi')"):
              print(said(query, ':memory:', statement), end=' ')
          print()
          print(hasattr(sqlite3.Connection, 'enable_load_extension'), query(':memory:', 'pragma mmap_size=1000000'),
                said(dbm.open, '/etc/x', 'c'), said(shelve.open, '/usr/local/lib/x'), os.listdir('/usr/local/lib'))
        `,
      expect: {
        outcome: 'exited 0',
        stdout: lines(
          'OperationalError OperationalError OperationalError OperationalError OperationalError DatabaseError ',
          'OperationalError OperationalError OperationalError OperationalError OperationalError OperationalError OperationalError OperationalError OperationalError OperationalError ',
          "False [(0,)] ENOENT EROFS ['python314.zip']",
        ),
        refused: ['wasi open /etc/passwd ENOENT'],
      },
    },
    {
      name: 'has XML and other parsers fetch files for it',
      source: py`
        import configparser, gettext, io, linecache, mimetypes, os, xml.sax, zoneinfo
        from xml.etree import ElementTree
        from xml.parsers import expat
        bomb = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>'
        try: print(ElementTree.fromstring(bomb).text)
        except ElementTree.ParseError as error: print(error)
        parser = xml.sax.make_parser()
        parser.setFeature(xml.sax.handler.feature_external_ges, True)
        try: parser.parse(io.StringIO(bomb))
        except Exception as error: print(type(error).__name__)
        asked = []
        raw = expat.ParserCreate()
        raw.ExternalEntityRefHandler = lambda *what: asked.append(what[2]) or 1
        raw.Parse(bomb, True)
        print(asked)
        for key in ('../../../etc/passwd', '/etc/localtime', 'Europe/../../../etc/passwd'):
            try: zoneinfo.ZoneInfo(key)
            except (ValueError, zoneinfo.ZoneInfoNotFoundError) as error: print(type(error).__name__)
        print(configparser.ConfigParser().read(['/etc/mysql/my.cnf', '/root/.aws/credentials']), linecache.getlines('/etc/passwd'),
              gettext.find('x', '/usr/share/locale', ['de']), mimetypes.read_mime_types('/etc/mime.types'))
      `,
      expect: {
        outcome: 'exited 0',
        stdout: lines(
          'undefined entity &e;: line 1, column 57',
          'URLError',
          "['file:///etc/passwd']",
          'ValueError',
          'ValueError',
          'ValueError',
          '[] [] None None',
        ),
      },
    },
    {
      name: 'imports and runs code from outside',
      source:
        SAID +
        py`
          import importlib.machinery, importlib.util, os, pkgutil, runpy, sys, zipimport
          sys.path[:0] = ['/', '/usr/lib/python3/dist-packages', '/root', '../../..', '/etc', '/proc/self/cwd', 'file:///tmp']
          for name in ('numpy', 'passwd', 'usr', 'etc', 'tmp'):
              spec = importlib.util.find_spec(name)
              print(name, spec and spec.loader and type(spec.loader).__name__, end='; ')
          print()
          print(said(runpy.run_path, '/etc/rc.local'), said(zipimport.zipimporter, '/etc/passwd'), said(exec, "open('/etc/rc.local')"),
                said(importlib.machinery.SourceFileLoader('x', '/etc/rc.local').load_module),
                said(importlib.machinery.ExtensionFileLoader('x', '/tmp/x.so').create_module, importlib.machinery.ModuleSpec('x', None, origin='/tmp/x.so')),
                said(pkgutil.get_data, 'json', '../../../../../../etc/passwd'), said(importlib.import_module, '..os'))
        `,
      expect: {
        outcome: 'exited 0',
        stdout: lines(
          'numpy None; passwd None; usr None; etc None; tmp None; ',
          'ENOENT ZipImportError ENOENT ENOENT ImportError OSError TypeError',
        ),
        refused: ['wasi open /etc/rc.local ENOENT'],
      },
    },
    {
      name: 'has a traceback show a line of another file',
      source: py`
        import traceback
        code = compile('\n' * 4 + 'boom', '/etc/passwd', 'exec')
        try: exec(code)
        except NameError: print(traceback.format_exc())
        raise OSError('no line of it')
      `,
      expect: {
        outcome: 'exited 1',
        stdout: lines(
          'Traceback (most recent call last):',
          '  File "attempt.py", line 3, in <module>',
          '    try: exec(code)',
          '         ~~~~^^^^^^',
          '  File "/etc/passwd", line 5, in <module>',
          "NameError: name 'boom' is not defined. Did you mean: 'bool'?",
          '',
        ),
        lastError: 'OSError: no line of it',
      },
    },
    {
      name: 'moves its temporary files elsewhere',
      source:
        SAID +
        py`
          import os, tempfile
          for options in ({'dir': '/etc'}, {'dir': '/usr/local/lib'}, {'prefix': '../../usr/'}, {'suffix': '/../../../usr/x'}, {'dir': '/proc/self/cwd'}):
              print(said(tempfile.mkstemp, **options), said(tempfile.mkdtemp, **options), said(tempfile.NamedTemporaryFile, **options))
          tempfile.tempdir = '/usr'
          print(said(tempfile.TemporaryDirectory), said(tempfile.SpooledTemporaryFile(max_size=1).write, b'xx'))
          os.environ['TMPDIR'], tempfile.tempdir = '/etc', None
          print(tempfile.gettempdir())
        `,
      expect: {
        outcome: 'exited 0',
        stdout: lines(
          'ENOENT ENOENT ENOENT',
          'EROFS EROFS EROFS',
          'EROFS EROFS EROFS',
          'ENOENT ENOENT ENOENT',
          'ENOENT ENOENT ENOENT',
          'EROFS EROFS',
          '/tmp',
        ),
        refused: ['wasi open /usr/x ENOENT', 'wasi mkdir /usr/x ENOENT'],
      },
    },
    {
      name: 'copies and packs all that it can see',
      source: py`
        import os, shutil, tarfile
        try: shutil.copytree('/', '/workspace/all', ignore=lambda at, names: {'workspace'} & set(names))
        except shutil.Error as error: print([(why[0], why[2].split('] ')[-1]) for why in error.args[0]])
        print(sorted(os.listdir('/workspace/all')))
        shutil.rmtree('/workspace/all')
        with tarfile.open('/tmp/all.tar', 'w:gz') as tar:
            try: tar.add('/', filter=lambda member: None if member.name.endswith('.zip') else member)
            except OSError as error: print(error.strerror)
            print(sorted(tar.getnames()), {(member.uid, member.gid, member.uname) for member in tar.getmembers()})
        print([os.path.join(at, name) for at, _, names in os.walk('/') for name in names])
      `,
      policy: { limits: { fileBytes: 2 ** 20 } },
      expect: {
        outcome: 'exited 0',
        stdout: lines(
          "[('/usr/local/lib/python314.zip', 'No space left on device')]",
          "['tmp', 'usr']",
          "['', 'tmp', 'usr', 'usr/local', 'usr/local/lib', 'workspace'] {(0, 0, '')}",
          "['/usr/local/lib/python314.zip', '/tmp/all.tar']",
        ),
      },
    },
    {
      name: 'names its files with a byte order mark, so that other calls find other files',
      source:
        SAID +
        py`
          import os
          os.mkdir('/tmp/folder'); open('/tmp/file', 'w').close()
          at, mark = os.open('/tmp', os.O_RDONLY), '\ufeff'
          print(os.path.exists('/\ufefftmp'), said(os.stat, mark + 'file', dir_fd=at), said(os.utime, mark + 'file', (1, 1), dir_fd=at),
                said(os.readlink, mark + 'file', dir_fd=at), said(os.unlink, mark + 'file', dir_fd=at), said(os.rmdir, mark + 'folder', dir_fd=at))
          os.mkdir(mark + 'new', dir_fd=at)
          os.close(os.open(mark + 'made', os.O_CREAT | os.O_RDWR, dir_fd=at))
          print([ascii(name) for name in sorted(os.listdir('/tmp'))], said(os.unlink, mark + 'made', dir_fd=at), said(os.rmdir, mark + 'new', dir_fd=at))
          said(open, '/\ufeffetc/passwd')
        `,
      expect: {
        outcome: 'exited 0',
        stdout:
          'False ENOENT ENOENT ENOENT ENOENT ENOENT\n' +
          '["\'file\'", "\'folder\'", "\'\\\\ufeffmade\'", "\'\\\\ufeffnew\'"] got None got None\n',
        refused: ['wasi open /\ufeffetc/passwd ENOENT'],
      },
    },
    {
      name: 'moves files into a folder that was removed while it was open',
      source:
        SAID +
        py`
          import os
          os.mkdir('/tmp/gone'); open('/tmp/file', 'w').close(); os.mkdir('/tmp/folder')
          at = os.open('/tmp/gone', os.O_RDONLY)
          os.rmdir('/tmp/gone')
          print(said(os.rename, '/tmp/file', 'x', dst_dir_fd=at), said(os.rename, '/tmp/folder', 'x', dst_dir_fd=at), sorted(os.listdir('/tmp')))
        `,
      expect: { outcome: 'exited 0', stdout: "ENOENT ENOENT ['file', 'folder']\n" },
    },
    {
      name: 'hides what it was refused behind descriptors that were never open',
      source: py`
        import os
        os.closerange(5, 1000)
        try: open('/etc/shadow')
        except OSError: print('refused')
      `,
      expect: {
        outcome: 'exited 0',
        stdout: 'refused\n',
        refused: ['wasi open /etc/shadow ENOENT'],
      },
    },
  ],
};
