import { describe, expect, it } from 'vitest';
import { alternatives, capital, counted, inSequence, inShort, listed, plural, sentences } from './english';

describe('English grammar', () => {
  it('knows one from many', () => {
    expect([0, 1, 2].map((count) => counted(count, 'run'))).toEqual(['0 runs', '1 run', '2 runs']);
    expect([1, 3].map((count) => plural(count, 'was', 'were'))).toEqual(['was', 'were']);
    expect(counted(2, 'reply', 'replies')).toBe('2 replies');
  });

  it('lists with "and" or "or" before the last, or with commas alone', () => {
    expect([['a'], ['a', 'b'], ['a', 'b', 'c']].map(alternatives)).toEqual(['a', 'a or b', 'a, b or c']);
    expect([[1], [1, 2], [1, 2, 4]].map(listed)).toEqual(['1', '1 and 2', '1, 2 and 4']);
    expect(inSequence([1, 2, 4])).toBe('1, 2, 4');
  });

  it('names the first of many, and counts the others', () => {
    expect(inShort([1, 2, 4, 5, 7])).toBe('1, 2, 4, 5, 7');
    expect(inShort([1, 2, 4, 5, 7, 9])).toBe('1, 2, 4, 5 and 2 more');
    expect(inShort([1, 2, 3], 1)).toBe('1 and 2 more');
  });

  it('joins sentences and begins them with a capital', () => {
    expect(sentences(capital('runs 2, 3 failed.'), '', null, 'The rest agree.')).toBe(
      'Runs 2, 3 failed. The rest agree.',
    );
  });
});
