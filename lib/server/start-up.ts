import { noteAddresses } from './rate-limit';
import { services } from './services';

/**
 * Reads the environment, so that a wrong one stops the start, and loads Seedling, so that the first visitor need not
 * wait for it. When the process is told to end, runs are aborted: a server waits for its open responses, and one whose
 * provider has stalled would keep it for ever.
 */
export async function startUp(): Promise<void> {
  noteAddresses();
  services().endpoint();
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => services().hub.stopAll());
}
