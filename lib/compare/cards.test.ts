import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cases } from '@/lib/cases.fixture';
import type { RunRecord } from '@/lib/run/record';
import { aRecipe, ended, endedWith, failed, running } from '@/lib/run/records.fixture';
import { type Against, sideBySide } from './side-by-side';

const cards = (runs: RunRecord[], against: Against = { baseline: 'common' }, going = false) => {
  const experiment = { id: 'e', recipe: aRecipe({ repeats: runs.length }), runs, running: going };
  return sideBySide(experiment, against).cards;
};
const held = (...given: Parameters<typeof cards>) => cards(...given).map((card) => card.runs);

describe('cards', () => {
  it('hold the runs of one text, in order of their first', () => {
    expect(held(endedWith('a b', 'c', 'a b', 'c', 'a b', 'd'))).toEqual([
      [1, 3, 5],
      [2, 4],
    ]);
  });

  it('never hold a run that goes on, has failed, was stopped or was declined', () => {
    const same = 'The same.';
    expect(held([ended(1, same), running(2, same)], undefined, true)).toEqual([]);
    expect(
      held([
        ended(1, same),
        failed(2, 'cut_off', same),
        ended(3, same, { finish: 'aborted' }),
        ended(4, same, { finish: 'refusal' }),
        ended(5, same, { finish: 'length' }),
      ]),
    ).toEqual([[1, 5]]);
  });

  it('keep runs apart whose reasoning differs, since a card shows one', () => {
    const runs = [1, 2, 3].map((run) => ended(run, 'Yes.', { reasoning: run === 2 ? 'Why not?' : 'Because.' }));
    expect(held(runs)).toEqual([[1, 3]]);
  });

  it('keep runs apart that are marked against different stored texts', () => {
    const stored = endedWith('a red boat', 'a blue boat', 'a red boat');
    expect(held(endedWith('a red boat', 'a red boat', 'a red boat'), { baseline: 'stored', stored })).toEqual([[1, 3]]);
  });

  it('keep texts apart that are equal under a lenient mode alone', () => {
    expect(held(endedWith('It is 42.', 'It is  42.', 'it is 42'))).toEqual([]);
  });

  it('have at least two runs each, every run at most once, and one text', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('a', 'b', 'c d', ''), { minLength: 1, maxLength: 12 }), (texts) => {
        const found = held(endedWith(...texts));
        const all = found.flat();
        expect(new Set(all).size).toBe(all.length);
        for (const runs of found) {
          expect(runs.length).toBeGreaterThan(1);
          expect(new Set(runs.map((run) => texts[run - 1])).size).toBe(1);
        }
        const alone = texts.filter((text, index) => text !== '' && !all.includes(index + 1));
        expect(new Set(alone).size).toBe(alone.length);
      }),
      { seed: 4, numRuns: cases(300) },
    );
  });
});

describe('the figures of a card', () => {
  const usage = (tokens: number) => ({ prompt_tokens: 9, completion_tokens: tokens, total_tokens: 9 + tokens });
  const timing = (totalMs: number) => ({ queuedMs: 0, firstTextMs: 1, totalMs });

  it('are told once where all runs share them, and by run where they differ', () => {
    const [card] = cards([
      ended(1, 'x', { seed: 7, usage: usage(3), fingerprints: ['fp_1'], timing: timing(100) }),
      ended(3, 'x', { seed: 7, usage: usage(4), fingerprints: ['fp_2'], timing: timing(200) }),
      ended(4, 'x', { seed: 7, usage: usage(3), fingerprints: [], timing: timing(300), attempts: 2 }),
    ]);
    expect(card?.shared).toEqual([
      { kind: 'seed', value: 7 },
      { kind: 'finish', value: 'stop' },
    ]);
    const values = card?.differing.map(({ kind, values }) => [
      kind,
      values.map(({ figure, runs }) => [figure.value, runs]),
    ]);
    expect(values).toEqual([
      [
        'tokens',
        [
          [3, [1, 4]],
          [4, [3]],
        ],
      ],
      [
        'fingerprint',
        [
          ['fp_1', [1]],
          ['fp_2', [3]],
          [null, [4]],
        ],
      ],
      [
        'time',
        [
          [100, [1]],
          [200, [3]],
          [300, [4]],
        ],
      ],
      ['attempts', [[2, [4]]]],
    ]);
  });

  it('name the arm instead of the seed where settings vary', () => {
    const recipe = aRecipe({
      arms: [
        { label: 'T 0', set: { temperature: 0 } },
        { label: 'T 1', set: { temperature: 1 } },
      ],
    });
    const runs = [ended(1, 'x'), ended(2, 'x', { arm: 1 })];
    const [card] = sideBySide({ id: 'e', recipe, runs, running: false }, { baseline: 'common' }).cards;
    expect(card?.shared.map(({ kind }) => kind)).not.toContain('seed');
    expect(card?.differing.map(({ kind, values }) => [kind, values.map(({ figure }) => figure.value)])).toEqual([
      ['setting', ['T 0', 'T 1']],
    ]);
  });
});
