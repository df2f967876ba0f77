import { EventEmitter } from 'node:events';
import type { AsideWorker, Asked, Told } from './aside';
import { doTask } from './tasks';

/** A worker that is none: it does its tasks in this process, on copies, as a worker has them. */
export function workerInside(): AsideWorker {
  const events = new EventEmitter();
  const tell = (told: Told) => events.emit('message', structuredClone(told));
  return {
    on: (...listener) => events.on(...listener),
    postMessage: (asked: Asked) =>
      void doTask(structuredClone(asked)).then(
        (value) => tell({ kind: 'done', value }),
        (error: unknown) => tell({ kind: 'failed', message: String(error) }),
      ),
    terminate: async () => {
      events.removeAllListeners();
      return 0;
    },
  };
}
