import type { Family } from '../../src/selfTest/attempt.js';
import { environment } from './families/environment.js';
import { internals } from './families/internals.js';
import { lies } from './families/lies.js';
import { memory } from './families/memory.js';
import { network } from './families/network.js';
import { output } from './families/output.js';
import { paths } from './families/paths.js';
import { persistence } from './families/persistence.js';
import { processes } from './families/processes.js';
import { time } from './families/time.js';

/** All that is tried, a file of data for each wall. */
export const FAMILIES: readonly Family[] = [
  paths,
  processes,
  network,
  environment,
  memory,
  time,
  output,
  internals,
  persistence,
  lies,
];
