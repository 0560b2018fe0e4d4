import { callBody, guestWat } from './guestWat.js';
import { wat } from './wat.js';

/** The quota of the attack: as much as one of its two files has. */
export const STACK_ATTACK_FILE_BYTES = 1000;

const open = (path: number): string =>
  wat`(drop (call $path_open (i32.const 3) (i32.const 0) (i32.const ${path}) (i32.const 5)
    (i32.const 1) (i64.const 66) (i64.const 0) (i32.const 0) (i32.const 64)))`;
const resize = (descriptor: number, bytes: number): string =>
  wat`(call $fd_filestat_set_size (i32.const ${descriptor}) (i64.const ${bytes}))`;

/**
 * Calls the host from deeper and deeper in the stack, until there is none left in the middle of the
 * host's own work, and looks whether that work was left half done. First it fills the log of refused
 * calls, so that noting a failure takes no stack. The source holds from which depth to call, and at
 * which to turn back.
 *
 * If a call failed that cannot, it prints `!` where a file kept its content but not its place in the
 * quota, else `?`. It always ends with -1, so that the next run gets a new worker.
 */
export const STACK_ATTACK_WAT = guestWat({
  imports: [
    'path_open',
    'path_create_directory',
    'fd_filestat_set_size',
    'fd_filestat_get',
    'fd_write',
  ],
  ...callBody(
    wat`(local.set $i (i32.const 100))
    (loop $refused
      (i32.store8 (i32.const 36) (local.get $i))
      (drop (call $path_create_directory (i32.const 3) (i32.const 32) (i32.const 5)))
      (local.set $i (i32.sub (local.get $i) (i32.const 1)))
      (br_if $refused (i32.gt_u (local.get $i) (i32.const 10))))
    ${open(0)} ${open(16)}
    (drop ${resize(4, 99_999_999)})
    (global.set $turn (i32.load offset=4 (local.get $source)))
    (if (call $down (i32.load (local.get $source)) (i32.const 0)) (then
      (drop (call $fd_filestat_get (i32.const 4) (i32.const 512)))
      (i32.store8 (i32.const 128) (select (i32.const 0x21) (i32.const 0x3f)
        (i32.and (i64.eq (i64.load (i32.const 544)) (i64.const ${STACK_ATTACK_FILE_BYTES}))
          (i32.eqz ${resize(5, STACK_ATTACK_FILE_BYTES)}))))
      (i32.store (i32.const 256) (i32.const 128))
      (i32.store (i32.const 260) (i32.const 1))
      (drop (call $fd_write (i32.const 1) (i32.const 256) (i32.const 1) (i32.const 64)))))
    (i32.const -1)`,
    '(local $i i32)',
  ),
  rest: wat`
  (data (i32.const 0) "tmp/a") (data (i32.const 16) "tmp/b") (data (i32.const 32) "usr/_")
  (global $turn (mut i32) (i32.const 0))
  (func $empty (result i32)
    (drop ${resize(4, STACK_ATTACK_FILE_BYTES)})
    ${resize(4, 0)})
  (func $down (param $from i32) (param $depth i32) (result i32)
    (if (i32.ge_u (local.get $depth) (local.get $from)) (then
      (if (call $empty) (then (return (i32.const 1))))))
    (if (result i32) (i32.eq (local.get $depth) (global.get $turn))
      (then (i32.const 0))
      (else (i32.add (i32.const 0)
        (call $down (local.get $from) (i32.add (local.get $depth) (i32.const 1)))))))`,
});
