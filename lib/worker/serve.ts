import type { FromWorker, ToWorker } from './messages';

/** A worker's `self`, as far as it is used here. */
export type WorkerScope<Request, Step> = {
  onmessage: ((event: MessageEvent<ToWorker<Request>>) => void) | null;
  postMessage(message: FromWorker<Step>): void;
};

/**
 * The worker's side: answers each request with the steps that `work` yields. Between two steps a message may come in; a
 * request that is cancelled takes no further step. What `work` throws is sent to the page: an error that is merely reported
 * in a worker never reaches the code that waits for it.
 */
export function serveRequests<Request, Step>(
  scope: WorkerScope<Request, Step>,
  work: (request: Request) => Iterable<Step> | AsyncIterable<Step>,
): void {
  const cancelled = new Map<number, boolean>();

  const answer = async (id: number, request: Request): Promise<FromWorker<Step>> => {
    try {
      for await (const step of work(request)) {
        scope.postMessage({ kind: 'step', id, step });
        await letMessagesIn();
        if (cancelled.get(id)) return { kind: 'cancelled', id };
      }
      return { kind: 'done', id };
    } catch (error) {
      return { kind: 'failed', id, message: error instanceof Error ? error.message : String(error) };
    }
  };

  scope.onmessage = async ({ data }) => {
    if (data.kind === 'cancel') {
      if (cancelled.has(data.id)) cancelled.set(data.id, true);
      return;
    }
    cancelled.set(data.id, false);
    scope.postMessage(await answer(data.id, data.request));
    cancelled.delete(data.id);
  };
}

const letMessagesIn = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));
