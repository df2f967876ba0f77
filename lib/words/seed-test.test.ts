import { describe, expect, it } from 'vitest';
import { halfSeeded, halfSeededCold, halfSeededRuns } from '@/lib/compare/measure/experiments.fixture';
import { seedTest } from '@/lib/compare/measure/seed-test';
import { sayPermutationTest, saySeedTest } from './seed-test';

function sentence(seeded: string, unseeded: string, of = halfSeeded): string {
  const test = seedTest(of, halfSeededRuns(seeded, unseeded));
  return test ? saySeedTest(test) : '';
}

describe('the words for a seed test', () => {
  it('say that there is an effect, with the figures', () => {
    expect(sentence('aaaaa', 'bcdef')).toBe(
      'The seed has a visible effect here: 100 % of pairs match with the seed, 0 % without it (p = 0.004).',
    );
    expect(sentence('a'.repeat(9), 'bcdefghij')).toContain('0 % without it (p < 0.001).');
  });

  it('say that there is none where one would have shown, and how many runs would tell where not', () => {
    expect(sentence('abcdefghi', 'jklmnopqr')).toBe(
      'The seed has no visible effect here: 0 % of pairs match with the seed, 0 % without it (p = 1.00). That it makes half of all pairs agree would have shown.',
    );
    expect(sentence('aaaaab', 'aaccde')).toBe(
      'There are too few runs to tell what the seed does: 67 % of pairs match with the seed, 13 % without it (p = 0.12). If it goes on like this, some 12 in each arm would.',
    );
  });

  it('say where no experiment has room for enough', () => {
    const unclear = seedTest(halfSeeded, halfSeededRuns('abcde', 'fghij'));
    expect(unclear && saySeedTest({ ...unclear, enough: null })).toMatch(/no experiment has room for enough\.$/);
  });

  it('say that runs with the seed agree less', () => {
    expect(sentence('bcdef', 'aaaaa')).toBe(
      'The seed has a visible effect here, but another: runs with it agree less, 0 % of pairs match with the seed, 100 % without it.',
    );
  });

  it('say of equal runs that nothing varied, and of an effect at temperature 0 that it is not expected', () => {
    expect(sentence('aaaaa', 'aaaaa')).toBe(
      'All 10 runs are identical, with the seed and without: nothing varied that a seed could have fixed.',
    );
    expect(sentence('aaaaa', 'aaaaa', halfSeededCold)).toBe(sentence('aaaaa', 'aaaaa'));
    expect(sentence('aaaaa', 'bcdef', halfSeededCold)).toMatch(/At temperature 0 that is not expected\.$/);
  });

  it('do not take another text for agreement', () => {
    expect(sentence('aaaaa', 'bbbbb')).toBe(
      'The seed changes the text here, not the agreement: the 5 runs with it are all equal, and so are the 5 without it, with another text.',
    );
  });

  it.each([
    ['aa', 'bc', 'There are too few runs to tell what the seed does (at best p = 0.17 with 2 + 2).'],
    ['aaa', 'bc', 'There are too few runs to tell what the seed does (at best p = 0.10 with 3 + 2).'],
    [
      'aaa',
      'b',
      'There are too few runs to tell what the seed does (each arm needs at least 2, and there are 3 with the seed and 1 without).',
    ],
  ])('have too few runs in %s and %s', (seeded, unseeded, expected) => {
    expect(sentence(seeded, unseeded)).toBe(expected);
  });

  it('name the way in which p was found, and what it asks', () => {
    const test = seedTest(halfSeeded, halfSeededRuns('aaaaa', 'bcdef'));
    const sampled = { p: 0.01234567, method: 'sampled', samples: 20_000 } as const;
    expect(test && sayPermutationTest(test)).toBe(
      'Exact permutation test, one-sided, p = 0.004: so often would runs with a seed that does nothing agree so much more.',
    );
    expect(test && sayPermutationTest({ ...test, pValue: sampled })).toBe(
      'Permutation test on 20,000 samples, one-sided, p ≈ 0.0123: so often would runs with a seed that does nothing agree so much more.',
    );
    expect(test && sayPermutationTest({ ...test, pValue: { ...sampled, p: 1 / 20_001 } })).toContain(', p < 0.0001:');
    expect(test && saySeedTest({ ...test, pValue: sampled })).toContain('(p = 0.013, from 20,000 samples)');
  });

  it('name no p beside a finding that does not go by it', () => {
    for (const [seeded, unseeded] of [
      ['aaaaa', 'aaaaa'],
      ['aaaaa', 'bbbbb'],
      ['bcdef', 'aaaaa'],
    ] as const) {
      const test = seedTest(halfSeeded, halfSeededRuns(seeded, unseeded));
      expect(test && sayPermutationTest(test)).toBeNull();
    }
  });
});
