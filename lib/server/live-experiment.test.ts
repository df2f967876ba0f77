import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Numbered } from '@/lib/api/event-stream';
import { compareRuns } from '@/lib/compare/comparison';
import { sseResponse } from '@/lib/http/sse';
import { plan } from '@/lib/recipe/plan';
import { probeRecipe } from '@/lib/recipe/probe';
import type { Recipe } from '@/lib/recipe/recipe';
import type { RunEvent } from '@/lib/run/events';
import { applyEvent, type Experiment } from '@/lib/run/fold';
import type { OverRun, RunRecord } from '@/lib/run/record';
import { anEndpoint, ended, failed, queued } from '@/lib/run/records.fixture';
import { CallQueue } from './call-queue';
import { LiveExperiment, type LiveOptions } from './live-experiment';
import { ScriptedProvider, scriptedRecipe, settle } from './scripted-provider.fixture';

const never = new AbortController().signal;

const ignore = () => {};

function begin(recipe: Recipe = scriptedRecipe(3), graceMs = 10_000, more: Partial<LiveOptions> = {}) {
  const provider = new ScriptedProvider();
  const live = new LiveExperiment({ id: 'x', recipe, providerOf: () => provider, pace: undefined, graceMs, ...more });
  return { provider, live, over: live.start() };
}

/** An experiment of three runs that was begun before: the first has ended, the second failed, the third never came. */
function revive(more: Partial<LiveOptions> = {}) {
  const provider = new ScriptedProvider();
  const recipe = scriptedRecipe(3);
  const runs = plan(recipe).map((spec, index): RunRecord => {
    if (index === 0) return { ...ended(1, 'kept'), ...spec };
    return index === 1 ? { ...failed(2, 'server_error', 'half'), ...spec } : { ...queued(3), ...spec };
  });
  const known: Experiment = { id: 'x', recipe, runs, running: false };
  const live = new LiveExperiment({
    id: 'x',
    recipe,
    providerOf: () => provider,
    pace: undefined,
    graceMs: 10_000,
    known,
    ...more,
  });
  return { provider, live, known };
}

/** All that a reader gets, up to the end. */
async function follow(live: LiveExperiment, after = 0, signal = never): Promise<Numbered[]> {
  const all: Numbered[] = [];
  for await (const batch of live.read(after, signal)) all.push(...batch);
  return all;
}

const eventsOf = (all: readonly Numbered[]): RunEvent[] => all.map(({ event }) => event);
const folded = (all: readonly Numbered[]): Experiment | null =>
  eventsOf(all).reduce<Experiment | null>(applyEvent, null);
const upTo = (count: number): number[] => Array.from({ length: count }, (_, at) => at + 1);
const statuses = (live: LiveExperiment): string[] =>
  live.experiment.runs.map((run) => (run.status === 'ended' ? run.finish : run.status));

afterEach(() => {
  vi.useRealTimers();
});

describe('the runs of an experiment', () => {
  it('all begin at once, in the order of the plan', async () => {
    const { provider, live } = begin(scriptedRecipe(5));
    expect(provider.asked).toEqual([1, 2, 3, 4, 5]);
    expect(live.running).toBe(true);
    expect(statuses(live)).toEqual(Array(5).fill('running'));
  });

  it('begin one after the other if the recipe says so', async () => {
    const { provider, live, over } = begin(scriptedRecipe(3, { dispatch: 'sequential' }));
    expect(provider.asked).toEqual([1]);
    expect(statuses(live)).toEqual(['running', 'queued', 'queued']);
    provider.say(1, 'a');
    await settle();
    expect(provider.asked).toEqual([1]);
    provider.end(1);
    await vi.waitFor(() => expect(provider.asked).toEqual([1, 2]));
    provider.fail(2);
    await vi.waitFor(() => expect(provider.asked).toEqual([1, 2, 3]));
    provider.end(3);
    await over;
    expect(statuses(live)).toEqual(['stop', 'failed', 'stop']);
  });

  it('wait for their turn where the provider is asked in turn, also with those of another experiment', async () => {
    const provider = Object.assign(new ScriptedProvider(), { line: new CallQueue(2) });
    const more = { id: 'y', recipe: scriptedRecipe(2), providerOf: () => provider, pace: undefined, graceMs: 10_000 };
    const { live, over } = begin(scriptedRecipe(3), 10_000, { providerOf: () => provider });
    const other = new LiveExperiment(more);
    const otherOver = other.start();
    await settle();
    expect([statuses(live), statuses(other)]).toEqual([
      ['running', 'running', 'queued'],
      ['queued', 'queued'],
    ]);
    other.stop([2]);
    await vi.waitFor(() => expect(statuses(other)).toEqual(['queued', 'aborted']));
    provider.end(1);
    await vi.waitFor(() =>
      expect(provider.calls.at(-1)).toMatchObject({ caller: { experiment: 'x' }, spec: { run: 3 } }),
    );
    provider.end(2);
    await vi.waitFor(() =>
      expect(provider.calls.at(-1)).toMatchObject({ caller: { experiment: 'y' }, spec: { run: 1 } }),
    );
    provider.end(3);
    provider.end(1);
    await Promise.all([over, otherOver]);
    expect(live.experiment.runs[2]).toMatchObject({ timing: { queuedMs: expect.any(Number) } });
    expect(provider.line).toMatchObject({ inFlight: 0, waiting: 0 });
  });

  it('do not wait for those of another provider, unless they are made one after the other', async () => {
    const arms = [{ set: {} }, { provider: 'other', set: {} }];
    for (const dispatch of ['parallel', 'sequential'] as const) {
      const slow = Object.assign(new ScriptedProvider(), { line: new CallQueue(1) });
      const quick = new ScriptedProvider();
      const recipe = scriptedRecipe(40, { arms, dispatch });
      const { live, over } = begin(recipe, 10_000, { providerOf: (arm) => (arm === 0 ? slow : quick) });
      await settle();
      expect([slow.asked, quick.asked.length]).toEqual([[1], dispatch === 'parallel' ? 32 : 0]);
      live.stop();
      await over;
    }
  });

  it('are never more than 32 at once', async () => {
    const { provider, over } = begin(scriptedRecipe(100));
    expect(provider.asked).toEqual(upTo(32));
    provider.end(7);
    await vi.waitFor(() => expect(provider.asked).toEqual(upTo(33)));
    for (const run of upTo(100)) if (run !== 7) provider.end(run);
    await over;
    expect(provider.asked).toEqual(upTo(100));
  });

  it('say how long they waited for their turn', async () => {
    vi.useFakeTimers();
    const { provider } = begin(scriptedRecipe(2, { dispatch: 'sequential' }));
    await vi.advanceTimersByTimeAsync(250);
    provider.end(1);
    await vi.advanceTimersByTimeAsync(0);
    expect(provider.calls.map(({ queuedMs }) => queuedMs)).toEqual([0, 250]);
  });

  it('are asked with the parameters of their arm', () => {
    const arms = [{ set: { seed: 1 } }, { set: { seed: null, temperature: 0.5 } }];
    const { provider } = begin(scriptedRecipe(2, { arms }));
    const { model, messages } = scriptedRecipe(1).request;
    expect(provider.calls.map(({ request }) => request)).toEqual([
      { model, messages, seed: 1 },
      { model, messages, seed: 1 },
      { model, messages, temperature: 0.5 },
      { model, messages, temperature: 0.5 },
    ]);
  });

  it('keep where they were sent, each as it was at its time', async () => {
    const { provider, live, over } = begin(scriptedRecipe(2));
    provider.fail(1);
    provider.end(2);
    await over;
    provider.endpoint = anEndpoint;
    live.again();
    provider.end(1);
    await vi.waitFor(() => expect(live.running).toBe(false));
    expect(live.experiment.runs).toMatchObject([
      { status: 'ended', endpoint: anEndpoint },
      { status: 'ended', endpoint: null },
    ]);
    expect(folded(await follow(live))).toEqual(live.experiment);
  });

  it('name the experiment that they belong to, and whose it is', () => {
    const { provider } = begin(scriptedRecipe(2), 10_000, { visitor: 'anna' });
    const caller = { visitor: 'anna', experiment: 'x' };
    expect(provider.calls).toMatchObject([{ caller }, { caller }]);
  });

  it('leave the others alone when some of them fail, whichever they are', async () => {
    for (let failing = 0; failing < 2 ** 5; failing++) {
      const fails = (run: number) => (failing & (2 ** (run - 1))) !== 0;
      const recipe = scriptedRecipe(5);
      const { provider, live, over } = begin(recipe);
      for (const run of upTo(5)) provider.say(run, 'The same ');
      for (const run of upTo(5)) if (fails(run)) provider.fail(run);
      for (const run of upTo(5)) if (!fails(run)) provider.say(run, 'text.');
      for (const run of upTo(5)) if (!fails(run)) provider.end(run);
      await over;
      const { runs } = live.experiment;
      expect(runs.map(({ status, text }) => ({ status, text }))).toEqual(
        upTo(5).map((run) =>
          fails(run) ? { status: 'failed', text: 'The same ' } : { status: 'ended', text: 'The same text.' },
        ),
      );
      const good = upTo(5).filter((run) => !fails(run));
      const comparison = compareRuns(recipe, runs);
      expect(comparison.groups.map((group) => group.runs)).toEqual(good.length > 0 ? [good] : []);
      expect(comparison.facts.leftOut.map(({ run }) => run)).toEqual(upTo(5).filter(fails));
      expect(live.running).toBe(false);
    }
  });
});

describe('a probe', () => {
  const recipe = probeRecipe('scripted', 'scripted-a');

  it('makes its calls in rounds, each because of the answers before, and has no other runs', async () => {
    const { provider, live, over } = begin(recipe);
    expect(provider.asked).toEqual([1]);
    provider.say(1, 'a');
    provider.end(1);
    await vi.waitFor(() => expect(provider.asked).toEqual([1, 2, 3, 4, 7, 9]));
    expect(live.experiment.runs.map(({ run }) => run)).toEqual([1, 2, 3, 4, 7, 9]);
    for (const run of [2, 3, 4, 7, 9]) provider.fail(run);
    await vi.waitFor(() => expect(provider.asked.at(-1)).toBe(5));
    live.stop();
    await over;
    expect(live.running).toBe(false);
    expect(folded(await follow(live))).toEqual(live.experiment);
  });

  it('ends where its first call fails, and goes on once that has been made again', async () => {
    const { provider, live, over } = begin(recipe);
    provider.fail(1);
    await over;
    expect(statuses(live)).toEqual(['failed']);
    expect(live.again()).toEqual([1]);
    provider.say(1, 'a');
    provider.end(1);
    await vi.waitFor(() => expect(provider.asked.length).toBeGreaterThan(2));
    live.stop();
    await live.over();
    expect(provider.asked).toEqual([1, 1, 2, 3, 4, 7, 9]);
  });
});

describe('the log of an experiment', () => {
  it('begins with experiment-start, ends with experiment-end, and gives each run one start and one end', async () => {
    const { provider, live, over } = begin();
    for (const run of [3, 1, 2]) provider.say(run, `text ${run}`);
    provider.end(2);
    provider.fail(3);
    provider.end(1);
    await over;
    const events = eventsOf(await follow(live));
    expect(events[0]).toMatchObject({ type: 'experiment-start', id: 'x', runs: [{ run: 1 }, { run: 2 }, { run: 3 }] });
    expect(events.at(-1)).toEqual({ type: 'experiment-end', id: 'x' });
    for (const run of upTo(3)) {
      const own = events.filter((event) => 'run' in event && event.run === run).map(({ type }) => type);
      expect(own).toEqual(['run-start', 'text-delta', run === 3 ? 'run-error' : 'run-end']);
    }
  });

  it('folds to what the experiment is', async () => {
    const { provider, live, over } = begin();
    for (const run of upTo(3)) provider.say(run, 'text');
    for (const run of upTo(3)) provider.end(run);
    await over;
    expect(folded(await follow(live))).toEqual(live.experiment);
    expect(live.experiment.running).toBe(false);
  });

  it('has the first words of a run at once, and gathers what comes after them within 40 ms into one event', async () => {
    vi.useFakeTimers();
    const { provider, live } = begin(scriptedRecipe(2));
    const before = live.newest;
    for (const piece of ['So', 'ft', ' ', 'rain']) provider.say(1, piece);
    provider.say(2, 'Warm');
    await vi.advanceTimersByTimeAsync(39);
    expect(live.newest).toBe(before + 2);
    await vi.advanceTimersByTimeAsync(1);
    const reader = live.read(before, never);
    expect((await reader.next()).value?.map(({ event }: Numbered) => event)).toEqual([
      { type: 'text-delta', run: 1, text: 'So' },
      { type: 'text-delta', run: 2, text: 'Warm' },
      { type: 'text-delta', run: 1, text: 'ft rain' },
    ]);
    provider.say(1, '.');
    await vi.advanceTimersByTimeAsync(40);
    expect((await reader.next()).value).toMatchObject([{ event: { run: 1, text: '.' } }]);
  });

  it('gathers tokens along with their text', async () => {
    const token = (text: string) => ({ token: text, logprob: -1, bytes: null, top_logprobs: [] });
    const { provider, live, over } = begin(scriptedRecipe(1));
    provider.say(1, 'first');
    provider.say(1, 'a', [token('a')]);
    provider.say(1, 'b');
    provider.say(1, 'c', [token('c')]);
    provider.end(1);
    await over;
    expect(eventsOf(await follow(live))).toContainEqual({
      type: 'text-delta',
      run: 1,
      text: 'abc',
      tokens: [token('a'), token('c')],
    });
  });

  it('has all the text of a run before its end', async () => {
    const { provider, live, over } = begin(scriptedRecipe(2));
    provider.say(1, 'all');
    provider.end(1);
    await vi.waitFor(() => expect(statuses(live)[0]).toBe('stop'));
    expect(live.experiment.runs[0]?.text).toBe('all');
    provider.end(2);
    await over;
    expect(eventsOf(await follow(live)).map(({ type }) => type)).toEqual([
      'experiment-start',
      'run-start',
      'run-start',
      'text-delta',
      'run-end',
      'run-end',
      'experiment-end',
    ]);
  });
});

describe('a reader', () => {
  it('that comes back after event N gets the rest without gap or repeat, for every N', async () => {
    const { provider, live, over } = begin(scriptedRecipe(3));
    for (const run of upTo(3)) {
      provider.say(run, 'text');
      provider.end(run);
    }
    await over;
    const whole = await follow(live);
    expect(whole.map(({ seq }) => seq)).toEqual(upTo(live.newest));
    for (let after = 0; after <= live.newest; after++) expect(await follow(live, after)).toEqual(whole.slice(after));
  });

  it.each([1, 1000, Number.MAX_SAFE_INTEGER])(
    'that names an event %i beyond the newest begins anew',
    async (beyond) => {
      const { provider, live, over } = begin(scriptedRecipe(1));
      provider.end(1);
      await over;
      expect(
        (await follow(live, Math.min(live.newest + beyond, Number.MAX_SAFE_INTEGER))).map(({ seq }) => seq),
      ).toEqual(upTo(live.newest));
    },
  );

  it('that comes back while runs go on misses nothing of what was written meanwhile', async () => {
    const { provider, live, over } = begin(scriptedRecipe(2));
    const first = live.read(0, never);
    const seen = [...((await first.next()).value ?? [])];
    await first.return(undefined);
    provider.say(1, 'meanwhile');
    provider.end(1);
    await vi.waitFor(() => expect(statuses(live)[0]).toBe('stop'));
    const rest = follow(live, seen.at(-1)?.seq);
    provider.end(2);
    await over;
    seen.push(...(await rest));
    expect(seen.map(({ seq }) => seq)).toEqual(upTo(live.newest));
    expect(folded(seen)).toEqual(live.experiment);
  });

  it('gets the same as another, however slowly it reads', async () => {
    const { provider, live, over } = begin(scriptedRecipe(2));
    const slow = live.read(0, never);
    const fast = follow(live);
    const read = [...((await slow.next()).value ?? [])];
    for (const run of [1, 2]) {
      provider.say(run, 'text');
      await settle();
      provider.end(run);
    }
    await over;
    for await (const batch of slow) read.push(...batch);
    expect(read).toEqual(await fast);
    expect(read.length).toBe(live.newest);
  });

  it('is told every 15 seconds that nothing has happened', async () => {
    vi.useFakeTimers();
    const { live } = begin(scriptedRecipe(1));
    const reader = live.read(live.newest, never);
    let beats = 0;
    const beat = async () => {
      expect((await reader.next()).value).toEqual([]);
      beats++;
    };
    void beat().then(beat);
    await vi.advanceTimersByTimeAsync(14_999);
    expect(beats).toBe(0);
    await vi.advanceTimersByTimeAsync(1);
    expect(beats).toBe(1);
    await vi.advanceTimersByTimeAsync(15_000);
    expect(beats).toBe(2);
  });

  it('is let go when its signal aborts', async () => {
    const { live } = begin();
    const gone = new AbortController();
    const reader = live.read(live.newest, gone.signal);
    const next = reader.next();
    gone.abort();
    expect(await next).toEqual({ value: undefined, done: true });
  });
});

describe('LiveExperiment.stop', () => {
  it('ends the given runs, keeps their text, and leaves the others alone', async () => {
    const { provider, live, over } = begin(scriptedRecipe(3));
    for (const run of upTo(3)) provider.say(run, `text ${run}`);
    await settle();
    live.stop([2, 99]);
    await vi.waitFor(() => expect(statuses(live)).toEqual(['running', 'aborted', 'running']));
    expect(live.experiment.runs[1]?.text).toBe('text 2');
    for (const run of [1, 3]) provider.end(run);
    await over;
    expect(statuses(live)).toEqual(['stop', 'aborted', 'stop']);
  });

  it('ends all runs, those that wait for their turn too', async () => {
    const { provider, live, over } = begin(scriptedRecipe(4, { dispatch: 'sequential' }));
    provider.end(1);
    await vi.waitFor(() => expect(provider.asked).toEqual([1, 2]));
    live.stop();
    await over;
    expect(statuses(live)).toEqual(['stop', 'aborted', 'aborted', 'aborted']);
    expect(live.experiment.running).toBe(false);
  });

  it('keeps a run that waits for its turn from being sent', async () => {
    const { provider, live, over } = begin(scriptedRecipe(3, { dispatch: 'sequential' }));
    live.stop([2]);
    provider.end(1);
    await vi.waitFor(() => expect(provider.asked).toContain(3));
    provider.end(3);
    await over;
    expect(statuses(live)).toEqual(['stop', 'aborted', 'stop']);
    expect(provider.calls.map(({ signal }) => signal.aborted)).toEqual([false, true, false]);
    expect(live.experiment.runs.map((run) => 'endpoint' in run)).toEqual([true, false, true]);
  });

  it('changes nothing when called twice or after the end', async () => {
    const { provider, live, over } = begin(scriptedRecipe(2));
    live.stop([1]);
    live.stop([1]);
    provider.end(2);
    await over;
    const { experiment, newest } = live;
    live.stop();
    await settle();
    expect(live.experiment).toBe(experiment);
    expect(live.newest).toBe(newest);
  });
});

describe('LiveExperiment.again', () => {
  async function endedBadly() {
    const begun = begin(scriptedRecipe(4));
    for (const run of upTo(4)) begun.provider.say(run, 'first');
    begun.provider.end(1);
    begun.provider.fail(2);
    begun.provider.end(4);
    await vi.waitFor(() => expect(statuses(begun.live)).toEqual(['stop', 'failed', 'running', 'stop']));
    begun.live.stop([3]);
    await begun.over;
    return begun;
  }

  it('runs those that failed or were stopped, and only those', async () => {
    const { provider, live } = await endedBadly();
    const after = live.newest;
    expect(live.again()).toEqual([2, 3]);
    expect(live.running).toBe(true);
    const rest = follow(live, after);
    for (const run of [2, 3]) {
      provider.say(run, 'second');
      provider.end(run);
    }
    const events = eventsOf(await rest);
    expect(provider.asked).toEqual([1, 2, 3, 4, 2, 3]);
    expect(statuses(live)).toEqual(['stop', 'stop', 'stop', 'stop']);
    expect(live.experiment.runs.map(({ text }) => text)).toEqual(['first', 'second', 'second', 'first']);
    expect(events.map(({ type }) => type)).toContain('run-start');
    expect(events.at(-1)).toEqual({ type: 'experiment-end', id: 'x' });
  });

  it('runs only those of the given runs that are missing', async () => {
    const { provider, live } = await endedBadly();
    expect(live.again([1, 3, 99])).toEqual([3]);
    provider.end(3);
    await vi.waitFor(() => expect(live.running).toBe(false));
    expect(statuses(live)).toEqual(['stop', 'failed', 'stop', 'stop']);
  });

  it('keeps the text that a run had if it fails, or is stopped, before another has come', async () => {
    const { provider, live } = await endedBadly();
    const after = live.newest;
    expect(live.again()).toEqual([2, 3]);
    const rest = follow(live, after);
    provider.fail(2, 'connection_failed');
    live.stop([3]);
    await vi.waitFor(() => expect(live.running).toBe(false));
    expect(live.experiment.runs.slice(1, 3)).toMatchObject([
      { status: 'failed', text: 'first', error: { message: 'It failed. The text is that of an earlier try.' } },
      { status: 'ended', text: 'first', finish: 'aborted' },
    ]);
    expect(eventsOf(await rest).filter(({ type }) => type === 'text-delta')).toHaveLength(2);
    expect(folded(await follow(live))).toEqual(live.experiment);
  });

  it('keeps no text of a try before beside what has come since', async () => {
    const { provider, live } = await endedBadly();
    live.again([2]);
    provider.say(2, 'sec');
    provider.fail(2);
    await vi.waitFor(() => expect(live.running).toBe(false));
    expect(live.experiment.runs[1]).toMatchObject({ text: 'sec', error: { message: 'It failed.' } });
  });

  it('runs nothing where nothing is missing', async () => {
    const { provider, live, over } = begin(scriptedRecipe(1));
    provider.end(1);
    await over;
    expect(live.again()).toEqual([]);
    expect(live.running).toBe(false);
  });

  it('never has one run twice at once, even if called twice', async () => {
    const { provider, live } = await endedBadly();
    expect(live.again()).toEqual([2, 3]);
    expect(live.again()).toEqual([]);
    for (const run of [2, 3]) provider.end(run);
    await vi.waitFor(() => expect(live.running).toBe(false));
    expect(provider.asked).toEqual([1, 2, 3, 4, 2, 3]);
  });

  it('may be called while other runs go on, and the experiment ends once, with the last of them', async () => {
    const { provider, live, over } = begin(scriptedRecipe(2));
    provider.fail(1);
    await vi.waitFor(() => expect(statuses(live)).toEqual(['failed', 'running']));
    expect(live.again()).toEqual([1]);
    provider.end(2);
    await over;
    expect(live.running).toBe(true);
    provider.end(1);
    await vi.waitFor(() => expect(live.running).toBe(false));
    const ends = eventsOf(await follow(live)).filter(({ type }) => type === 'experiment-end');
    expect(ends.length).toBe(1);
    expect(statuses(live)).toEqual(['stop', 'stop']);
  });

  it('runs one after the other where the recipe says so', async () => {
    const { provider, live } = begin(scriptedRecipe(3, { dispatch: 'sequential' }));
    provider.fail(1);
    await vi.waitFor(() => expect(statuses(live)).toEqual(['failed', 'running', 'queued']));
    expect(live.again()).toEqual([1]); // run 3 still has its turn to come
    await settle();
    expect(statuses(live).filter((status) => status === 'running').length).toBe(1);
  });

  it('makes runs that can be stopped again', async () => {
    const { live } = await endedBadly();
    live.again([2]);
    live.stop([2]);
    await vi.waitFor(() => expect(live.running).toBe(false));
    expect(statuses(live)).toEqual(['stop', 'aborted', 'aborted', 'stop']);
  });
});

describe('an experiment that was begun before', () => {
  it('is known, and nothing of it runs until it is asked for', () => {
    const { live, provider, known } = revive();
    expect(live.experiment.runs).toEqual(known.runs);
    expect(live.running).toBe(false);
    expect(provider.asked).toEqual([]);
  });

  it('goes on with what failed or never came, and with nothing else', async () => {
    const { live, provider } = revive();
    expect(live.again()).toEqual([2, 3]);
    expect(statuses(live)).toEqual(['stop', 'running', 'running']);
    for (const run of [2, 3]) {
      provider.say(run, `new ${run}`);
      provider.end(run);
    }
    await live.over();
    expect(live.experiment.runs.map(({ text }) => text)).toEqual(['kept', 'new 2', 'new 3']);
    expect(provider.asked).toEqual([2, 3]);
  });

  it('goes on with a part of that, and ends though the rest is still missing', async () => {
    const { live, provider } = revive();
    expect(live.again([1, 3])).toEqual([3]);
    provider.end(3);
    await live.over();
    expect(statuses(live)).toEqual(['stop', 'failed', 'stop']);
    expect(live.experiment.running).toBe(false);
    expect(folded(await follow(live))).toEqual(live.experiment);
  });

  it('numbers its events from where it is told to', async () => {
    const { live, provider } = revive({ firstSeq: 5000 });
    const before = live.newest;
    live.again([3]);
    provider.end(3);
    await live.over();
    const whole = await follow(live);
    expect(whole.map(({ seq }) => seq)).toEqual(upTo(whole.length).map((seq) => seq + 5000));
    expect(whole.at(-1)?.seq).toBe(live.newest);
    expect(await follow(live, before)).toEqual(whole.filter(({ seq }) => seq > before));
    expect(await follow(live, 5000)).toEqual(whole);
  });

  it.each([0, 1, 7, 4999])('begins anew for a reader who has seen another log, up to %i', async (after) => {
    const { live, provider } = revive({ firstSeq: 5000 });
    live.again();
    for (const run of [2, 3]) provider.end(run);
    await live.over();
    const all = await follow(live, after);
    expect(all[0]).toMatchObject({ seq: 5001, event: { type: 'experiment-start' } });
    expect(folded(all)).toEqual(live.experiment);
  });
});

describe('what is kept', () => {
  /** Keeps runs when the test says so. */
  function holding() {
    const kept: OverRun[] = [];
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const keep = async (run: OverRun) => {
      kept.push(run);
      await promise;
    };
    promise.catch(ignore);
    return { kept, keep, release: resolve, refuse: reject };
  }

  it('is each run that is over, with all its text', async () => {
    const { kept, keep, release } = holding();
    release();
    const { provider, live, over } = begin(scriptedRecipe(3), 10_000, { keep });
    provider.say(1, 'one');
    provider.end(1, { fingerprints: ['fp_1'] });
    provider.say(2, 'two');
    provider.fail(2);
    await vi.waitFor(() => expect(statuses(live)).toEqual(['stop', 'failed', 'running']));
    live.stop();
    await over;
    expect(kept).toEqual(live.experiment.runs);
  });

  it('is reported as over only then; others go on meanwhile', async () => {
    const { kept, keep, release } = holding();
    const first = (run: OverRun) => (run.run === 1 ? keep(run) : Promise.resolve());
    const { provider, live, over } = begin(scriptedRecipe(2), 10_000, { keep: first });
    for (const run of [1, 2]) {
      provider.say(run, 'text');
      provider.end(run);
    }
    await vi.waitFor(() => expect(statuses(live)).toEqual(['running', 'stop']));
    expect(kept).toMatchObject([{ run: 1, status: 'ended', text: 'text' }]);
    expect(live.running).toBe(true);
    release();
    await over;
    expect(statuses(live)).toEqual(['stop', 'stop']);
  });

  it('is not what could not be kept: the run failed, its text is still shown', async () => {
    const { keep, refuse } = holding();
    refuse(new Error('The disk is full.'));
    const { provider, live, over } = begin(scriptedRecipe(1), 10_000, { keep });
    provider.say(1, 'text');
    provider.end(1);
    await over;
    const message = 'This answer could not be saved, so it is not part of the permalink. The disk is full.';
    const error = { code: 'not_saved', message, status: null, param: null, retryable: true };
    expect(live.experiment.runs).toMatchObject([{ status: 'failed', text: 'text', error }]);
    expect(eventsOf(await follow(live)).filter(({ type }) => type === 'run-end')).toEqual([]);
    expect(live.again()).toEqual([1]);
  });

  it('is also a run that failed before; what could not be kept of it is said instead', async () => {
    const { keep, refuse } = holding();
    refuse(new Error('The disk is full.'));
    const { provider, live, over } = begin(scriptedRecipe(1), 10_000, { keep });
    provider.fail(1);
    await over;
    expect(live.experiment.runs).toMatchObject([{ status: 'failed', error: { code: 'not_saved' } }]);
  });

  it('is not asked for a run whose turn has not come, even when all is stopped', async () => {
    const { kept, keep, release } = holding();
    const { live, over } = begin(scriptedRecipe(3, { dispatch: 'sequential' }), 10_000, { keep });
    live.stop();
    await vi.waitFor(() => expect(kept.length).toBe(1));
    await settle();
    expect(statuses(live)).toEqual(['running', 'queued', 'queued']);
    release();
    await over;
    expect(kept.map(({ run }) => run)).toEqual([1, 2, 3]);
  });
});

describe('LiveExperiment.over', () => {
  it('resolves at once where nothing runs', async () => {
    await revive().live.over();
  });

  it('resolves with the last run, also of those that were run again', async () => {
    const { provider, live } = begin(scriptedRecipe(2));
    const over = vi.fn();
    const waiting = live.over().then(over);
    provider.fail(1);
    await vi.waitFor(() => expect(statuses(live)).toEqual(['failed', 'running']));
    live.again();
    provider.end(2);
    await vi.waitFor(() => expect(statuses(live)).toEqual(['running', 'stop']));
    await settle();
    expect(over).not.toHaveBeenCalled();
    provider.end(1);
    await waiting;
    expect(eventsOf(await follow(live)).at(-1)?.type).toBe('experiment-end');
  });
});

describe('when the last reader has gone', () => {
  async function readAndLeave(live: LiveExperiment) {
    const reader = live.read(0, never);
    await reader.next();
    await reader.return(undefined);
  }

  it('runs are aborted after the grace period', async () => {
    vi.useFakeTimers();
    const { live } = begin(scriptedRecipe(2), 10_000);
    await readAndLeave(live);
    await vi.advanceTimersByTimeAsync(9999);
    expect(statuses(live)).toEqual(['running', 'running']);
    await vi.advanceTimersByTimeAsync(1);
    expect(statuses(live)).toEqual(['aborted', 'aborted']);
    expect(live.running).toBe(false);
  });

  it('runs are aborted at once where there is no grace period', async () => {
    const { live, over } = begin(scriptedRecipe(2), 0);
    await readAndLeave(live);
    await over;
    expect(statuses(live)).toEqual(['aborted', 'aborted']);
  });

  it('runs go on if a reader comes back in time', async () => {
    vi.useFakeTimers();
    const { provider, live } = begin(scriptedRecipe(1), 10_000);
    await readAndLeave(live);
    await vi.advanceTimersByTimeAsync(9999);
    const rest = follow(live);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(statuses(live)).toEqual(['running']);
    provider.end(1);
    await vi.advanceTimersByTimeAsync(0);
    await rest;
    expect(statuses(live)).toEqual(['stop']);
  });

  it('runs go on as long as another reader is there', async () => {
    vi.useFakeTimers();
    const { live } = begin(scriptedRecipe(1), 10_000);
    const gone = new AbortController();
    const other = follow(live, 0, gone.signal);
    await vi.advanceTimersByTimeAsync(0);
    await readAndLeave(live);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(statuses(live)).toEqual(['running']);
    gone.abort();
    await vi.advanceTimersByTimeAsync(10_000);
    await other;
    expect(statuses(live)).toEqual(['aborted']);
  });

  it('runs that nobody has read yet go on', async () => {
    vi.useFakeTimers();
    const { live } = begin(scriptedRecipe(1), 0);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(statuses(live)).toEqual(['running']);
  });

  it('nothing is left to do once all runs are over', async () => {
    vi.useFakeTimers();
    const { provider, live, over } = begin(scriptedRecipe(1), 10_000);
    await readAndLeave(live);
    provider.end(1);
    await over;
    expect(vi.getTimerCount()).toBe(0);
    await follow(live);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('runs are aborted also if it left without having read what was sent', async () => {
    const { live } = begin(scriptedRecipe(1), 0);
    const response = sseResponse((signal) => live.read(0, signal));
    await settle();
    await response.body?.cancel();
    await vi.waitFor(() => expect(statuses(live)).toEqual(['aborted']), { timeout: 10_000 });
  });
});
