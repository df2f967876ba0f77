import type { EqualityMode, PatternProblem } from '@/lib/compare/align/equality';

/** A difference named by the mode that removes it (`firstEqualMode`), to stand after "Run 3 and run 5" or "The 4 texts". */
export function sayDifference(mode: EqualityMode | null): string {
  if (mode === null) return 'differ in what they say.';
  return {
    exact: 'are the same text.',
    whitespace: 'differ only in white space.',
    'case-punctuation': 'differ only in case, punctuation or white space.',
    json: 'hold the same JSON value, written differently.',
    answer: 'give the same answer in other words.',
  }[mode];
}

/** The modes to choose from, to stand after "Equal is". */
export const modeNames: Readonly<Record<EqualityMode, string>> = {
  exact: 'only the same text',
  whitespace: 'whatever the white space',
  'case-punctuation': 'whatever case and punctuation',
  json: 'the same JSON value',
  answer: 'the same answer in it',
};

/** What kind of difference a place has, where it is one in the way of writing; null where it is one in words. */
export function sayKindOfDifference(mode: EqualityMode | null): string | null {
  if (mode === 'whitespace') return 'white space only';
  return mode === 'case-punctuation' ? 'case or punctuation only' : null;
}

/** What is wrong with a pattern that somebody typed. */
export function sayPatternProblem(problem: PatternProblem): string {
  switch (problem.kind) {
    case 'empty':
      return 'The pattern is empty.';
    case 'too-long':
      return `The pattern may have at most ${problem.max} characters.`;
    case 'back-reference':
      return 'The pattern refers back to a group; that can take for ever.';
    case 'repeated-group':
      return 'The pattern repeats a group that can itself vary in length; that can take for ever.';
    case 'many-repetitions':
      return `The pattern has more than ${problem.max} repetitions; that can take for ever.`;
    case 'invalid':
      return `This is no regular expression: ${problem.reason ?? 'it cannot be read'}.`;
  }
}
