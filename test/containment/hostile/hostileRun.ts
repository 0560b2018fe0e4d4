import { expect } from 'chai';
import type { PolicyOptions } from '../../../src/engine/policy.js';
import { auditSkeleton, closeAll, listFolder, openAuditDescriptor, openFiles } from './audit.js';
import type { HostileCall } from './calls.js';
import { ANSWERS, ENVIRONMENT } from './imports.js';
import type { Machine } from './machine.js';
import { nameArguments, type Named } from './named.js';
import { Script } from './script.js';

const MAX_DESCRIPTORS = 16;
/** As many reports as a run may send: the machine's own is one of them. */
const MAX_REPORTS_MADE = 7;
/** Longer than this nobody waits in a test. */
const MAX_WAIT_NS = 1_000_000n;

/** What calls came to, over many runs. */
export class CallStatistics {
  made = 0;
  defective = 0;
  /** By name, those that did what they were asked to. */
  readonly done = new Map<string, number>();

  note(name: string, isDefective: boolean, answer: number): void {
    this.made++;
    if (isDefective) this.defective++;
    else if (answer === 0) this.done.set(name, (this.done.get(name) ?? 0) + 1);
  }
}

/**
 * Makes the calls in one run, and checks every answer, the memory after every call, and that what
 * is read-only is afterwards as it was before.
 */
export async function runHostileCalls(
  machine: Machine,
  calls: readonly HostileCall[],
  { isTimeSkipped, statistics }: { isTimeSkipped: boolean; statistics: CallStatistics },
): Promise<void> {
  // Everything is new: memory, files, descriptors.
  const script = openAuditDescriptor(new Script().compare());
  const skeletonBefore = script.length;
  auditSkeleton(script, 4);
  const skeletonLength = script.length - skeletonBefore;
  const emptyBefore = script.length;
  listFolder(listFolder(script, 'tmp', 4), 'workspace', 4);
  const emptyLength = script.length - emptyBefore;
  openFiles(script);
  const first = script.length;
  const made: { readonly call: HostileCall; readonly named: Named }[] = [];
  let reports = 0;
  for (const call of calls) {
    const named = nameArguments(call);
    if (named === null || (!isTimeSkipped && named.waitNs > MAX_WAIT_NS)) continue;
    if (call.spec.name === 'report' && ++reports > MAX_REPORTS_MADE) continue;
    script.reset(call.filler);
    for (const { at, bytes } of call.pokes) script.poke(at, bytes);
    script.call(call.spec.name, call.args, named.defects.length > 0 ? [] : named.results);
    made.push({ call, named });
  }
  closeAll(script, MAX_DESCRIPTORS);
  const skeletonAfter = script.length;
  auditSkeleton(script, 0);

  const { result, results } = await machine.run(script, policy(isTimeSkipped));
  expect(result.outcome).to.deep.equal({ kind: 'exited', code: 0, traceback: null });
  if (results === null) throw new Error('the machine reported nothing');
  for (const one of results) {
    if (one.kind !== 'dump') expect(one.touched).to.equal(null);
  }
  for (const [index, { call, named }] of made.entries()) {
    const { name } = call.spec;
    const answer = results[first + index];
    if (answer?.kind !== 'call') throw new Error('not the result of a call');
    const said = `${name}(${call.args.join(', ')})`;
    const isDefective = named.defects.length > 0;
    expect(answer.answer, said).to.be.oneOf(isDefective ? named.defects : (ANSWERS[name] ?? []));
    statistics.note(name, isDefective, answer.answer);
  }
  const part = (from: number, length: number): unknown => results.slice(from, from + length);
  expect(part(skeletonAfter, skeletonLength)).to.deep.equal(part(skeletonBefore, skeletonLength));
  const archive = results.at(-1);
  if (archive?.kind !== 'dump') throw new Error('not a dump');
  expect(archive.bytes).to.deep.equal(machine.stdlib.slice());
  for (const one of results.slice(emptyBefore, emptyBefore + emptyLength)) {
    if (one.kind === 'call') expect(one.answer).to.equal(0);
    if (one.kind === 'dump') expect(one.bytes.every((byte) => byte === 0)).to.equal(true);
  }
}

function policy(isTimeSkipped: boolean): PolicyOptions {
  return {
    env: ENVIRONMENT,
    limits: {
      // Small enough to be met.
      fileBytes: 100_000,
      fileCount: 20,
      openDescriptors: MAX_DESCRIPTORS,
      // More than all the calls can write.
      outputBytes: 512 * 1024 * 1024,
      timeoutMs: 10_000,
    },
    ...(isTimeSkipped ? { deterministic: 1 } : {}),
  };
}
