import { describe, expect, it } from 'vitest';
import { aMoment } from './moments.fixture';
import { nearMisses, surprise } from './surprise';

describe('surprise', () => {
  it('is measured in bits', () => {
    expect(surprise(aMoment('a', [['a', 1]]))).toBe(0);
    expect(surprise(aMoment('a', [['a', 0.125]]))).toBe(3);
    expect(surprise(aMoment('a', [['a', 0]]))).toBe(Number.POSITIVE_INFINITY);
  });
});

describe('near misses', () => {
  const near = aMoment('a', [
    ['a', 0.41],
    ['b', 0.38],
  ]);

  it('are the moments whose runner-up was closest, the closest first', () => {
    const certain = aMoment('a', [
      ['a', 0.9],
      ['b', 0.1],
    ]);
    const lucky = aMoment('a', [
      ['b', 0.6],
      ['a', 0.4],
    ]);
    expect(nearMisses([certain, near, lucky], 2)).toMatchObject([
      { at: 2, chosen: { token: 'a' }, instead: { token: 'b' } },
      { at: 1, chosen: { token: 'a' }, instead: { token: 'b' } },
    ]);
  });

  it('have no chosen option where the token that came was not among those reported', () => {
    const unlisted = aMoment('c', [
      ['a', 0.6],
      ['b', 0.3],
    ]);
    expect(nearMisses([near, unlisted], 1)).toMatchObject([{ at: 1, chosen: null, instead: { token: 'a' } }]);
    expect(surprise(unlisted)).toBe(Number.POSITIVE_INFINITY);
  });

  it('leave out moments with one option, and tokens that were given', () => {
    expect(nearMisses([aMoment('a', [['a', 1]]), { ...near, given: true }], 5)).toEqual([]);
  });
});
