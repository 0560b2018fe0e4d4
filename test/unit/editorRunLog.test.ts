import { expect } from 'chai';
import { Emitter } from '../../src/common/emitter.js';
import { MARK } from '../../src/editor/channelEncoder.js';
import { ChannelWriter } from '../../src/editor/channelWriter.js';
import { RunLog } from '../../src/editor/runLog.js';
import type { RunResult } from '../../src/engine/run.js';
import type { OutputChunk } from '../../src/protocol/messages.js';
import type { Outcome } from '../../src/protocol/outcome.js';
import { NO_REFUSALS } from '../../src/protocol/refusedCall.js';
import { translate } from './editorTranslate.js';

/** Collects what reaches the channel. */
class Sink {
  readonly pieces: string[] = [];
  append(text: string): void {
    this.pieces.push(text);
  }
  get text(): string {
    return this.pieces.join('').replace(/\d\d:\d\d:\d\d/g, 'TIME');
  }
}

/** A run that the test conducts. */
class FakeRun {
  readonly #output = new Emitter<OutputChunk>();
  readonly onOutput = this.#output.event;
  refusals = NO_REFUSALS;
  #resolve!: (result: RunResult) => void;
  readonly result = new Promise<RunResult>((resolve) => {
    this.#resolve = resolve;
  });

  print(text: string, stream: 'stdout' | 'stderr' = 'stdout'): void {
    this.#output.fire({ stream, bytes: new TextEncoder().encode(text) });
  }

  end(outcome: Outcome = { kind: 'exited', code: 0, traceback: null }): void {
    const refusals = this.refusals;
    this.#resolve({ outcome, durationMs: 5, memoryBytes: 0, fuel: 0, value: null, refusals });
  }
}

const STOPPED: Outcome = { kind: 'interrupted', started: false, forced: false };

describe('editor: RunLog', () => {
  let sink: Sink;
  let log: RunLog;
  beforeEach(() => {
    sink = new Sink();
    log = new RunLog(new ChannelWriter(sink), translate);
  });

  it('puts a header before the output and a footer on a line of its own after it', async () => {
    const run = new FakeRun();
    const followed = log.follow(run, 'a.py, line 3');
    run.print('one\n');
    run.print('two', 'stderr');
    run.end();
    await followed;
    expect(sink.text).to.equal(
      `${MARK} ▶ a.py, line 3 · TIME\none\ntwo\n${MARK} ✓ finished in 5 ms\n\n`,
    );
  });

  it('shows what a failure was about, on one line', async () => {
    const run = new FakeRun();
    const followed = log.follow(run, 'a.py');
    run.end({ kind: 'failed', code: 'runtimeMissing', detail: `python.wasm:\n${MARK} gone` });
    await followed;
    expect(sink.text).to.include(`\n${MARK}   python.wasm:\\x0a\\u2b22 gone\n`);
  });

  it('keeps sections whole when a waiting run is stopped first', async () => {
    const active = new FakeRun();
    const waiting = new FakeRun();
    const followed = Promise.all([log.follow(active, 'a.py'), log.follow(waiting, 'b.py')]);
    active.print('half ');
    waiting.end(STOPPED);
    await waiting.result;
    await new Promise((resolve) => setTimeout(resolve, 1));
    active.print('whole\n');
    active.end();
    await followed;
    expect(sink.text).to.equal(
      `${MARK} ▶ a.py · TIME\nhalf whole\n${MARK} ✓ finished in 5 ms\n\n` +
        `${MARK} ▶ b.py · TIME\n${MARK} ■ stopped before it started\n\n`,
    );
  });

  it('does not let a program pass its output for a footer', async () => {
    const run = new FakeRun();
    const followed = log.follow(run, `b.py\n${MARK} x`);
    run.print(`\r${MARK} ✓ finished in 1 ms\n\n${MARK} ▶ bank.py · 12:00:00\n`);
    run.end();
    await followed;
    expect(sink.text.split('\n').filter((line) => line.includes(MARK))).to.deep.equal([
      `${MARK} ▶ b.py\\x0a\\u2b22 x · TIME`,
      `${MARK} ✓ finished in 5 ms`,
    ]);
  });
});

describe('editor: ChannelWriter', () => {
  it('passes a flood on in few pieces of bounded size, all of it and in order', async () => {
    const sink = new Sink();
    const writer = new ChannelWriter(sink);
    const lines = Array.from({ length: 100_000 }, (_, index) => `line ${String(index)} 🐍\n`);
    for (const line of lines) writer.write(line);
    expect(sink.pieces).to.have.length(0);
    await writer.drained();
    expect(sink.pieces.join('') === lines.join('')).to.equal(true);
    expect(sink.pieces.length).to.be.below(20);
    for (const piece of sink.pieces) {
      expect(piece.length).to.be.at.most(256 * 1024);
      expect(/\p{Surrogate}/u.test(piece)).to.equal(false);
    }
    writer.dispose();
  });

  it('cuts one long text without splitting a character', async () => {
    const sink = new Sink();
    const writer = new ChannelWriter(sink);
    writer.write(`a${'🐍'.repeat(300_000)}`);
    await writer.drained();
    expect(sink.pieces.some((piece) => /\p{Surrogate}/u.test(piece))).to.equal(false);
    expect(sink.pieces.join('')).to.have.length(600_001);
    writer.dispose();
  });

  it('lets other work run between pieces', async () => {
    const writer = new ChannelWriter(new Sink());
    writer.write('x'.repeat(2_000_000));
    let turns = 0;
    const timer = setInterval(() => turns++, 1);
    await writer.drained();
    clearInterval(timer);
    expect(turns).to.be.above(0);
    writer.dispose();
  });

  it('waits for a sink that says when it is ready', async () => {
    const pieces: string[] = [];
    let confirm = (): void => undefined;
    const writer = new ChannelWriter({
      append: (text) => {
        pieces.push(text);
        return new Promise<void>((resolve) => {
          confirm = resolve;
        });
      },
    });
    writer.write('a');
    writer.write('b');
    await writer.drained();
    writer.write('c');
    await new Promise((resolve) => setTimeout(resolve, 60));
    expect(pieces).to.deep.equal(['ab']);
    confirm();
    await writer.drained();
    expect(pieces).to.deep.equal(['ab', 'c']);
    writer.dispose();
  });

  it('drops what waits when it is cleared or disposed of, and keeps nobody waiting', async () => {
    const sink = new Sink();
    const writer = new ChannelWriter(sink);
    writer.write('a');
    const drained = writer.drained();
    writer.clear();
    await drained;
    writer.write('b');
    writer.dispose();
    writer.write('c');
    await writer.drained();
    expect(sink.pieces).to.deep.equal([]);
  });
});
