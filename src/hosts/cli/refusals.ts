import { listRefusals } from '../../engine/listRefusals.js';
import { errnoName } from '../../protocol/errnoName.js';
import type { Refusals } from '../../protocol/refusedCall.js';
import { printable } from './printable.js';

/** One line for stderr on what was refused; null if nothing was. */
export function describeRefusals(refusals: Refusals): string | null {
  const { wall, reported, more } = listRefusals(refusals, printable);
  const parts = [
    ...(wall === '' ? [] : [wall]),
    ...(reported === '' ? [] : [`reported by Python: ${reported}`]),
    ...(more === 0 ? [] : [`and ${String(more)} more`]),
  ];
  return parts.length === 0 ? null : `refused: ${parts.join('; ')}`;
}

/** What `--json` says of it: `errno` by name, or null where the program got none. */
export function refusalReport({ calls, omitted }: Refusals) {
  return {
    refused: calls.map(({ errno, ...call }) => ({
      ...call,
      errno: errno === null ? null : errnoName(errno),
    })),
    refusedOmitted: omitted,
  };
}
