import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cases } from '@/lib/cases.fixture';
import { applyEvent, type Experiment } from './fold';
import { deltasOf, interleavings } from './interleavings.fixture';

import { anEndpoint, aRecipe, ended, failed, foldAll, queued } from './records.fixture';
import { eventsOf, fillIn } from './saved';
import { OverRun, RunRecord } from './schema';

const refold = (experiment: Experiment): Experiment | null =>
  eventsOf(experiment).reduce<Experiment | null>(applyEvent, null);

const scripts = fc.array(
  fc.record({
    waits: fc.nat(2),
    deltas: fc.string({ unit: 'binary', maxLength: 12 }).chain(deltasOf),
    end: fc.constantFrom('stop' as const, 'length' as const, 'aborted' as const, 'error' as const, null),
  }),
  { minLength: 1, maxLength: 4 },
);

describe('eventsOf', () => {
  it('gives events that fold back to the experiment, in whatever state it is', () => {
    fc.assert(
      fc.property(interleavings(scripts), fc.nat(), (events, cut) => {
        const experiment = foldAll(events.slice(0, 1 + (cut % events.length)));
        expect(refold(experiment)).toEqual(experiment);
      }),
      { seed: 11, numRuns: cases(2000) },
    );
  });

  it('keeps whatever a run may have beside its text', () => {
    const runs = [
      ended(1, 'Hi', { reasoning: 'Hm.', rawFinish: 'eos', notes: ['unknown_finish_reason'], servedSeed: 7 }),
      { ...failed(2, 'cut_off', 'H'), servedModel: 'm', fingerprints: ['fp_1'], attempts: 3, reasoning: 'H' },
      { ...queued(3), status: 'running' as const, wait: { attempt: 2, ms: 55_000, asked: true, code: 'rate_limited' } },
      ended(4, 'Ho', { streamed: false, key: 'visitor' }),
    ];
    const experiment: Experiment = { id: 'x', recipe: aRecipe({ repeats: 4 }), runs, running: true };
    expect(refold(experiment)).toEqual(experiment);
  });

  it('keeps tokens, an address, and a run without either and without text', () => {
    const tokens = [{ token: 'Hi', logprob: -0.5, bytes: null, top_logprobs: [] }];
    const experiment: Experiment = {
      id: 'x',
      recipe: aRecipe({ repeats: 3 }),
      runs: [ended(1, 'Hi', { tokens, cached: true }), { ...failed(2, ''), endpoint: anEndpoint }, queued(3)],
      running: false,
    };
    expect(refold(experiment)).toEqual(experiment);
  });
});

describe('fillIn', () => {
  it('gives all runs of the plan, those that are over as they were stored', () => {
    const recipe = aRecipe({ repeats: 3 });
    expect(fillIn(recipe, [ended(3, 'c'), failed(1, 'a')])).toEqual([failed(1, 'a'), queued(2), ended(3, 'c')]);
  });

  it('ignores runs that are not in the plan', () => {
    expect(fillIn(aRecipe(), [ended(7, 'x')])).toEqual([queued(1)]);
  });
});

describe('run records', () => {
  it('come back from JSON unchanged', () => {
    for (const record of [queued(1), ended(1, 'NUL \0, half \ud83d, line\n'), failed(2, 'cut')])
      expect(RunRecord.parse(JSON.parse(JSON.stringify(record)))).toEqual(record);
  });

  it('are either over or not', () => {
    expect(OverRun.safeParse(queued(1)).success).toBe(false);
    expect(OverRun.safeParse(ended(1, 'x')).success).toBe(true);
  });
});
