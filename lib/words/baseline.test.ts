import { expect, it } from 'vitest';
import { sayBaseline } from './baseline';

it('a baseline is called the most common text only if one text is', () => {
  expect((['one', 'several', 'none'] as const).map((commonest) => sayBaseline('common', commonest))).toEqual([
    'the most common text',
    'the first of the most common texts',
    'the first text: none comes twice',
  ]);
  expect(sayBaseline(3, 'none')).toBe('run 3');
  expect(sayBaseline('medoid', 'none')).toBe('the text in the middle');
});
