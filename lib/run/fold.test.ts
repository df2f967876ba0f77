import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cases } from '@/lib/cases.fixture';
import type { Endpoint, RunEvent, TokenInfo } from './events';
import { applyEvent, GrowingExperiment } from './fold';
import { deltasOf, interleavings, type Script } from './interleavings.fixture';
import { anEndpoint, aProblem, aRecipe, experimentStart, foldAll, runEnd, runError, statesOf } from './records.fixture';

const start = experimentStart(aRecipe({ repeats: 2 }));
const runStart = (run: number): RunEvent => ({ type: 'run-start', run });
const delta = (run: number, text: string, tokens?: TokenInfo[]): RunEvent =>
  tokens ? { type: 'text-delta', run, text, tokens } : { type: 'text-delta', run, text };
const end: RunEvent = { type: 'experiment-end', id: 'x' };
const token = (text: string): TokenInfo => ({ token: text, logprob: -0.5, bytes: null, top_logprobs: [] });
const firstRun = (...events: RunEvent[]) => foldAll([start, ...events]).runs[0];

/** Freezes a value through and through, so that any write to it throws. */
function frozen<T>(value: T): T {
  if (value !== null && typeof value === 'object') for (const entry of Object.values(value)) frozen(entry);
  return Object.freeze(value);
}

describe('an experiment', () => {
  it('begins with all its runs queued', () => {
    const experiment = foldAll([start]);
    expect(experiment).toMatchObject({ id: 'x', running: true, recipe: { repeats: 2 } });
    expect(experiment.runs).toEqual([
      { run: 1, arm: 0, repeat: 1, seed: null, model: 'seedling-1', status: 'queued', text: '' },
      { run: 2, arm: 0, repeat: 2, seed: null, model: 'seedling-1', status: 'queued', text: '' },
    ]);
  });

  it('starts afresh with another experiment-start', () => {
    const again: RunEvent = { type: 'experiment-start', id: 'y', recipe: aRecipe(), runs: [] };
    expect(foldAll([start, runStart(1), again])).toEqual({ id: 'y', recipe: aRecipe(), runs: [], running: true });
  });

  it('is null before its experiment-start', () => {
    for (const event of [runStart(1), delta(1, 'Hi'), runEnd(1), runError(1, 'stalled'), end])
      expect(applyEvent(null, event)).toBeNull();
  });

  it('stops running at its end, and its runs stay as they were', () => {
    const before = foldAll([start, runStart(1), delta(1, 'Hi'), runEnd(1)]);
    expect(applyEvent(before, end)).toEqual({ ...before, running: false });
  });

  it('takes in a run of its plan that was not named at its start, in its place', () => {
    const none: RunEvent = { type: 'experiment-start', id: 'x', recipe: aRecipe({ repeats: 3 }), runs: [] };
    const { runs } = foldAll([none, runStart(3), runStart(1), delta(1, 'Hi'), runStart(4)]);
    expect(runs).toMatchObject([
      { run: 1, repeat: 1, status: 'running', text: 'Hi' },
      { run: 3, repeat: 3, status: 'running', text: '' },
    ]);
  });

  it('is running again when a run is started again', () => {
    expect(foldAll([start, runStart(1), runError(1, 'stalled'), end, runStart(1)]).running).toBe(true);
  });
});

describe('a run', () => {
  it('has no text when it starts', () => {
    expect(firstRun(runStart(1))).toMatchObject({ status: 'running', text: '' });
  });

  it('gathers its text', () => {
    expect(firstRun(runStart(1), delta(1, 'The '), delta(1, ''), delta(1, 'cat'))?.text).toBe('The cat');
  });

  it('gathers the tokens that come with the text', () => {
    const run = firstRun(
      runStart(1),
      delta(1, 'a', [token('a')]),
      delta(1, '!'),
      delta(1, 'bc', [token('b'), token('c')]),
    );
    expect(run?.tokens?.map((each) => each.token)).toEqual(['a', 'b', 'c']);
  });

  it('keeps where it was sent, whatever becomes of it', () => {
    const sent: RunEvent = { type: 'run-start', run: 1, endpoint: anEndpoint };
    for (const over of [[], [runEnd(1)], [runError(1, 'cut_off')]])
      expect(firstRun(sent, delta(1, 'a'), ...over)).toHaveProperty('endpoint', anEndpoint);
  });

  it('was sent where it was sent last', () => {
    const [here, there] = [anEndpoint, { ...anEndpoint, origin: 'http://127.0.0.1:8282' }];
    const sentTo = (endpoint: Endpoint | null): RunEvent => ({ type: 'run-start', run: 1, endpoint });
    expect(firstRun(sentTo(here), runError(1, 'stalled'), sentTo(there))).toHaveProperty('endpoint', there);
    expect(firstRun(sentTo(here), runError(1, 'stalled'), sentTo(null))).toHaveProperty('endpoint', null);
    expect(firstRun(sentTo(here), runError(1, 'stalled'), runStart(1))).not.toHaveProperty('endpoint');
  });

  it('has no tokens when none came', () => {
    expect(firstRun(runStart(1), delta(1, 'a'))).not.toHaveProperty('tokens');
  });

  it('keeps everything from its run-end, with the served model beside the requested one', () => {
    const { type: _, run: __, model, ...said } = runEnd(1, { finish: 'length' });
    expect(firstRun(runStart(1), delta(1, 'Hi'), runEnd(1, { finish: 'length' }))).toEqual({
      ...{ run: 1, arm: 0, repeat: 1, seed: null, model: 'seedling-1', status: 'ended', text: 'Hi' },
      ...said,
      servedModel: model,
    });
  });

  it('keeps the text that had arrived when it failed', () => {
    const run = firstRun(runStart(1), delta(1, 'The ca'), runError(1, 'cut_off'));
    expect(run).toMatchObject({ status: 'failed', text: 'The ca', error: aProblem('cut_off') });
  });

  it.each([
    ['ended', runEnd(1)],
    ['failed', runError(1, 'stalled')],
  ])('starts from nothing when it is run again after it had %s', (_, over) => {
    const again = firstRun(runStart(1), delta(1, 'Hi', [token('Hi')]), over, runStart(1));
    expect(again).toEqual(firstRun(runStart(1)));
  });

  it('does not change other runs', () => {
    const before = foldAll([start, runStart(1), runStart(2), delta(2, 'Hi')]);
    const after = applyEvent(before, delta(1, 'The'));
    expect(after?.runs[0]?.text).toBe('The');
    expect(after?.runs[1]).toBe(before.runs[1]);
  });
});

describe('an event that does not fit', () => {
  const queued = foldAll([start]);
  const ended = foldAll([start, runStart(1), delta(1, 'Hi'), runEnd(1)]);
  const failed = foldAll([start, runStart(1), delta(1, 'Hi'), runError(1, 'stalled')]);

  it.each([
    ['a delta', delta(1, 'late', [token('late')])],
    ['an end', runEnd(1, { finish: 'aborted' })],
    ['an error', runError(1, 'cut_off')],
  ])('changes nothing: %s for a run that is queued, ended or failed', (_, event) => {
    for (const experiment of [queued, ended, failed]) expect(applyEvent(experiment, event)).toBe(experiment);
  });

  it('changes nothing if its run is not in the plan', () => {
    for (const event of [runStart(3), delta(3, 'Hi'), runEnd(3), runError(3, 'stalled')])
      expect(applyEvent(ended, event)).toBe(ended);
  });

  it('does not set an experiment running again, such as a late delta', () => {
    const over = foldAll([start, runStart(1), runEnd(1), end]);
    expect(applyEvent(over, delta(1, 'late'))?.running).toBe(false);
  });
});

describe('folding', () => {
  const anEvent: fc.Arbitrary<RunEvent> = fc
    .tuple(fc.integer({ min: 1, max: 3 }), fc.string({ maxLength: 3 }))
    .chain(([run, text]) =>
      fc.constantFrom<RunEvent[]>(
        runStart(run),
        delta(run, text),
        delta(run, text, [token(text)]),
        runEnd(run),
        runError(run, 'stalled'),
        end,
      ),
    );
  const script: fc.Arbitrary<Script> = fc.string({ maxLength: 20 }).chain((text) =>
    fc.record({
      deltas: deltasOf(text),
      end: fc.constantFrom<Script['end'][]>('stop', 'length', 'aborted', 'refusal', 'error', null),
    }),
  );

  it('never mutates the experiment or the event', () => {
    fc.assert(
      fc.property(fc.array(anEvent, { maxLength: 20 }), (events) => {
        let experiment = applyEvent(null, frozen(start));
        for (const event of events) experiment = applyEvent(frozen(experiment), frozen(event));
        expect(experiment?.runs).toHaveLength(2);
      }),
      { seed: 1, numRuns: cases(500) },
    );
  });

  it('tells of one run how far it has come', () => {
    const growing = new GrowingExperiment();
    expect(growing.recordOf(1)).toBeUndefined();
    for (const event of [start, runStart(2), delta(2, 'Hi')]) growing.add(event);
    expect([growing.recordOf(1)?.status, growing.recordOf(2)?.text, growing.recordOf(3)]).toEqual([
      ...['queued', 'Hi', undefined],
    ]);
  });

  it('is the same as it grows, and stays as it was for whoever has seen it', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(anEvent, fc.boolean()), { maxLength: 30 }), (events) => {
        const growing = new GrowingExperiment();
        growing.add(start);
        const seen: { shown: unknown; copy: unknown }[] = [];
        const look = () => seen.push({ shown: growing.now, copy: structuredClone(growing.now) });
        for (const [event, looks] of [...events, [end, true], ...events] as const) {
          growing.add(event);
          if (looks) look();
        }
        look();
        expect(growing.now).toEqual(
          foldAll([start, ...events.map(([event]) => event), end, ...events.map(([event]) => event)]),
        );
        for (const { shown, copy } of seen) expect(shown).toEqual(copy);
      }),
      { seed: 1, numRuns: cases(500) },
    );
  });

  it('gives the same result however the text was split', () => {
    const pieces = fc.array(fc.string({ unit: 'binary', minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(pieces, fc.array(fc.nat({ max: 7 })), (words, cuts) => {
        const fine = words.map((word) => delta(1, word, [token(word)]));
        const places = [0, ...cuts.map((cut) => cut % words.length).toSorted((a, b) => a - b), words.length];
        const coarse = places.slice(1).map((to, index) => {
          const some = words.slice(places[index], to);
          return delta(1, some.join(''), some.map(token));
        });
        const whole = delta(1, words.join(''), words.map(token));
        const folded = firstRun(runStart(1), whole, runEnd(1));
        expect(firstRun(runStart(1), ...fine, runEnd(1))).toEqual(folded);
        expect(firstRun(runStart(1), ...coarse, runEnd(1))).toEqual(folded);
      }),
      { seed: 1, numRuns: cases(500) },
    );
  });

  it('gives the same result in whatever order the runs took turns', () => {
    const scripts = fc.array(script, { minLength: 2, maxLength: 4 });
    fc.assert(
      fc.property(
        scripts.chain((each) => fc.tuple(fc.constant(each), interleavings(fc.constant(each)))),
        ([each, events]) => {
          const inTurn = foldAll(events.toSorted((a, b) => ('run' in a ? a.run : 0) - ('run' in b ? b.run : 0)));
          expect(foldAll(events).runs).toEqual(inTurn.runs);
          expect(foldAll(events).runs.map(({ text }) => text)).toEqual(each.map(({ deltas }) => deltas.join('')));
          expect(statesOf(events)).toHaveLength(events.length);
        },
      ),
      { seed: 1, numRuns: cases(300) },
    );
  });
});
