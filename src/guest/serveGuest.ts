import { assertNever } from '../common/assertNever.js';
import { errorMessage } from '../common/errorMessage.js';
import type {
  FromWorker,
  InitMessage,
  InstanceSettings,
  RunMessage,
  ToWorker,
} from '../protocol/messages.js';
import { Interpreter, type InterpreterParts } from './interpreter.js';
import { SignalFlag } from './signalFlag.js';
import { parseSnapshot } from './snapshot.js';

/**
 * The worker's side: prepares an interpreter ahead, runs one program on it, prepares the next.
 * @param post sends to the engine.
 * @returns takes the engine's messages.
 */
export function serveGuest(post: (message: FromWorker) => void): (message: ToWorker) => void {
  const server = new GuestServer(post);
  return (message) => {
    server.receive(message);
  };
}

class GuestServer {
  readonly #post: (message: FromWorker) => void;
  #parts: InterpreterParts | null = null;
  #prepared: Interpreter | null = null;
  #runId: number | null = null;

  constructor(post: (message: FromWorker) => void) {
    this.#post = post;
  }

  receive(message: ToWorker): void {
    switch (message.kind) {
      case 'init':
        this.#init(message);
        break;
      case 'run':
        void this.#run(message);
        break;
      case 'signal':
        if (message.runId === this.#runId) this.#parts?.signals.set(message.signal);
        break;
      default:
        assertNever(message);
    }
  }

  #init(message: InitMessage): void {
    const { module, stdlib, capabilities } = message;
    try {
      const snapshot = parseSnapshot(message.image);
      const signals = new SignalFlag(message.control);
      this.#parts = { module, stdlib, capabilities, snapshot, signals };
    } catch (error) {
      this.#post({ kind: 'broken', code: 'runtimeCorrupt', detail: errorMessage(error) });
      return;
    }
    this.#prepare(message.settings);
  }

  /** Prepares an interpreter that nobody has used, and says so. */
  #prepare(settings: InstanceSettings): void {
    if (this.#parts === null) return;
    try {
      this.#prepared = new Interpreter(this.#parts, settings);
    } catch (error) {
      this.#post({ kind: 'broken', code: 'interpreter', detail: errorMessage(error) });
      return;
    }
    this.#post({ kind: 'ready' });
  }

  async #run({ runId, request, stdin, limits, env, clock, seed }: RunMessage): Promise<void> {
    if (this.#parts === null) return;
    const prepared = this.#prepared;
    this.#prepared = null;
    const settings: InstanceSettings = { limits, env, clock, seed };
    let interpreter: Interpreter;
    try {
      interpreter =
        prepared !== null && isSame(prepared.settings, settings)
          ? prepared
          : new Interpreter(this.#parts, settings);
    } catch (error) {
      this.#post({ kind: 'broken', code: 'interpreter', detail: errorMessage(error) });
      return;
    }
    this.#runId = runId;
    if (!this.#parts.signals.isShared) this.#parts.signals.set(0);
    let sequence = 0;
    const startedAt = performance.now();
    const end = await interpreter.run(request, stdin, limits.fuel, {
      output: (chunks) => {
        this.#post({ kind: 'output', runId, sequence: sequence++, chunks });
      },
      report: (report, bytes) => {
        this.#post({ kind: 'report', runId, report, bytes });
      },
      refused: (refusals) => {
        this.#post({ kind: 'refused', runId, refusals });
      },
    });
    this.#runId = null;
    this.#post({
      kind: 'ended',
      runId,
      end,
      memoryBytes: interpreter.memoryBytes,
      fuel: interpreter.fuel,
      durationMs: performance.now() - startedAt,
    });
    this.#prepare(settings);
  }
}

/** Whether an interpreter prepared for one run serves another: these two limits are not its own. */
function isSame(a: InstanceSettings, b: InstanceSettings): boolean {
  const own = ({ limits, ...rest }: InstanceSettings): string =>
    JSON.stringify({ ...rest, limits: { ...limits, timeoutMs: 0, fuel: 0 } });
  return own(a) === own(b);
}
