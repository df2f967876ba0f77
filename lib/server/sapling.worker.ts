import { parentPort, workerData } from 'node:worker_threads';
import { loadSapling } from './load-sapling';
import { type Asked, SaplingEngine } from './sapling-engine';

/** Holds Sapling, and writes whatever it is asked for. */
const engine = new SaplingEngine(loadSapling(workerData.path), (told) => parentPort?.postMessage(told));
parentPort?.on('message', (asked: Asked) => engine.hear(asked));
