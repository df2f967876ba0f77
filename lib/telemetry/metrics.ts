import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { RequestFacts } from './request.ts';

/** What is under way in this process at the moment. */
export type UnderWay = {
  /** runs by provider: those that are made, and those that wait for their turn */
  runs: ReadonlyMap<string, { running: number; queued: number }>;
  eventStreams: number;
  /** tasks of the workers: those that are done, and those that wait */
  workers: { working: number; waiting: number };
};

export type Metrics = ReturnType<typeof makeMetrics>;

// Pages, routes, instrumentation and bin/start.mjs are separate bundles: only globalThis is one for all of them.
const shared = globalThis as typeof globalThis & { seedbedMetrics?: Metrics };

/** The metrics of this process. */
export function metrics(): Metrics {
  shared.seedbedMetrics ??= makeMetrics();
  return shared.seedbedMetrics;
}

/** What a run can end as; a server's own word counts as another. */
const outcomes = [
  ...['stop', 'length', 'content_filter', 'tool_calls', 'function_call', 'refusal', 'error'],
  ...['aborted', 'failed'],
];
const methods = ['GET', 'HEAD', 'OPTIONS', 'POST', 'PUT', 'PATCH', 'DELETE'];
const oneOf = (known: readonly string[], word: string): string => (known.includes(word) ? word : 'other');

/** In seconds: from an answer that is kept to one that is thought about. */
const waits = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120];
const quick = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5];

/**
 * Metrics as Prometheus reads them. What they are counted by is known beforehand: providers of the configuration, routes, limits. What
 * visitors choose, as the name of a model, would make a metric of each.
 */
export function makeMetrics() {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const named = { registers, name: '', help: '' };
  const runs = new Counter({
    ...named,
    name: 'seedbed_runs_total',
    help: 'Runs that are over.',
    labelNames: ['provider', 'outcome'],
  });
  const firstText = new Histogram({
    ...named,
    name: 'seedbed_first_text_seconds',
    help: 'From the sending of a run to its first text.',
    labelNames: ['provider'],
    buckets: waits,
  });
  const requests = new Histogram({
    ...named,
    name: 'seedbed_http_request_seconds',
    help: 'Requests, until their answers had been sent; event streams until they ended.',
    labelNames: ['method', 'route', 'status'],
    buckets: waits,
  });
  const store = new Histogram({
    ...named,
    name: 'seedbed_store_seconds',
    help: 'Operations of the store.',
    labelNames: ['operation'],
    buckets: quick,
  });
  const storeFailures = new Counter({
    ...named,
    name: 'seedbed_store_failures_total',
    help: 'Operations of the store that failed.',
    labelNames: ['operation', 'code'],
  });
  const limits = new Counter({
    ...named,
    name: 'seedbed_limits_hit_total',
    help: 'Refusals because something was used up, or too much at once.',
    labelNames: ['limit'],
  });
  const purged = new Counter({
    ...named,
    name: 'seedbed_purged_experiments_total',
    help: 'Experiments deleted because they were older than they may be.',
  });
  const gauge = (name: string, help: string, labelNames: string[] = []) =>
    new Gauge({ registers, name: `seedbed_${name}`, help, labelNames });
  const running = gauge('runs_running', 'Runs under way.', ['provider']);
  const queued = gauge('runs_queued', 'Runs that wait for their turn.', ['provider']);
  const streams = gauge('event_streams_open', 'Event streams that are being read.');
  const working = gauge('worker_tasks_running', 'Tasks that workers do.');
  const waiting = gauge('worker_tasks_waiting', 'Tasks that wait for a worker.');

  return {
    runOver: (provider: string, outcome: string, firstTextMs: number | null): void => {
      runs.inc({ provider, outcome: oneOf(outcomes, outcome) });
      if (firstTextMs !== null) firstText.observe({ provider }, firstTextMs / 1000);
    },
    requestOver: ({ method, route, status, ms }: RequestFacts): void =>
      requests.observe({ method: oneOf(methods, method), route, status: `${Math.floor(status / 100)}xx` }, ms / 1000),
    /** `code` null: it succeeded */
    storeUsed: (operation: string, ms: number, code: string | null): void => {
      store.observe({ operation }, ms / 1000);
      if (code !== null) storeFailures.inc({ operation, code });
    },
    limitHit: (limit: string): void => limits.inc({ limit }),
    purged: (experiments: number): void => purged.inc(experiments),
    /** All of it, as text for Prometheus. */
    async read(now: UnderWay): Promise<{ type: string; text: string }> {
      running.reset();
      queued.reset();
      for (const [provider, count] of now.runs) {
        running.set({ provider }, count.running);
        queued.set({ provider }, count.queued);
      }
      streams.set(now.eventStreams);
      working.set(now.workers.working);
      waiting.set(now.workers.waiting);
      return { type: registry.contentType, text: await registry.metrics() };
    },
  };
}
