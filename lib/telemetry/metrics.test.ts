import { describe, expect, it } from 'vitest';
import { makeMetrics } from './metrics';

const nothing = { runs: new Map(), eventStreams: 0, workers: { working: 0, waiting: 0 } };
const facts = { requestId: '', visitor: null, cut: false, bytes: 1 };

/** The lines of a metric, without its description. */
const linesOf = (text: string, name: string) => text.split('\n').filter((line) => line.startsWith(`${name}{`));

describe('the metrics', () => {
  it('count runs by how they ended, whatever word a server has for it', async () => {
    const metrics = makeMetrics();
    metrics.runOver('seedling', 'stop', 300);
    metrics.runOver('seedling', 'stop', 20);
    metrics.runOver('openai', 'failed', null);
    for (let at = 0; at < 100; at++) metrics.runOver('openai', `word ${at}`, null);
    const { type, text } = await metrics.read(nothing);
    expect(type).toContain('text/plain');
    expect(linesOf(text, 'seedbed_runs_total')).toEqual([
      'seedbed_runs_total{provider="seedling",outcome="stop"} 2',
      'seedbed_runs_total{provider="openai",outcome="failed"} 1',
      'seedbed_runs_total{provider="openai",outcome="other"} 100',
    ]);
    expect(text).toContain('seedbed_first_text_seconds_bucket{le="0.05",provider="seedling"} 1');
    expect(text).toContain('seedbed_first_text_seconds_count{provider="seedling"} 2');
    expect(text).not.toContain('seedbed_first_text_seconds_count{provider="openai"}');
  });

  it('time requests by route, whatever method is made up', async () => {
    const metrics = makeMetrics();
    metrics.requestOver({ ...facts, method: 'GET', route: '/e/[id]', status: 404, ms: 30 });
    metrics.requestOver({ ...facts, method: 'PROPFIND', route: 'none', status: 405, ms: 1 });
    metrics.requestOver({ ...facts, method: 'MKCOL', route: 'none', status: 405, ms: 1 });
    const { text } = await metrics.read(nothing);
    expect(linesOf(text, 'seedbed_http_request_seconds_count')).toEqual([
      'seedbed_http_request_seconds_count{method="GET",route="/e/[id]",status="4xx"} 1',
      'seedbed_http_request_seconds_count{method="other",route="none",status="4xx"} 2',
    ]);
  });

  it('time what is asked of the store, and count what fails', async () => {
    const metrics = makeMetrics();
    metrics.storeUsed('saveRun', 2, null);
    metrics.storeUsed('saveRun', 2, 'full');
    const { text } = await metrics.read(nothing);
    expect(text).toContain('seedbed_store_seconds_count{operation="saveRun"} 2');
    expect(linesOf(text, 'seedbed_store_failures_total')).toEqual([
      'seedbed_store_failures_total{operation="saveRun",code="full"} 1',
    ]);
  });

  it('say what is under way now, and forget what was', async () => {
    const metrics = makeMetrics();
    const runs = new Map([['seedling', { running: 2, queued: 5 }]]);
    const busy = await metrics.read({ runs, eventStreams: 3, workers: { working: 2, waiting: 9 } });
    expect(busy.text).toContain('seedbed_runs_running{provider="seedling"} 2');
    expect(busy.text).toContain('seedbed_runs_queued{provider="seedling"} 5');
    for (const line of ['event_streams_open 3', 'worker_tasks_running 2', 'worker_tasks_waiting 9'])
      expect(busy.text).toContain(`\nseedbed_${line}\n`);
    const { text } = await metrics.read(nothing);
    expect(linesOf(text, 'seedbed_runs_running')).toEqual([]);
    expect(text).toContain('\nseedbed_event_streams_open 0\n');
  });

  it('have limits, what was purged, the delay of the event loop and the process', async () => {
    const metrics = makeMetrics();
    metrics.limitHit('visitor runs hour');
    metrics.purged(7);
    const { text } = await metrics.read(nothing);
    expect(text).toContain('seedbed_limits_hit_total{limit="visitor runs hour"} 1');
    expect(text).toContain('seedbed_purged_experiments_total 7');
    for (const name of ['nodejs_eventloop_lag_p99_seconds', 'process_resident_memory_bytes', 'process_open_fds'])
      expect(text).toMatch(new RegExp(`^${name} `, 'm'));
  });
});
