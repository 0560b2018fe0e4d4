import { parentPort } from 'node:worker_threads';
import { serveGuest } from '../../guest/serveGuest.js';
import type { ToWorker } from '../../protocol/messages.js';

if (parentPort === null) throw new Error('this script is a worker');
const port = parentPort;
const receive = serveGuest((message) => {
  port.postMessage(message);
});
port.on('message', (message: ToWorker) => {
  receive(message);
});
