/**
 * All that the layers without an environment of their own may use of the platform: what Node and
 * every browser's worker have alike. Hosts check against Node's or the worker's full types instead.
 */

declare class TextEncoder {
  encode(text?: string): Uint8Array<ArrayBuffer>;
}

declare class TextDecoder {
  constructor(label?: string, options?: { fatal?: boolean; ignoreBOM?: boolean });
  decode(bytes?: Uint8Array, options?: { stream?: boolean }): string;
}

declare const performance: { now(): number };

declare const crypto: {
  getRandomValues(bytes: Uint8Array): Uint8Array;
  readonly subtle: { digest(algorithm: 'SHA-256', bytes: Uint8Array): Promise<ArrayBuffer> };
};

declare function btoa(binary: string): string;

type TimerHandle = number | { readonly [Symbol.toPrimitive]: () => number };
declare function setTimeout(callback: () => void, delayMs?: number): TimerHandle;
declare function clearTimeout(handle: TimerHandle | undefined): void;

declare class MessageChannel {
  readonly port1: MessagePort;
  readonly port2: MessagePort;
}

interface MessagePort {
  onmessage: ((event: { readonly data: unknown }) => void) | null;
  postMessage(message: unknown): void;
  close(): void;
}

declare namespace WebAssembly {
  type ImportValue = Memory | ((...values: never[]) => unknown) | object;
  type Imports = Record<string, Record<string, ImportValue>>;
  interface Module {
    readonly __module: unique symbol;
  }
  class Instance {
    constructor(module: Module, imports: Imports);
    readonly exports: Record<string, unknown>;
  }
  class Memory {
    constructor(descriptor: { initial: number; maximum?: number });
    readonly buffer: ArrayBuffer;
    grow(pages: number): number;
  }
  class RuntimeError extends Error {}
  class CompileError extends Error {}
  function compile(bytes: Uint8Array): Promise<Module>;
}

/** JSPI: only where a host's capabilities say so. */
declare namespace WebAssembly {
  const Suspending: new (implementation: (...values: never[]) => unknown) => object;
  function promising(
    exported: (...values: number[]) => number,
  ): (...values: number[]) => Promise<number>;
}
