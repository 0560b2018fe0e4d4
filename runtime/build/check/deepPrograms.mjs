// Programs that recurse as deep as they can. DEPTH stands for a number.

const NESTED = 'nested = []\nfor _ in range(DEPTH): nested = [nested]\n';

/** @type {Record<string, string>} */
export const deepPrograms = {
  python: 'def f(): f()\nf()',
  'python, limit raised': 'import sys\nsys.setrecursionlimit(10**9)\ndef f(): f()\nf()',
  method: 'class A:\n  def __call__(self): return self()\nA()()',
  getattr: 'class A:\n  def __getattr__(self, name): return getattr(self, name + "x")\nA().q',
  'getattr, limit raised':
    'import sys\nsys.setrecursionlimit(10**9)\nclass A:\n  def __getattr__(self, name): return getattr(self, "q")\nA().q',
  property: 'class A:\n  @property\n  def x(self): return self.x\nA().x',
  'property, limit raised':
    'import sys\nsys.setrecursionlimit(10**9)\nclass A:\n  @property\n  def x(self): return self.x\nA().x',
  eq: 'class A:\n  def __eq__(self, other): return other == self\nA() == A()',
  add: 'class A:\n  def __add__(self, other): return other + self\nA() + A()',
  'add, limit raised':
    'import sys\nsys.setrecursionlimit(10**9)\nclass A:\n  def __add__(self, other): return other + self\nA() + A()',
  lru_cache: 'import functools\n@functools.lru_cache(None)\ndef f(n): return f(n + 1)\nf(0)',
  'lru_cache, limit raised':
    'import functools, sys\nsys.setrecursionlimit(10**9)\n@functools.lru_cache(None)\ndef f(n): return f(n + 1)\nf(0)',
  map: 'import sys\nsys.setrecursionlimit(10**9)\ndef f(n): return list(map(f, [n]))\nf(0)',
  sorted: 'import sys\nsys.setrecursionlimit(10**9)\ndef f(n): return sorted([1], key=f)\nf(0)',
  generator: 'import sys\nsys.setrecursionlimit(10**9)\ndef f():\n  yield from f()\nlist(f())',
  eval: 'import sys\nsys.setrecursionlimit(10**9)\ndef f(): eval("f()")\nf()',
  repr: `${NESTED}repr(nested)`,
  'repr of dicts': 'd = {}\nfor _ in range(DEPTH): d = {1: d}\nrepr(d)',
  'repr of objects': 'class A:\n  def __repr__(self): return repr(self)\nrepr(A())',
  'repr, limit raised':
    'import sys\nsys.setrecursionlimit(10**9)\nclass A:\n  def __repr__(self): return f"{self!r}"\nrepr(A())',
  'free lists': `${NESTED}del nested`,
  'free tuples': 'n = ()\nfor _ in range(DEPTH): n = (n,)\ndel n',
  'free dicts': 'd = {}\nfor _ in range(DEPTH): d = {1: d}\ndel d',
  'free objects':
    'class A: pass\na = A()\nfor _ in range(DEPTH):\n  b = A(); b.a = a; a = b\ndel a, b',
  'free slots':
    'class A: __slots__ = "a",\na = A()\nfor _ in range(DEPTH):\n  b = A(); b.a = a; a = b\ndel a, b',
  'free partials':
    'import functools\nf = print\nfor _ in range(DEPTH): f = functools.partial(print, f)\ndel f',
  'free chains':
    'import itertools\nf = iter([])\nfor _ in range(DEPTH): f = itertools.chain(f)\ndel f',
  'free generators':
    'def g(x):\n  yield x\nf = None\nfor _ in range(DEPTH):\n  f = g(f); next(f)\ndel f',
  'free exceptions':
    'e = None\nfor _ in range(DEPTH):\n  n = ValueError(); n.__context__ = e; e = n\ndel e, n',
  'free closures': 'def w(f): return lambda: f\nf = None\nfor _ in range(DEPTH): f = w(f)\ndel f',
  'free xml':
    'import xml.etree.ElementTree as E\nr = E.Element("a")\nfor _ in range(DEPTH):\n  n = E.Element("a"); n.append(r); r = n\ndel r, n',
  'collect cycle': `import gc\n${NESTED}a = [nested]\na.append(a)\ndel a, nested\ngc.collect()`,
  'drain chain':
    'import itertools\nf = iter([1])\nfor _ in range(DEPTH): f = itertools.chain(f)\nlist(f)',
  'drain map': 'f = iter([1])\nfor _ in range(DEPTH): f = map(abs, f)\nlist(f)',
  'drain zip': 'f = iter([1])\nfor _ in range(DEPTH): f = zip(f)\nlist(f)',
  'drain filter': 'f = iter([1])\nfor _ in range(DEPTH): f = filter(None, f)\nlist(f)',
  'drain islice':
    'import itertools\nf = iter([1])\nfor _ in range(DEPTH): f = itertools.islice(f, None)\nlist(f)',
  'call partials':
    'import functools\nf = print\nclass P(functools.partial): pass\nfor _ in range(DEPTH): f = P(f)\nf()',
  'isinstance tuples': 't = ()\nfor _ in range(DEPTH): t = (t,)\nisinstance(1, t)',
  'union types': 't = int\nfor i in range(DEPTH): t = list[t]\nrepr(t); hash(t)',
  'hash tuples': 't = ()\nfor _ in range(DEPTH): t = (t,)\nhash(t)',
  'compare lists': `${NESTED}other = nested\nnested = []\nfor _ in range(DEPTH): nested = [nested]\nnested == other`,
  'compile parentheses': 'compile("(" * DEPTH + ")" * DEPTH, "x", "eval")',
  'compile brackets': 'compile("[" * 150 + "]" * 150, "x", "eval")',
  'compile minus': 'compile("-" * DEPTH + "1", "x", "eval")',
  'compile not': 'compile("not " * DEPTH + "1", "x", "eval")',
  'compile power': 'compile("2" + "**2" * DEPTH, "x", "eval")',
  'compile plus': 'compile("1" + "+a" * DEPTH, "x", "eval")',
  'compile attributes': 'compile("a" + ".b" * DEPTH, "x", "eval")',
  'compile calls': 'compile("f" + "()" * DEPTH, "x", "eval")',
  'compile elif': 'compile("if a: pass\\n" + "elif a: pass\\n" * DEPTH, "x", "exec")',
  'compile lambdas': 'compile("lambda:" * DEPTH + "1", "x", "eval")',
  'compile conditionals': 'compile("1 if a else " * DEPTH + "1", "x", "eval")',
  'compile comparisons': 'compile("a" + "<a" * DEPTH, "x", "eval")',
  'compile f-string': 'compile("f\'" + "{a:" * DEPTH, "x", "eval")',
  'ast.parse': 'import ast\nast.parse("-" * DEPTH + "1")',
  'ast.literal_eval': 'import ast\nast.literal_eval("-" * DEPTH + "1")',
  'ast tree':
    'import ast\nn = ast.Constant(1)\nfor _ in range(DEPTH): n = ast.UnaryOp(ast.USub(), n)\ncompile(ast.fix_missing_locations(ast.Expression(ast.Constant(1))), "x", "eval")\nn = ast.Expression(n)\nn.lineno = 1\ncompile(n, "x", "eval")',
  'pickle dump': `import pickle\n${NESTED}pickle.dumps(nested)`,
  'pickle load': 'import pickle\npickle.loads(b"(" * DEPTH + b"t" * DEPTH + b".")',
  'pickle load nested': 'import pickle\npickle.loads(b"]" * DEPTH + b"a" * (DEPTH - 1) + b".")',
  deepcopy: `import copy\n${NESTED}copy.deepcopy(nested)`,
  'marshal dump': `import marshal\n${NESTED}marshal.dumps(nested)`,
  'marshal load': 'import marshal\nmarshal.loads(b"(\\x01\\0\\0\\0" * DEPTH)',
  'json load': 'import json\njson.loads("[" * DEPTH)',
  'json load objects': 'import json\njson.loads("{\\"a\\":" * DEPTH)',
  'json dump': `import json\n${NESTED}json.dumps(nested)`,
  'xml parse': 'import xml.etree.ElementTree as E\nE.fromstring("<a>" * DEPTH + "</a>" * DEPTH)',
  'xml write':
    'import xml.etree.ElementTree as E\nr = E.Element("a")\nfor _ in range(DEPTH):\n  n = E.Element("a"); n.append(r); r = n\nE.tostring(r)',
  'xml copy':
    'import copy, xml.etree.ElementTree as E\nr = E.Element("a")\nfor _ in range(DEPTH):\n  n = E.Element("a"); n.append(r); r = n\ncopy.deepcopy(r)',
  'xml iterate':
    'import xml.etree.ElementTree as E\nr = E.Element("a")\nfor _ in range(DEPTH):\n  n = E.Element("a"); n.append(r); r = n\nprint(len(list(r.iter())))',
  'xml entity':
    'import xml.etree.ElementTree as E\ns = "<!DOCTYPE a [<!ENTITY e0 \'x\'>" + "".join(f"<!ENTITY e{i+1} \'&e{i};\'>" for i in range(20000)) + "]><a>&e20000;</a>"\nE.fromstring(s)',
  'xml content model':
    'import xml.etree.ElementTree as E\nE.fromstring("<!DOCTYPE a [<!ELEMENT a " + "(" * DEPTH + "a" + ")" * DEPTH + ">]><a/>")',
  'regular expression': 'import re\nre.compile("(" * DEPTH + ")" * DEPTH)',
  're backtrack':
    'import re\nre.match("(?:a|b)*c", "ab" * 100000)\nre.match("((a)|b)*?c", "ab" * 100000)',
  'exception chain':
    'def f(n):\n  try:\n    raise ValueError(n)\n  except ValueError as e:\n    err = e\n  return err\nlast = None\nfor i in range(20000):\n  e = f(i)\n  e.__cause__ = last\n  last = e\nraise last',
  'exception groups':
    'e = ValueError()\nfor _ in range(DEPTH): e = ExceptionGroup("g", [e])\nraise e',
  'group split':
    'e = ValueError()\nfor _ in range(DEPTH): e = ExceptionGroup("g", [e])\ne.split(TypeError)',
  'raise in except': 'def f():\n  try: 1/0\n  except ZeroDivisionError: f()\nf()',
  'many bases': 'C = object\nfor i in range(2000): C = type("C", (C,), {})\nC()',
  'subclass check':
    'import abc\nC = abc.ABC\nfor i in range(2000): C = type("C", (C,), {})\nissubclass(int, abc.ABC)',
  'json indent': `import json\n${NESTED}json.dumps(nested, indent=1)`,
  'sqlite parentheses':
    'import sqlite3\nsqlite3.connect(":memory:").execute("select " + "(" * DEPTH + "1" + ")" * DEPTH)',
  'sqlite plus': 'import sqlite3\nsqlite3.connect(":memory:").execute("select 1" + "+1" * DEPTH)',
  'sqlite function':
    'import sqlite3, sys\nsys.setrecursionlimit(10**9)\nc = sqlite3.connect(":memory:")\nc.create_function("f", 0, lambda: c.execute("select f()").fetchone()[0])\nc.execute("select f()").fetchone()',
  'big int':
    'import sys\nsys.set_int_max_str_digits(0)\nx = 10 ** 300000\nlen(str(x)); int(str(x))',
  'asyncio tasks':
    'import asyncio, sys\nsys.setrecursionlimit(10**9)\nasync def f(): await f()\nasyncio.run(f())',
  'import loop':
    'import sys\nsys.setrecursionlimit(10**9)\ndef f(*a): __import__("nonexistent")\nclass F:\n  @staticmethod\n  def find_spec(*a): f()\nsys.meta_path.insert(0, F)\nf()',
  'print object':
    'import sys\nsys.setrecursionlimit(10**9)\nclass W:\n  def write(self, t): print(t)\nsys.stdout = W()\nprint(1)',
  'set in set': 's = frozenset()\nfor _ in range(DEPTH): s = frozenset([s])\nhash(s); repr(s)',
  'weakref callbacks':
    'import weakref, sys\nsys.setrecursionlimit(10**9)\nclass A: pass\nkeep = []\ndef cb(r):\n  a = A(); keep.append(weakref.ref(a, cb)); del a\ncb(None)',
};
