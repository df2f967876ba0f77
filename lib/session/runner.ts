import type { ApiClient, ApiResult } from '@/lib/api/client';
import type { EventStream, Numbered } from '@/lib/api/event-stream';
import type { ApiProblem } from '@/lib/api/problem';
import type { Action } from './actions';
import type { Address } from './address';
import type { Effect, FocusTarget, Shown } from './effects';
import type { OwnKeys } from './own-keys';
import { fieldOf } from './problem';
import { reduce } from './reduce';
import type { Session } from './session';

/** What a session needs from the world around it: a page's, or a program's. */
export type World = {
  api: Pick<ApiClient, 'start' | 'follow' | 'runAgain' | 'stop' | 'own'>;
  /** resolves after `ms` milliseconds, or as soon as the signal aborts */
  wait: (ms: number, signal: AbortSignal) => Promise<void>;
  /** the time as ISO 8601 */
  now: () => string;
  writeAddress: (address: Address) => void;
  focus: (target: FocusTarget) => void;
  show: (part: Shown) => void;
  holdKeys: (keys: OwnKeys) => void;
};

/** Events of all runs are gathered for this long and taken in together, since the page is drawn each time. */
const gatherMs = 50;

/**
 * Holds a session and performs its effects. It listens to one connection at a time and ignores whatever an earlier one still
 * sends.
 *
 *     const runner = new SessionRunner(openSession(opened, providers));
 *     const leave = runner.enter(world);
 *     runner.dispatch({ kind: 'run-asked' });
 */
export class SessionRunner {
  private current: Session;
  private world: World | null = null;
  private listening = new AbortController();
  private readonly listeners = new Set<() => void>();

  constructor(first: Session) {
    this.current = first;
  }

  get session(): Session {
    return this.current;
  }

  /** Calls a listener after each change, until the function that is returned is called. */
  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** Begins to perform effects. The function that is returned leaves: it stops listening, and what runs goes on. */
  enter(world: World): () => void {
    this.world = world;
    return () => {
      this.dispatch({ kind: 'left' });
      this.world = null;
    };
  }

  readonly dispatch = (action: Action): void => {
    const { session, effects } = reduce(this.current, action);
    const changed = session !== this.current;
    this.current = session;
    if (changed) for (const listener of this.listeners) listener();
    if (this.world) for (const effect of effects) this.perform(effect, this.world);
  };

  private perform(effect: Effect, world: World): void {
    switch (effect.kind) {
      case 'start': {
        const { recipe, pace, parent, keys } = effect;
        void this.listen(world, (signal) => world.api.start(recipe, { pace, parent, keys, signal }));
        return;
      }
      case 'rerun': {
        const { id, runs, follow, keys } = effect;
        const ask = (signal?: AbortSignal) => world.api.runAgain(id, { runs: [...runs] }, { keys, signal });
        void (follow ? this.listen(world, ask) : this.ask(ask()));
        return;
      }
      case 'follow':
        void this.takeUp(world, effect);
        return;
      case 'ask-own':
        void this.askOwn(world, effect.id);
        return;
      case 'stop':
        void world.api.stop(effect.id, effect.runs ? { runs: [...effect.runs] } : {});
        return;
      case 'hang-up':
        this.listening.abort();
        return;
      case 'hold-keys':
        world.holdKeys(effect.keys);
        return;
      case 'write-address':
        world.writeAddress(effect.address);
        return;
      case 'focus':
        world.focus(effect.target);
        return;
      case 'show':
        world.show(effect.part);
    }
  }

  /** Replaces the connection that is listened to. */
  private connect(): AbortSignal {
    this.listening.abort();
    this.listening = new AbortController();
    return this.listening.signal;
  }

  /** Asks for a stream and listens to it. */
  private async listen(world: World, ask: (signal: AbortSignal) => ApiResult<EventStream>): Promise<void> {
    const signal = this.connect();
    const answer = await ask(signal);
    if (signal.aborted) return;
    if (answer.ok) return this.hear(world, answer.value, signal);
    this.dispatch(answer.error.kind === 'unreachable' ? { kind: 'disconnected' } : refusal(answer.error));
  }

  private async takeUp(world: World, { id, after, delayMs }: Extract<Effect, { kind: 'follow' }>): Promise<void> {
    const signal = this.connect();
    if (delayMs > 0) await world.wait(delayMs, signal);
    if (signal.aborted) return;
    const answer = await world.api.follow(id, after, signal);
    if (signal.aborted) return;
    if (!answer.ok) return this.dispatch({ kind: 'disconnected' });
    this.dispatch({ kind: 'connected' });
    await this.hear(world, answer.value, signal);
  }

  /** Takes in a stream until it ends or breaks. */
  private async hear(world: World, stream: EventStream, signal: AbortSignal): Promise<void> {
    let gathered: Numbered[] = [];
    const takeIn = () => {
      const events = gathered;
      gathered = [];
      if (events.length > 0 && !signal.aborted) this.dispatch({ kind: 'heard', events, at: world.now() });
    };
    try {
      for await (const event of stream) {
        if (gathered.length === 0) void world.wait(gatherMs, signal).then(takeIn);
        gathered.push(event);
      }
    } catch {
      // A connection that breaks has ended, like any other: the session resumes it.
    }
    takeIn();
    if (!signal.aborted) this.dispatch({ kind: 'disconnected' });
  }

  /** Whoever cannot be told reads on like everybody. */
  private async askOwn(world: World, id: string): Promise<void> {
    const answer = await world.api.own(id);
    if (answer.ok) this.dispatch({ kind: 'own-known', id, ...answer.value });
  }

  /** Asks for something whose events are already being followed. */
  private async ask(answering: ApiResult<EventStream>): Promise<void> {
    const answer = await answering;
    if (answer.ok) await answer.value.return?.(undefined);
    else this.dispatch(answer.error.kind === 'unreachable' ? unreachable : refusal(answer.error));
  }
}

const unreachable: Action = { kind: 'refused', problem: { field: null, fault: { kind: 'unreachable' } } };

function refusal(problem: Exclude<ApiProblem, { kind: 'unreachable' }>): Action {
  if (problem.kind === 'unreadable')
    return { kind: 'refused', problem: { field: null, fault: { kind: 'unreadable-answer', status: problem.status } } };
  const { param, message } = problem;
  return { kind: 'refused', problem: { field: fieldOf(param), fault: { kind: 'quoted', message } } };
}
