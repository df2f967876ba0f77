import { log } from '@/lib/telemetry/log';
import { answerForEverybody } from './for-everybody';
import { purgeExpired } from './retention';
import { services } from './services';

/**
 * What bin/start.mjs, which is no part of the bundle, calls: to have everything stopped and stored before it exits, and to
 * answer what need not be rendered for each visitor.
 */
const shared = globalThis as typeof globalThis & {
  /** `graceMs`: how long running answers may take to end */
  seedbedStop?: (graceMs: number) => Promise<void>;
  seedbedForEverybody?: typeof answerForEverybody;
  /**
   * set by bin/start.mjs, which hears the signals itself and waits for what keeps this from being ready; it answers all the same, and
   * tries again
   */
  seedbedTrouble?: PromiseWithResolvers<string | null>;
};

/**
 * Reads the environment, so that a wrong one stops the start, loads Seedling, so that the first visitor need not wait for it,
 * and opens the store, so that nobody is told that all is ready before it is. When the process is told to end, runs are
 * aborted: a server waits for its open responses, and one whose provider has stalled would keep it for ever.
 */
export async function startUp(): Promise<void> {
  const started = start();
  shared.seedbedTrouble?.resolve(started);
  await started;
}

/** Resolves to what keeps it from being ready; null if nothing does. */
async function start(): Promise<string | null> {
  const stopTracing = await startTracing();
  services().endpoint();
  services().aside.rest();
  const trouble = await troubleWithStore();
  void purgeExpired();
  setInterval(purgeExpired, hourMs).unref();
  shared.seedbedForEverybody = answerForEverybody;
  shared.seedbedStop = async (graceMs) => {
    await services().hub.stopAll(graceMs);
    await stopTracing();
  };
  // With bin/start.mjs, that one asks; under `next start` and `next dev` nobody else would.
  if (!shared.seedbedTrouble)
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void services().hub.stopAll());
  return trouble;
}

const hourMs = 3_600_000;

/** Loads what sends traces, if they are wanted; resolves to what ends that. */
async function startTracing(): Promise<() => Promise<void>> {
  const { OTEL_EXPORTER_OTLP_ENDPOINT, OTEL_SERVICE_NAME } = services().environment;
  if (OTEL_EXPORTER_OTLP_ENDPOINT === undefined) return async () => {};
  return (await import('@/lib/telemetry/tracing')).startTracing(OTEL_SERVICE_NAME);
}

/** Opens the store, so that the operator hears at once if it cannot be. It is tried again whenever it is needed. */
async function troubleWithStore(): Promise<string | null> {
  try {
    await services().store.check();
    return null;
  } catch (error) {
    const trouble = `Experiments cannot be kept. ${sayError(error)}`;
    log().error({ error }, trouble);
    return trouble;
  }
}

const sayError = (error: unknown): string => (error instanceof Error ? error.message : String(error));
