import type { FromWorker, ToWorker } from './messages';

/** A worker, as far as it is used here. */
export type WorkerPort = Pick<Worker, 'postMessage' | 'terminate' | 'onmessage' | 'onerror'>;

/**
 * How a request ended. 'failed': something was thrown, with that message. 'lost': the worker itself is gone; most likely its
 * script could not be loaded.
 */
export type Outcome = { kind: 'done' } | { kind: 'cancelled' } | { kind: 'failed'; message: string } | { kind: 'lost' };

type Asked<Request, Step> = {
  id: number;
  request: Request;
  onStep: (step: Step) => void;
  settle: (outcome: Outcome) => void;
};

export type ClientOptions = {
  /** How long a cancelled request may take to end before its worker is replaced, in milliseconds; absent for no limit. */
  patienceMs?: number;
};

export type RequestOptions<Step> = { signal?: AbortSignal; onStep: (step: Step) => void };

/**
 * The page's side of a worker: one request is under way at a time, the others wait in order. The worker starts with the first
 * request, and again after it broke or did not end a cancelled request in time.
 */
export class WorkerClient<Request, Step> {
  private worker: WorkerPort | null = null;
  private waiting: Asked<Request, Step>[] = [];
  private underWay: Asked<Request, Step> | null = null;
  private impatience: ReturnType<typeof setTimeout> | undefined;
  private count = 0;

  constructor(
    private readonly start: () => WorkerPort,
    private readonly options: ClientOptions = {},
  ) {}

  /**
   * Never rejects. A request whose signal is aborted ends as 'cancelled' at once and takes no further step; if it was
   * waiting it is never sent, so that a slider that moves fast leaves no queue behind.
   */
  request(request: Request, { signal, onStep }: RequestOptions<Step>): Promise<Outcome> {
    return new Promise((settle) => {
      if (signal?.aborted) return settle({ kind: 'cancelled' });
      const asked = { id: ++this.count, request, onStep, settle };
      signal?.addEventListener('abort', () => this.cancel(asked), { once: true });
      this.waiting.push(asked);
      this.sendNext();
    });
  }

  /** Ends the worker and cancels all requests. It may be used again. */
  close(): void {
    this.endAll({ kind: 'cancelled' });
  }

  private cancel(asked: Asked<Request, Step>): void {
    asked.settle({ kind: 'cancelled' });
    asked.onStep = () => {};
    if (asked !== this.underWay) {
      this.waiting = this.waiting.filter((each) => each !== asked);
      return;
    }
    this.send({ kind: 'cancel', id: asked.id });
    const { patienceMs } = this.options;
    if (patienceMs !== undefined) this.impatience = setTimeout(() => this.giveUp(), patienceMs);
  }

  private sendNext(): void {
    if (this.underWay) return;
    const next = this.waiting.shift();
    if (!next) return;
    this.underWay = next;
    try {
      this.send({ kind: 'request', id: next.id, request: next.request });
    } catch (error) {
      this.end({ kind: 'failed', message: error instanceof Error ? error.message : String(error) });
    }
  }

  private send(message: ToWorker<Request>): void {
    this.worker ??= this.open();
    this.worker.postMessage(message);
  }

  private open(): WorkerPort {
    const worker = this.start();
    worker.onmessage = ({ data }: MessageEvent<FromWorker<Step>>) => {
      if (worker === this.worker) this.take(data);
    };
    worker.onerror = () => {
      if (worker === this.worker) this.endAll({ kind: 'lost' });
    };
    return worker;
  }

  private take(message: FromWorker<Step>): void {
    if (message.id !== this.underWay?.id) return;
    if (message.kind === 'step') this.underWay.onStep(message.step);
    else if (message.kind === 'failed') this.end({ kind: 'failed', message: message.message });
    else this.end({ kind: message.kind });
  }

  /** Ends the request that is under way, and sends the next. */
  private end(outcome: Outcome): void {
    clearTimeout(this.impatience);
    this.underWay?.settle(outcome);
    this.underWay = null;
    this.sendNext();
  }

  /** The request under way does not end in time: another worker takes over the waiting ones. */
  private giveUp(): void {
    this.dropWorker();
    this.end({ kind: 'cancelled' });
  }

  private dropWorker(): void {
    this.worker?.terminate();
    this.worker = null;
  }

  private endAll(outcome: Outcome): void {
    this.dropWorker();
    for (const { settle } of this.waiting) settle(outcome);
    this.waiting = [];
    this.end(outcome);
  }
}
