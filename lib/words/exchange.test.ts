import { expect, it } from 'vitest';
import { saySharedRequest } from './exchange';

it.each([
  ['', { same: [1], known: [1], differing: { keys: [], url: false } }],
  ['All 3 runs had this very request.', { same: [1, 2, 3], known: [1, 2, 3], differing: { keys: [], url: false } }],
  [
    'Runs 1, 2 of 4 had this very request. What is not the same in all requests: the address and seed.',
    { same: [1, 2], known: [1, 2, 3, 4], differing: { keys: ['seed'], url: true } },
  ],
])('of a request that other runs share or not it is said: %s', (sentence, shared) => {
  expect(saySharedRequest(shared)).toBe(sentence);
});
