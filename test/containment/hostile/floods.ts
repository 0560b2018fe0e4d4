import { callBody, guestWat } from './guestWat.js';
import { wat } from './wat.js';

/** Sends the reports of each kind, and of none, so many times; ends with how many were taken. */
export const REPORT_FLOOD_WAT = guestWat({
  imports: ['report'],
  ...callBody(
    wat`(local.set $left (i32.load (local.get $source)))
    (loop $next
      (local.set $taken (i32.add (local.get $taken) (i32.add
        (i32.eqz (call $report (i32.const 1) (i32.const 0) (i32.const 100)))
        (i32.eqz (call $report (i32.const 2) (i32.const 0) (i32.const 3))))))
      ;; Kinds that there are not, memory that there is not, and more than a report may be.
      (local.set $taken (i32.add (local.get $taken) (i32.add
        (i32.eqz (call $report (i32.const 4) (i32.const 0) (i32.const 1)))
        (i32.eqz (call $report (i32.const 1) (i32.const -1) (i32.const 2))))))
      (local.set $taken (i32.add (local.get $taken) (i32.add
        (i32.eqz (call $report (i32.const 3) (i32.const 0) (i32.const 513)))
        (i32.eqz (call $report (i32.const 2) (i32.const 0) (i32.const 524289))))))
      (br_if $next (local.tee $left (i32.sub (local.get $left) (i32.const 1)))))
    (local.get $taken)`,
    '(local $left i32) (local $taken i32)',
  ),
  rest: '(data (i32.const 0) "abc")',
});

/** Reports so many refused calls, each on another target. */
export const REFUSED_FLOOD_WAT = guestWat({
  imports: ['report'],
  ...callBody(
    wat`(local.set $left (i32.load (local.get $source)))
    (loop $next
      (i32.store8 (i32.const 2) (i32.add (i32.const 0x41) (i32.and (local.get $left) (i32.const 15))))
      (i32.store8 (i32.const 3) (i32.add (i32.const 0x41)
        (i32.and (i32.shr_u (local.get $left) (i32.const 4)) (i32.const 15))))
      (i32.store8 (i32.const 4) (i32.add (i32.const 0x41)
        (i32.and (i32.shr_u (local.get $left) (i32.const 8)) (i32.const 15))))
      (drop (call $report (i32.const 3) (i32.const 0) (i32.const 8)))
      (br_if $next (local.tee $left (i32.sub (local.get $left) (i32.const 1)))))
    (i32.const 0)`,
    '(local $left i32)',
  ),
  rest: '(data (i32.const 0) "x\\00___\\0044")',
});

/** Writes to both streams in turn, a byte at a time and nothing at all in between, without end. */
export const OUTPUT_FLOOD_WAT = guestWat({
  imports: ['fd_write'],
  ...callBody(`(i32.store (i32.const 4) (i32.const 1))
    (loop $next
      (drop (call $fd_write (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 64)))
      (drop (call $fd_write (i32.const 1) (i32.const 0) (i32.const 0) (i32.const 64)))
      (drop (call $fd_write (i32.const 2) (i32.const 0) (i32.const 1) (i32.const 64)))
      (br $next))
    (i32.const 0)`),
});

/** Polls a million times as the eval loop does, and a million times as C code does. */
export const POLL_FLOOD_WAT = guestWat({
  imports: ['poll'],
  ...callBody(
    `(local.set $left (i32.const 1000000))
    (loop $next
      (drop (call $poll (i32.const 0)))
      (drop (call $poll (i32.const 1)))
      (br_if $next (local.tee $left (i32.sub (local.get $left) (i32.const 1)))))
    (i32.const 0)`,
    '(local $left i32)',
  ),
});

/** Says that it is there, then sleeps as long as can be said; ends with what the sleep answered. */
export const SLEEP_WAT = guestWat({
  imports: ['fd_write', 'poll_oneoff'],
  ...callBody(`(i32.store (i32.const 4) (i32.const 1))
    (drop (call $fd_write (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 64)))
    (i64.store (i32.const 1048) (i64.const -1))
    (call $poll_oneoff (i32.const 1024) (i32.const 2048) (i32.const 1) (i32.const 64))`),
});

/** Catches whatever the host throws through it, and goes on without end. */
export const CATCHING_WAT = guestWat({
  imports: ['proc_exit', 'poll'],
  ...callBody(`(loop $ever
      (try (do (call $proc_exit (i32.const 3))) (catch_all))
      (try (do (drop (call $poll (i32.const 0)))) (catch_all))
      (br $ever))
    (i32.const 0)`),
});

/** Starts as it should, unless it has an environment: then it never comes to be ready. */
export const NEVER_READY_WAT = guestWat({
  imports: ['environ_sizes_get'],
  rest: `(func $start
    (drop (call $environ_sizes_get (i32.const 0) (i32.const 4)))
    (loop $ever (br_if $ever (i32.load (i32.const 0)))))
  (start $start)`,
});
