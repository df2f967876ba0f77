import { parentPort } from 'node:worker_threads';
import type { Asked } from './aside';
import { outcomeOf } from './tasks';

/** Does one task after another, and tells what came of it. Bytes are handed over without being copied. */
parentPort?.on('message', async (asked: Asked) => {
  const told = await outcomeOf(asked);
  const bytes = told.kind === 'done' && told.value instanceof Uint8Array ? told.value.buffer : null;
  parentPort?.postMessage(told, bytes instanceof ArrayBuffer ? [bytes] : []);
});
