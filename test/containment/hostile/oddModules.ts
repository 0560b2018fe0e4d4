import type { PolicyOptions } from '../../../src/engine/policy.js';
import { callBody, guestWat, GUEST_PAGES } from './guestWat.js';
import { createImage } from './image.js';
import { wat } from './wat.js';

/** A guest that is not what the host expects, and what a run of it must come to. */
export interface OddModule {
  readonly name: string;
  readonly wat: string;
  readonly image?: Uint8Array;
  readonly policy?: PolicyOptions;
  /** Without what differs from engine to engine: the texts of its own errors. */
  readonly outcome: Readonly<Record<string, unknown>>;
  /** Whether the same worker serves the next run. */
  readonly keepsWorker: boolean;
}

const failed = (detail?: string): OddModule['outcome'] => ({
  kind: 'failed',
  code: 'interpreter',
  ...(detail === undefined ? {} : { detail }),
});
const corrupt = (detail: string): OddModule['outcome'] => ({
  kind: 'failed',
  code: 'runtimeCorrupt',
  detail,
});
const exited = (code: number): OddModule['outcome'] => ({ kind: 'exited', code });

/** Guests that never come to run a program. */
const UNPREPARED: readonly OddModule[] = [
  {
    name: 'whose start function traps',
    wat: guestWat({ rest: '(func $start (unreachable)) (start $start)' }),
    outcome: failed('unreachable'),
  },
  {
    name: 'whose start function exits',
    wat: guestWat({
      imports: ['proc_exit'],
      rest: '(func $start (call $proc_exit (i32.const 0))) (start $start)',
    }),
    outcome: failed('exit'),
  },
  {
    name: 'without rt_buffer',
    wat: guestWat({ rt_buffer: '' }),
    outcome: failed('python.wasm does not export rt_buffer'),
  },
  {
    name: 'without rt_restored',
    wat: guestWat({ rt_restored: '' }),
    outcome: failed('python.wasm does not export rt_restored'),
  },
  {
    name: 'whose rt_stack_limit is a memory',
    wat: guestWat({ rt_stack_limit: '(export "rt_stack_limit" (memory 0))' }),
    outcome: failed('python.wasm does not export rt_stack_limit'),
  },
  { name: 'without a stack pointer', wat: guestWat({ __stack_pointer: '' }), outcome: failed() },
  {
    name: 'whose stack pointer cannot be set',
    wat: guestWat({ __stack_pointer: '(global (export "__stack_pointer") i32 (i32.const 0))' }),
    outcome: failed(),
  },
  {
    name: 'that does not wake up',
    wat: guestWat({
      rt_restored: '(func (export "rt_restored") (param i32) (result i32) (i32.const 1))',
    }),
    outcome: failed('the interpreter did not wake up: 1'),
  },
  {
    name: 'that has no room for the entropy',
    wat: guestWat({
      rt_buffer: '(func (export "rt_buffer") (param i32) (result i32) (i32.const 0))',
    }),
    outcome: failed('the request does not fit into the memory'),
  },
  {
    name: 'that wants the entropy outside of its memory',
    wat: guestWat({
      rt_buffer: '(func (export "rt_buffer") (param i32) (result i32) (i32.const -1))',
    }),
    outcome: failed(),
  },
  {
    name: 'that imports what nobody serves',
    wat: guestWat({ rest: '' }).replace(
      '(module',
      '(module (import "host" "eval" (func (param i32) (result i32)))',
    ),
    outcome: failed(),
  },
  {
    name: 'that brings a memory of its own kind',
    wat: guestWat({ memory: '(import "env" "memory" (memory 1 1))' }),
    outcome: failed(),
  },
  {
    name: 'with an image of something else',
    wat: guestWat({}),
    image: createImage(65_536, [], { magic: 0x6d736100 }),
    outcome: corrupt('not a snapshot'),
  },
  {
    name: 'with an image of another version',
    wat: guestWat({}),
    image: createImage(65_536, [], { version: 2 }),
    outcome: corrupt('another version'),
  },
  {
    name: 'with an image that is cut off',
    wat: guestWat({}),
    image: createImage(65_536, [{ at: 0, bytes: new Uint8Array(100) }]).slice(0, -1),
    outcome: corrupt('cut off'),
  },
  {
    name: 'with an image that reaches beyond the memory',
    wat: guestWat({}),
    image: createImage(65_536, [{ at: 65_500, bytes: new Uint8Array(100) }]),
    outcome: corrupt('cut off'),
  },
  {
    name: 'with an image of nothing at all',
    wat: guestWat({}),
    image: new Uint8Array(),
    outcome: corrupt('not a snapshot'),
  },
].map((one) => ({ keepsWorker: false, ...one }));

/** `rt_call`, as something else. */
const call = (signature: string, body: string): { readonly rt_call: string } => ({
  rt_call: `(func (export "rt_call") ${signature} ${body})`,
});
const answering = (status: string): string =>
  guestWat(call('(param i32 i32) (result i32)', `(i32.const ${status})`));

/** Guests whose `rt_call` is odd, or answers oddly. */
const ODD_CALLS: readonly OddModule[] = [
  {
    name: 'without rt_call',
    wat: guestWat({ rt_call: '' }),
    outcome: { kind: 'trapped', trap: 'other' },
  },
  {
    name: 'whose rt_call is a global',
    wat: guestWat({ rt_call: '(global (export "rt_call") i32 (i32.const 0))' }),
    outcome: { kind: 'trapped', trap: 'other' },
  },
  {
    name: 'whose rt_call is a table',
    wat: guestWat({ rt_call: '(table (export "rt_call") 1 funcref)' }),
    outcome: { kind: 'trapped', trap: 'other' },
  },
  {
    name: 'whose rt_call takes what it is not given',
    wat: guestWat(call('(param i64 i64) (result i32)', '(i32.const 0)')),
    outcome: { kind: 'trapped', trap: 'other' },
  },
  {
    name: 'whose rt_call answers with 64 bits',
    wat: guestWat(call('(param i32 i32) (result i64)', '(i64.const 1)')),
    outcome: { kind: 'trapped', trap: 'other' },
  },
  {
    name: 'whose rt_call answers nothing',
    wat: guestWat(call('(param i32 i32)', '')),
    outcome: exited(0),
  },
  {
    name: 'whose rt_call answers what is not a number',
    wat: guestWat(call('(param i32 i32) (result f64)', '(f64.const nan)')),
    outcome: exited(0),
  },
  {
    name: 'whose rt_call answers two numbers',
    wat: guestWat(call('(param i32 i32) (result i32 i32)', '(i32.const 3) (i32.const 4)')),
    outcome: exited(0),
  },
  {
    name: 'that has no room for the request',
    wat: guestWat({
      rt_buffer: `(func (export "rt_buffer") (param i32) (result i32)
        (select (i32.const 65536) (i32.const 0) (i32.eq (local.get 0) (i32.const 32))))`,
    }),
    outcome: { kind: 'trapped', detail: 'the request does not fit into the memory' },
  },
  {
    name: 'that wants the request outside of its memory',
    wat: guestWat({
      rt_buffer: `(func (export "rt_buffer") (param i32) (result i32)
        (select (i32.const 65536) (i32.const -16) (i32.eq (local.get 0) (i32.const 32))))`,
    }),
    outcome: { kind: 'trapped' },
  },
  { name: 'that answers 255', wat: answering('255'), outcome: exited(255) },
  {
    name: 'that answers with bits of no meaning',
    wat: answering('0x7ffff803'),
    outcome: exited(3),
  },
  {
    name: 'that claims to have run out of memory',
    wat: answering('0x300'),
    outcome: { kind: 'limitExceeded', limit: 'memory', limitBytes: 512 * 1024 * 1024 },
  },
  {
    name: 'that claims to have been interrupted, which nobody asked for',
    wat: answering('0x501'),
    outcome: exited(1),
  },
  {
    name: 'that exits with more than a code',
    wat: guestWat({
      imports: ['proc_exit'],
      ...callBody('(call $proc_exit (i32.const 0x1234567)) (unreachable)'),
    }),
    outcome: exited(0x67),
  },
].map((one) => ({ keepsWorker: true, ...one }));

const NEGATIVE: readonly OddModule[] = ['-1', '0x80000000', '-256'].map((status) => ({
  name: `that answers ${status}`,
  wat: answering(status),
  outcome: failed(`rt_call returned ${String(Number(status) | 0)}`),
  keepsWorker: false,
}));

const trapping = (name: string, trap: string, body: string, rest = ''): OddModule => ({
  name,
  wat: guestWat({ ...callBody(body), rest }),
  outcome: { kind: 'trapped', trap },
  keepsWorker: true,
});

/** Guests that WebAssembly itself gives up on. */
const TRAPS: readonly OddModule[] = [
  trapping('that reaches what cannot be reached', 'unreachable', '(unreachable)'),
  trapping('that divides by zero', 'other', '(i32.div_u (i32.const 1) (i32.const 0))'),
  trapping('that reads past its memory', 'memoryAccess', '(i32.load (i32.const -4))'),
  trapping(
    'that calls what is not there',
    'other',
    '(call_indirect (result i32) (i32.const 0))',
    '(table 1 funcref)',
  ),
  trapping('that throws an exception of its own', 'other', '(throw $mine)', '(tag $mine)'),
  trapping(
    'that calls itself without end',
    'stackOverflow',
    '(call $deeper (i32.const 0))',
    '(func $deeper (param i32) (result i32) (i32.add (i32.const 1) (call $deeper (local.get 0))))',
  ),
];

const LIMIT_BYTES = 64 * 1024 * 1024;
const ALL_PAGES = LIMIT_BYTES / 65_536;

/** A report whose numbers are not of the kind that they should be. */
const WRONG_REPORT: OddModule = {
  name: 'that reports with 64-bit numbers',
  wat: guestWat(callBody('(call $wrong (i64.const 1) (i64.const 0) (i64.const 4))')).replace(
    '(module',
    '(module (import "rt" "report" (func $wrong (param i64 i64 i64) (result i32)))',
  ),
  outcome: { kind: 'trapped', trap: 'other' },
  keepsWorker: true,
};

/** Guests that take all they can get. */
const GREEDY: readonly OddModule[] = [
  {
    name: 'that grows its memory to the limit, uses the last byte, and asks for more',
    wat: guestWat(
      callBody(wat`(drop (memory.grow (i32.const ${ALL_PAGES - GUEST_PAGES})))
        (i32.store8 (i32.const ${LIMIT_BYTES - 1}) (i32.const 1))
        (i32.and (memory.grow (i32.const 1)) (i32.const 255))`),
    ),
    policy: { limits: { memoryBytes: LIMIT_BYTES + 1000 } },
    outcome: exited(255),
    keepsWorker: true,
  },
  {
    name: 'that never comes back',
    wat: guestWat(callBody('(loop $ever (br $ever)) (i32.const 0)')),
    policy: { limits: { timeoutMs: 50 } },
    outcome: { kind: 'timedOut', limitMs: 50 },
    keepsWorker: false,
  },
  {
    name: 'that burns fuel without end',
    wat: guestWat({
      imports: ['poll'],
      ...callBody('(loop $ever (drop (call $poll (i32.const 0))) (br $ever)) (i32.const 0)'),
    }),
    policy: { limits: { fuel: 1_000_000 } },
    outcome: { kind: 'limitExceeded', limit: 'fuel', limitTicks: 1_000_000 },
    keepsWorker: true,
  },
];

export const ODD_MODULES: readonly OddModule[] = [
  ...UNPREPARED,
  ...ODD_CALLS,
  ...NEGATIVE,
  ...TRAPS,
  WRONG_REPORT,
  ...GREEDY,
];
