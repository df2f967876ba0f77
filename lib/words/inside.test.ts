import { describe, expect, it } from 'vitest';
import { roleOfMark, sayGrowth, sayHeadLook, sayHeads, sayLookedAt, sayRank } from './inside';

describe('the words for what heads looked at', () => {
  it('name the heads, and what they left on the first mark', () => {
    expect(sayHeads({ layer: null, head: null })).toBe('all heads');
    expect(sayHeads({ layer: 1, head: null })).toBe('the heads of layer 2');
    expect(sayHeads({ layer: 1, head: 2 })).toBe('head 3 of layer 2');
    const look = { weights: [], first: 0.4712, shades: [] };
    expect(sayHeadLook({ layer: null, head: null }, look)).toBe(
      'On average these heads left 47.1 % on the first mark, where heads rest that find nothing to look for.',
    );
    expect(sayHeadLook({ layer: 0, head: 0 }, look)).toMatch(/^This head left 47\.1 %/);
  });

  it('name a token with its share, and a mark by its role', () => {
    expect(sayLookedAt(' spring', 0.2163)).toBe('“spring”: 21.6 %');
    expect(sayLookedAt(' spring', 0.0001)).toBe('“spring”: under 0.1 %');
    expect(sayLookedAt('<|user|>', 0.5)).toBe('the mark “user”: 50 %');
    expect(roleOfMark('<|assistant|>')).toBe('assistant');
    expect(roleOfMark('<user>')).toBeNull();
  });
});

describe('the words for how a guess grew', () => {
  it('give ranks', () => {
    expect([1, 2, 3, 4, 11, 12, 13, 21, 102, 111, 1694].map(sayRank)).toEqual([
      ...['1st', '2nd', '3rd', '4th', '11th', '12th', '13th', '21st', '102nd', '111th', '1,694th'],
    ]);
  });

  it('say from which layer on the token was the likeliest, or where it stood in the end', () => {
    expect(sayGrowth(' is', [75, 1, 2, 1, 1])).toBe('From layer 4 on “is” was the likeliest again.');
    expect(sayGrowth(' is', [75, 3, 2, 1, 1])).toBe('From layer 4 on “is” was the likeliest.');
    expect(sayGrowth(' The', [1, 1, 1, 1, 3, 1])).toBe('From layer 6 on “The” was the likeliest again.');
    expect(sayGrowth(' is', [75, 14, 2, 1])).toBe('Only after the last layer “is” was the likeliest.');
    expect(sayGrowth(' is', [1, 1, 1])).toBe('From the first layer on “is” was the likeliest.');
    expect(sayGrowth(' is', [9, 1, 2])).toBe('After the last layer “is” stood 2nd.');
    expect(sayGrowth('', [2, 1])).toBe('From layer 2 on ending was the likeliest.');
  });
});
