import type { Attempt, Expectation, Family } from '../../../src/selfTest/attempt.js';
import { py } from '../py.js';

/** For what never ends, however fast the machine. */
const SHORT = { limits: { timeoutMs: 500 } };
const TIMED_OUT: Expectation = { outcome: 'timedOut', stdout: 'begun\n', lastError: '' };
/** Forced after this time rather than after the two seconds of grace. */
const STOPPED = { limits: { timeoutMs: 1000 } };
const FORCED: Expectation = { outcome: 'interrupted forced', stdout: 'begun\n' };
const CLEANED_UP: Expectation = {
  outcome: 'interrupted',
  stdout: 'begun\ncleaned up\n',
  lastError: 'KeyboardInterrupt',
};
const withoutSignals: Attempt['without'] = {
  capability: 'signals',
  expect: FORCED,
  why: 'Nothing reaches a running program there: Stop ends its worker.',
};
const FUEL = { limits: { fuel: 50 } };
const BURNT: Expectation = { outcome: 'limitExceeded fuel', stdout: 'begun\n', lastError: '' };

export const time: Family = {
  name: 'time',
  title: 'Run for ever: outlast the time limit, the fuel, Stop, or the end of the program.',
  attempts: [
    {
      name: 'swallows every exception in a loop around a loop',
      source: py`
        print('begun')
        while True:
            try:
                while True: pass
            except BaseException: print('caught')
      `,
      policy: SHORT,
      expect: TIMED_OUT,
    },
    {
      name: 'sleeps for centuries, after it was refused to sleep for ever',
      source: py`
        import time
        for duration in (-1, float('nan'), float('inf'), 2**63, 10**30):
            try: time.sleep(duration)
            except Exception as error: print(type(error).__name__, error)
        time.sleep(9 * 10**9)
      `,
      policy: SHORT,
      expect: {
        outcome: 'timedOut',
        stdout: [
          'ValueError sleep length must be non-negative',
          'ValueError Invalid value NaN (not a number)',
          ...Array<string>(3).fill('OverflowError timestamp out of range for C PyTime_t'),
          '',
        ].join('\n'),
        lastError: '',
      },
    },
    {
      name: 'adds up an endless iterator, in C code that never polls',
      source: py`
        import itertools
        print('begun')
        sum(itertools.repeat(0))
      `,
      policy: SHORT,
      expect: TIMED_OUT,
    },
    {
      name: 'recurses exponentially, without a loop',
      source: py`
        def fibonacci(n): return fibonacci(n - 1) + fibonacci(n - 2) if n > 1 else n
        print('begun')
        fibonacci(100)
      `,
      policy: SHORT,
      expect: TIMED_OUT,
    },
    {
      name: 'backtracks catastrophically in a regular expression',
      source: py`
        import re
        print('begun')
        re.match('(a+)+$', 'a' * 50 + 'b')
      `,
      policy: SHORT,
      expect: TIMED_OUT,
    },
    {
      name: 'evaluates a tower of powers',
      source: py`
        compile('9 ** 9 ** 9', '', 'eval')
        print('begun')
        eval('9 ** 9 ** 9')
      `,
      policy: SHORT,
      expect: TIMED_OUT,
    },
    {
      name: 'prints an integer of thirty million digits',
      source: py`
        import sys
        sys.set_int_max_str_digits(0)
        print('begun')
        print(1 << 10**8)
      `,
      policy: SHORT,
      expect: TIMED_OUT,
    },
    {
      name: 'calculates to ten million decimals',
      source: py`
        import decimal
        decimal.getcontext().prec = 10**7
        print('begun')
        decimal.Decimal(2).exp()
      `,
      policy: SHORT,
      expect: TIMED_OUT,
    },
    {
      name: 'queries a database for the end of an endless series',
      source: py`
        import sqlite3
        database = sqlite3.connect(':memory:')
        print('begun')
        database.execute('''
            with recursive endless (n) as (select 1 union all select n + 1 from endless)
            select max(n) from endless
        ''').fetchone()
      `,
      policy: SHORT,
      expect: TIMED_OUT,
    },
    {
      name: 'derives a key in two billion rounds',
      source: py`
        import hashlib
        print('begun')
        hashlib.pbkdf2_hmac('sha256', b'', b'', 2**31 - 1)
      `,
      policy: SHORT,
      expect: TIMED_OUT,
    },
    {
      name: 'collides the hashes of integers',
      source: py`
        import itertools, sys
        print('begun')
        dict.fromkeys(map(sys.hash_info.modulus.__mul__, itertools.count()))
      `,
      policy: SHORT,
      expect: TIMED_OUT,
    },
    {
      name: 'keeps a codec at the same place with its error handler',
      source: py`
        import codecs
        codecs.register_error('again', lambda error: ('', error.start))
        print('begun')
        '\u20ac'.encode('ascii', 'again')
      `,
      policy: SHORT,
      expect: TIMED_OUT,
    },
    {
      name: 'gives a buffer a file that takes no bytes',
      source: py`
        import io
        class Full(io.RawIOBase):
            def writable(self): return True
            def write(self, data): return 0
        print('begun')
        io.BufferedWriter(Full(), 4).write(b'more than four')
      `,
      policy: SHORT,
      expect: TIMED_OUT,
    },
    {
      name: 'answers an import with an endless search',
      source: py`
        import sys
        class Finder:
            @staticmethod
            def find_spec(name, path=None, target=None):
                print('begun')
                while True: pass
        sys.meta_path.insert(0, Finder)
        import not_there
      `,
      policy: SHORT,
      expect: TIMED_OUT,
    },
    {
      name: 'executes freshly compiled code for ever',
      source: py`
        import itertools
        print('begun')
        for number in itertools.count(): exec(f'value = {number}')
      `,
      policy: SHORT,
      expect: TIMED_OUT,
    },
    {
      name: 'deadlocks on a lock that it holds itself',
      source: py`
        import threading
        lock = threading.Lock()
        print(lock.acquire(), lock.acquire(timeout=0.001), lock.acquire(blocking=False))
        lock.acquire()
      `,
      policy: SHORT,
      expect: { outcome: 'timedOut', stdout: 'True False False\n', lastError: '' },
    },
    {
      name: 'waits for threads that cannot be',
      source: py`
        import queue, threading
        print(threading.Event().wait(0.001))
        try: queue.Queue().get(timeout=0.001)
        except queue.Empty: print('begun')
        threading.Barrier(2).wait()
      `,
      policy: SHORT,
      expect: { outcome: 'timedOut', stdout: 'False\nbegun\n', lastError: '' },
    },
    {
      name: 'starts threads of every kind',
      source: py`
        import _thread, asyncio, concurrent.futures, threading
        def pool():
            with concurrent.futures.ThreadPoolExecutor() as executor: executor.submit(print, 'ran').result()
        for start in (
            threading.Thread(target=print, args=('ran',)).start,
            threading.Thread(target=print, args=('ran',), daemon=True).start,
            threading.Timer(0, print, ('ran',)).start,
            lambda: _thread.start_new_thread(print, ('ran',)),
            lambda: _thread.start_joinable_thread(print),
            pool,
        ):
            try: print(start())
            except RuntimeError as error: print(error)
        print(threading.active_count())
      `,
      expect: {
        outcome: 'exited 0',
        stdout: `${"can't start new thread\n".repeat(6)}1\n`,
        lastError: '',
      },
    },
    {
      name: 'waits on a select that nothing wakes',
      source: py`
        import select
        print(select.select([0], [1], [], 0))
        select.select([], [], [], 10**6)
      `,
      policy: SHORT,
      expect: { outcome: 'timedOut', stdout: '([0], [1], [])\n', lastError: '' },
    },
    {
      name: 'waits for an event in an event loop',
      source: py`
        import asyncio
        async def wait():
            print('begun')
            await asyncio.Event().wait()
        asyncio.run(wait())
      `,
      policy: SHORT,
      expect: TIMED_OUT,
    },
    {
      name: 'keeps an event loop and a scheduler busy with themselves',
      source: py`
        import asyncio, sched
        calendar = sched.scheduler()
        calendar.enter(0, 0, lambda: print('begun'))
        calendar.run()
        loop = asyncio.new_event_loop()
        def again():
            calendar.enter(0, 0, lambda: None)
            calendar.run()
            loop.call_soon(again)
        again()
        loop.run_forever()
      `,
      policy: SHORT,
      expect: TIMED_OUT,
    },
    {
      name: 'waits for input of every kind that nobody gives',
      source: py`
        import code, fileinput, getpass, os, sys, warnings
        warnings.simplefilter('ignore')
        def debug(): breakpoint()
        for wait in (
            input,
            lambda: getpass.getpass('', stream=sys.stdout),
            sys.stdin.read,
            lambda: list(fileinput.input()),
            lambda: os.read(0, 100),
            lambda: code.interact(banner='', exitmsg='', local={}),
            debug,
        ):
            try: print(repr(wait()))
            except BaseException as error: print(type(error).__name__, error)
      `,
      expect: {
        outcome: 'exited 0',
        stdout: [
          'EOFError EOF when reading a line',
          'Warning: Password input may be echoed.',
          'EOFError ',
          "''",
          '[]',
          "b''",
          '>>> None',
          '> /workspace/attempt.py(3)debug()',
          '-> def debug(): breakpoint()',
          '(Pdb) ',
          'Quitting pdb will kill the process. Quit anyway? [y/n] ',
          'SystemExit 1',
          '',
        ].join('\n'),
        lastError: '',
      },
    },
    {
      name: 'changes containers while they are being looped over and sorted',
      source: py`
        import collections, functools, random
        numbers = list(range(100))
        class Growing:
            def __lt__(self, other):
                numbers.append(1)
                return True
        def grow(container, add):
            for item in container: add(item + 1)
        ring = collections.deque([1])
        table = {1: 1}
        flock = {1}
        for change in (
            lambda: numbers.sort(key=lambda number: Growing()),
            lambda: grow(table, lambda key: table.setdefault(key, 1)),
            lambda: grow(flock, flock.add),
            lambda: grow(ring, ring.append),
            lambda: len(sorted(range(5000), key=functools.cmp_to_key(lambda a, b: random.choice((-1, 1))))),
        ):
            try: print(change())
            except (RuntimeError, ValueError) as error: print(error)
      `,
      expect: {
        outcome: 'exited 0',
        stdout: [
          'list modified during sort',
          'dictionary changed size during iteration',
          'Set changed size during iteration',
          'deque mutated during iteration',
          '5000',
          '',
        ].join('\n'),
      },
    },
    {
      name: 'loops in a finalizer after the last line',
      source: py`
        class Endless:
            def __del__(self):
                while True: pass
        at_the_end = Endless()
        print('begun')
      `,
      policy: SHORT,
      expect: TIMED_OUT,
    },
    {
      name: 'loops in the finally block of a generator that is thrown away',
      source: py`
        def stubborn():
            while True:
                try: yield
                except GeneratorExit: print('not yet')
        def endless():
            try: yield
            finally:
                while True: pass
        generators = [stubborn(), endless()]
        for generator in generators: next(generator)
        try: generators[0].close()
        except RuntimeError as error: print(error)
        print('begun')
      `,
      policy: SHORT,
      expect: {
        outcome: 'timedOut',
        stdout: 'not yet\ngenerator ignored GeneratorExit\nbegun\nnot yet\n',
      },
    },
    {
      name: 'is born again in its own destructor, and in the last collection',
      source: py`
        import os, weakref
        def breed(times):
            kept = []
            class Phoenix:
                def __del__(self, write=os.write):
                    write(1, b'.')
                    kept.append(Phoenix())
            kept.append(Phoenix())
            for _ in range(times): kept.pop()
            # Nothing but the collector can free it now.
            kept.append(kept)
        class Weak: pass
        def reborn(reference): weak[:] = [weakref.ref(Weak(), reborn)]
        weak = []
        reborn(None)
        breed(10)
        print('end', end='')
      `,
      expect: { outcome: 'exited 0', stdout: '..........end.', lastError: '' },
    },
    {
      name: 'registers an exit function in an exit function',
      source: py`
        import atexit
        @atexit.register
        def again():
            print('again')
            atexit.register(again)
        atexit.register(print, 'begun')
      `,
      expect: { outcome: 'exited 0', stdout: 'begun\nagain\n', lastError: '' },
    },
    {
      name: 'sleeps in an exit function',
      source: py`
        import atexit, time
        atexit.register(time.sleep, 10**6)
        print('begun')
      `,
      policy: SHORT,
      expect: TIMED_OUT,
    },
    {
      name: 'loops in the hook for uncaught exceptions',
      source: py`
        import sys
        def hook(*_):
            print('begun')
            while True: pass
        sys.excepthook = hook
        1 / 0
      `,
      policy: SHORT,
      expect: TIMED_OUT,
    },
    {
      name: 'loops in the hook for exceptions that nobody can catch',
      source: py`
        import sys
        class Failing:
            def __del__(self): 1 / 0
        def hook(_):
            print('begun')
            while True: pass
        sys.unraisablehook = hook
        Failing()
      `,
      policy: SHORT,
      expect: TIMED_OUT,
    },
    {
      name: 'raises an exception that loops when it is described',
      source: py`
        class Endless(Exception):
            def __str__(self):
                print('begun')
                while True: pass
        raise Endless
      `,
      policy: SHORT,
      expect: TIMED_OUT,
    },
    {
      name: 'exits with a message that loops when it is printed',
      source: py`
        class Endless:
            def __str__(self):
                print('begun')
                while True: pass
        raise SystemExit(Endless())
      `,
      policy: SHORT,
      expect: TIMED_OUT,
    },
    {
      name: 'loops in the last flush of stdout',
      source: py`
        import sys
        class Endless:
            def flush(self):
                while True: pass
        print('begun')
        sys.stdout = Endless()
      `,
      policy: SHORT,
      expect: TIMED_OUT,
    },
    {
      name: 'is stopped while it sleeps',
      source: py`
        import time
        try:
            print('begun')
            time.sleep(10**6)
        finally: print('cleaned up')
      `,
      stopAfter: 'begun',
      expect: CLEANED_UP,
      without: withoutSignals,
    },
    {
      name: 'is stopped although it asked never to be looked at',
      source: py`
        import builtins, signal, sys
        sys.setswitchinterval(10**9)
        # What the interpreter raises is not looked up here.
        builtins.KeyboardInterrupt = ValueError
        signal.default_int_handler = None
        try:
            print('begun')
            while True: pass
        except Exception: print('caught')
        finally: print('cleaned up')
      `,
      stopAfter: 'begun',
      expect: CLEANED_UP,
      without: withoutSignals,
    },
    {
      name: 'is stopped in an event loop',
      source: py`
        import asyncio
        async def wait():
            try:
                print('begun')
                await asyncio.sleep(10**6)
            finally: print('cleaned up')
        asyncio.run(wait())
      `,
      stopAfter: 'begun',
      expect: CLEANED_UP,
      without: withoutSignals,
    },
    {
      name: 'is stopped in a recursion without a loop',
      source: py`
        def fibonacci(n): return fibonacci(n - 1) + fibonacci(n - 2) if n > 1 else n
        try:
            print('begun')
            fibonacci(100)
        finally: print('cleaned up')
      `,
      stopAfter: 'begun',
      expect: CLEANED_UP,
      without: withoutSignals,
    },
    {
      name: 'is stopped in a function that only C code calls',
      source: py`
        import functools, itertools
        try:
            print('begun')
            functools.reduce(lambda total, item: item, itertools.repeat(0))
        finally: print('cleaned up')
      `,
      stopAfter: 'begun',
      expect: CLEANED_UP,
      without: withoutSignals,
    },
    {
      name: 'goes to sleep when it is stopped',
      source: py`
        import time
        print('begun')
        try:
            while True: pass
        except KeyboardInterrupt:
            print('caught')
            time.sleep(10**6)
      `,
      policy: STOPPED,
      stopAfter: 'begun',
      expect: { ...FORCED, stdout: 'begun\ncaught\n' },
      without: withoutSignals,
    },
    {
      name: 'loops in a finally block when it is stopped',
      source: py`
        try:
            print('begun')
            while True: pass
        finally:
            print('finally')
            while True: pass
      `,
      policy: STOPPED,
      stopAfter: 'begun',
      expect: { ...FORCED, stdout: 'begun\nfinally\n' },
      without: withoutSignals,
    },
    {
      name: 'handles the signal that stops it',
      source: py`
        import signal
        signal.signal(signal.SIGINT, lambda *_: print('handled'))
        print('begun')
        while True: pass
      `,
      policy: STOPPED,
      stopAfter: 'begun',
      expect: { ...FORCED, stdout: 'begun\nhandled\n' },
      without: withoutSignals,
    },
    {
      name: 'has the signal that stops it ignored',
      source: py`
        import signal
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        print('begun')
        while True: pass
      `,
      policy: STOPPED,
      stopAfter: 'begun',
      expect: FORCED,
    },
    {
      name: 'shields a task from being cancelled when it is stopped',
      source: py`
        import asyncio
        async def immortal():
            print('begun')
            while True:
                try: await asyncio.sleep(10**6)
                except asyncio.CancelledError: print('not cancelled')
        asyncio.run(immortal())
      `,
      policy: STOPPED,
      stopAfter: 'begun',
      expect: { ...FORCED, stdout: 'begun\nnot cancelled\n' },
      without: withoutSignals,
    },
    {
      name: 'swallows Stop in a trace function',
      source: py`
        import sys
        def trace(frame, event, argument):
            try:
                for _ in range(5000): pass
            except BaseException: print('swallowed')
            return trace
        def loop():
            print('begun')
            while True: pass
        sys.settrace(trace)
        loop()
      `,
      policy: STOPPED,
      stopAfter: 'begun',
      expect: { ...FORCED, stdout: 'begun\nswallowed\n' },
      without: withoutSignals,
    },
    {
      name: 'swallows Stop in a callback of sys.monitoring',
      source: py`
        import sys
        monitoring = sys.monitoring
        def jumped(*_):
            try:
                for _ in range(5000): pass
            except BaseException: print('swallowed')
        def loop():
            print('begun')
            while True: pass
        monitoring.use_tool_id(0, 'attack')
        monitoring.register_callback(0, monitoring.events.JUMP, jumped)
        monitoring.set_local_events(0, loop.__code__, monitoring.events.JUMP)
        loop()
      `,
      policy: STOPPED,
      stopAfter: 'begun',
      expect: { ...FORCED, stdout: 'begun\nswallowed\n' },
      without: withoutSignals,
    },
    {
      name: 'swallows Stop in callbacks of the collector',
      source: py`
        import gc
        def collecting(phase, _):
            print('begun', phase)
            while True: pass
        gc.callbacks.append(collecting)
        gc.collect()
        print('after')
      `,
      policy: STOPPED,
      stopAfter: 'begun',
      expect: { ...FORCED, stdout: 'begun start\nbegun stop\n' },
      without: { ...withoutSignals, expect: { ...FORCED, stdout: 'begun start\n' } },
    },
    {
      name: 'interrupts itself and goes on',
      source: py`
        import _thread, signal
        caught = 0
        for interrupt in (_thread.interrupt_main, lambda: signal.raise_signal(signal.SIGINT)) * 500:
            try: interrupt()
            except KeyboardInterrupt: caught += 1
        print(caught)
      `,
      expect: { outcome: 'exited 0', stdout: '1000\n', lastError: '' },
    },
    {
      name: 'sets a watchdog on itself that would end the process',
      source: py`
        import faulthandler, time
        try: faulthandler.dump_traceback_later(0.001, exit=True)
        except RuntimeError as error: print(error)
        time.sleep(0.01)
        print('goes on')
      `,
      expect: {
        outcome: 'exited 0',
        stdout: 'unable to start watchdog thread\ngoes on\n',
        lastError: '',
      },
    },
    {
      name: 'swallows the end of its fuel with context managers, finalizers and exit functions',
      source: py`
        import atexit
        class Immortal:
            def __enter__(self): return self
            def __exit__(self, *_):
                print('exit')
                return True
            def __del__(self): print('destroyed')
        atexit.register(print, 'at exit')
        print('begun')
        while True:
            with Immortal():
                while True: pass
      `,
      policy: FUEL,
      expect: BURNT,
    },
    {
      name: 'burns fuel in a generator that yields from its finally block',
      source: py`
        def endless():
            while True:
                try: yield
                finally:
                    for _ in range(10): yield
        print('begun')
        try:
            for _ in endless(): pass
        finally: print('escaped')
      `,
      policy: FUEL,
      expect: BURNT,
    },
    {
      name: 'burns the rest of its fuel after its end',
      source: py`
        import atexit
        class Endless:
            def __del__(self):
                while True: pass
        atexit.register(Endless)
        print('begun')
      `,
      policy: FUEL,
      expect: BURNT,
    },
    {
      name: 'calls without a loop, which burns fuel as well',
      source: py`
        def fibonacci(n): return fibonacci(n - 1) + fibonacci(n - 2) if n > 1 else n
        print('begun')
        print(fibonacci(28))
      `,
      policy: FUEL,
      expect: BURNT,
    },
    {
      name: 'is called by C code a million times, which burns fuel as well',
      source: py`
        print('begun')
        print(sorted(range(10**6), key=lambda number: -number)[0])
      `,
      policy: FUEL,
      expect: BURNT,
    },
    {
      name: 'spends no fuel by staying in C code, and meets the clock',
      source: py`
        import collections, itertools
        print('begun')
        collections.deque(itertools.repeat(0), maxlen=0)
      `,
      policy: { limits: { fuel: 1, timeoutMs: 500 } },
      expect: TIMED_OUT,
    },
    {
      name: 'waits busily for a deterministic clock, and sleeps away a million seconds of it',
      source: py`
        import time
        start = time.monotonic()
        while time.monotonic() < start + 0.01: pass
        print(round(time.monotonic() - start, 4))
        time.sleep(10**6)
        print(round(time.monotonic() - start), round(time.time()))
      `,
      policy: { deterministic: 1 },
      expect: { outcome: 'exited 0', stdout: '0.01\n1000000 1768225600\n' },
    },
    {
      name: 'loops under a deterministic clock, which only the real one ends',
      source: py`
        import time
        print('begun')
        while True:
            try: time.sleep(10**6)
            except OSError: pass
      `,
      policy: { ...SHORT, deterministic: 1 },
      expect: TIMED_OUT,
    },
    {
      name: 'turns back the clock',
      source: py`
        import time
        print([name for name in ('clock_settime', 'clock_settime_ns', 'stime') if hasattr(time, name)])
        time.time = time.monotonic = lambda: 0
        print('begun')
        while time.time() == 0: pass
      `,
      policy: SHORT,
      expect: { outcome: 'timedOut', stdout: '[]\nbegun\n', lastError: '' },
    },
  ],
};
