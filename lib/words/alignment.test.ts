import { describe, expect, it } from 'vitest';
import { sayApart, sayOutlier, sayPlaces } from './alignment';

const outlier = { letter: 'C', runs: [3], text: 'a b c', shared: 14, of: 48, first: null };

describe('the words of an alignment', () => {
  it('say how many places there are, and of what', () => {
    expect(sayPlaces(1, 5, false)).toMatch(/^1 place where 5 runs do not all agree\. /);
    expect(sayPlaces(33, 15, true)).toMatch(/^33 places where 15 runs do not all agree in words\. /);
  });

  it('say how many texts stand apart, and how little each shares', () => {
    expect(sayApart(1)).toBe('1 text is unlike the others, and stands apart from the places above.');
    expect(sayApart(2)).toBe('2 texts are unlike the others, and stand apart from the places above.');
    expect(sayOutlier(outlier, 'B')).toBe(
      'differs throughout: of the 48 words of the shorter of the two, it shares 14 with B.',
    );
    expect(sayOutlier({ ...outlier, of: 1000, first: 1000 }, 'B')).toBe(
      'differs throughout: among the first 1000 words of each, it shares 14 with B.',
    );
    expect(sayOutlier({ ...outlier, shared: 0, of: 0 }, 'B')).toBe('has no words.');
  });
});
