"""Parts of the standard library that need something of the platform."""

import asyncio
import doctest
import importlib.resources
import inspect
import io
import logging.handlers
import os
import pathlib
import pdb  # noqa: F401
import pickle
import random
import secrets
import shutil
import sysconfig
import tempfile
import time
import uuid
from contextlib import redirect_stdout


async def worker(queue):
    await queue.put(1)
    await asyncio.sleep(0.02)
    await queue.put(2)
    return 'done'


async def main():
    queue = asyncio.Queue()
    async with asyncio.TaskGroup() as group:
        task = group.create_task(worker(queue))
    assert task.result() == 'done' and queue.qsize() == 2
    assert await asyncio.gather(asyncio.sleep(0.01, 'a'), asyncio.sleep(0, 'b')) == ['a', 'b']
    try:
        async with asyncio.timeout(0.01):
            await asyncio.sleep(10)
    except TimeoutError:
        pass
    else:
        raise AssertionError('no timeout')
    assert await asyncio.to_thread(sum, [1, 2]) == 3
    return 'ran'


started = time.monotonic()
assert asyncio.run(main()) == 'ran'
assert 0.02 < time.monotonic() - started < 2


def documented():
    """
    >>> 1 + 1
    2
    """


class Thing:
    def method(self):
        return 1


assert doctest.testmod().failed == 0
assert inspect.getsource(documented).startswith('def documented():')
assert inspect.getsource(Thing).startswith('class Thing:')
assert type(pickle.loads(pickle.dumps(Thing()))) is Thing
assert [frame.function for frame in inspect.stack()] == ['<module>']

help_text = io.StringIO()
with redirect_stdout(help_text):
    help('if')
    help(len)
assert 'conditional execution' in help_text.getvalue()

os.makedirs('/tmp/tree/inner')
pathlib.Path('/tmp/tree/inner/file.txt').write_text('text')
shutil.copytree('/tmp/tree', '/tmp/copy')
assert pathlib.Path('/tmp/copy/inner/file.txt').read_text() == 'text'
shutil.rmtree('/tmp/copy')
assert not os.path.exists('/tmp/copy')

handler = logging.handlers.RotatingFileHandler('/tmp/app.log', maxBytes=50, backupCount=2)
logger = logging.getLogger('check')
logger.addHandler(handler)
for number in range(5):
    logger.error('message number %d, long enough to rotate', number)
assert os.path.exists('/tmp/app.log.2')

with tempfile.TemporaryDirectory() as folder, tempfile.NamedTemporaryFile('w', dir=folder) as file:
    file.write('x')
assert not os.path.exists(folder)

assert len({uuid.uuid4(), uuid.uuid4(), uuid.uuid1()}) == 3
assert secrets.token_hex(8) != secrets.token_hex(8) and random.random() != random.random()
assert time.process_time() >= 0 and time.perf_counter() > 0
before = time.time()
time.sleep(0.01)
assert 0.009 < time.time() - before < 1
assert sysconfig.get_config_var('SOABI') and sysconfig.get_platform()
assert any(entry.name == 'message.pyc' for entry in importlib.resources.files('email').iterdir())
assert os.getcwd() == '/workspace' and os.listdir('/workspace') == []
for folder, expected in (('/tmp/tree/inner', '/tmp/tree/inner'), ('..', '/tmp/tree'), ('./../../..', '/'), ('tmp', '/tmp')):
    os.chdir(folder)
    assert os.getcwd() == expected, os.getcwd()
