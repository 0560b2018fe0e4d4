import { py } from './py.js';

/**
 * Python that goes before an attempt's own: the interpreter is taken over. Bytecode that reads past
 * its constants finds a bytearray which never was one, and through it all of the linear memory can
 * be read and written: `memory[at(address)]`. Reading past the end of that memory traps.
 */
export const FORGE_MEMORY = `${py`
  import opcode, struct
  def forge_memory():
      header = bytes.__basicsize__ - 1
      fake = struct.pack('<7I', 5 << 28, id(bytearray), 2**31 - 1, 2**31 - 1, 16, 16, 0)
      pointer = struct.pack('<I', id(fake) + header)
      constants = None,
      index = (id(pointer) + header - id(constants) - tuple.__basicsize__) // 4 % 2**32
      code = [opcode.opmap['RESUME'], 0]
      for shift in (24, 16, 8): code += opcode.opmap['EXTENDED_ARG'], index >> shift & 255
      code += opcode.opmap['LOAD_CONST'], index & 255, opcode.opmap['RETURN_VALUE'], 0
      def read(): return fake, pointer
      forged = (lambda: 0).__code__.replace(co_code=bytes(code), co_consts=constants, co_stacksize=9)
      return type(read)(forged, {})(), fake, pointer, constants
  memory, *kept = forge_memory()
  def at(address): return address - 16
  def word(address): return struct.unpack('<I', memory[at(address):at(address) + 4])[0]
  def put(address, value): memory[at(address):at(address) + 4] = struct.pack('<I', value)
`}\n`;
