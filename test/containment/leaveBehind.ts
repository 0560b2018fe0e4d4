import { py } from './py.js';

/** Leaves something of itself wherever there is a place for it. */
export const PLANT = `${py`
  import atexit, builtins, codecs, gc, io, json, math, os, sys, types, warnings
  secret = (0x706c616e7465642d62792d72756e2d41).to_bytes(16, 'big')
  kept = [bytes(secret) + str(number).encode() for number in range(20_000)]
  sys.modules['planted'] = types.ModuleType('planted')
  json.planted = math.planted = builtins.planted = os.environ['PLANTED'] = 'planted'
  gc.get_referents(str.__dict__)[0]['planted'] = 'planted'
  os.makedirs('/tmp/planted/deep')
  stream = open('/workspace/planted.py', 'w'); stream.write('print("planted")')
  hidden = os.open('/tmp/unlinked', os.O_CREAT | os.O_RDWR); os.write(hidden, secret); os.unlink('/tmp/unlinked')
  os.chdir('/tmp/planted/deep')
  sys.setrecursionlimit(500); sys.excepthook = sys.displayhook = print; sys.stdout.reconfigure(errors='replace')
  sys.path.append('/tmp/planted'); sys.argv.append('planted'); sys.meta_path.clear()
  warnings.simplefilter('error'); codecs.register_error('strict', codecs.ignore_errors)
  gc.callbacks.append(print); gc.set_threshold(1, 1, 1); gc.disable(); gc.callbacks.clear()
  @atexit.register
  def last(): print('planted')
`}\n`;

/** Looks into all those places, and reports what is not as it is in an interpreter nobody used. */
export const LOOK = py`
  import builtins, codecs, gc, json, math, os, sys, warnings
  found = {
      'modules': 'planted' in sys.modules, 'attributes': [thing for thing in (json, math, builtins, str) if hasattr(thing, 'planted')],
      'environment': dict(os.environ), 'arguments': sys.argv[1:], 'folder': os.getcwd() != '/workspace',
      'files': os.listdir('/tmp') + os.listdir('/workspace'), 'descriptors': os.open('/tmp', os.O_RDONLY) - 4,
      'limits': sys.getrecursionlimit() != 1000, 'path': [entry for entry in sys.path if 'planted' in entry],
      'finders': len(sys.meta_path) != 3, 'hooks': sys.excepthook is print or sys.displayhook is print,
      'errors': sys.stdout.errors != 'surrogateescape' or codecs.lookup_error('strict') is not codecs.strict_errors,
      'collector': gc.callbacks or not gc.isenabled() or gc.get_threshold()[0] == 1,
      'warnings': any(entry[0] == 'error' for entry in warnings.filters), 'globals': {'secret', 'kept', 'stream'} & {*globals()},
  }
  print({place: what for place, what in found.items() if what})
`;
