import type { WorkerPort } from './client';
import type { FromWorker, ToWorker } from './messages';
import { serveRequests, type WorkerScope } from './serve';

/** A worker in the test's own thread: messages are copied and come a moment later, as between threads. */
export class InMemoryWorker<Request, Step> implements WorkerPort {
  onmessage: WorkerPort['onmessage'] = null;
  onerror: WorkerPort['onerror'] = null;
  ended = false;
  /** what the page has sent */
  readonly received: ToWorker<Request>[] = [];
  private readonly scope: WorkerScope<Request, Step> = {
    onmessage: null,
    postMessage: (message) => this.tell(message),
  };

  constructor(work?: (request: Request) => Iterable<Step> | AsyncIterable<Step>) {
    if (work) serveRequests(this.scope, work);
  }

  postMessage(message: ToWorker<Request>): void {
    const copy = structuredClone(message);
    this.received.push(copy);
    queueMicrotask(() => {
      if (!this.ended) Reflect.apply(this.scope.onmessage ?? (() => {}), this.scope, [{ data: copy }]);
    });
  }

  terminate(): void {
    this.ended = true;
  }

  /** Sends the page a message, even from a worker that has no work. */
  tell(message: FromWorker<Step>): void {
    const copy = structuredClone(message);
    queueMicrotask(() => Reflect.apply(this.onmessage ?? (() => {}), this, [{ data: copy }]));
  }

  /** As if its script could not be loaded, or threw an error that nobody caught. */
  break(): void {
    Reflect.apply(this.onerror ?? (() => {}), this, [{}]);
  }
}
