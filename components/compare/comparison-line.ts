import type { ResultStep } from '@/lib/compare/results';
import { WorkerClient, type WorkerPort } from '@/lib/worker/client';
import type { ComparisonRequest } from './comparison.worker';

/** `message`: of what was thrown; null if the worker itself is gone. */
export type ComparisonFailure = { kind: 'failed'; message: string | null };

/** What is told of a comparison: each step, and if it fails, that. */
export type ComparisonNews = ResultStep | ComparisonFailure;

/** A comparison that nobody waits for any more is given this long to notice; then its worker is ended. */
const patienceMs = 2000;

type Asked = { request: ComparisonRequest; leaving: AbortController };

/**
 * The line to the worker that compares. While texts grow one request is under way at a time, and of those that come up
 * meanwhile only the newest is sent after it, so that a slow comparison never queues up. Somebody who looks at something
 * else need not wait: what is under way is dropped.
 */
export class ComparisonLine {
  private readonly client: WorkerClient<ComparisonRequest, ResultStep>;
  /** what is under way, and what waits for its end */
  private asked: Asked[] = [];

  /** `tell` gets what comes, with the id of the experiment that it is of. */
  constructor(
    start: () => WorkerPort,
    private readonly tell: (id: string, news: ComparisonNews) => void,
  ) {
    this.client = new WorkerClient(start, { patienceMs });
  }

  async ask(request: ComparisonRequest): Promise<void> {
    const [underWay, ...waiting] = this.asked;
    for (const { leaving } of waiting) leaving.abort();
    if (underWay && !growsOn(underWay.request, request)) underWay.leaving.abort();
    const asked = { request, leaving: new AbortController() };
    this.asked = [...this.asked.filter(({ leaving }) => !leaving.signal.aborted), asked];
    const { id } = request.experiment;
    const { signal } = asked.leaving;
    const outcome = await this.client.request(request, { signal, onStep: (step) => this.tell(id, step) });
    this.asked = this.asked.filter((each) => each !== asked);
    if (outcome.kind === 'failed') this.tell(id, outcome);
    if (outcome.kind === 'lost') this.tell(id, { kind: 'failed', message: null });
  }

  /** Ends the worker; whatever was asked is dropped. */
  close(): void {
    this.client.close();
  }
}

/** Whether a request is for the same thing, of texts that have grown since. */
const growsOn = (before: ComparisonRequest, after: ComparisonRequest): boolean =>
  before.experiment.id === after.experiment.id && before.viewSettings === after.viewSettings;
