/** Why the guest is being unwound from the host's side. */
export type UnwindReason =
  | { readonly kind: 'exit'; readonly code: number }
  | { readonly kind: 'abort' }
  | { readonly kind: 'outputLimit' }
  | { readonly kind: 'fuelLimit' };

/**
 * The one exception of ours that passes through the guest. WebAssembly code cannot catch it, so the
 * program cannot outlive it; the instance is thrown away afterwards.
 */
export class Unwind extends Error {
  override readonly name = 'Unwind';

  constructor(readonly reason: UnwindReason) {
    super(reason.kind);
  }
}
