import type { ResultStep } from '@/lib/compare/results';
import { WorkerClient, type WorkerPort } from '@/lib/worker/client';
import type { ComparisonRequest } from './comparison.worker';

/** `message`: of what was thrown; null if the worker itself is gone. */
export type ComparisonFailure = { kind: 'failed'; message: string | null };

/** What is reported of a comparison: each step, or its failure. */
export type ComparisonNews = ResultStep | ComparisonFailure;

/** How long a comparison that nobody waits for has to notice that; then its worker is ended. */
const patienceMs = 2000;

type Asked = { request: ComparisonRequest; leaving: AbortController };

/**
 * The line to the worker that compares. While texts grow, one request is under way at a time, and only the newest of those
 * that come up meanwhile is sent next, so that slow comparisons never queue up. A reader who chooses another view need not
 * wait: what is under way is dropped.
 */
export class ComparisonLine {
  private readonly client: WorkerClient<ComparisonRequest, ResultStep>;
  /** what is under way, and what waits for its end */
  private asked: Asked[] = [];

  /** `tell` is called with each report, and the id of the experiment that it belongs to. */
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

  /** Ends the worker and drops all requests. */
  close(): void {
    this.client.close();
  }
}

/** Whether a request is for the same view of the same experiment, whose texts have grown since. */
const growsOn = (before: ComparisonRequest, after: ComparisonRequest): boolean =>
  before.experiment.id === after.experiment.id && before.viewSettings === after.viewSettings;
