import { describe, expect, it } from 'vitest';
import type { Moment, Option } from './moment';
import { findNearTie, sayMoment, sayReshaped, sayShare, sayToken, sayTruth } from './say';

const option = (token: string, probability: number, chance: number | null = probability): Option => ({
  token,
  probability,
  chance,
});
const took = (...tokens: string[]) => tokens.map((token, at) => ({ run: at + 1, token }));
const moment: Moment = {
  token: ' lit',
  from: 0,
  to: 4,
  truth: 'exact',
  options: [option(' kept', 0.41), option(' lit', 0.38)],
  rest: { tokens: 2000, probability: 0.21, chance: 0.21 },
  draw: { u: 0.7, from: 0.41, to: 0.79 },
  given: false,
};

describe('sayMoment', () => {
  it('names a near tie and who took what', () => {
    expect(sayMoment(moment.options, took(' kept', ' lit', ' lit'))).toEqual([
      '41 % against 38 %: a near tie.',
      'Runs 2 and 3 took “lit”, run 1 took “kept”.',
    ]);
  });

  it('sees no near tie where the two are far apart, or where runs took one only', () => {
    expect(findNearTie([option('a', 0.45), option('b', 0.39)], took('a', 'b'))).toBeNull();
    expect(findNearTie(moment.options, took(' lit', ' lit', ' moon'))).toBeNull();
    expect(findNearTie([option('a', 1)], took('a'))).toBeNull();
  });

  it('goes by the chances after the settings where they are known', () => {
    const options = [option('a', 0.45, 0.9), option('b', 0.43, 0.1)];
    expect(findNearTie(options, took('a', 'b'))).toBeNull();
    expect(
      findNearTie(
        options.map((each) => ({ ...each, chance: null })),
        took('a', 'b'),
      ),
    ).not.toBeNull();
  });

  it('counts runs as people do', () => {
    expect(sayMoment([], took('a'))).toEqual(['Run 1 took “a”.']);
    expect(sayMoment([], took('a', 'a'))).toEqual(['Both runs took “a”.']);
    expect(sayMoment([], took('', '', ''))).toEqual(['All 3 runs ended here.']);
    expect(sayMoment([], took('b', ...Array<string>(9).fill('a')))).toEqual([
      'Runs 2, 3, 4, 5, 6 and 4 others took “a”, run 1 took “b”.',
    ]);
    expect(sayMoment([], [])).toEqual([]);
  });
});

it('shows shares as whole percents, and none as what it is not', () => {
  expect([0, 0.001, 0.414, 0.999, 1].map(sayShare)).toEqual(['0 %', 'under 1 %', '41 %', 'over 99 %', '100 %']);
});

it('calls tokens by what can be read of them', () => {
  expect(['\n', ' ', ' kept', ','].map(sayToken)).toEqual(['a line break', 'a space', '“kept”', '“,”']);
});

it('says what the numbers are worth', () => {
  expect(sayTruth(moment)).toBe('Exact: these are the real numbers and the real draw.');
  expect(sayTruth({ ...moment, draw: null })).toBe('Exact: these are the real numbers. The draw is not known.');
  expect(sayTruth({ ...moment, truth: 'top', draw: null })).toBe(
    'Top 2 from the provider. It does not reveal its random draw. Bars after slider changes are estimates.',
  );
  expect(sayTruth(null)).toBe('This model does not send probabilities.');
});

it('says what the same draw would have given', () => {
  const reshaped = {
    exact: true,
    options: moment.options,
    rest: moment.rest,
    would: { token: ' kept', u: 0.7, from: 0, to: 0.8 },
  };
  expect(sayReshaped(moment, reshaped, { temperature: 0.4, top_p: 1 })).toBe(
    'With T 0.4 the same draw would give “kept”.',
  );
  expect(sayReshaped({ ...moment, token: ' kept' }, reshaped, { temperature: 0.4, top_p: 0.9 })).toBe(
    'With T 0.4 and top-p 0.9 the same draw would still give “kept”.',
  );
  const end = { ...reshaped, would: { ...reshaped.would, token: '' } };
  expect(sayReshaped(moment, end, { temperature: 2, top_p: 1 })).toBe('With T 2 the same draw would end here.');
  expect(sayReshaped(moment, { ...reshaped, would: null }, { temperature: 1, top_p: 1 })).toBeNull();
});
