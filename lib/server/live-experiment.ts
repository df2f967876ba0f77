import type { Numbered } from '@/lib/api/event-stream';
import { nextCalls } from '@/lib/compare/measure/probe';
import { isStreamed } from '@/lib/recipe/body';
import { armProvider, armRequest, maxAtOnce, plan, type RunSpec } from '@/lib/recipe/plan';
import { isProbe, knownAtStart } from '@/lib/recipe/probe';
import type { Recipe } from '@/lib/recipe/recipe';
import type { RunEvent } from '@/lib/run/events';
import { applyEvent, type Experiment, GrowingExperiment } from '@/lib/run/fold';
import type { Caller, Provider, ProviderEvent, RunCall } from '@/lib/run/provider';
import { isMissing, isOver, type OverRun, type RunRecord } from '@/lib/run/record';
import { eventsOf } from '@/lib/run/saved';
import { withinSpan } from '@/lib/telemetry/spans';

/** The provider that is asked for the runs of an arm. */
export type ProviderOf = (arm: number) => Provider;

export type LiveOptions = {
  id: string;
  recipe: Recipe;
  /** in whose turn its runs are made; absent where nobody else is */
  visitor?: string;
  providerOf: ProviderOf;
  /** tokens a second for Seedling; undefined for as fast as possible */
  pace: number | undefined;
  /** how long runs go on after the last reader has gone, in milliseconds */
  graceMs: number;
  /** how many runs of a provider may be under way at once; `maxAtOnce` if it is left out */
  atOnce?: number | undefined;
  /** its state so far, if it was begun before */
  known?: Experiment;
  /** the number before that of the first event: 0, unless readers may have seen another log of this experiment */
  firstSeq?: number;
  /** resolves when a call may be begun, where many could be at once */
  turn?: (caller: Caller) => Promise<void>;
  /** stores a finished run; a run is reported as over only after this has resolved */
  keep?: (run: OverRun) => Promise<void>;
};

/** What a run writes after its first words is gathered for this long and sent as one event. */
const gatherMs = 40;
const heartbeatMs = 15_000;

type TextDelta = Extract<RunEvent, { type: 'text-delta' }>;

/**
 * An experiment while this process holds it: a log of events, numbered from 1, that grows as its runs go on. Any number
 * of readers follow it, each with a cursor of its own, from wherever they left off; a slow one costs nothing.
 */
export class LiveExperiment {
  private readonly log: RunEvent[] = [];
  private readonly growing = new GrowingExperiment();
  private readonly probing: boolean;
  private providerOf: ProviderOf;
  private readonly stops = new Map<number, AbortController>();
  /** of each run that has begun to write, what is not sent yet */
  private readonly gathered = new Map<number, TextDelta | null>();
  private gathering: NodeJS.Timeout | undefined;
  private grown = Promise.withResolvers<void>();
  private telling: NodeJS.Immediate | undefined;
  private busy = 0;
  /** resolves when the runs that were started last are over */
  private turn: Promise<unknown> | undefined;
  private readers = 0;
  private grace: NodeJS.Timeout | undefined;

  constructor(private readonly options: LiveOptions) {
    const { id, recipe, known, providerOf } = options;
    this.providerOf = providerOf;
    this.probing = isProbe(recipe);
    if (known) for (const event of eventsOf({ ...known, running: true })) this.append(event);
    else this.append({ type: 'experiment-start', id, recipe, runs: knownAtStart(recipe) });
  }

  get experiment(): Experiment {
    const { now } = this.growing;
    if (!now) throw new Error('An experiment begins with experiment-start.');
    return now;
  }

  /** The number of the newest event. */
  get newest(): number {
    return this.before + this.log.length;
  }

  /** The number before the first event's. */
  private get before(): number {
    return this.options.firstSeq ?? 0;
  }

  get running(): boolean {
    return this.busy > 0;
  }

  /**
   * Makes runs, in parallel or one after the other as the recipe says, and those that a probe asks for because of their
   * answers; resolves when all are over. Those of one provider do not wait for places at another, unless it is one after the other.
   */
  async start(specs: readonly RunSpec[] = this.firstRuns()): Promise<void> {
    this.busy++;
    for (let turn = specs; turn.length > 0; turn = this.probing ? this.nextRuns() : []) await this.takeTurn(turn);
    this.busy--;
    if (this.running) return;
    clearTimeout(this.grace);
    this.append({ type: 'experiment-end', id: this.options.id });
    this.tell();
  }

  private async takeTurn(specs: readonly RunSpec[]): Promise<void> {
    const began = performance.now();
    for (const { run } of specs) this.stops.set(run, new AbortController());
    const { recipe, atOnce: most = maxAtOnce } = this.options;
    const sequential = recipe.dispatch === 'sequential';
    const before = sequential ? this.turn : undefined;
    const make = async (lane: readonly RunSpec[], atOnce: number) => {
      const queue = lane.values();
      const work = async () => {
        if (before) await before;
        for (const spec of queue) await this.runInTurn(spec, began);
      };
      await Promise.all(Array.from({ length: Math.min(atOnce, lane.length) }, work));
    };
    const byProvider = Map.groupBy(specs, ({ arm }) => this.providerOf(arm));
    this.turn = sequential ? make(specs, 1) : Promise.all([...byProvider.values()].map((lane) => make(lane, most)));
    await this.turn;
  }

  private firstRuns(): RunSpec[] {
    return this.probing ? this.nextRuns() : plan(this.options.recipe);
  }

  /** The runs that a probe asks for now; none while it waits for an answer. */
  private nextRuns(): RunSpec[] {
    const { recipe, runs } = this.experiment;
    const next = nextCalls(recipe, runs);
    return plan(recipe).filter(({ run }) => next.includes(run));
  }

  /** Resolves when no run is queued or running. */
  async over(): Promise<void> {
    while (this.running) await this.grown.promise;
  }

  /**
   * Runs again what is missing or failed, of the given runs or of all, and asks other providers from now on, if there are: those of a
   * visitor may have another key. Returns the numbers of those.
   */
  again(runs?: readonly number[], providerOf: ProviderOf = this.providerOf): number[] {
    this.providerOf = providerOf;
    const missing = this.experiment.runs.filter((record) => isMissing(record) && !this.stops.has(record.run));
    const wanted = missing.filter(({ run }) => runs === undefined || runs.includes(run)).map(({ run }) => run);
    if (wanted.length > 0) void this.start(plan(this.options.recipe).filter(({ run }) => wanted.includes(run)));
    return wanted;
  }

  /** Aborts the given runs, or all. Their text so far is kept. */
  stop(runs?: readonly number[]): void {
    for (const [run, controller] of this.stops) if (runs === undefined || runs.includes(run)) controller.abort();
  }

  /**
   * Follows the log after event number `after` (from the beginning, if there is no such event here): batches of what is
   * new, an empty one as a heartbeat, until the experiment is over or `signal` aborts. When the last reader has gone and
   * none comes back in time, runs are aborted.
   */
  async *read(after: number, signal: AbortSignal): AsyncGenerator<Numbered[]> {
    this.readers++;
    clearTimeout(this.grace);
    const aborted = once(signal);
    try {
      const known = after >= this.before && after <= this.newest;
      for (let at = known ? after - this.before : 0; !signal.aborted; ) {
        const batch = this.log.slice(at).map((event, index) => ({ seq: this.before + at + index + 1, event }));
        at += batch.length;
        if (batch.length > 0) yield batch;
        else if (!this.running) return;
        else if ((await this.somethingNew(aborted)) === 'nothing') yield [];
      }
    } finally {
      this.readers--;
      if (this.readers === 0 && this.running) this.grace = setTimeout(() => this.stop(), this.options.graceMs);
    }
  }

  private async somethingNew(aborted: Promise<unknown>): Promise<'something' | 'nothing'> {
    const beat = Promise.withResolvers<'nothing'>();
    const timer = setTimeout(() => beat.resolve('nothing'), heartbeatMs);
    const news = Promise.race([this.grown.promise, aborted]).then(() => 'something' as const);
    const which = await Promise.race([news, beat.promise]);
    clearTimeout(timer);
    return which;
  }

  private async runInTurn(spec: RunSpec, began: number): Promise<void> {
    const { id, visitor = '' } = this.options;
    const caller = { visitor, experiment: id };
    const provider = this.providerOf(spec.arm);
    const signal = this.stops.get(spec.run)?.signal ?? AbortSignal.abort();
    const leave = provider.line ? await provider.line.enter(caller, signal) : undefined;
    try {
      if (this.options.turn) await this.options.turn(caller);
      await this.runOne(provider, { spec, signal, caller, queuedMs: performance.now() - began });
    } finally {
      leave?.();
    }
  }

  private async runOne(
    provider: Provider,
    { spec, signal, caller, queuedMs }: Pick<RunCall, 'spec' | 'signal' | 'caller' | 'queuedMs'>,
  ): Promise<void> {
    const { recipe, pace } = this.options;
    const before = this.growing.recordOf(spec.run);
    const request = armRequest(recipe, spec.arm);
    const { endpoint, key, dialect } = provider;
    const sent = {
      ...(signal.aborted ? {} : { endpoint }),
      ...(signal.aborted || isStreamed(request, dialect) ? {} : { streamed: false as const }),
      ...(key === undefined ? {} : { key }),
    };
    this.append({ type: 'run-start', run: spec.run, ...sent });
    const call = { spec, request, signal, queuedMs, pace, caller };
    const told = {
      'seedbed.provider': armProvider(recipe, spec.arm),
      'gen_ai.request.model': spec.model.slice(0, 100),
    };
    await withinSpan('run', told, async (tell) => {
      for await (const event of provider.run(call)) {
        await this.take(before ? this.keepingText(before, event) : event);
        if (event.type === 'run-end' || event.type === 'run-error') tell(outcomeOf(event), event.type === 'run-error');
      }
    });
    this.stops.delete(spec.run);
  }

  /** An event of a run that is run again. If it ends in vain before any text has come, the text that it had before is kept. */
  private keepingText({ run, text, reasoning, tokens }: RunRecord, event: ProviderEvent): ProviderEvent {
    if (
      text === '' ||
      event.type === 'text-delta' ||
      event.type === 'run-wait' ||
      (event.type === 'run-end' && event.finish !== 'aborted')
    )
      return event;
    this.flush(run);
    if (this.growing.recordOf(run)?.text !== '') return event;
    this.append({ type: 'text-delta', run, text, ...(reasoning ? { reasoning } : {}), ...(tokens ? { tokens } : {}) });
    if (event.type === 'run-end') return event;
    return { ...event, error: { ...event.error, message: `${event.error.message} ${textOfEarlierTry}` } };
  }

  private async take(event: ProviderEvent): Promise<void> {
    if (event.type === 'text-delta') {
      this.gather(event);
      return;
    }
    this.flush(event.run);
    this.gathered.delete(event.run);
    this.append(await this.settle(event));
  }

  /**
   * Stores the run that an event ends, so that what is reported as over is on disk. If that fails, so has the run. What was sent
   * for it is stored, and not reported.
   */
  private async settle(event: ProviderEvent): Promise<RunEvent> {
    if (event.type === 'run-wait' || event.type === 'text-delta') return event;
    const { exchange, ...ending } = event;
    const { id, recipe } = this.options;
    const before = this.growing.recordOf(ending.run);
    const record = before && applyEvent({ id, recipe, runs: [before], running: true }, ending)?.runs[0];
    if (!record || !isOver(record)) return ending;
    try {
      await this.options.keep?.(exchange ? { ...record, exchange } : record);
      return ending;
    } catch (error) {
      const why = error instanceof Error ? error.message : 'The store failed.';
      const message = `This answer could not be saved, so it is not part of the permalink. ${why}`;
      const problem = { code: 'not_saved', message, status: null, param: null, retryable: true };
      return { type: 'run-error', run: ending.run, error: problem };
    }
  }

  /** Gathers what a run writes, but for its first words: somebody waits for those. */
  private gather(delta: TextDelta): void {
    const { run } = delta;
    const before = this.gathered.get(run);
    this.gathered.set(run, before ? joined(before, delta) : delta);
    if (before === undefined) this.flush(run);
    else this.gathering ??= setTimeout(() => this.flushAll(), gatherMs);
  }

  private flushAll(): void {
    this.gathering = undefined;
    for (const run of this.gathered.keys()) this.flush(run);
  }

  /** Appends what is gathered of a run. */
  private flush(run: number): void {
    const delta = this.gathered.get(run);
    if (!delta) return;
    this.gathered.set(run, null);
    this.append(delta);
  }

  private append(event: RunEvent): void {
    this.log.push(event);
    this.growing.add(event);
    this.telling ??= setImmediate(() => this.tell());
  }

  /** Lets readers have what is new: all that happens at once is sent together, since each time costs a packet. */
  private tell(): void {
    clearImmediate(this.telling);
    this.telling = undefined;
    this.grown.resolve();
    this.grown = Promise.withResolvers();
  }
}

/** How a run ended, for traces: nothing of what was said. */
function outcomeOf(event: Extract<ProviderEvent, { type: 'run-end' | 'run-error' }>) {
  if (event.type === 'run-error') return { 'seedbed.status': event.error.status ?? 0 };
  const { firstTextMs, queuedMs } = event.timing;
  return {
    'seedbed.finish': event.finish,
    'seedbed.attempts': event.attempts,
    'seedbed.queued_ms': Math.round(queuedMs),
    ...(firstTextMs === null ? {} : { 'seedbed.first_text_ms': Math.round(firstTextMs) }),
  };
}

function joined(before: TextDelta, after: TextDelta): TextDelta {
  const reasoning = (before.reasoning ?? '') + (after.reasoning ?? '');
  const tokens = [...(before.tokens ?? []), ...(after.tokens ?? [])];
  return {
    type: 'text-delta',
    run: after.run,
    text: before.text + after.text,
    ...(reasoning === '' ? {} : { reasoning }),
    ...(tokens.length > 0 ? { tokens } : {}),
  };
}

const textOfEarlierTry = 'The text is that of an earlier try.';

/** Resolves when a signal aborts. */
const once = (signal: AbortSignal): Promise<unknown> =>
  new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
