import { serveGuest } from '../../guest/serveGuest.js';
import type { ToWorker } from '../../protocol/messages.js';

const scope = globalThis as unknown as DedicatedWorkerGlobalScope;
const receive = serveGuest((message) => {
  scope.postMessage(message);
});
scope.addEventListener('message', (event: MessageEvent<ToWorker>) => {
  receive(event.data);
});
