import { guestWat } from './guestWat.js';
import { IMPORTS, parameterTypes } from './imports.js';
import { wat } from './wat.js';

/** A call whose parameters are not of the types that the import should have. */
export interface WrongCall {
  readonly name: string;
  readonly types: readonly string[];
  readonly value: string;
}

const VALUES: readonly (readonly [type: string, value: string])[] = [
  ['i32', '(i32.const 3)'],
  ['i64', '(i64.const 3)'],
  ['i64', '(i64.const -1)'],
  ['f64', '(f64.const nan)'],
  ['f64', '(f64.const -1e300)'],
  ['f32', '(f32.const 3.5)'],
  ['funcref', '(ref.null func)'],
  ['externref', '(ref.null extern)'],
];

/**
 * A guest may declare an import with any types: what it calls is JavaScript. Every import of WASI,
 * with every one of these values for each of its parameters, with twice as many, and with none.
 */
export const WRONG_CALLS: readonly WrongCall[] = IMPORTS.filter(
  ({ module, name }) => module === 'wasi_snapshot_preview1' && name !== 'proc_exit',
).flatMap((spec) => {
  const count = parameterTypes(spec).length;
  // With a count of subscriptions that is no number it waits for the first of none: as long as it
  // is let.
  const values = VALUES.filter(([type]) => spec.name !== 'poll_oneoff' || !type.endsWith('ref'));
  const wrong = values.map(([type, value]) => ({
    name: spec.name,
    types: Array<string>(count).fill(type),
    value,
  }));
  const twice = Array<string>(2 * count).fill('i32');
  return [
    ...wrong,
    { name: spec.name, types: twice, value: '(i32.const 3)' },
    { name: spec.name, types: [], value: '' },
  ];
});

/** Where the answers go: above what the calls can reach by accident. */
const ANSWERS_AT = 300_000;
/** Makes an answer a printable character. */
export const ANSWER_BASE = 0x20;

/** Makes all the calls, and reports a character for each answer. */
export const WRONG_TYPES_WAT = guestWat({
  imports: ['report'],
  rt_call: wat`(func (export "rt_call") (param i32 i32) (result i32)
    ${WRONG_CALLS.map(
      ({ types, value }, index) =>
        wat`(i32.store8 (i32.const ${ANSWERS_AT + index}) (i32.add (i32.const ${ANSWER_BASE})
          (call $wrong${index} ${types.map(() => value).join(' ')})))`,
    ).join('\n    ')}
    (drop (call $report (i32.const 2) (i32.const ${ANSWERS_AT}) (i32.const ${WRONG_CALLS.length})))
    (i32.const 0))`,
}).replace(
  '(module',
  `(module ${WRONG_CALLS.map(({ name, types }, index) => {
    const parameters = types.length === 0 ? '' : `(param ${types.join(' ')})`;
    return `(import "wasi_snapshot_preview1" "${name}" (func $wrong${String(index)} ${parameters} (result i32)))`;
  }).join('\n  ')}`,
);
