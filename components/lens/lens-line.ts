import type { LensAnswer, LensRequest } from '@/lib/lens/lens';
import type { LensMessage, LensReply } from './lens.worker';

/** A worker, as far as the line needs one. */
export type LensWorker = Pick<Worker, 'postMessage' | 'terminate' | 'onmessage' | 'onerror'>;

export type LensResult = LensAnswer | { kind: 'cancelled' };

type Waiting = { ask: LensRequest; signal: AbortSignal | undefined; settle: (result: LensResult) => void };

/**
 * The line to the lens's worker. One ask is under way at a time; one that is cancelled while it waits is never sent, so
 * a slider that moves fast leaves no queue behind. The worker starts with the first ask, and anew if it broke.
 */
export class LensLine {
  private readonly start: () => LensWorker;
  private worker: LensWorker | null = null;
  private waiting: Waiting[] = [];
  private underWay: (Waiting & { id: number }) | null = null;
  private asked = 0;

  constructor(start: () => LensWorker) {
    this.start = start;
  }

  /** Never rejects: what goes wrong is a kind of result. */
  ask(ask: LensRequest, signal?: AbortSignal): Promise<LensResult> {
    return new Promise((resolve) => {
      if (signal?.aborted) return resolve({ kind: 'cancelled' });
      const waiting: Waiting = { ask, signal, settle: resolve };
      signal?.addEventListener('abort', () => this.cancel(waiting), { once: true });
      this.waiting.push(waiting);
      this.sendNext();
    });
  }

  /** Ends the worker; whatever was asked is cancelled. */
  close(): void {
    this.drop({ kind: 'cancelled' });
  }

  private cancel(which: Waiting): void {
    this.waiting = this.waiting.filter((each) => each !== which);
    which.settle({ kind: 'cancelled' });
  }

  private sendNext(): void {
    if (this.underWay) return;
    const next = this.waiting.shift();
    if (!next) return;
    this.worker ??= this.open();
    this.underWay = { ...next, id: ++this.asked };
    const message: LensMessage = { id: this.underWay.id, ask: next.ask };
    this.worker.postMessage(message);
  }

  private open(): LensWorker {
    const worker = this.start();
    worker.onmessage = ({ data }: MessageEvent<LensReply>) => {
      if (data.id !== this.underWay?.id) return;
      this.underWay.settle(data.answer);
      this.underWay = null;
      this.sendNext();
    };
    worker.onerror = () => this.drop({ kind: 'failed', why: 'unreachable' });
    return worker;
  }

  private drop(result: LensResult): void {
    this.worker?.terminate();
    this.worker = null;
    const all = [...(this.underWay ? [this.underWay] : []), ...this.waiting];
    this.underWay = null;
    this.waiting = [];
    for (const { settle } of all) settle(result);
  }
}
