import { EventEmitter } from 'node:events';
import type { AsideWorker, Asked, Told } from './aside';
import { movedOf, outcomeOf } from './tasks';

/** A worker that is none: it does its tasks in this process, on copies, as a worker has them. */
export function workerInside(): AsideWorker {
  const events = new EventEmitter();
  const tell = (told: Told) => events.emit('message', structuredClone(told, { transfer: movedOf(told) }));
  return {
    on: (...listener) => events.on(...listener),
    postMessage: (asked: Asked, transfer: ArrayBuffer[]) =>
      void outcomeOf(structuredClone(asked, { transfer })).then(tell),
    terminate: async () => {
      events.removeAllListeners();
      return 0;
    },
  };
}
