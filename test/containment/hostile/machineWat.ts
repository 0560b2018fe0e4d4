import { IMPORTS, parameterTypes, type ImportSpec } from './imports.js';
import { wat } from './wat.js';

const PAGE = 65_536;

/**
 * The memory of the script machine. The hostile calls may name the two arenas and whatever lies
 * outside of the memory; each arena has a shadow that says what it must hold. What is between is the
 * machine's own: no call names it, so no call may change it.
 */
export const LAYOUT = {
  arenaBytes: PAGE,
  lowArena: 0,
  lowShadow: PAGE,
  request: 2 * PAGE,
  requestBytes: 2 * PAGE,
  results: 4 * PAGE,
  guard: 5 * PAGE,
  highShadow: 6 * PAGE,
  highArena: 7 * PAGE,
  memoryBytes: 8 * PAGE,
} as const;

/** What the guard page and the arenas hold in the image. */
export const GUARD_BYTE = 0xc7;

/** The machine's instructions; each is a word, its operands follow. */
export const OPCODE = { end: 0, call: 1, poke: 2, reset: 3, dump: 4, compare: 5 } as const;

/** An import's arguments take as many words of 8 bytes in a script. */
export const ARGUMENT_SLOTS = 9;

const typeText = (spec: ImportSpec): string => {
  const types = parameterTypes(spec).join(' ');
  return `${types === '' ? '' : `(param ${types})`} ${spec.name === 'proc_exit' ? '' : '(result i32)'}`;
};
const importText = (spec: ImportSpec): string =>
  `(import "${spec.module}" "${spec.name}" (func $${spec.module}.${spec.name} ${typeText(spec)}))`;

/** Loads the arguments from a script and calls. */
function callText(spec: ImportSpec): string {
  const values = parameterTypes(spec).map((type, index) => {
    const load = `(i64.load offset=${String(index * 8)} (local.get $at))`;
    return type === 'i64' ? load : `(i32.wrap_i64 ${load})`;
  });
  const call = `(call $${spec.module}.${spec.name} ${values.join(' ')})`;
  return spec.name === 'proc_exit' ? `${call} (unreachable)` : `(return ${call})`;
}

/** `all[i]` is run for `$import` = i. */
function switchText(all: readonly string[]): string {
  const labels = all.map((_, index) => `$case${String(index)}`);
  const table = `(br_table ${labels.join(' ')} (local.get $import))`;
  return all.reduce(
    (inside, body, index) => `(block $case${String(index)} ${inside}) ${body}`,
    table,
  );
}

/**
 * A guest that calls what the request tells it to, compares its memory after each call with what it
 * must be, and reports what came back as its value, in hexadecimal digits.
 */
export const MACHINE_WAT = wat`(module
  ${IMPORTS.map(importText).join('\n  ')}
  (import "env" "memory" (memory 1))
  (global (export "__stack_pointer") (mut i32) (i32.const 0))
  (global $out (mut i32) (i32.const ${LAYOUT.results}))

  (func (export "rt_buffer") (param $size i32) (result i32)
    (select (i32.const ${LAYOUT.request}) (i32.const 0)
      (i32.le_u (local.get $size) (i32.const ${LAYOUT.requestBytes}))))
  (func (export "rt_restored") (param i32) (result i32) (i32.const 0))
  (func (export "rt_stack_limit") (param i32) (result i32) (i32.const 0))

  (func $emitDigit (param $digit i32)
    (i32.store8 (global.get $out)
      (i32.add (local.get $digit)
        (select (i32.const 87) (i32.const 48) (i32.gt_u (local.get $digit) (i32.const 9)))))
    (global.set $out (i32.add (global.get $out) (i32.const 1))))
  (func $emitByte (param $byte i32)
    (call $emitDigit (i32.shr_u (local.get $byte) (i32.const 4)))
    (call $emitDigit (i32.and (local.get $byte) (i32.const 15))))
  (func $emitWord (param $word i32)
    (call $emitByte (i32.shr_u (local.get $word) (i32.const 24)))
    (call $emitByte (i32.and (i32.shr_u (local.get $word) (i32.const 16)) (i32.const 255)))
    (call $emitByte (i32.and (i32.shr_u (local.get $word) (i32.const 8)) (i32.const 255)))
    (call $emitByte (i32.and (local.get $word) (i32.const 255))))

  (func $shadowOf (param $address i32) (result i32)
    (select
      (i32.add (local.get $address) (i32.const ${LAYOUT.lowShadow - LAYOUT.lowArena}))
      (i32.sub (local.get $address) (i32.const ${LAYOUT.highArena - LAYOUT.highShadow}))
      (i32.lt_u (local.get $address) (i32.const ${LAYOUT.arenaBytes}))))

  ;; The first address from $at on that does not hold what $shadow does; -1 if there is none.
  (func $differs (param $at i32) (param $shadow i32) (result i32)
    (local $end i32)
    (local.set $end (i32.add (local.get $at) (i32.const ${LAYOUT.arenaBytes})))
    (loop $next
      (if (i64.ne (i64.load (local.get $at)) (i64.load (local.get $shadow)))
        (then (return (local.get $at))))
      (local.set $at (i32.add (local.get $at) (i32.const 8)))
      (local.set $shadow (i32.add (local.get $shadow) (i32.const 8)))
      (br_if $next (i32.lt_u (local.get $at) (local.get $end))))
    (i32.const -1))
  (func $guardDiffers (result i32)
    (local $at i32)
    (local.set $at (i32.const ${LAYOUT.guard}))
    (loop $next
      (if (i64.ne (i64.load (local.get $at)) (i64.const 0x${GUARD_BYTE.toString(16).repeat(8)}))
        (then (return (local.get $at))))
      (local.set $at (i32.add (local.get $at) (i32.const 8)))
      (br_if $next (i32.lt_u (local.get $at) (i32.const ${LAYOUT.guard + PAGE}))))
    (i32.const -1))
  (func $compare (result i32)
    (local $at i32)
    (local.set $at (call $differs (i32.const ${LAYOUT.lowArena}) (i32.const ${LAYOUT.lowShadow})))
    (if (i32.ne (local.get $at) (i32.const -1)) (then (return (local.get $at))))
    (local.set $at (call $differs (i32.const ${LAYOUT.highArena}) (i32.const ${LAYOUT.highShadow})))
    (if (i32.ne (local.get $at) (i32.const -1)) (then (return (local.get $at))))
    (call $guardDiffers))

  (func $invoke (param $import i32) (param $at i32) (result i32)
    ${switchText(IMPORTS.map(callText))}
    (unreachable))

  ;; Calls an import. What the call names as its results may change, and nothing else.
  (func $call (param $at i32) (result i32)
    (local $count i32) (local $address i32)
    (call $emitWord (call $invoke (i32.load (local.get $at))
      (i32.add (local.get $at) (i32.const 4))))
    (local.set $at (i32.add (local.get $at) (i32.const ${4 + 8 * ARGUMENT_SLOTS})))
    (local.set $count (i32.load (local.get $at)))
    (local.set $at (i32.add (local.get $at) (i32.const 4)))
    (block $done
      (loop $next
        (br_if $done (i32.eqz (local.get $count)))
        (local.set $address (i32.load (local.get $at)))
        (memory.copy (call $shadowOf (local.get $address)) (local.get $address)
          (i32.load offset=4 (local.get $at)))
        (local.set $at (i32.add (local.get $at) (i32.const 8)))
        (local.set $count (i32.sub (local.get $count) (i32.const 1)))
        (br $next)))
    (call $emitWord (call $compare))
    (local.get $at))

  (func $poke (param $at i32) (result i32)
    (local $address i32) (local $length i32)
    (local.set $address (i32.load (local.get $at)))
    (local.set $length (i32.load offset=4 (local.get $at)))
    (memory.copy (local.get $address) (i32.add (local.get $at) (i32.const 8)) (local.get $length))
    (memory.copy (call $shadowOf (local.get $address)) (local.get $address) (local.get $length))
    (i32.add (local.get $at) (i32.add (i32.const 8) (local.get $length))))

  (func $reset (param $at i32) (result i32)
    (memory.fill (i32.const ${LAYOUT.lowArena}) (i32.load (local.get $at)) (i32.const ${2 * PAGE}))
    (memory.fill (i32.const ${LAYOUT.highShadow}) (i32.load (local.get $at)) (i32.const ${2 * PAGE}))
    (i32.add (local.get $at) (i32.const 4)))

  (func $dump (param $at i32) (result i32)
    (local $from i32) (local $end i32)
    (local.set $from (i32.load (local.get $at)))
    (local.set $end (i32.add (local.get $from) (i32.load offset=4 (local.get $at))))
    (block $done
      (loop $next
        (br_if $done (i32.ge_u (local.get $from) (local.get $end)))
        (call $emitByte (i32.load8_u (local.get $from)))
        (local.set $from (i32.add (local.get $from) (i32.const 1)))
        (br $next)))
    (i32.add (local.get $at) (i32.const 8)))

  (func (export "rt_call") (param i32 i32) (result i32)
    (local $at i32) (local $opcode i32)
    (local.set $at (i32.add (i32.const ${LAYOUT.request + 4})
      (i32.load (i32.const ${LAYOUT.request}))))
    (loop $next
      (local.set $opcode (i32.load (local.get $at)))
      (local.set $at (i32.add (local.get $at) (i32.const 4)))
      (if (i32.eq (local.get $opcode) (i32.const ${OPCODE.call}))
        (then (local.set $at (call $call (local.get $at))) (br $next)))
      (if (i32.eq (local.get $opcode) (i32.const ${OPCODE.poke}))
        (then (local.set $at (call $poke (local.get $at))) (br $next)))
      (if (i32.eq (local.get $opcode) (i32.const ${OPCODE.reset}))
        (then (local.set $at (call $reset (local.get $at))) (br $next)))
      (if (i32.eq (local.get $opcode) (i32.const ${OPCODE.dump}))
        (then (local.set $at (call $dump (local.get $at))) (br $next)))
      (if (i32.eq (local.get $opcode) (i32.const ${OPCODE.compare}))
        (then (call $emitWord (call $compare)) (br $next))))
    (drop (call $rt.report (i32.const 2) (i32.const ${LAYOUT.results})
      (i32.sub (global.get $out) (i32.const ${LAYOUT.results}))))
    (i32.const 0)))`;
