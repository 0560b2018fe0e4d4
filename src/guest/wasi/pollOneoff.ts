import { wasi } from '@bjorn3/browser_wasi_shim';
import { ERRNO, FsError } from '../fs/fsError.js';
import type { GuestClock } from '../guestClock.js';
import type { Sleeper } from '../sleeper.js';
import type { GuestMemory } from './guestMemory.js';

const SUBSCRIPTION_BYTES = 48;
const EVENT_BYTES = 32;
const MAX_SUBSCRIPTIONS = 256;

interface Subscription {
  readonly userdata: bigint;
  readonly type: number;
  /** Milliseconds until a clock's time; 0 for descriptors, which are always ready. */
  readonly waitMs: number;
  readonly errno: number;
}

/**
 * WASI's poll_oneoff: waits for the earliest clock. Descriptors are always ready: all of them are
 * memory. The shim's own spins, and never says how many events there were.
 */
export function pollOneoff(
  [input, output, count, countOut]: readonly [number, number, number, number],
  host: {
    readonly memory: GuestMemory;
    readonly clock: GuestClock;
    readonly sleeper: Sleeper;
    readonly isOpen: (descriptor: number) => boolean;
  },
): number | Promise<number> {
  const { memory } = host;
  if (count === 0 || count > MAX_SUBSCRIPTIONS) throw new FsError(ERRNO.invalid);
  memory.require(output, count * EVENT_BYTES);
  memory.require(countOut, 4);
  const view = memory.view(input, count * SUBSCRIPTION_BYTES);
  const subscriptions = Array.from({ length: count }, (_, index) =>
    readSubscription(view, index * SUBSCRIPTION_BYTES, host),
  );
  const waitMs = Math.min(...subscriptions.map((subscription) => subscription.waitMs));
  const report = (elapsedMs: number): number => {
    const ready = subscriptions.filter((subscription) => subscription.waitMs <= elapsedMs);
    writeEvents(memory.view(output, count * EVENT_BYTES), ready);
    memory.view(countOut, 4).setUint32(0, ready.length, true);
    return ERRNO.success;
  };
  if (waitMs <= 0 && !host.sleeper.isSuspending) return report(0);
  return host.sleeper.sleep(Math.max(waitMs, 0), (interrupted) =>
    interrupted ? ERRNO.interrupted : report(Math.max(waitMs, 0)),
  );
}

function readSubscription(
  view: DataView,
  at: number,
  { clock, isOpen }: { clock: GuestClock; isOpen: (descriptor: number) => boolean },
): Subscription {
  const userdata = view.getBigUint64(at, true);
  const type = view.getUint8(at + 8);
  if (type === wasi.EVENTTYPE_FD_READ || type === wasi.EVENTTYPE_FD_WRITE) {
    const errno = isOpen(view.getUint32(at + 16, true)) ? ERRNO.success : ERRNO.badDescriptor;
    return { userdata, type, waitMs: 0, errno };
  }
  if (type !== wasi.EVENTTYPE_CLOCK) throw new FsError(ERRNO.invalid);
  const clockId = view.getUint32(at + 16, true);
  const isAbsolute =
    (view.getUint16(at + 40, true) & wasi.SUBCLOCKFLAGS_SUBSCRIPTION_CLOCK_ABSTIME) !== 0;
  const timeoutNs = view.getBigUint64(at + 24, true);
  if (clockId !== wasi.CLOCKID_REALTIME && clockId !== wasi.CLOCKID_MONOTONIC) {
    return { userdata, type, waitMs: 0, errno: ERRNO.invalid };
  }
  const nowNs = clockId === wasi.CLOCKID_REALTIME ? clock.realtimeNs() : clock.monotonicNs();
  const waitNs = isAbsolute ? timeoutNs - nowNs : timeoutNs;
  return { userdata, type, waitMs: Number(waitNs) / 1e6, errno: ERRNO.success };
}

function writeEvents(view: DataView, ready: readonly Subscription[]): void {
  for (const [index, { userdata, type, errno }] of ready.entries()) {
    const at = index * EVENT_BYTES;
    view.setBigUint64(at, userdata, true);
    view.setUint16(at + 8, errno, true);
    view.setUint8(at + 10, type);
    // One byte is as many as can be promised of a descriptor; callers read until it is short.
    view.setBigUint64(at + 16, type === wasi.EVENTTYPE_CLOCK ? 0n : 1n, true);
    view.setUint16(at + 24, 0, true);
  }
}
