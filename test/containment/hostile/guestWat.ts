import { IMPORTS, parameterTypes } from './imports.js';

/** What a guest must export, one piece each, so that a test can take one away or forge it. */
const EXPORTS = {
  __stack_pointer: '(global (export "__stack_pointer") (mut i32) (i32.const 0))',
  rt_buffer: '(func (export "rt_buffer") (param i32) (result i32) (i32.const 65536))',
  rt_restored: '(func (export "rt_restored") (param i32) (result i32) (i32.const 0))',
  rt_stack_limit: '(func (export "rt_stack_limit") (param i32) (result i32) (i32.const 0))',
  rt_call: '(func (export "rt_call") (param i32 i32) (result i32) (i32.const 0))',
};

/** Pieces that stand instead of the sound ones; empty to leave one out. */
export type GuestPieces = Partial<typeof EXPORTS> & {
  /** Names of imports, known by these names in the rest. */
  readonly imports?: readonly string[];
  readonly memory?: string;
  readonly rest?: string;
};

/** A small guest in WebAssembly text. Its memory is of {@link GUEST_PAGES} pages. */
export function guestWat({ imports = [], memory, rest = '', ...given }: GuestPieces): string {
  const imported = imports.map((name) => {
    const spec = IMPORTS.find((one) => one.name === name);
    if (spec === undefined) throw new Error(`there is no import ${name}`);
    const types = parameterTypes(spec).join(' ');
    const result = name === 'proc_exit' ? '' : '(result i32)';
    const type = types === '' ? result : `(param ${types}) ${result}`;
    return `(import "${spec.module}" "${name}" (func $${name} ${type}))`;
  });
  return `(module
  ${imported.join('\n  ')}
  ${memory ?? '(import "env" "memory" (memory 1))'}
  ${Object.values({ ...EXPORTS, ...given }).join('\n  ')}
  ${rest})`;
}

/** An `rt_call` of this body. The request's source begins at the local `$source`. */
export function callBody(body: string, locals = ''): { readonly rt_call: string } {
  return {
    rt_call: `(func (export "rt_call") (param i32 i32) (result i32) (local $source i32) ${locals}
    (local.set $source (i32.add (i32.const 65540) (i32.load (i32.const 65536))))
    ${body})`,
  };
}

export const GUEST_PAGES = 8;
