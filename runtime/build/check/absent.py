"""What is not in the sandbox says so, and traps nothing."""

import errno
import importlib.util
import os


def refused(kind, text, call, *args, **kwargs):
    try:
        call(*args, **kwargs)
    except kind as error:
        assert text in str(error), error
        return error
    raise AssertionError(f'{call} was not refused')


for name in ('requests', 'numpy', 'pip'):
    error = refused(ModuleNotFoundError, 'packages are not yet.', __import__, name)
    assert error.name == name
    assert str(error) == (
        f"No module named '{name}': only Python's standard library is in the sandbox, packages are not yet."
    )
    assert importlib.util.find_spec(name) is None
for name in ('tkinter', 'ctypes', 'ssl', 'multiprocessing', 'curses', 'venv'):
    refused(ModuleNotFoundError, 'this part of the standard library is not in the sandbox', __import__, name)
assert str(refused(ModuleNotFoundError, '', __import__, 'json.nonsense')) == "No module named 'json.nonsense'"

import asyncio
import http.client
import selectors
import socket
import subprocess
import threading
import urllib.error
import urllib.request

NO_PROCESSES = 'subprocesses cannot be started in the sandbox'
assert refused(PermissionError, NO_PROCESSES, subprocess.run, ['ls']).errno == errno.EPERM
refused(OSError, NO_PROCESSES, subprocess.check_output, 'ls', shell=True)
refused(OSError, NO_PROCESSES, os.system, 'ls')
refused(OSError, NO_PROCESSES, os.popen, 'ls')

NO_NETWORK = 'the network is not reachable from the sandbox'
refused(OSError, NO_NETWORK, socket.socket)
refused(OSError, NO_NETWORK, socket.create_connection, ('example.com', 80))
refused(OSError, NO_NETWORK, socket.getaddrinfo, 'example.com', 80)
refused(urllib.error.URLError, NO_NETWORK, urllib.request.urlopen, 'http://example.com/')
refused(urllib.error.URLError, NO_NETWORK, urllib.request.urlopen, 'https://example.com/')
refused(urllib.error.URLError, NO_NETWORK, urllib.request.urlopen, 'ftp://example.com/')
refused(OSError, NO_NETWORK, http.client.HTTPSConnection('example.com').request, 'GET', '/')
refused(OSError, NO_NETWORK, asyncio.run, asyncio.open_connection('example.com', 80))

refused(RuntimeError, "can't start new thread", threading.Thread(target=print).start)
assert selectors.DefaultSelector().select(0) == []
