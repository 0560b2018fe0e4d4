import type { RunResult } from '../engine/run.js';
import type { Outcome, TrapKind } from '../protocol/outcome.js';
import type { Traceback } from '../protocol/traceback.js';
import { durationText } from './durationText.js';
import { failureAdvice } from './failureAdvice.js';
import { LIMIT_SETTINGS, type LimitSetting } from './limitSettings.js';
import type { Translate } from './translate.js';

/** How a run ended, in one line for a person. Limits are named with the setting that holds them. */
export function outcomeText(result: RunResult, translate: Translate): string {
  const { outcome } = result;
  const duration = durationText(result.durationMs);
  switch (outcome.kind) {
    case 'exited':
      return exitText(outcome.code, outcome.traceback, duration, translate);
    case 'trapped':
      return `✗ ${translate('ended after {0}: {1}', duration, trapText(outcome.trap, translate))}`;
    case 'interrupted':
      return `■ ${stopText(outcome, duration, translate)}`;
    case 'timedOut': {
      const limit = limitText(LIMIT_SETTINGS.timeoutMs, outcome.limitMs);
      return `✗ ${translate('timed out after {0}', limit)}${advice(LIMIT_SETTINGS.timeoutMs, translate)}`;
    }
    case 'limitExceeded': {
      if (outcome.limit === 'fuel') {
        const ticks = String(outcome.limitTicks);
        return `✗ ${translate('ended after {0}: it burnt more fuel than its limit of {1} ticks', duration, ticks)}`;
      }
      const isMemory = outcome.limit === 'memory';
      const setting = isMemory ? LIMIT_SETTINGS.memoryBytes : LIMIT_SETTINGS.outputBytes;
      const limit = limitText(setting, outcome.limitBytes);
      const message = isMemory
        ? translate('ended after {0}: it needed more memory than its limit of {1}', duration, limit)
        : translate('ended after {0}: it printed more than its limit of {1}', duration, limit);
      return `✗ ${message}${advice(setting, translate)}`;
    }
    case 'failed':
      return `✗ ${failureAdvice(outcome.code, translate)?.message ?? translate('the sandbox was closed')}`;
  }
}

function exitText(
  code: number,
  traceback: Traceback | null,
  duration: string,
  translate: Translate,
): string {
  if (code === 0 && traceback === null) return `✓ ${translate('finished in {0}', duration)}`;
  const type = traceback?.type ?? '';
  // The program chooses the name of its exception; only a name may stand in a line of ours.
  return /^[\p{ID_Start}_][\p{ID_Continue}.]{0,79}$/u.test(type)
    ? `✗ ${translate('exited with code {0} after {1}: {2}', code, duration, type)}`
    : `✗ ${translate('exited with code {0} after {1}', code, duration)}`;
}

function stopText(
  outcome: Extract<Outcome, { kind: 'interrupted' }>,
  duration: string,
  translate: Translate,
): string {
  if (!outcome.started) return translate('stopped before it started');
  return outcome.forced
    ? translate('stopped after {0}, by force: it did not react to KeyboardInterrupt', duration)
    : translate('stopped after {0}', duration);
}

function trapText(trap: TrapKind, translate: Translate): string {
  switch (trap) {
    case 'stackOverflow':
      return translate('the recursion was too deep for the interpreter; nest less deeply');
    case 'memoryAccess':
      return translate('the interpreter reached outside its memory and was cut off');
    case 'unreachable':
      return translate('the interpreter gave up on a fatal error of its own');
    case 'other':
      return translate('WebAssembly cut the interpreter off');
  }
}

function limitText(setting: LimitSetting, limit: number): string {
  return `${String(Math.round((limit / setting.unitSize) * 100) / 100)} ${setting.unit}`;
}

function advice(setting: LimitSetting, translate: Translate): string {
  return translate('; raise "{0}" to allow more', setting.key);
}
