import { describe, expect, it } from 'vitest';
import { carrying, sentTo, words } from '@/lib/compare/measure/experiments.fixture';
import { compareReplay, type Rerun, type Stored } from '@/lib/compare/measure/replay';
import type { RunRecord } from '@/lib/run/record';
import { aRecipe, aRequest, ended, endedWith, failed, queued, running } from '@/lib/run/records.fixture';
import { sayDrawnAnew } from './ground';
import { sayReplay, sayReplayLeftOut } from './replay';

const recipe = aRecipe({ request: aRequest({ seed: 7 }), repeats: 5 });
const compare = (stored: Stored, now: Rerun) => {
  const found = compareReplay(stored, now);
  return { ...sayReplay(found), leftOut: found.leftOut.map(sayReplayLeftOut) };
};
const replay = (stored: RunRecord[], now: RunRecord[], going?: boolean) =>
  compare({ recipe, runs: stored }, { recipe, runs: now, ...(going === undefined ? {} : { running: going }) });
const texts = (stored: string[], now: string[]) => replay(endedWith(...stored), endedWith(...now));
const sentence = (stored: string[], now: string[]) => texts(stored, now).sentence;
const five = (text: string) => Array.from({ length: 5 }, () => text);

describe('the words for a replay, run by run', () => {
  it('say that all match', () => {
    expect(texts(five('the cat'), five('the cat'))).toMatchObject({
      sentence: '5 of 5 match the stored text.',
      leftOut: [],
      groups: '',
    });
    expect(sentence(['x'], ['x'])).toBe('1 of 1 matches the stored text.');
  });

  it('say which run differs, and where', () => {
    const now = five(words(37, 'Queens')).with(1, words(37, 'York'));
    expect(sentence(five(words(37, 'Queens')), now)).toBe('4 of 5 match the stored text; run 2 differs at word 37.');
  });

  it('name several that differ, and the earliest place', () => {
    const stored = five('a b c d e f g');
    const now = ['a b c d e f x', 'a b c d e f g', 'a b c x', 'a b c d e x', 'a b c d e f g'];
    expect(sentence(stored, now)).toBe('2 of 5 match the stored text; runs 1, 3, 4 differ, earliest at word 4.');
    expect(sentence(['a', 'b'], ['c', 'd'])).toBe(
      '0 of 2 match the stored text; runs 1, 2 differ, earliest at word 1.',
    );
  });

  it('leave out what cannot be compared, and says on which side', () => {
    const stored = [ended(1, 'x'), ended(2, 'x'), failed(3, 'rate_limited', 'x'), ended(4, 'x'), ended(5, 'x')];
    const now = [ended(1, 'x'), ended(2, 'x', { finish: 'refusal' }), ended(3, 'x'), ended(4, 'x'), ended(5, '')];
    const { sentence, leftOut } = replay(stored, now);
    expect(sentence).toBe('2 of 2 comparable runs match the stored text.');
    expect(leftOut).toEqual([
      'stored run 3 failed: rate limit.',
      'new run 2 was declined by the model.',
      'new run 5 returned no text.',
    ]);
  });

  it('leave out runs that only one side has', () => {
    expect(replay(endedWith('x'), endedWith('x', 'x'))).toMatchObject({
      sentence: '1 of 1 comparable runs matches the stored text.',
      leftOut: ['stored run 2 is missing.'],
    });
    expect(replay(endedWith('x', 'x'), endedWith('x')).leftOut).toEqual(['new run 2 is missing.']);
  });

  it.each([
    [
      'no stored text',
      [failed(1, 'stalled')],
      [ended(1, 'x')],
      'Nothing to compare with: no stored run has a text that counts.',
    ],
    ['no new text', [ended(1, 'x')], [failed(1, 'stalled')], 'No new run has a text that counts.'],
    [
      'no run with both',
      [ended(1, 'x'), failed(2, 'stalled')],
      [failed(1, 'stalled'), ended(2, 'x')],
      'No run has a text on both sides.',
    ],
    ['nothing at all', [], [], 'Nothing to compare with: no stored run has a text that counts.'],
  ])('have nothing to compare: %s', (_, stored, now, expected) => {
    expect(replay(stored, now)).toMatchObject({ sentence: expected });
  });

  it('do not compare what asked different things', () => {
    const other = aRecipe({ repeats: 5, request: aRequest({ temperature: 1 }) });
    const runs = carrying(['fp_a'], ['fp_a']);
    expect(compare({ recipe, runs }, { recipe: other, runs })).toEqual({
      sentence: 'These experiments asked different things, so their texts are not compared.',
      leftOut: [],
      groups: '',
      address: '',
      fingerprints: 'Fingerprints can change with the settings, so they are compared only for the same recipe.',
    });
  });

  it('say first what was only sent in another way', () => {
    const sequential = aRecipe({ ...recipe, dispatch: 'sequential' });
    const [before, after] = [endedWith('a b', 'a b'), endedWith('a b', 'a c')];
    expect(compare({ recipe, runs: before }, { recipe: sequential, runs: after }).sentence).toBe(
      'One after the other against all at once: 1 of 2 matches the stored text; run 2 differs at word 2.',
    );
    expect(compare({ recipe: sequential, runs: before }, { recipe, runs: before }).sentence).toBe(
      'All at once against one after the other: 2 of 2 match the stored text.',
    );
    const [first = ended(1, 'a b')] = after;
    expect(compare({ recipe, runs: before }, { recipe: sequential, runs: [first, queued(2)] }).sentence).toBe(
      'One after the other against all at once: 1 of 2 so far: 1 of 1 matches the stored text.',
    );
    const parallel = aRecipe({ ...recipe, dispatch: 'parallel' });
    expect(compare({ recipe, runs: before }, { recipe: parallel, runs: before }).sentence).toBe(
      '2 of 2 match the stored text.',
    );
  });
});

describe('the words for a replay that goes on', () => {
  const stored = endedWith(...five('the cat'));

  it('count only what is finished', () => {
    const now = [ended(1, 'the cat'), running(2, 'the c'), ended(3, 'the cat'), queued(4), queued(5)];
    expect(replay(stored, now)).toMatchObject({
      sentence: '2 of 5 so far: 2 of 2 match the stored text.',
      leftOut: [],
    });
  });

  it('tell of a difference at once', () => {
    expect(replay(stored, [ended(1, 'the dog'), running(2, '')])).toMatchObject({
      sentence: '1 of 2 so far: 0 of 1 comparable runs match the stored text; run 1 differs at word 2.',
    });
  });

  it('have nothing to say at its start', () => {
    expect(replay(stored, [1, 2, 3, 4, 5].map(queued))).toMatchObject({
      sentence: '0 of 5 so far: no new run has a text that counts.',
      fingerprints: '',
    });
  });

  it('are final when it is over: what never got its turn is left out', () => {
    const now = [ended(1, 'the cat'), ended(2, 'the cat'), ended(3, 'the cat'), ended(4, 'the cat'), queued(5)];
    expect(replay(stored, now, false)).toMatchObject({
      sentence: '4 of 4 comparable runs match the stored text.',
      leftOut: ['new run 5 has not finished.'],
    });
  });

  it('are not final before', () => {
    expect(replay(stored, stored, true)).toMatchObject({
      sentence: '5 of 5 so far: 5 of 5 match the stored text.',
    });
  });
});

describe('the words for a replay without a seed', () => {
  const free = aRecipe({ request: aRequest({ temperature: 1 }), repeats: 5 });
  const replayed = (recipe: typeof free, ...now: string[]) =>
    compare({ recipe, runs: endedWith('the cat', 'the cat') }, { recipe, runs: endedWith(...now) }).groups;

  it('do not call other texts drift', () => {
    expect(replayed(free, 'the cat', 'the dog')).toMatch(/^No seed was sent, so other texts are no drift\./);
    expect(replayed(free, 'the cat', 'the cat')).toBe('');
    expect(replayed(recipe, 'the cat', 'the dog')).not.toContain('seed');
    const cold = aRecipe({ ...free, request: aRequest({ temperature: 0 }) });
    expect(replayed(cold, 'the cat', 'the dog')).not.toContain('seed');
  });

  it('say of a seed that means a new one to some servers what it means', () => {
    const anew = aRecipe({ ...free, request: aRequest({ seed: -1, temperature: 1 }) });
    expect(replayed(anew, 'the cat', 'the dog')).toContain(sayDrawnAnew);
    expect(replayed(anew, 'the cat', 'the cat')).toBe('');
  });
});

describe('the words for the groups of a replay', () => {
  it('are counted before and now', () => {
    expect(texts(['p', 'p', 'q', 'q', 'p'], five('p')).groups).toBe(
      'As groups: text A 3 times before, 5 times now; text B 2 times before, not now.',
    );
    expect(texts(['p', 'p'], ['p', 'q']).groups).toBe(
      'As groups: text A 2 times before, once now; text B not before, once now.',
    );
  });

  it('are named if they are among the largest, or few', () => {
    expect(texts(['a', 'b', 'c'], ['d', 'e', 'f']).groups).toBe(
      'As groups: text A once before, not now; text B once before, not now; text C once before, not now; text D not before, once now; 2 more texts.',
    );
    expect(texts(['a', 'b', 'c'], ['d', 'e', 'c']).groups).toMatch(/; text E not before, once now\.$/);
  });
});

describe('the words for where a replay was sent', () => {
  const address = (stored: RunRecord[], now: RunRecord[]) => replay(stored, now).address;

  it('name both addresses where they differ', () => {
    expect(address(sentTo(8281), sentTo(8282))).toBe(
      'Sent to another address: then http://127.0.0.1:8281/v1, now http://127.0.0.1:8282/v1.',
    );
    expect(address(sentTo(8281, 8281), sentTo(8282, 8281))).toBe(
      'Sent to another address: then http://127.0.0.1:8281/v1, now http://127.0.0.1:8282/v1, http://127.0.0.1:8281/v1.',
    );
    expect(address([...sentTo(8281), ended(2, 'x')], sentTo(8282))).toBe(
      'Sent to another address: then http://127.0.0.1:8281/v1 (not recorded for all runs), now http://127.0.0.1:8282/v1.',
    );
  });

  it('say that a file says so', () => {
    const imported = { recipe, runs: sentTo(8281), origin: 'import' as const };
    expect(compare(imported, { recipe, runs: sentTo(8282) }).address).toBe(
      'Sent to another address: by the imported file http://127.0.0.1:8281/v1, now http://127.0.0.1:8282/v1.',
    );
  });

  it('say what is not recorded, on which side', () => {
    const open = 'were sent, so a change of address cannot be seen.';
    expect(address([ended(1, 'x')], sentTo(8282))).toBe(`It is not recorded where all stored runs ${open}`);
    expect(address(sentTo(8282), [ended(1, 'x')])).toBe(`It is not recorded where all new runs ${open}`);
    expect(address([ended(1, 'x')], [ended(1, 'x')])).toBe(`It is not recorded where all stored and new runs ${open}`);
  });

  it('are none where nothing has changed, or there is no text', () => {
    expect(address(sentTo(8281), sentTo(8281))).toBe('');
    expect(address(sentTo(null), sentTo(null))).toBe('');
    expect(address(sentTo(8281), [failed(1, 'stalled')])).toBe('');
  });
});

describe('the words for the fingerprints of a replay', () => {
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
    expect(replay(carrying(...stored), carrying(...now)).fingerprints).toBe(expected);
  });

  it.each([
    ['unchanged', [['fp_a']], [['fp_a']], 'The same fingerprint by the imported file and now: fp_a.'],
    ['changed', [['fp_a']], [['fp_b']], `Fingerprint by the imported file: fp_a; now: fp_b. ${unproven}`],
    ['none', [[]], [[]], 'No fingerprint is in the imported file, and none is reported now.'],
    ['none there', [[]], [['fp_a']], 'No fingerprint is in the imported file, now fp_a: a change cannot be seen.'],
    [
      'none now',
      [['fp_a']],
      [[]],
      'Fingerprint by the imported file: fp_a; now none is reported: a change cannot be seen.',
    ],
  ])('are what the file says of imported runs: %s', (_, stored, now, expected) => {
    const imported = { recipe, runs: carrying(...stored), origin: 'import' as const };
    expect(compare(imported, { recipe, runs: carrying(...now) }).fingerprints).toBe(expected);
  });

  it('are not spoken of where there is no text', () => {
    expect(replay(carrying(['fp_a']), [failed(1, 'stalled')]).fingerprints).toBe('');
    expect(replay([failed(1, 'stalled')], carrying(['fp_a'])).fingerprints).toBe('');
  });
});
