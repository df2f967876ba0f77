import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cases } from '@/lib/cases.fixture';
import { anyText, kin, wholeText } from '@/lib/compare/__fixtures__/texts';
import { splitWords } from '@/lib/compare/align/words';
import type { EndedRun, RunRecord } from '@/lib/run/record';
import { aRecipe, aRequest, ended, endedWith, failed, queued, running } from '@/lib/run/records.fixture';
import { carrying, sentTo, words } from './experiments.fixture';
import { compareReplay, toneOfReplay } from './replay';

const recipe = aRecipe({ repeats: 5 });
const replay = (stored: RunRecord[], now: RunRecord[], going?: boolean) =>
  compareReplay({ recipe, runs: stored }, { recipe, runs: now, ...(going === undefined ? {} : { running: going }) });
const texts = (stored: string[], now: string[]) => replay(endedWith(...stored), endedWith(...now));
const five = (text: string) => Array.from({ length: 5 }, () => text);
const seeded = (runs: EndedRun[]) => runs.map((run) => ({ ...run, seed: 42 }));

describe('a replay, run by run', () => {
  it('compares run k with stored run k, in whatever order they come', () => {
    const now = five(words(37, 'Queens')).with(1, words(37, 'York'));
    const found = texts(five(words(37, 'Queens')), now);
    expect(found).toMatchObject({ kind: 'compared', sent: null, progress: null, leftOut: [] });
    expect(found.pairs).toHaveLength(5);
    expect(found.pairs[1]).toEqual({
      run: 2,
      matches: false,
      firstDifference: { word: 37, character: 36 * 5 + 1, differs: 'word', atEnd: false },
    });
    expect(found.pairs[2]).toEqual({ run: 3, matches: true, firstDifference: null });
    const { pairs } = replay(endedWith('x', 'y', 'z'), endedWith('x', 'y', 'z').toReversed());
    expect(pairs.map(({ run, matches }) => [run, matches])).toEqual([
      [3, true],
      [2, true],
      [1, true],
    ]);
  });

  it('leaves out what cannot be compared on either side, with the reason', () => {
    const stored = [ended(1, 'x'), ended(2, 'x'), failed(3, 'rate_limited', 'x'), ended(4, 'x'), ended(5, 'x')];
    const now = [ended(1, 'x'), ended(2, 'x', { finish: 'refusal' }), ended(3, 'x'), ended(4, 'x'), ended(5, '')];
    const { pairs, leftOut } = replay(stored, now);
    expect(pairs.map(({ run }) => run)).toEqual([1, 4]);
    expect(leftOut).toEqual([
      { side: 'stored', run: 3, reason: { kind: 'failed', code: 'rate_limited' } },
      { side: 'new', run: 2, reason: { kind: 'refused' } },
      { side: 'new', run: 5, reason: { kind: 'empty' } },
    ]);
  });

  it('leaves out runs that only one side has', () => {
    expect(replay(endedWith('x'), endedWith('x', 'x')).leftOut).toEqual([
      { side: 'stored', run: 2, reason: { kind: 'missing' } },
    ]);
    expect(replay(endedWith('x', 'x'), endedWith('x')).leftOut).toEqual([
      { side: 'new', run: 2, reason: { kind: 'missing' } },
    ]);
  });

  it.each([
    ['no-stored-text', [failed(1, 'stalled')], [ended(1, 'x')]],
    ['no-new-text', [ended(1, 'x')], [failed(1, 'stalled')]],
    ['no-common-run', [ended(1, 'x'), failed(2, 'stalled')], [failed(1, 'stalled'), ended(2, 'x')]],
    ['no-stored-text', [], []],
  ])('has nothing to compare: %s', (kind, stored, now) => {
    expect(replay(stored, now)).toMatchObject({ kind, pairs: [] });
  });

  it('does not compare what asked different things', () => {
    const other = aRecipe({ repeats: 5, request: aRequest({ temperature: 1 }) });
    const runs = carrying(['fp_a'], ['fp_a']);
    expect(compareReplay({ recipe, runs }, { recipe: other, runs })).toEqual({
      kind: 'other-recipe',
      imported: false,
      sent: null,
      progress: null,
      pairs: [],
      unseeded: [],
      drawnAnew: [],
      leftOut: [],
      groups: [],
      inGroups: false,
      destinations: null,
      fingerprints: null,
    });
  });

  it('compares what was only sent in another way, and knows in which', () => {
    const sequential = aRecipe({ repeats: 5, dispatch: 'sequential' });
    const runs = endedWith('a b', 'a b');
    const sent = (stored: typeof recipe, now: typeof recipe) =>
      compareReplay({ recipe: stored, runs }, { recipe: now, runs }).sent;
    expect(sent(recipe, sequential)).toEqual({ stored: 'parallel', now: 'sequential' });
    expect(sent(sequential, recipe)).toEqual({ stored: 'sequential', now: 'parallel' });
    expect(sent(recipe, aRecipe({ repeats: 5, dispatch: 'parallel' }))).toBeNull();
    const warmer = aRecipe({ repeats: 5, dispatch: 'sequential', request: aRequest({ temperature: 1 }) });
    expect(compareReplay({ recipe, runs }, { recipe: warmer, runs }).kind).toBe('other-recipe');
  });

  it('names the pairs whose runs drew freely', () => {
    const half = aRecipe({ arms: [{ set: { seed: 1 } }, { set: {} }], repeats: 2 });
    const four = endedWith('a', 'b', 'c', 'd');
    expect(compareReplay({ recipe: half, runs: four }, { recipe: half, runs: four }).unseeded).toEqual([3, 4]);
    const cold = aRecipe({ request: aRequest({ temperature: 0 }), repeats: 4 });
    expect(compareReplay({ recipe: cold, runs: four }, { recipe: cold, runs: four }).unseeded).toEqual([]);
  });

  it('names the pairs whose seed means a new one to some servers', () => {
    const half = aRecipe({ arms: [{ set: { seed: 1 } }, { set: { seed: -1 } }], repeats: 2 });
    const four = endedWith('a', 'b', 'c', 'd');
    expect(compareReplay({ recipe: half, runs: four }, { recipe: half, runs: four }).drawnAnew).toEqual([3, 4]);
  });

  it('takes recipes for the same that only differ in their titles', () => {
    const titled = aRecipe({ repeats: 5, title: 'Lighthouse' });
    const runs = endedWith('x');
    expect(compareReplay({ recipe: titled, runs }, { recipe, runs }).kind).toBe('compared');
  });
});

describe('a replay that goes on', () => {
  const stored = endedWith(...five('the cat'));

  it('counts only what is finished, and how far it has come', () => {
    const now = [ended(1, 'the cat'), running(2, 'the c'), ended(3, 'the cat'), queued(4), queued(5)];
    expect(replay(stored, now)).toMatchObject({
      kind: 'compared',
      progress: { finished: 2, planned: 5 },
      pairs: [{ run: 1 }, { run: 3 }],
      leftOut: [],
      groups: [{ letter: 'A', stored: [1, 2, 3, 4, 5], now: [1, 3] }],
    });
    expect(replay(stored, [1, 2, 3, 4, 5].map(queued))).toMatchObject({ kind: 'no-new-text', fingerprints: null });
  });

  it('is over when that is known: what never got its turn is left out', () => {
    const now = [ended(1, 'the cat'), ended(2, 'the cat'), ended(3, 'the cat'), ended(4, 'the cat'), queued(5)];
    expect(replay(stored, now, false)).toMatchObject({
      progress: null,
      leftOut: [{ side: 'new', run: 5, reason: { kind: 'unfinished' } }],
    });
    expect(replay(stored, stored, true).progress).toEqual({ finished: 5, planned: 5 });
  });
});

describe('the tone of a replay', () => {
  const stored = endedWith(...five('the cat'));

  it('is good only when all is in, and a difference is news at once', () => {
    expect(toneOfReplay(replay(stored, stored))).toBe('same');
    expect(toneOfReplay(replay(stored, stored, true))).toBe('open');
    expect(toneOfReplay(replay(stored, [ended(1, 'the cat'), queued(2)]))).toBe('open');
    expect(toneOfReplay(replay(stored, [ended(1, 'the dog'), running(2, '')]))).toBe('differ');
    expect(toneOfReplay(replay([], []))).toBe('open');
  });
});

describe('a replay as groups', () => {
  it('counts the texts of both sides, largest first, the stored ones first among equals', () => {
    expect(texts(['q', 'p', 'p'], ['r', 'p', 'q']).groups).toEqual([
      { letter: 'A', stored: [2, 3], now: [2] },
      { letter: 'B', stored: [1], now: [3] },
      { letter: 'C', stored: [], now: [1] },
    ]);
  });

  it('says more than run by run where no seed ties run to run, or one seed had given several texts', () => {
    expect(texts(['p', 'p'], ['p', 'q']).inGroups).toBe(true);
    expect(texts(['p', 'p'], ['p', 'p']).inGroups).toBe(false);
    const now = seeded(endedWith('q', 'p'));
    expect(replay(seeded(endedWith('p', 'q')), now).inGroups).toBe(true);
    expect(replay(seeded(endedWith('p', 'p')), now).inGroups).toBe(false);
  });

  it('says no more where each arm had one text of its own', () => {
    const perArm = (...each: string[]) => seeded(endedWith(...each)).map((run, arm) => ({ ...run, arm }));
    expect(replay(perArm('p', 'q'), perArm('p', 'r')).inGroups).toBe(false);
  });
});

describe('the fingerprints of a replay', () => {
  it.each([
    ['unchanged', [['fp_a'], ['fp_a']], [['fp_a'], ['fp_a']]],
    ['unchanged', [['fp_a'], ['fp_b']], [['fp_b'], ['fp_a']]],
    ['unchanged', [['fp_a'], []], [['fp_a'], ['fp_a']]],
    ['changed', [['fp_a']], [['fp_b']]],
    ['changed', [['fp_a'], ['fp_b']], [['fp_a'], ['fp_a']]],
    ['never-reported', [[], []], [[], []]],
    ['not-reported-then', [[]], [['fp_a']]],
    ['not-reported-now', [['fp_a']], [[]]],
  ])('are %s: %o, then %o', (kind, stored, now) => {
    expect(replay(carrying(...stored), carrying(...now)).fingerprints?.kind).toBe(kind);
  });

  it('come by first run, null for runs without one', () => {
    expect(replay(carrying(['fp_b'], []), carrying(['fp_b'], ['fp_a'])).fingerprints).toEqual({
      kind: 'changed',
      stored: ['fp_b', null],
      now: ['fp_b', 'fp_a'],
    });
  });

  it('are not compared where one side has no text', () => {
    expect(replay(carrying(['fp_a']), [failed(1, 'stalled')]).fingerprints).toBeNull();
    expect(replay([failed(1, 'stalled')], carrying(['fp_a'])).fingerprints).toBeNull();
  });
});

describe('where the runs of a replay were sent', () => {
  const [a, b] = [8281, 8282].map((port) => ({ kind: 'address', address: `http://127.0.0.1:${port}/v1` }));

  it('is told where it has changed, by first run, though nothing else has', () => {
    expect(replay(sentTo(8281, 8281), sentTo(8282, 8281))).toMatchObject({
      pairs: [{ matches: true }, { matches: true }],
      destinations: { kind: 'changed', stored: [a], now: [b, a] },
    });
    expect(replay(sentTo(8281, 8281), sentTo(8281, 8281)).destinations).toBeNull();
    expect(replay(sentTo(null), sentTo(null)).destinations).toBeNull();
  });

  it('leaves open whether it has changed where it was not recorded', () => {
    expect(replay([ended(1, 'x')], sentTo(8282)).destinations).toEqual({
      ...{ kind: 'unrecorded', stored: [{ kind: 'unrecorded' }], now: [b] },
    });
  });

  it('is that of runs with a text, on both sides', () => {
    const [sent] = sentTo(8281);
    const elsewhere = { ...failed(2, 'stalled'), endpoint: { origin: 'http://127.0.0.1:9999', path: '/v1' } };
    expect(replay(sentTo(8281), [...(sent ? [sent] : []), elsewhere]).destinations).toBeNull();
    expect(replay(sentTo(8281), [elsewhere]).destinations).toBeNull();
  });
});

describe('whether the stored runs of a replay were imported', () => {
  it('is told, whether or not they are compared', () => {
    const other = aRecipe({ repeats: 5, request: aRequest({ temperature: 1 }) });
    for (const [origin, imported] of [
      ['import', true],
      ['run', false],
    ] as const)
      for (const now of [recipe, other])
        expect(
          compareReplay({ recipe, runs: endedWith('x'), origin }, { recipe: now, runs: endedWith('x') }).imported,
        ).toBe(imported);
    expect(texts(['x'], ['x']).imported).toBe(false);
  });
});

/** The first place at which two lists do not have the same, counted from 1. */
function firstUnlike(a: readonly string[], b: readonly string[]): number {
  for (let place = 0; ; place++) if (a[place] !== b[place]) return place + 1;
}

describe('every replay', () => {
  const finishes = ['stop', 'stop', 'stop', 'length', 'aborted', 'failed', 'running'] as const;
  const record = (run: number, text: string, finish: (typeof finishes)[number]): RunRecord => {
    if (finish === 'failed') return failed(run, 'stalled', text);
    return finish === 'running' ? running(run, text) : ended(run, text, { finish });
  };
  const side = (pool: readonly string[]) =>
    fc
      .array(fc.tuple(fc.constantFrom(...pool), fc.constantFrom(...finishes)), { maxLength: 6 })
      .map((list) => list.map(([text, finish], at) => record(at + 1, text, finish)));
  /** Both sides, with texts from one pool, so that some are equal and others part late. */
  const sides = kin(fc.oneof(wholeText, anyText), { minLength: 1, maxLength: 4 }).chain((pool) =>
    fc.tuple(side(pool), side(pool)),
  );
  const counts = (record: RunRecord | undefined) =>
    record?.status === 'ended' && record.finish !== 'aborted' && record.text !== '';

  it('matches exactly where the texts are equal, and differs first where looking at each place says', () => {
    fc.assert(
      fc.property(sides, ([stored, now]) => {
        const { pairs } = replay(stored, now);
        const both = now.filter((record, at) => counts(record) && counts(stored[at]));
        expect(pairs.map(({ run }) => run)).toEqual(both.map(({ run }) => run));
        for (const { run, matches, firstDifference } of pairs) {
          const [was = '', is = ''] = [stored[run - 1]?.text, now[run - 1]?.text];
          expect(matches).toBe(was === is);
          if (was === is) expect(firstDifference).toBeNull();
          else {
            const pieces = splitWords(was);
            const shared =
              firstUnlike(
                pieces.map(({ text }) => text),
                splitWords(is).map(({ text }) => text),
              ) - 1;
            const word = pieces.slice(0, shared).filter((piece) => piece.word).length + 1;
            expect(firstDifference).toMatchObject({ word, character: firstUnlike([...was], [...is]) });
          }
        }
      }),
      { seed: 1, numRuns: cases(1000) },
    );
  });

  it('has every run that counts in exactly one group, with its own text', () => {
    fc.assert(
      fc.property(sides, ([stored, now]) => {
        const { groups } = replay(stored, now);
        const ascending = (runs: number[]) => runs.toSorted((a, b) => a - b);
        const counting = (runs: readonly RunRecord[]) => runs.filter(counts).map(({ run }) => run);
        expect(ascending(groups.flatMap((group) => group.stored))).toEqual(counting(stored));
        expect(ascending(groups.flatMap((group) => group.now))).toEqual(counting(now));
        const textsOf = groups.map((group) => [
          ...group.stored.map((run) => stored[run - 1]?.text),
          ...group.now.map((run) => now[run - 1]?.text),
        ]);
        for (const each of textsOf) expect(new Set(each).size).toBe(1);
        expect(new Set(textsOf.map(([text]) => text)).size).toBe(groups.length);
        const sizes = textsOf.map((each) => each.length);
        expect(sizes).toEqual(sizes.toSorted((a, b) => b - a));
      }),
      { seed: 1, numRuns: cases(1000) },
    );
  });
});
