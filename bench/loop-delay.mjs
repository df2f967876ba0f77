// Loaded into a server by NODE_OPTIONS: writes how long its event loop was late, in milliseconds, to the file that LOOP_DELAY
// names, each half second; SIGUSR2 begins anew.
import { writeFileSync } from 'node:fs';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { isMainThread } from 'node:worker_threads';

const file = process.env.LOOP_DELAY;
if (isMainThread && file) {
  const delay = monitorEventLoopDelay({ resolution: 5 });
  delay.enable();
  process.on('SIGUSR2', () => delay.reset());
  setInterval(() => {
    /** @param {number} nanoseconds */
    const ms = (nanoseconds) => Math.round(nanoseconds / 1e5) / 10;
    const told = { median: ms(delay.percentile(50)), p99: ms(delay.percentile(99)), worst: ms(delay.max) };
    writeFileSync(file, JSON.stringify(told));
  }, 500).unref();
}
