import { describe, expect, it } from 'vitest';
import type { EventStream, Numbered } from '@/lib/api/event-stream';
import type { ApiProblem } from '@/lib/api/problem';
import { sideBySide } from '@/lib/compare/side-by-side';
import { exampleRecipe } from '@/lib/recipe/example';
import { plan } from '@/lib/recipe/plan';
import { err, ok, type Result } from '@/lib/result';
import type { RunEvent } from '@/lib/run/events';
import { unrun } from '@/lib/run/fold';
import type { Address } from './address';
import type { FocusTarget, Shown } from './effects';
import { builtIn } from './providers';
import { SessionRunner, type World } from './runner';
import { isMine, isRunning } from './select';
import { type Opened, openSession } from './session';

const start: Extract<RunEvent, { type: 'experiment-start' }> = {
  type: 'experiment-start',
  id: 'new',
  recipe: exampleRecipe,
  runs: plan(exampleRecipe),
};
const end: RunEvent = { type: 'experiment-end', id: 'new' };

/** A stream of these events, from the number `from`; it breaks at the end if it is told to. */
async function* streamOf(events: readonly RunEvent[], from = 1, breaks = false): EventStream {
  for (const [index, event] of events.entries()) yield { seq: from + index, event };
  if (breaks) throw new TypeError('terminated');
}

type Answer = Result<EventStream, ApiProblem>;

/** A world whose server answers one request after another with what it is given, and that notes what it is asked for. */
function worldOf(...answers: Answer[]) {
  const noted: unknown[] = [];
  const waits: number[] = [];
  const next = async (asked: unknown): Promise<Answer> => {
    noted.push(asked);
    return answers.shift() ?? err({ kind: 'unreachable' });
  };
  const world: World = {
    api: {
      start: (_, { pace, parent } = {}) => next(['start', pace, parent]),
      follow: (id, after) => next(['follow', id, after]),
      runAgain: (id, choice) => next(['again', id, choice]),
      own: async (id) => {
        noted.push(['own', id]);
        return ok({ own: true, parent: null, drift: null });
      },
      stop: async (id, choice) => {
        noted.push(['stop', id, choice]);
        return ok({ id });
      },
    },
    wait: async (ms) => {
      waits.push(ms);
    },
    now: () => '2026-11-27T10:00:00.000Z',
    writeAddress: (address: Address) => noted.push(address),
    focus: (target: FocusTarget) => noted.push(target),
    show: (part: Shown) => noted.push(part),
    holdKeys: (keys) => noted.push(['hold', keys]),
  };
  return { world, noted, waits };
}

const experiment = unrun(exampleRecipe);
const opened = { kind: 'example' as const, experiment, view: sideBySide(experiment, { baseline: 'common' }) };

/** A runner in a world, and what resolves when something holds of it. */
function enter(world: World, page: Opened = opened) {
  const runner = new SessionRunner(openSession(page, builtIn));
  const leave = runner.enter(world);
  const until = (holds: () => boolean): Promise<void> =>
    new Promise((resolve) => {
      const check = () => holds() && resolve();
      runner.subscribe(check);
      check();
    });
  return { runner, leave, until };
}

const isDone = (runner: SessionRunner) => () =>
  runner.session.on.experiment.id === 'new' && !isRunning(runner.session) && runner.session.link.kind === 'idle';

describe('the runner of a session', () => {
  it('asks the server, takes in its events, and writes the address', async () => {
    const { world, noted } = worldOf(ok(streamOf([start, end])));
    const { runner, until } = enter(world);
    runner.dispatch({ kind: 'run-asked' });
    await until(isDone(runner));
    expect(noted).toEqual([['start', 60, null], { kind: 'permalink', id: 'new', view: 'columns' }]);
  });

  it('asks what of a shared experiment is the visitor’s own', async () => {
    const { world, noted } = worldOf();
    const saved = {
      id: '',
      title: null,
      createdAt: '',
      sharedAt: '',
      parent: null,
      origin: 'run' as const,
      own: false,
    };
    const { runner, until } = enter(world, { ...opened, kind: 'saved', saved, parent: null, drift: null });
    runner.dispatch({ kind: 'mounted', reducedMotion: false, view: null });
    await until(() => isMine(runner.session));
    expect(noted).toContainEqual(['own', '']);
  });

  it('resumes a connection that broke, or ended too early, after the last event', async () => {
    const { world, noted, waits } = worldOf(
      ok(streamOf([start], 1, true)),
      ok(streamOf([{ type: 'run-start', run: 1 }], 2)),
      err({ kind: 'unreachable' }),
      ok(streamOf([end], 3)),
    );
    const { runner, until } = enter(world);
    runner.dispatch({ kind: 'run-asked' });
    await until(isDone(runner));
    expect(noted.filter(Array.isArray)).toEqual([
      ['start', 60, null],
      ['follow', 'new', 1],
      ['follow', 'new', 2],
      ['follow', 'new', 2],
    ]);
    expect(waits.filter((ms) => ms !== 50)).toEqual([250, 250, 500]);
  });

  it.each([
    [{ kind: 'unreachable' }, null, { kind: 'unreachable' }],
    [{ kind: 'unreadable', status: 502 }, null, { kind: 'unreadable-answer', status: 502 }],
    [
      { kind: 'refused', status: 400, code: 'x', message: 'Too many.', param: 'repeats' },
      'runs',
      { kind: 'quoted', message: 'Too many.' },
    ],
  ] satisfies [ApiProblem, string | null, object][])('says what went wrong: %j', async (problem, field, fault) => {
    const { world } = worldOf(err(problem));
    const { runner, until } = enter(world);
    runner.dispatch({ kind: 'run-asked' });
    await until(() => runner.session.problem !== null);
    expect(runner.session.problem).toEqual({ field, fault });
    expect(isRunning(runner.session)).toBe(false);
  });

  it('ignores an experiment that another has replaced', async () => {
    const held = Promise.withResolvers<void>();
    async function* slow(): AsyncGenerator<Numbered, void> {
      await held.promise;
      yield { seq: 1, event: { ...start, id: 'old' } };
    }
    const { world } = worldOf(ok(slow()), ok(streamOf([start, end])));
    const { runner, until } = enter(world);
    runner.dispatch({ kind: 'run-asked' });
    await Promise.resolve();
    runner.dispatch({ kind: 'left' });
    runner.dispatch({ kind: 'run-asked' });
    held.resolve();
    await until(isDone(runner));
    expect(runner.session.on.experiment.id).toBe('new');
  });

  it('runs again what is missing, without listening twice', async () => {
    const going = Promise.withResolvers<void>();
    async function* long(): AsyncGenerator<Numbered, void> {
      yield { seq: 1, event: start };
      await going.promise;
      yield { seq: 2, event: end };
    }
    let released = false;
    const second = streamOf([start]);
    const release = second.return.bind(second);
    second.return = (value) => {
      released = true;
      return release(value);
    };
    const { world, noted } = worldOf(ok(long()), ok(second));
    const { runner, until } = enter(world);
    runner.dispatch({ kind: 'run-asked' });
    await until(() => runner.session.link.kind === 'open');
    runner.dispatch({ kind: 'retry-asked', run: 1 });
    going.resolve();
    await until(isDone(runner));
    expect(noted).toContainEqual(['again', 'new', { runs: [1] }]);
    expect(released).toBe(true);
  });

  it('stops runs and moves the focus as it is asked to', async () => {
    const { world, noted } = worldOf(ok(streamOf([start, end])));
    const { runner, until } = enter(world);
    runner.dispatch({ kind: 'run-asked' });
    runner.dispatch({ kind: 'stop-asked' });
    await until(isDone(runner));
    runner.dispatch({ kind: 'edited', part: { settings: { prompt: '' } } });
    runner.dispatch({ kind: 'run-asked' });
    expect(noted).toContainEqual({ kind: 'field', field: 'prompt' });
  });

  it('leaves without stopping anything', async () => {
    const { world, noted } = worldOf(ok(streamOf([start], 1)));
    const { runner, leave, until } = enter(world);
    runner.dispatch({ kind: 'run-asked' });
    await until(() => runner.session.on.experiment.id === 'new');
    leave();
    expect(noted.filter((each) => Array.isArray(each) && each[0] === 'stop')).toEqual([]);
  });
});
