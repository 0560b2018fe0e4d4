import { listRefusals } from '../engine/listRefusals.js';
import type { Refusals } from '../protocol/refusedCall.js';
import { plainLine } from './plainLine.js';
import type { Translate } from './translate.js';

/** What a run was refused, in one line for a person; null if nothing was. */
export function refusalText(refusals: Refusals, translate: Translate): string | null {
  const { wall, reported, more } = listRefusals(refusals, plainLine);
  const parts = [
    ...(wall === '' ? [] : [wall]),
    ...(reported === '' ? [] : [translate('reported by Python: {0}', reported)]),
    ...(more === 0 ? [] : [translate('and {0} more', more)]),
  ];
  return parts.length === 0 ? null : translate('refused: {0}', parts.join('; '));
}
