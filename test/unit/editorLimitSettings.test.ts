import { expect } from 'chai';
import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { LIMIT_SETTINGS, toLimits } from '../../src/editor/limitSettings.js';
import {
  resolveLimitSetting,
  type InspectedSetting,
  type ResolvedSetting,
} from '../../src/editor/resolveLimitSetting.js';
import { resolvePolicy } from '../../src/engine/policy.js';

const { timeoutMs: timeout, memoryBytes: memory, outputBytes: output } = LIMIT_SETTINGS;
const resolve = (inspected: InspectedSetting, isTrusted: boolean): ResolvedSetting =>
  resolveLimitSetting(timeout, inspected, isTrusted);

const MALFORMED: readonly unknown[] = [
  ...[NaN, Infinity, -Infinity, 1e309, -1, 0, -0, 86_401, 1e9],
  ...['60', '', 'Infinity', null, true, {}, [], [60], { valueOf: () => 60 }, () => 60, 60n],
];

describe('editor: limits from settings', () => {
  it('are the defaults without any', () => {
    expect(resolve({}, false)).to.deep.equal({ value: 60, problems: [] });
    expect(resolve({}, true)).to.deep.equal({ value: 60, problems: [] });
  });

  it('are the narrowest source in a trusted workspace', () => {
    const all = { globalValue: 10, workspaceValue: 600, workspaceFolderValue: 900 };
    expect(resolve(all, true).value).to.equal(900);
    expect(resolve({ globalValue: 10, workspaceValue: 600 }, true).value).to.equal(600);
    expect(resolve({ globalValue: 600 }, true).value).to.equal(600);
  });

  it('can only be tightened by a workspace that is not trusted', () => {
    expect(resolve({ workspaceValue: 600 }, false).value).to.equal(60);
    expect(resolve({ workspaceFolderValue: 600 }, false).value).to.equal(60);
    expect(resolve({ workspaceValue: 5 }, false).value).to.equal(5);
    expect(resolve({ workspaceValue: 5, workspaceFolderValue: 50 }, false).value).to.equal(5);
    expect(resolve({ globalValue: 100, workspaceValue: 90 }, false).value).to.equal(90);
    expect(resolve({ globalValue: 100, workspaceFolderValue: 101 }, false).value).to.equal(100);
  });

  it('do not follow a value that is not a number in the range', () => {
    for (const given of MALFORMED) {
      expect(resolve({ globalValue: given }, true)).to.deep.equal({
        value: 60,
        problems: [{ source: 'user', given }],
      });
      expect(resolve({ globalValue: 7, workspaceValue: given }, true).value).to.equal(7);
      expect(resolve({ globalValue: 7, workspaceFolderValue: given }, false)).to.deep.equal({
        value: 7,
        problems: [{ source: 'folder', given }],
      });
    }
  });

  it('take what is too small for the least there is', () => {
    expect(resolveLimitSetting(memory, { globalValue: 1 }, true)).to.deep.equal({
      value: 48,
      problems: [{ source: 'user', given: 1 }],
    });
    expect(resolveLimitSetting(output, { workspaceValue: 0.5 }, false).value).to.equal(1);
  });

  it('without trust are never wider than without the workspace', () => {
    const any = fc.oneof(fc.double(), fc.integer(), fc.anything());
    fc.assert(
      fc.property(any, any, any, (globalValue, workspaceValue, workspaceFolderValue) => {
        for (const setting of [timeout, memory, output]) {
          const own = resolveLimitSetting(setting, { globalValue }, false).value;
          const inspected = { globalValue, workspaceValue, workspaceFolderValue };
          const { value } = resolveLimitSetting(setting, inspected, false);
          expect(value).to.be.at.most(own);
          expect(value).to.be.at.least(setting.least);
        }
      }),
    );
  });

  it('are always limits that the engine takes', () => {
    const within = ({ least, most }: { least: number; most: number }): fc.Arbitrary<number> =>
      fc.double({ min: least, max: most, noNaN: true });
    fc.assert(
      fc.property(within(timeout), within(memory), within(output), (t, m, o) => {
        resolvePolicy({ limits: toLimits({ timeoutMs: t, memoryBytes: m, outputBytes: o }) });
      }),
    );
    expect(toLimits({ timeoutMs: 1.5, memoryBytes: 64, outputBytes: 1 })).to.deep.equal({
      timeoutMs: 1500,
      memoryBytes: 64 * 1024 * 1024,
      outputBytes: 1024 * 1024,
    });
  });

  it('have the ranges and defaults that package.json states', () => {
    const { contributes } = JSON.parse(readFileSync('package.json', 'utf8')) as {
      contributes: { configuration: { properties: Readonly<Record<string, object>> } };
    };
    const { properties } = contributes.configuration;
    for (const setting of [timeout, memory, output]) {
      const { fallback, least, most } = setting;
      expect(properties[setting.key]).to.include({
        default: fallback,
        maximum: most,
        ...(setting === timeout ? { exclusiveMinimum: 0 } : { minimum: least }),
      });
    }
  });
});
