import { describe, expect, it } from 'vitest';
import { type EqualityMode, equalityModes, parsePattern } from '@/lib/compare/align/equality';
import { modeNames, sayDifference, sayKindOfDifference, sayPatternProblem } from './equality';

describe('the words for a difference', () => {
  it.each<[EqualityMode | null, string]>([
    ['exact', 'are the same text.'],
    ['whitespace', 'differ only in white space.'],
    ['case-punctuation', 'differ only in case, punctuation or white space.'],
    ['json', 'hold the same JSON value, written differently.'],
    ['answer', 'give the same answer in other words.'],
    [null, 'differ in what they say.'],
  ])('that the mode %s removes are "%s"', (mode, words) => {
    expect(sayDifference(mode)).toBe(words);
  });

  it('are a name where it is one in the way of writing', () => {
    const kinds = [...equalityModes, null].map(sayKindOfDifference);
    expect(kinds).toEqual([null, 'white space only', 'case or punctuation only', null, null, null]);
  });
});

describe('the names of the modes', () => {
  it('fit after "Equal is"', () => {
    expect(equalityModes.map((mode) => `Equal is ${modeNames[mode]}.`)).toEqual([
      'Equal is only the same text.',
      'Equal is whatever the white space.',
      'Equal is whatever case and punctuation.',
      'Equal is the same JSON value.',
      'Equal is the same answer in it.',
    ]);
  });
});

describe('the words for what is wrong with a pattern', () => {
  it.each([
    ['', 'The pattern is empty.'],
    ['(', 'This is no regular expression: Unterminated group.'],
    ['x'.repeat(501), 'The pattern may have at most 500 characters.'],
    ['(a+)+', 'The pattern repeats a group that can itself vary in length; that can take for ever.'],
    ['(a)\\1', 'The pattern refers back to a group; that can take for ever.'],
    ['a?'.repeat(13), 'The pattern has more than 12 repetitions; that can take for ever.'],
  ])('of %j are "%s"', (pattern, words) => {
    const parsed = parsePattern(pattern);
    expect(parsed.ok ? null : sayPatternProblem(parsed.error)).toBe(words);
  });

  it('do without a reason where the engine has none', () => {
    expect(sayPatternProblem({ kind: 'invalid', reason: null })).toBe(
      'This is no regular expression: it cannot be read.',
    );
  });
});
