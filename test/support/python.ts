import { createTestHost } from '#testHost';
import { OutputDecoder } from '../../src/engine/outputDecoder.js';
import type { PolicyOptions } from '../../src/engine/policy.js';
import type { Program } from '../../src/engine/program.js';
import type { RunRequest, RunResult } from '../../src/engine/run.js';
import { Sandbox } from '../../src/engine/sandbox.js';
import type { SandboxHost } from '../../src/engine/sandboxHost.js';
import { encodeWtf8 } from '../../src/engine/wtf8.js';
import type { Limits } from '../../src/protocol/limits.js';
import type { OutputStream } from '../../src/protocol/messages.js';

/** What a test may vary of a run. */
export interface PythonOptions extends Partial<Omit<Program, 'blocks'>> {
  readonly limits?: Partial<Limits>;
  /** Beside limits and stdin. */
  readonly policy?: Omit<PolicyOptions, 'limits' | 'stdin'>;
  readonly stdin?: string;
  readonly firstLine?: number;
  readonly mayBeIndented?: boolean;
}

export interface PythonResult extends RunResult {
  readonly stdout: string;
  readonly stderr: string;
}

/** The suite's sandbox: one for all tests of a process, as a user has one. */
export class PythonRig {
  readonly host: SandboxHost;
  readonly sandbox: Sandbox;

  private constructor(host: SandboxHost) {
    this.host = host;
    this.sandbox = new Sandbox(host);
  }

  static async create(): Promise<PythonRig> {
    return new PythonRig(await createTestHost());
  }

  run(source: string | Uint8Array, options: PythonOptions = {}): Promise<PythonResult> {
    return this.start(source, options).result;
  }

  /** Starts a run; `result` resolves with its outcome and all that it printed. */
  start(source: string | Uint8Array, options: PythonOptions = {}) {
    const run = this.sandbox.start(toRequest(source, options));
    const decoder = new OutputDecoder();
    const text: Record<OutputStream, string> = { stdout: '', stderr: '' };
    const waiting: { readonly needle: string; readonly resolve: () => void }[] = [];
    run.onOutput((chunk) => {
      text[chunk.stream] += decoder.decode(chunk);
      for (const { needle, resolve } of waiting) if (text.stdout.includes(needle)) resolve();
    });
    return {
      run,
      /** Resolves once stdout holds the text. */
      printed: (needle: string): Promise<void> =>
        new Promise((resolve) => {
          if (text.stdout.includes(needle)) resolve();
          else waiting.push({ needle, resolve });
        }),
      result: run.result.then((result): PythonResult => ({
        ...result,
        stdout: text.stdout + decoder.flush('stdout'),
        stderr: text.stderr + decoder.flush('stderr'),
      })),
    };
  }

  dispose(): void {
    this.sandbox.dispose();
  }
}

function toRequest(source: string | Uint8Array, options: PythonOptions): RunRequest {
  const { limits, policy, stdin, firstLine = 1, mayBeIndented = false, ...program } = options;
  return {
    program: {
      name: 'test.py',
      encoding: typeof source === 'string' ? 'text' : 'file',
      displayLastExpression: false,
      ...program,
      blocks: [
        {
          source: typeof source === 'string' ? encodeWtf8(source) : source,
          firstLine,
          mayBeIndented,
        },
      ],
    },
    policy: {
      ...policy,
      ...(limits === undefined ? {} : { limits }),
      ...(stdin === undefined ? {} : { stdin: encodeWtf8(stdin) }),
    },
  };
}
