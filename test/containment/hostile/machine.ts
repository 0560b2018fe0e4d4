import type { PolicyOptions } from '../../../src/engine/policy.js';
import type { RunRequest, RunResult } from '../../../src/engine/run.js';
import { Sandbox } from '../../../src/engine/sandbox.js';
import type { HostCapabilities, SandboxHost } from '../../../src/engine/sandboxHost.js';
import { assemble } from './assemble.js';
import { STDLIB } from './audit.js';
import { GUEST_PAGES } from './guestWat.js';
import { HostileHost } from './hostileHost.js';
import { createImage } from './image.js';
import { GUARD_BYTE, LAYOUT, MACHINE_WAT } from './machineWat.js';
import type { Script, ScriptResult } from './script.js';

/** A sandbox on which a guest of WebAssembly text runs. */
export async function hostileSandbox(
  real: SandboxHost,
  wat: string,
  image = createImage(GUEST_PAGES * 65_536),
): Promise<{ readonly host: HostileHost; readonly sandbox: Sandbox }> {
  const host = new HostileHost(real, { module: await assemble(wat), image, stdlib: STDLIB });
  return { host, sandbox: new Sandbox(host) };
}

/** A program for a guest that is not Python: the bytes as they are. */
export function hostileRequest(source: Uint8Array, policy: PolicyOptions = {}): RunRequest {
  const block = { source, firstLine: 1, mayBeIndented: false };
  const program = { name: 'hostile', blocks: [block], displayLastExpression: true };
  return { program: { ...program, encoding: 'file' }, policy };
}

/** A sandbox whose guest is the script machine. */
export class Machine {
  readonly host: HostileHost;
  readonly sandbox: Sandbox;
  /** What the guests have for a standard library; shared with the worker where that is possible. */
  readonly stdlib: Uint8Array;

  private constructor(host: HostileHost, stdlib: Uint8Array) {
    this.host = host;
    this.stdlib = stdlib;
    this.sandbox = new Sandbox(host);
  }

  static async create(real: SandboxHost, capabilities?: HostCapabilities): Promise<Machine> {
    const isShared = (capabilities ?? real.capabilities).sharedMemory;
    const stdlib = isShared ? new Uint8Array(new SharedArrayBuffer(STDLIB.length)) : STDLIB.slice();
    stdlib.set(STDLIB);
    const guard = { at: LAYOUT.guard, bytes: new Uint8Array(65_536).fill(GUARD_BYTE) };
    const image = createImage(LAYOUT.memoryBytes, [guard]);
    const guest = { module: await assemble(MACHINE_WAT), image, stdlib };
    return new Machine(new HostileHost(real, guest, capabilities), stdlib);
  }

  /** Runs a script; `results` are null if the machine did not come to report any. */
  async run(
    script: Script,
    policy: PolicyOptions = {},
  ): Promise<{ readonly result: RunResult; readonly results: readonly ScriptResult[] | null }> {
    const result = await this.sandbox.start(hostileRequest(script.encode(), policy)).result;
    return { result, results: result.value === null ? null : script.decode(result.value) };
  }

  dispose(): void {
    this.sandbox.dispose();
  }
}
