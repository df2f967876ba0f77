import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyText, kin, wholeText } from '@/lib/compare/__fixtures__/texts';
import { splitWords } from '@/lib/compare/align/words';
import type { EndedRun, RunRecord } from '@/lib/run/record';
import { aRecipe, aRequest, ended, endedWith, failed, queued, running } from '@/lib/run/records.fixture';
import { compareReplay } from './replay';

const recipe = aRecipe({ repeats: 5 });
const replay = (stored: RunRecord[], now: RunRecord[], going?: boolean) =>
  compareReplay({ recipe, runs: stored }, { recipe, runs: now, ...(going === undefined ? {} : { running: going }) });
const texts = (stored: string[], now: string[]) => replay(endedWith(...stored), endedWith(...now));
const sentence = (stored: string[], now: string[]) => texts(stored, now).sentence;
const words = (count: number, last = 'word') => [...Array.from({ length: count - 1 }, () => 'word'), last].join(' ');
const five = (text: string) => Array.from({ length: 5 }, () => text);
const seeded = (runs: EndedRun[]) => runs.map((run) => ({ ...run, seed: 42 }));
const carrying = (...values: string[][]) => values.map((fingerprints, at) => ended(at + 1, 'x', { fingerprints }));

describe('a replay, run by run', () => {
  it('says that all match', () => {
    expect(texts(five('the cat'), five('the cat'))).toMatchObject({
      sentence: '5 of 5 match the stored text.',
      tone: 'same',
      leftOut: [],
      groupSentence: '',
    });
    expect(sentence(['x'], ['x'])).toBe('1 of 1 matches the stored text.');
  });

  it('says which run differs, and where', () => {
    const now = five(words(37, 'Queens')).with(1, words(37, 'York'));
    const { sentence, tone, pairs } = texts(five(words(37, 'Queens')), now);
    expect(sentence).toBe('4 of 5 match the stored text; run 2 differs at word 37.');
    expect(tone).toBe('differ');
    expect(pairs).toHaveLength(5);
    expect(pairs[1]).toEqual({ run: 2, matches: false, firstDifference: { word: 37, character: 36 * 5 + 1 } });
    expect(pairs[2]).toEqual({ run: 3, matches: true, firstDifference: null });
  });

  it('names several that differ, and the earliest place', () => {
    const stored = five('a b c d e f g');
    const now = ['a b c d e f x', 'a b c d e f g', 'a b c x', 'a b c d e x', 'a b c d e f g'];
    expect(sentence(stored, now)).toBe('2 of 5 match the stored text; runs 1, 3, 4 differ, earliest at word 4.');
    expect(sentence(['a', 'b'], ['c', 'd'])).toBe(
      '0 of 2 match the stored text; runs 1, 2 differ, earliest at word 1.',
    );
  });

  it('holds run k against stored run k, in whatever order they come', () => {
    const { sentence, pairs } = replay(endedWith('x', 'y', 'z'), endedWith('x', 'y', 'z').toReversed());
    expect(sentence).toBe('3 of 3 match the stored text.');
    expect(pairs.map(({ run }) => run)).toEqual([3, 2, 1]);
  });

  it('leaves out what cannot be compared, and says on which side', () => {
    const stored = [ended(1, 'x'), ended(2, 'x'), failed(3, 'rate_limited', 'x'), ended(4, 'x'), ended(5, 'x')];
    const now = [ended(1, 'x'), ended(2, 'x', { finish: 'refusal' }), ended(3, 'x'), ended(4, 'x'), ended(5, '')];
    const { sentence, pairs, leftOut } = replay(stored, now);
    expect(sentence).toBe('2 of 2 comparable runs match the stored text.');
    expect(pairs.map(({ run }) => run)).toEqual([1, 4]);
    expect(leftOut).toEqual([
      { run: 3, why: 'stored run 3 failed: rate limit.' },
      { run: 2, why: 'new run 2 was declined by the model.' },
      { run: 5, why: 'new run 5 returned no text.' },
    ]);
  });

  it('leaves out runs that only one side has', () => {
    expect(replay(endedWith('x'), endedWith('x', 'x'))).toMatchObject({
      sentence: '1 of 1 comparable runs matches the stored text.',
      leftOut: [{ run: 2, why: 'stored run 2 is missing.' }],
    });
    expect(replay(endedWith('x', 'x'), endedWith('x')).leftOut).toEqual([{ run: 2, why: 'new run 2 is missing.' }]);
  });

  it.each([
    [
      'no stored text',
      [failed(1, 'stalled')],
      [ended(1, 'x')],
      'Nothing to compare with: no stored run finished with a text.',
    ],
    ['no new text', [ended(1, 'x')], [failed(1, 'stalled')], 'No new run has finished with a text.'],
    [
      'no run with both',
      [ended(1, 'x'), failed(2, 'stalled')],
      [failed(1, 'stalled'), ended(2, 'x')],
      'No run has a text on both sides.',
    ],
    ['nothing at all', [], [], 'Nothing to compare with: no stored run finished with a text.'],
  ])('has nothing to compare: %s', (_, stored, now, expected) => {
    expect(replay(stored, now)).toMatchObject({ sentence: expected, tone: 'open', pairs: [] });
  });

  it('does not compare what asked different things', () => {
    const other = aRecipe({ repeats: 5, request: aRequest({ temperature: 1 }) });
    const runs = carrying(['fp_a'], ['fp_a']);
    expect(compareReplay({ recipe, runs }, { recipe: other, runs })).toEqual({
      sentence: 'These experiments asked different things, so their texts are not compared.',
      tone: 'open',
      pairs: [],
      leftOut: [],
      groups: [],
      groupSentence: '',
      fingerprintSentence: 'Fingerprints can change with the settings, so they are compared only for the same recipe.',
    });
  });

  it('compares what was only sent in another way, and says so first', () => {
    const sequential = aRecipe({ repeats: 5, dispatch: 'sequential' });
    const [before, after] = [endedWith('a b', 'a b'), endedWith('a b', 'a c')];
    expect(compareReplay({ recipe, runs: before }, { recipe: sequential, runs: after }).sentence).toBe(
      'One after the other against all at once: 1 of 2 matches the stored text; run 2 differs at word 2.',
    );
    expect(compareReplay({ recipe: sequential, runs: before }, { recipe, runs: before }).sentence).toBe(
      'All at once against one after the other: 2 of 2 match the stored text.',
    );
    const [first = ended(1, 'a b')] = after;
    expect(compareReplay({ recipe, runs: before }, { recipe: sequential, runs: [first, queued(2)] }).sentence).toBe(
      'One after the other against all at once: 1 of 2 so far: 1 of 1 matches the stored text.',
    );
    const parallel = aRecipe({ repeats: 5, dispatch: 'parallel' });
    expect(compareReplay({ recipe, runs: before }, { recipe: parallel, runs: before }).sentence).toBe(
      '2 of 2 match the stored text.',
    );
    const warmer = aRecipe({ repeats: 5, dispatch: 'sequential', request: aRequest({ temperature: 1 }) });
    expect(compareReplay({ recipe, runs: before }, { recipe: warmer, runs: after }).pairs).toEqual([]);
  });

  it('takes recipes for the same that only differ in their titles', () => {
    const titled = aRecipe({ repeats: 5, title: 'Lighthouse' });
    const runs = endedWith('x');
    expect(compareReplay({ recipe: titled, runs }, { recipe, runs }).sentence).toBe('1 of 1 matches the stored text.');
  });
});

describe('a replay that goes on', () => {
  const stored = endedWith(...five('the cat'));

  it('counts only what is finished', () => {
    const now = [ended(1, 'the cat'), running(2, 'the c'), ended(3, 'the cat'), queued(4), queued(5)];
    expect(replay(stored, now)).toMatchObject({
      sentence: '2 of 5 so far: 2 of 2 match the stored text.',
      tone: 'open',
      leftOut: [],
      groups: [{ letter: 'A', stored: [1, 2, 3, 4, 5], now: [1, 3] }],
    });
  });

  it('tells of a difference at once', () => {
    expect(replay(stored, [ended(1, 'the dog'), running(2, '')])).toMatchObject({
      sentence: '1 of 2 so far: 0 of 1 comparable runs match the stored text; run 1 differs at word 2.',
      tone: 'differ',
    });
  });

  it('has nothing to say at its start', () => {
    expect(replay(stored, [1, 2, 3, 4, 5].map(queued))).toMatchObject({
      sentence: '0 of 5 so far: no new run has finished with a text.',
      tone: 'open',
      fingerprintSentence: '',
    });
  });

  it('is over when it is told so: what never got its turn is left out', () => {
    const now = [ended(1, 'the cat'), ended(2, 'the cat'), ended(3, 'the cat'), ended(4, 'the cat'), queued(5)];
    expect(replay(stored, now, false)).toMatchObject({
      sentence: '4 of 4 comparable runs match the stored text.',
      tone: 'same',
      leftOut: [{ run: 5, why: 'new run 5 has not finished.' }],
    });
  });

  it('is not over before it is told so', () => {
    expect(replay(stored, stored, true)).toMatchObject({
      sentence: '5 of 5 so far: 5 of 5 match the stored text.',
      tone: 'open',
    });
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

  it('is put into words where no seed ties run to run', () => {
    expect(texts(['p', 'p', 'q', 'q', 'p'], five('p')).groupSentence).toBe(
      'As groups: text A 3 times before, 5 times now; text B 2 times before, not now.',
    );
    expect(texts(['p', 'p'], ['p', 'q']).groupSentence).toBe(
      'As groups: text A 2 times before, once now; text B not before, once now.',
    );
  });

  it('is put into words where one seed had given several texts', () => {
    const now = seeded(endedWith('q', 'p'));
    expect(replay(seeded(endedWith('p', 'q')), now).groupSentence).not.toBe('');
    expect(replay(seeded(endedWith('p', 'p')), now).groupSentence).toBe('');
  });

  it('is not, where each arm had one text of its own', () => {
    const perArm = (...each: string[]) => seeded(endedWith(...each)).map((run, arm) => ({ ...run, arm }));
    expect(replay(perArm('p', 'q'), perArm('p', 'r')).groupSentence).toBe('');
  });

  it('names the four largest', () => {
    expect(texts(['a', 'b', 'c'], ['d', 'e', 'f']).groupSentence).toBe(
      'As groups: text A once before, not now; text B once before, not now; text C once before, not now; text D not before, once now; 2 more texts.',
    );
    expect(texts(['a', 'b', 'c'], ['d', 'e', 'c']).groupSentence).toMatch(/; 1 more text\.$/);
  });
});

describe('the fingerprints of a replay', () => {
  const unproven = 'That can go with a change, it does not prove its cause.';
  it.each([
    ['unchanged', [['fp_a'], ['fp_a']], [['fp_a'], ['fp_a']], 'Fingerprint unchanged: fp_a.'],
    ['changed', [['fp_a']], [['fp_b']], `The fingerprint changed from fp_a to fp_b. ${unproven}`],
    ['none', [[], []], [[], []], 'No fingerprint was reported, then or now.'],
    ['none then', [[]], [['fp_a']], 'No fingerprint was reported then, now fp_a: a change cannot be seen.'],
    ['none now', [['fp_a']], [[]], 'The fingerprint was fp_a, now none is reported: a change cannot be seen.'],
    ['several, the same', [['fp_a'], ['fp_b']], [['fp_b'], ['fp_a']], 'Fingerprints unchanged: fp_a, fp_b.'],
    [
      'several, others',
      [['fp_a'], ['fp_b']],
      [['fp_b'], ['fp_c']],
      `The fingerprints changed from fp_a, fp_b to fp_b, fp_c. ${unproven}`,
    ],
    [
      'one of several gone',
      [['fp_a'], ['fp_b']],
      [['fp_a'], ['fp_a']],
      `The fingerprints changed from fp_a, fp_b to fp_a. ${unproven}`,
    ],
    ['partly', [['fp_a'], []], [['fp_a'], ['fp_a']], 'Fingerprint unchanged: fp_a (not in all runs).'],
    [
      'very many',
      [['fp_a']],
      [['1', '2', '3', '4', '5', '6']],
      `The fingerprints changed from fp_a to 1, 2, 3, 4 and 2 more. ${unproven}`,
    ],
  ])('%s', (_, stored, now, expected) => {
    expect(replay(carrying(...stored), carrying(...now)).fingerprintSentence).toBe(expected);
  });

  it('are not spoken of where there is no text', () => {
    expect(replay(carrying(['fp_a']), [failed(1, 'stalled')]).fingerprintSentence).toBe('');
    expect(replay([failed(1, 'stalled')], carrying(['fp_a'])).fingerprintSentence).toBe('');
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
            expect(firstDifference).toEqual({ word, character: firstUnlike([...was], [...is]) });
          }
        }
      }),
      { seed: 1, numRuns: 1000 },
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
      { seed: 1, numRuns: 1000 },
    );
  });
});
