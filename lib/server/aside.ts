import { Worker } from 'node:worker_threads';
import { DocumentError } from '@/lib/store/documents';
import { metrics } from '@/lib/telemetry/metrics';
import { doTask, type TaskName, type tasks } from './tasks';
import { movedIn } from './unread';

/** What a worker is asked, and what it tells. */
export type Asked = { name: TaskName; given: readonly unknown[] };
export type Told =
  | { kind: 'done'; value: unknown }
  | { kind: 'failed'; message: string }
  /** what it was to read is damaged */
  | { kind: 'unreadable' };

/** A worker, as far as it is used here. */
export type AsideWorker = {
  postMessage(asked: Asked, moved: ArrayBuffer[]): void;
  on(event: 'message' | 'error', listener: (told: Told) => void): unknown;
  terminate(): Promise<unknown>;
};

/**
 * Why nothing came of a task: it took too long, it took too much memory, too many of its visitor's were waiting, or whoever asked has
 * left.
 */
export class AsideError extends Error {
  override readonly name = 'AsideError';

  constructor(readonly kind: 'late' | 'lost' | 'crowded' | 'left') {
    super(kind);
  }
}

/** Whether an error is an AsideError, also one of another bundle's class. */
export const isAsideError = (error: unknown): error is AsideError =>
  error instanceof Error && error.name === 'AsideError' && 'kind' in error;

/** `prepare` gives what the worker is asked; `left` aborts when whoever asked has gone. */
type Waiting = {
  prepare: () => Promise<Asked>;
  ms: number;
  left: AbortSignal;
  resolve: (value: unknown) => void;
  reject: (error: Error) => void;
};

/**
 * Whose task it is, how many characters it goes through, how long it may take once it is its turn, in milliseconds, and what aborts
 * when whoever asked has gone.
 */
type About = { visitor: string; weight: number; ms: number; left?: AbortSignal | undefined };

/** Arguments, or what gives them once it is the task's turn: tasks that wait should hold no megabytes. */
type Given<Arguments extends unknown[]> = {
  [At in keyof Arguments]: Arguments[At] | (() => Promise<Arguments[At]>);
};
type Returned<Name extends TaskName> = Awaited<ReturnType<(typeof tasks)[Name]>>;

/** How many tasks of one visitor may wait. */
const maxWaiting = 32;
/** How long workers that have worked are kept for the next task, in milliseconds. */
const restMs = 10_000;
/** What weighs no more than this, in characters, is done at once: to hand it over would cost as much. */
const light = 16 * 1024;

/**
 * Does what may take long aside, in a few workers, so that the process goes on answering meanwhile. Turns go round among
 * visitors. A task that takes longer than it may, or that nobody waits for any more, is ended with its worker.
 */
export class Aside {
  private readonly waiting = new Map<string, Waiting[]>();
  private readonly idle: Hand[] = [];
  private working = 0;
  private resting: NodeJS.Timeout | undefined;

  constructor(
    private readonly start: () => AsideWorker = startWorker,
    private readonly maxWorkers = 2,
  ) {}

  /** How many tasks are being done, and how many wait. */
  get load(): { working: number; waiting: number } {
    const waiting = [...this.waiting.values()].reduce((sum, tasks) => sum + tasks.length, 0);
    return { working: this.working, waiting };
  }

  /** What comes of a task. Rejects with AsideError, or with what the task throws. */
  async do<Name extends TaskName>(
    { visitor, weight, ms, left = never }: About,
    name: Name,
    ...given: Given<Parameters<(typeof tasks)[Name]>>
  ): Promise<Returned<Name>> {
    const prepare = async (): Promise<Asked> => ({
      name,
      given: await Promise.all(given.map((each) => (typeof each === 'function' ? each() : each))),
    });
    // The one place where a task meets its arguments and its result: which name has which cannot be typed.
    if (weight <= light) return (await doTask(await prepare())) as Returned<Name>;
    return (await this.queue(visitor, { prepare, ms, left })) as Returned<Name>;
  }

  private queue(visitor: string, task: Omit<Waiting, 'resolve' | 'reject'>): Promise<unknown> {
    const own = this.waiting.get(visitor) ?? [];
    if (own.length >= maxWaiting) {
      metrics().limitHit('worker-tasks');
      throw new AsideError('crowded');
    }
    return new Promise((resolve, reject) => {
      this.waiting.set(visitor, [...own, { ...task, resolve, reject }]);
      this.next();
    });
  }

  private next(): void {
    const [first] = this.waiting;
    if (!first || this.working >= this.maxWorkers) return;
    const [visitor, [task, ...others]] = first;
    this.waiting.delete(visitor);
    if (others.length > 0) this.waiting.set(visitor, others);
    if (task) void this.work(task);
    this.next();
  }

  /**
   * Ends the workers, which hold on to the memory of whatever they have done, and has another ready for the next task: to start one
   * takes as long as most tasks.
   */
  rest(): void {
    for (const hand of this.idle.splice(0)) hand.end();
    this.idle.push(new Hand(this.start()));
  }

  private async work({ prepare, ms, left, resolve, reject }: Waiting): Promise<void> {
    if (left.aborted) {
      reject(new AsideError('left'));
      this.next();
      return;
    }
    this.working++;
    clearTimeout(this.resting);
    const asked = await prepare().catch((error: Error) => error);
    if (asked instanceof Error || left.aborted) {
      this.working--;
      reject(asked instanceof Error ? asked : new AsideError('left'));
      this.next();
      return;
    }
    const hand = this.idle.pop() ?? new Hand(this.start());
    const told = await hand.do(asked, ms, left);
    this.working--;
    if (told.kind === 'done' || told.kind === 'failed' || told.kind === 'unreadable') this.idle.push(hand);
    if (told.kind === 'done') resolve(told.value);
    else reject(errorOf(told));
    this.next();
    if (this.working === 0) this.resting = setTimeout(() => this.rest(), restMs).unref();
  }
}

/** What a worker told, or why it did not. */
type Outcome = Told | { kind: 'late' | 'lost' | 'left' };

function errorOf(outcome: Exclude<Outcome, { kind: 'done' }>): Error {
  if (outcome.kind === 'unreadable') return new DocumentError('a worker read it');
  return outcome.kind === 'failed' ? new Error(outcome.message) : new AsideError(outcome.kind);
}

const never = new AbortController().signal;

/** One worker, which does one task at a time. It is of no more use once one was late, or it was lost. */
class Hand {
  private tell: ((outcome: Outcome) => void) | undefined;

  constructor(private readonly worker: AsideWorker) {
    worker.on('message', (told: Told) => this.tell?.(told));
    worker.on('error', () => this.tell?.({ kind: 'lost' }));
  }

  async do(asked: Asked, ms: number, left: AbortSignal): Promise<Outcome> {
    const { promise, resolve } = Promise.withResolvers<Outcome>();
    this.tell = resolve;
    const timer = setTimeout(() => resolve({ kind: 'late' }), ms);
    const leave = () => resolve({ kind: 'left' });
    left.addEventListener('abort', leave, { once: true });
    this.worker.postMessage(asked, movedIn(asked.given));
    const outcome = await promise;
    clearTimeout(timer);
    left.removeEventListener('abort', leave);
    if (outcome.kind === 'late' || outcome.kind === 'left') this.end();
    return outcome;
  }

  end(): void {
    void this.worker.terminate();
  }
}

const startWorker = (): AsideWorker =>
  new Worker(new URL('./aside.worker.ts', import.meta.url), { resourceLimits: { maxOldGenerationSizeMb: 1024 } });
