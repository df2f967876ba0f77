import type { Fetching, LensAnswer, LensRequest } from '@/lib/lens/lens';
import type { ModelName } from '@/lib/lens/lens-model';
import { WorkerClient, type WorkerPort } from '@/lib/worker/client';

export type LensResult = LensAnswer | { kind: 'cancelled' };

/**
 * The line to the lens's worker. A request is answered in one step, after one that says what is fetched for it. One that is
 * cancelled under way is allowed to finish, so that models, which are large, need not be loaded again.
 */
export class LensLine {
  private readonly client: WorkerClient<LensRequest, LensAnswer | Fetching>;

  constructor(start: () => WorkerPort) {
    this.client = new WorkerClient(start);
  }

  /** Never rejects: failure is a kind of result. */
  async ask(
    request: LensRequest,
    signal?: AbortSignal,
    onFetching: (model: ModelName) => void = () => {},
  ): Promise<LensResult> {
    let answer: LensAnswer = { kind: 'failed', why: 'unreachable' };
    const onStep = (step: LensAnswer | Fetching): void => {
      if (step.kind === 'fetching') onFetching(step.model);
      else answer = step;
    };
    const outcome = await this.client.request(request, signal ? { signal, onStep } : { onStep });
    if (outcome.kind === 'failed') return { kind: 'failed', why: 'broken' };
    return outcome.kind === 'cancelled' ? outcome : answer;
  }

  /** Ends the worker and cancels all requests. */
  close(): void {
    this.client.close();
  }
}
