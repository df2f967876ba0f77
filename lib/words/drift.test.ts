import { describe, expect, it } from 'vitest';
import { drift } from '@/lib/compare/measure/drift';
import { madeAt, madeOn, march } from '@/lib/compare/measure/experiments.fixture';
import { ended, endedWith, failed, queued } from '@/lib/run/records.fixture';
import type { SavedExperiment } from '@/lib/run/saved';
import { sayBand, sayBandAddress, sayDrift } from './drift';

const sentence = (...experiments: SavedExperiment[]) => sayDrift(drift(experiments).finding);

describe('the sentence on a timeline', () => {
  it('says of runs without a seed that other texts are no drift', () => {
    const change = { kind: 'change', texts: 2, experiments: 2, different: 1, compared: 1 } as const;
    expect(sayDrift({ ...change, unseeded: true })).toBe(
      '2 texts over 2 experiments; the latest differs from the first in 1 of 1 run. No seed was sent, so other texts are no drift.',
    );
    expect(sayDrift({ ...change, unseeded: false })).not.toContain('seed');
  });

  const five = ['x', 'x', 'x', 'x', 'x'];

  it('says that the text has always been the same', () => {
    expect(sentence(madeOn(3, ...five), madeOn(5, ...five), madeOn(9, ...five))).toBe(
      'The same text in all 15 runs on 3 days.',
    );
    expect(sentence(madeOn(3, 'x', 'x'), madeAt('2026-03-03T23:59:59.999Z', endedWith('x', 'x')))).toBe(
      'The same text in all 4 runs on 1 day.',
    );
  });

  it('counts only what finished', () => {
    const runs = [ended(1, 'x'), failed(2, 'stalled')];
    expect(sentence(madeAt(march(3), runs), madeAt(march(4), runs), madeAt(march(5), [failed(1, 'stalled')]))).toBe(
      'The same text in all 2 finished runs on 2 days.',
    );
    expect(sentence(madeAt(march(3), runs))).toBe('Only 1 run counts: nothing to compare it with.');
    expect(sentence(madeAt(march(3), [failed(1, 'stalled')]))).toBe('No run finished with a text.');
  });

  it('names the days of a clean turn', () => {
    expect(sentence(madeOn(1, 'x', 'x'), madeOn(3, 'x', 'x'), madeOn(9, 'y', 'y'), madeOn(12, 'y', 'y'))).toBe(
      'Text A until 3 Mar 2026, text B since 9 Mar 2026.',
    );
  });

  it('names them past an experiment of which nothing finished', () => {
    expect(
      sentence(madeOn(3, 'x', 'x'), madeAt(march(5), [failed(1, 'stalled'), queued(2)]), madeOn(9, 'y', 'y')),
    ).toBe('Text A until 3 Mar 2026, text B since 9 Mar 2026.');
  });

  it.each([
    [
      'the first text came again',
      [madeOn(3, 'x'), madeOn(9, 'y'), madeOn(12, 'x')],
      '2 texts over 3 experiments; the latest matches the first in 1 of 1 run.',
    ],
    [
      'one experiment had both',
      [madeOn(3, 'x', 'x'), madeOn(9, 'x', 'y'), madeOn(12, 'y', 'y')],
      '2 texts over 3 experiments; the latest differs from the first in 2 of 2 runs.',
    ],
    [
      'there is a third',
      [madeOn(3, 'x'), madeOn(9, 'y'), madeOn(12, 'z')],
      '3 texts over 3 experiments; the latest differs from the first in 1 of 1 run.',
    ],
    [
      'it was on one day',
      [madeOn(3, 'x'), madeAt('2026-03-03T13:00:00.000Z', endedWith('y'))],
      '2 texts over 2 experiments; the latest differs from the first in 1 of 1 run.',
    ],
  ])('does not when %s', (_, experiments, expected) => {
    expect(sentence(...experiments)).toBe(expected);
  });

  it('says how the latest stands to the first', () => {
    const days = [3, 4, 5, 6, 7].map((day) => madeOn(day, 'a', 'b', 'c', 'd', 'a'));
    expect(sentence(...days, madeOn(8, 'a', 'c', 'b', 'd', 'a'))).toBe(
      '4 texts over 6 experiments; the latest differs from the first in 2 of 5 runs.',
    );
    expect(sentence(madeOn(3, 'a', 'b'), madeOn(4, 'b', 'a'), madeOn(5, 'a', 'b'))).toBe(
      '2 texts over 3 experiments; the latest matches the first in 2 of 2 runs.',
    );
  });

  it('says that they have no run in common', () => {
    const [first, second] = [
      [ended(1, 'x'), ended(2, 'y'), queued(3)],
      [queued(1), queued(2), ended(3, 'x')],
    ];
    expect(sentence(madeAt(march(3), first), madeAt(march(4), second))).toBe(
      '2 texts over 2 experiments; the latest has no run in common with the first.',
    );
  });

  it('says that each run has always given its own text', () => {
    expect(sentence(madeOn(3, 'a', 'b', 'c'), madeOn(4, 'a', 'b', 'c'), madeOn(5, 'a', 'b', 'c'))).toBe(
      'The same 3 texts, run by run, in all 3 experiments.',
    );
  });

  it('counts the texts of a single experiment', () => {
    expect(sentence(madeOn(3, 'a', 'b', 'a'))).toBe('2 texts in 3 runs.');
  });
});

describe('the words for the addresses of a timeline', () => {
  it('list them, and say what is not recorded', () => {
    const [first, second] = ['http://a/v1', 'http://b/v1'].map((address) => ({ kind: 'address' as const, address }));
    if (!first || !second) throw new Error('There are two.');
    expect(sayBandAddress({ destinations: [] })).toBeNull();
    expect(sayBandAddress({ destinations: [first, second] })).toBe('http://a/v1, http://b/v1');
    expect(sayBandAddress({ destinations: [first, { kind: 'unrecorded' }] })).toBe(
      'http://a/v1 (not recorded for all runs)',
    );
    expect(sayBandAddress({ destinations: [{ kind: 'unrecorded' }] })).toBe('address not recorded');
  });
});

describe('the words for the fingerprints of a timeline', () => {
  it('list them, and say so where not all runs came with one', () => {
    expect(sayBand({ fingerprints: [], partly: false })).toBeNull();
    expect(sayBand({ fingerprints: ['fp_a', 'fp_b'], partly: false })).toBe('fp_a, fp_b');
    expect(sayBand({ fingerprints: ['fp_a'], partly: true })).toBe('fp_a (not in all runs)');
  });
});
