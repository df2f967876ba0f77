import { EventEmitter } from 'node:events';
import { Worker } from 'node:worker_threads';
import { apiError, type CompletionRequest } from '@/lib/openai/completion-request';
import { err, ok, type Result } from '@/lib/result';
import type { Caller } from '@/lib/run/provider';
import type { TooLong } from '@/lib/sapling/chat';
import type { Sapling } from '@/lib/sapling/sapling';
import { type Asked, SaplingEngine, type Told } from './sapling-engine';
import type { Answer, Refusal, Sealed, Written } from './written';

/** Where an engine is, as far as it is used here. */
export type EnginePort = {
  postMessage(asked: Asked): void;
  on(event: 'message' | 'error' | 'exit', listener: (told: Told) => void): unknown;
  terminate(): unknown;
  /** whether the process goes on for its sake */
  ref(): void;
  unref(): void;
};

/** Sapling's engine is gone in the middle of what it wrote, or has given it up. The next one who asks has another. */
export class EngineLost extends Error {
  override readonly name = 'EngineLost';
  readonly refusal: Refusal;

  constructor(message = 'Sapling broke off and has to be started again. Please ask again.', code = 'engine_lost') {
    super(message);
    this.refusal = { status: 503, error: { ...apiError(message, null, code), type: 'server_error' } };
  }
}

/** Whether an error is an EngineLost, also one of another bundle's class. */
export const isEngineLost = (error: unknown): error is EngineLost =>
  error instanceof Error && error.name === 'EngineLost' && 'refusal' in error;

/** How long an engine that nobody asks is kept, in milliseconds: it holds some 100 MB. */
const restMs = 60_000;

/** Sapling's engine, wherever it is: started by whoever asks first, ended when nobody has asked for a while. */
export class SaplingThread {
  readonly #start: () => EnginePort;
  readonly #tell: (error: unknown) => void;
  readonly #calls = new Map<number, Call>();
  #port: EnginePort | undefined;
  #resting: NodeJS.Timeout | undefined;
  #asked = 0;

  /** `tell` is told why an engine was lost: the error that it ended with, or the code. */
  constructor(start: () => EnginePort, tell: (error: unknown) => void = () => {}) {
    this.#start = start;
    this.#tell = tell;
  }

  /** How many answers are being written or wait for it. */
  get load(): number {
    return this.#calls.size;
  }

  /** An answer for a caller, or why there is none; ends with an error where the signal aborts or the engine is lost. */
  async write(
    request: CompletionRequest,
    sealed: Sealed,
    caller: Caller,
    signal: AbortSignal,
  ): Promise<Result<Answer, Refusal>> {
    signal.throwIfAborted();
    const id = ++this.#asked;
    const call = new Call();
    this.#calls.set(id, call);
    this.#post({ kind: 'write', id, caller, request, sealed });
    signal.addEventListener('abort', () => this.#leave(id, call, signal.reason), { once: true });
    const refusal = await call.taken.finally(() => this.#rest());
    return refusal ? err(refusal) : ok(this.#read(id, call));
  }

  async *#read(id: number, call: Call): Answer {
    try {
      for (let written = await call.next(); written; written = await call.next()) {
        const characters = written.parts.reduce((sum, { length }) => sum + length, 0);
        if (!call.over) this.#post({ kind: 'read', id, characters });
        yield written;
      }
    } finally {
      this.#leave(id, call, undefined);
    }
  }

  #post(asked: Asked): void {
    clearTimeout(this.#resting);
    this.#port ??= this.#open();
    this.#port.ref();
    this.#port.postMessage(asked);
  }

  #open(): EnginePort {
    const port = this.#start();
    const lost = (error: unknown) => {
      if (port !== this.#port) return;
      this.#tell(error);
      this.#port = undefined;
      for (const call of this.#calls.values()) call.fail(new EngineLost());
      this.#calls.clear();
    };
    port.on('message', (told) => this.#hear(told));
    port.on('error', lost);
    port.on('exit', lost);
    return port;
  }

  #hear(told: Told): void {
    const call = this.#calls.get(told.id);
    if (told.kind === 'wrote') call?.add(told);
    else if (told.kind === 'dropped') call?.fail(new EngineLost(tooSlow, 'reader_too_slow'));
    else call?.take(told.kind === 'refused' ? tooLong(told.why) : null);
    if (told.kind === 'refused' || told.kind === 'dropped' || (told.kind === 'wrote' && told.over))
      this.#calls.delete(told.id);
    this.#rest();
  }

  #leave(id: number, call: Call, reason: unknown): void {
    call.fail(reason);
    if (this.#calls.delete(id)) this.#post({ kind: 'leave', id });
    this.#rest();
  }

  /** Lets the process end, and after a while the engine, if there is nothing to write. */
  #rest(): void {
    if (this.#calls.size > 0) return;
    clearTimeout(this.#resting);
    this.#port?.unref();
    this.#resting = setTimeout(() => {
      const port = this.#port;
      this.#port = undefined;
      port?.terminate();
    }, restMs).unref();
  }
}

/** One answer on its way here. */
class Call {
  readonly #taken = Promise.withResolvers<Refusal | null>();
  #arrived: Written = { parts: [], tokens: 0 };
  #wake = () => {};
  #failure: { reason: unknown } | undefined;
  /** whether all of it has arrived */
  over = false;

  constructor() {
    // Whoever has left does not hear of it.
    this.#taken.promise.catch(() => {});
  }

  get taken(): Promise<Refusal | null> {
    return this.#taken.promise;
  }

  take(refusal: Refusal | null): void {
    this.#taken.resolve(refusal);
  }

  add({ parts, tokens, over }: Written & { over: boolean }): void {
    this.#arrived.parts.push(...parts);
    this.#arrived.tokens += tokens;
    this.over = over;
    this.#wake();
  }

  fail(reason: unknown): void {
    this.#failure ??= { reason };
    this.#taken.reject(reason);
    this.#wake();
  }

  /** What has arrived since; null after all of it. Throws why no more will come. */
  async next(): Promise<Written | null> {
    for (;;) {
      if (this.#failure) throw this.#failure.reason;
      const arrived = this.#arrived;
      this.#arrived = { parts: [], tokens: 0 };
      if (arrived.tokens > 0) return arrived;
      if (this.over) return null;
      await new Promise<void>((wake) => {
        this.#wake = wake;
      });
    }
  }
}

const tooSlow = 'The answer was read too slowly while others waited for Sapling. Please ask again.';

/** In OpenAI's words. */
const tooLong = ({ tokens, context }: TooLong): Refusal => ({
  status: 400,
  error: apiError(
    `This model's maximum context length is ${context} tokens. However, your messages resulted in at least ${tokens} tokens. Please reduce the length of the messages.`,
    'messages',
    'context_length_exceeded',
  ),
});

/**
 * An engine in a thread of its own, so that the process goes on answering. Each token leaves some 60 KB of scores and chances behind: a
 * small young generation has them collected before they are many. Its heap is some 20 MB; what takes many times that ends the thread, and
 * not the process with all others.
 */
export const engineAside = (path: string): EnginePort =>
  new Worker(new URL('./sapling.worker.ts', import.meta.url), {
    workerData: { path },
    resourceLimits: { maxYoungGenerationSizeMb: 2, maxOldGenerationSizeMb: 256 },
  });

/** An engine in this thread, for programs that have nothing else to do. */
export function engineInside(load: () => Sapling): EnginePort {
  const events = new EventEmitter();
  let engine: SaplingEngine | undefined;
  const hear = async (asked: Asked) => {
    engine ??= new SaplingEngine(load(), (told) => events.emit('message', told));
    await engine.hear(asked);
  };
  return {
    on: (event, listener) => events.on(event, listener),
    postMessage: (asked) => void hear(asked).catch((error) => events.emit('error', error)),
    terminate: () => events.removeAllListeners(),
    ref: () => {},
    unref: () => {},
  };
}
