import { describe, expect, it } from 'vitest';
import { markNouns, sayMark, sayMissing, sayPlace, sayStretch, sayWords } from './marks';

describe('the words for a mark', () => {
  it.each([
    [{ kind: 'replaced', text: ' red', was: ' blue' }, 'instead of “blue”'],
    [{ kind: 'varies', text: ' red', was: ' blue', runs: 3, of: 5 }, '3 of 5 runs read so here'],
    [{ kind: 'shared', text: 'in the old red boat' }, 'in both texts'],
    [{ kind: 'added', text: ' red' }, 'only here'],
  ] as const)('%o are "%s"', (mark, words) => {
    expect(sayMark(mark)).toBe(words);
  });
});

describe('the words for what is missing', () => {
  it('count words, and call nothing else one', () => {
    expect(sayMissing(2, ' old red')).toBe('2 words missing');
    expect(sayMissing(0, ' (')).toBe('“(” missing');
    expect(sayMissing(0, '\n\n')).toBe('white space missing');
  });
});

describe('the words for a place among others', () => {
  const places = [3, 12].map((word) => ({ from: 0, to: 1, word }));

  it('are its number and its word, or how much is marked and how many places there are', () => {
    const say = (marks: number, count: number, at: number, noun: string = markNouns.differences) =>
      sayPlace({ noun, marks, places: places.slice(0, count), at });
    expect(say(6, 2, 1)).toBe('Place 2 of 2, word 12');
    expect(say(6, 1, -1)).toBe('6 differences, 1 place to go to');
    expect(say(1, 1, -1)).toBe('1 difference, 1 place to go to');
    expect(say(3, 0, -1)).toBe('3 differences');
    expect(say(0, 0, -1, markNouns.shared)).toBe('No shared phrases');
  });
});

describe('the words for a stretch of words', () => {
  it('are its first and last word', () => {
    expect(sayWords(3, 1)).toBe('word 3');
    expect(sayWords(3, 15)).toBe('words 3–17');
    expect(sayWords(3, 0)).toBe('word 3');
  });

  it('say whether the runs part after it', () => {
    expect(sayStretch({ word: 1, words: 2 }, true)).toBe('words 1–2, then they part');
    expect(sayStretch({ word: 1, words: 0 }, false)).toBe('no words');
  });
});
