import { expect, it } from 'vitest';
import { sayComparisonFailure } from './comparison';

it.each([
  [
    'Maximum call stack size exceeded',
    'The comparison failed: Maximum call stack size exceeded. Change the view to try again.',
  ],
  ['Out of memory.', 'The comparison failed: Out of memory. Change the view to try again.'],
  [null, 'The comparison could not be started. Is the server running? Change the view to try again.'],
])('the sentence on a comparison that failed with %j is %j', (message, sentence) => {
  expect(sayComparisonFailure(message, true)).toBe(sentence);
});

it('does not speak of views where there is only one', () => {
  expect(sayComparisonFailure('Out of memory', false)).toBe(
    'The comparison failed: Out of memory. Reload the page to try again.',
  );
});
