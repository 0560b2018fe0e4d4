import wabt from 'wabt';

/** WebAssembly text as a module, with the features that every engine of ours has. */
export async function assemble(text: string): Promise<WebAssembly.Module> {
  const assembler = await wabt();
  const parsed = assembler.parseWat('hostile.wat', text, { exceptions: true });
  try {
    return await WebAssembly.compile(new Uint8Array(parsed.toBinary({}).buffer));
  } finally {
    parsed.destroy();
  }
}
