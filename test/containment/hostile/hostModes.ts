import type { HostCapabilities } from '../../../src/engine/sandboxHost.js';

/** Ways in which a host can reach a running guest. */
export interface HostMode {
  readonly name: string;
  readonly capabilities: HostCapabilities;
}

/**
 * The host as it is, and as it would be with less: the same worker can be served without shared
 * memory, and without JSPI as well.
 */
export function hostModes(own: HostCapabilities): readonly HostMode[] {
  const withoutShared = { ...own, sharedMemory: false };
  return [
    ...(own.sharedMemory ? [{ name: 'shared memory', capabilities: own }] : []),
    ...('promising' in WebAssembly
      ? [{ name: 'JSPI', capabilities: { ...withoutShared, jspi: true } }]
      : []),
    { name: 'neither shared memory nor JSPI', capabilities: { ...withoutShared, jspi: false } },
  ];
}
