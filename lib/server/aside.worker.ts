import { parentPort } from 'node:worker_threads';
import type { Asked, Told } from './aside';
import { doTask } from './tasks';

/** Does one task after another, and tells what came of it. */
parentPort?.on('message', async (asked: Asked) => {
  const told = await doTask(asked).then(
    (value): Told => ({ kind: 'done', value }),
    (error: unknown): Told => ({ kind: 'failed', message: error instanceof Error ? error.message : String(error) }),
  );
  parentPort?.postMessage(told);
});
