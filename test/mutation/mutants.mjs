// Each wall of the sandbox, and how to take it away: exact pieces of source, and what stands there
// instead. A wall whose loss no attempt notices is a hole in the suite.

/**
 * @typedef {object} Edit
 * @property {string} file under src/
 * @property {string} find exactly once in it
 * @property {string} replace
 *
 * @typedef {object} Mutant
 * @property {string} wall what is taken away
 * @property {string} grep the attempts that may notice: a regular expression on full titles
 * @property {readonly Edit[]} edits
 */

const family = (/** @type {string[]} */ ...names) => `attack family "(?:${names.join('|')})"`;

/** @type {readonly Mutant[]} */
export const mutants = [
  {
    wall: 'folders of the skeleton are read-only',
    grep: family('paths'),
    edits: [
      {
        file: 'guest/fs/volume.ts',
        find: 'if (!directory.isWritable) throw new FsError(ERRNO.readOnly);',
        replace: 'void directory;',
      },
    ],
  },
  {
    wall: 'files of the skeleton are read-only',
    grep: family('paths'),
    edits: [
      {
        file: 'guest/fs/volume.ts',
        find: '(options.write || options.truncate) && !node.isWritable',
        replace: 'false',
      },
    ],
  },
  {
    wall: 'the quota of bytes',
    grep: family('paths'),
    edits: [
      {
        file: 'guest/fs/quota.ts',
        find: 'toBytes > fromBytes && next > this.maxBytes',
        replace: 'next > 8 * this.maxBytes + 64 * 1024 * 1024',
      },
    ],
  },
  {
    wall: 'the quota of files',
    grep: family('paths'),
    edits: [
      {
        file: 'guest/fs/quota.ts',
        find: 'this.#count >= this.maxCount',
        replace: 'this.#count >= 4 * this.maxCount + 1000',
      },
    ],
  },
  {
    wall: 'the limit of open descriptors',
    grep: family('paths'),
    edits: [
      {
        file: 'guest/wasi/descriptorTable.ts',
        find: 'descriptor >= this.#max',
        replace: 'descriptor >= 8 * this.#max',
      },
    ],
  },
  {
    wall: 'path resolution: `..` is followed, and ends at the root',
    grep: family('paths'),
    edits: [{ file: 'guest/fs/resolvePath.ts', find: "name === '..'", replace: "name === '...'" }],
  },
  {
    wall: 'path resolution: names have a limit',
    grep: family('paths'),
    edits: [
      {
        file: 'guest/fs/resolvePath.ts',
        find: 'encodedLength(name) > MAX_NAME_LENGTH',
        replace: 'encodedLength(name) < 0',
      },
    ],
  },
  {
    wall: 'the memory maximum',
    grep: family('memory'),
    edits: [
      {
        file: 'guest/snapshot.ts',
        find: 'Math.floor(maxBytes / PAGE_BYTES)',
        replace: 'Math.min(8 * Math.floor(maxBytes / PAGE_BYTES), 32768)',
      },
    ],
  },
  {
    wall: 'the output cap, on both sides',
    grep: family('output'),
    edits: [
      {
        file: 'guest/outputBatcher.ts',
        find: 'const room = this.#maxBytes - this.#total;',
        // Not without end: what floods would fill the test's own memory.
        replace: 'const room = 2 * this.#maxBytes + 64 - this.#total;',
      },
      {
        file: 'engine/runDriver.ts',
        find: 'this.run.policy.limits.outputBytes - this.#outputBytes',
        replace: '2 * this.run.policy.limits.outputBytes + 64 - this.#outputBytes',
      },
    ],
  },
  {
    wall: 'the output cap outside of the worker',
    grep: 'hostile worker',
    edits: [
      {
        file: 'engine/runDriver.ts',
        find: 'this.run.policy.limits.outputBytes - this.#outputBytes',
        replace: '1e9',
      },
    ],
  },
  {
    wall: 'parse: what comes from the worker is checked',
    grep: 'hostile worker',
    edits: [
      {
        file: 'engine/workerLink.ts',
        find: 'message = parseFromWorker(raw);',
        replace: 'message = raw as FromWorker; void parseFromWorker;',
      },
    ],
  },
  {
    wall: 'messages belong to the run that is under way',
    grep: 'hostile worker',
    edits: [
      { file: 'engine/runDriver.ts', find: 'message.runId !== this.run.id', replace: 'false' },
    ],
  },
  {
    wall: 'the unwind: no exception of ours is swallowed on its way through the guest',
    // os._exit is one; floods, whose end is another, would go on until the time limit.
    grep: family('lies'),
    edits: [
      {
        file: 'guest/wasi/createImports.ts',
        find: 'if (error instanceof Unwind) throw error;',
        replace: '',
      },
    ],
  },
  {
    wall: 'the unwind: burnt fuel ends the program',
    // Only programs that end by themselves: the others would take until the time limit.
    grep: `${family('time')}.*as well`,
    edits: [
      {
        file: 'guest/interpreter.ts',
        find: "if (++this.#fuel > this.#maxFuel) throw new Unwind({ kind: 'fuelLimit' });",
        replace: 'this.#fuel++;',
      },
    ],
  },
  {
    wall: 'arguments of the imports are checked',
    grep: 'hostile module',
    edits: [
      {
        file: 'guest/wasi/createImports.ts',
        find: 'checkArguments(args, checks, memory);',
        replace: 'void checks; void checkArguments;',
      },
    ],
  },
  {
    wall: 'no exception of the host enters the guest',
    grep: 'hostile module',
    edits: [{ file: 'guest/wasi/createImports.ts', find: 'return EIO;', replace: 'throw error;' }],
  },
  {
    wall: 'an interpreter runs one program and is thrown away',
    grep: family('persistence'),
    edits: [
      {
        file: 'guest/serveGuest.ts',
        find: 'this.#prepare(settings);\n  }',
        replace: "this.#prepared = interpreter;\n    this.#post({ kind: 'ready' });\n  }",
      },
    ],
  },
  {
    wall: 'the report of refused calls',
    grep: family('paths'),
    edits: [
      {
        file: 'guest/wasi/noteRefusal.ts',
        find: "if (ORDINARY.has(errno) || name.startsWith('fd_prestat')) return;",
        replace: 'if (ORDINARY.has(errno) || true) return;',
      },
    ],
  },
  {
    wall: 'what the guest reports is told from what the wall saw',
    grep: family('lies'),
    edits: [{ file: 'guest/guestReports.ts', find: "note('guest',", replace: "note('wasi'," }],
  },
];
