import { parentPort } from 'node:worker_threads';
import type { Asked } from './aside';
import { movedOf, outcomeOf } from './tasks';

/** Does one task after another, and tells what came of it. Bytes are handed over without being copied. */
parentPort?.on('message', async (asked: Asked) => {
  const told = await outcomeOf(asked);
  parentPort?.postMessage(told, movedOf(told));
});
