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

  it('say that there is none', () => {
    expect(sentence('abcde', 'fghij')).toBe(
      'The seed has no visible effect here: 0 % of pairs match with the seed, 0 % without it (p = 1.00).',
    );
    expect(sentence('aaaaa', 'aaaaa')).toBe(
      'The seed has no visible effect here: all 10 runs are identical, with the seed and without.',
    );
  });

  it('expect none at temperature 0, and say so if there is one', () => {
    expect(sentence('aaaaa', 'aaaaa', halfSeededCold)).toBe(
      "The seed has no visible effect here: at temperature 0 it can't. All 10 runs are identical, with the seed and without.",
    );
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

  it('name the way in which p was found', () => {
    const [exact, sampled] = [
      { p: 1 / 252, method: 'exact', ways: 252 } as const,
      { p: 0.01234567, method: 'sampled', samples: 20_000 } as const,
    ];
    expect(sayPermutationTest(exact)).toBe('Exact permutation test, p = 0.004.');
    expect(sayPermutationTest(sampled)).toBe('Permutation test on 20,000 samples, p ≈ 0.0123.');
    const test = seedTest(halfSeeded, halfSeededRuns('aaaaa', 'bcdef'));
    expect(test && saySeedTest({ ...test, pValue: sampled })).toContain('(p = 0.013, from 20,000 samples)');
  });
});
