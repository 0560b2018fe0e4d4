import type { LimitSetting } from './limitSettings.js';

/** Who may set a setting, from the widest reach to the narrowest. */
export type SettingSource = 'user' | 'workspace' | 'folder';

/** What each source says, as `WorkspaceConfiguration.inspect` tells it; anything at all. */
export interface InspectedSetting {
  readonly globalValue?: unknown;
  readonly workspaceValue?: unknown;
  readonly workspaceFolderValue?: unknown;
}

/** A value that cannot be used as it is. */
export interface SettingProblem {
  readonly source: SettingSource;
  readonly given: unknown;
}

export interface ResolvedSetting {
  /** In the setting's unit, within its range. */
  readonly value: number;
  readonly problems: readonly SettingProblem[];
}

/**
 * The limit that holds. In a trusted workspace the narrowest source decides, as with every setting;
 * otherwise the workspace can only tighten what the user has or the default. A value that is not a
 * number in the range is left out, so that the next source decides; a positive one below the range
 * was meant to be tight and counts as the least there is. Neither makes a limit wider than it would
 * be without that value.
 */
export function resolveLimitSetting(
  setting: LimitSetting,
  inspected: InspectedSetting,
  isTrusted: boolean,
): ResolvedSetting {
  const problems: SettingProblem[] = [];
  const read = (source: SettingSource, given: unknown): number | null => {
    if (given === undefined) return null;
    const value = usableValue(setting, given);
    if (value === null || value !== given) problems.push({ source, given });
    return value;
  };
  const user = read('user', inspected.globalValue) ?? setting.fallback;
  const workspace = read('workspace', inspected.workspaceValue);
  const folder = read('folder', inspected.workspaceFolderValue);
  const value = isTrusted
    ? (folder ?? workspace ?? user)
    : Math.min(user, workspace ?? user, folder ?? user);
  return { value, problems };
}

function usableValue({ least, most }: LimitSetting, given: unknown): number | null {
  // Written so that NaN fails, too.
  if (typeof given !== 'number' || !(given > 0 && given <= most)) return null;
  return Math.max(given, least);
}
