import { expect, it } from 'vitest';
import { sayPercent, sayRounded, sayWholePercent } from './numbers';

it('a number has at most the digits that are asked for', () => {
  expect([0.5, 0.456, 12].map((value) => sayRounded(value, 2))).toEqual(['0.5', '0.46', '12']);
});

it('a share is given in per cent with one digit', () => {
  expect([0, 0.4136, 1].map(sayPercent)).toEqual(['0 %', '41.4 %', '100 %']);
});

it('a share in whole per cent is 0 or 100 only if it is exactly that', () => {
  expect([0, 0.001, 0.414, 0.999, 1].map(sayWholePercent)).toEqual(['0 %', 'under 1 %', '41 %', 'over 99 %', '100 %']);
});
