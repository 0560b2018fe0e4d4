import type { Family } from './attempt.js';

/** The attack families as they are packaged: the JSON of dist/attacks.json. Ours, so not checked. */
export function parseAttacks(bytes: Uint8Array): readonly Family[] {
  return JSON.parse(new TextDecoder().decode(bytes)) as readonly Family[];
}
