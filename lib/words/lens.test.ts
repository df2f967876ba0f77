import { describe, expect, it } from 'vitest';
import type { TakenToken } from '@/lib/lens/facts';
import { sayMomentFact, sayPrecision, sayReshaped, sayRunsBriefly, sayTraceState, tokenName } from './lens';

const taken = (...tokens: [token: string, ...runs: number[]][]): string => {
  const list: TakenToken[] = tokens.map(([token, ...runs]) => ({ token, runs }));
  return sayMomentFact({ kind: 'taken', tokens: list });
};

describe('the words for a moment', () => {
  it('name a near tie by its shares', () => {
    expect(sayMomentFact({ kind: 'near-tie', tokens: [' kept', ' lit'], shares: [0.414, 0.382] })).toBe(
      '41 % against 38 %: a near tie.',
    );
  });

  it('name the runs that took each token', () => {
    expect(taken([' lit', 2, 3], [' kept', 1])).toBe('Runs 2 and 3 took “lit”, run 1 took “kept”.');
    expect(taken(['a', 1])).toBe('Run 1 took “a”.');
    expect(taken(['a', 1, 2])).toBe('Both runs took “a”.');
    expect(taken(['', 1, 2, 3])).toBe('All 3 runs ended here.');
    expect(taken(['a', 2, 3, 4, 5, 6, 7, 8, 9, 10], ['b', 1])).toBe(
      'Runs 2, 3, 4, 5, 6 and 4 others took “a”, run 1 took “b”.',
    );
  });

  it('name the runs with another history, or count them', () => {
    const elsewhere = (...runs: number[]) => sayMomentFact({ kind: 'elsewhere', runs });
    expect(elsewhere(3)).toBe('Run 3 has another history by now.');
    expect(elsewhere(3, 5)).toBe('Runs 3, 5 have another history by now.');
    expect(elsewhere(1, 2, 3, 4, 5, 6, 7)).toBe('7 runs have another history by now.');
  });
});

describe('the words for a token', () => {
  it('are what can be read of it', () => {
    expect(['\n', ' ', ' kept', ',', ''].map(tokenName)).toEqual([
      'a line break',
      'a space',
      '“kept”',
      '“,”',
      'the end',
    ]);
  });
});

describe('the words for runs beside a bar', () => {
  it('are few', () => {
    expect([[3], [1, 2, 4], [1, 2, 3, 4, 5]].map(sayRunsBriefly)).toEqual(['run 3', 'runs 1, 2, 4', '5 runs']);
  });
});

describe('the words for the precision of the numbers', () => {
  it('tell exact ones from what a provider sends', () => {
    expect(sayPrecision({ kind: 'exact', drawKnown: true })).toBe(
      'Exact: these are the real numbers and the real draw.',
    );
    expect(sayPrecision({ kind: 'exact', drawKnown: false })).toBe(
      'Exact: these are the real numbers. The draw is not known.',
    );
    expect(sayPrecision({ kind: 'provider', options: 2 })).toBe(
      'Top 2 from the provider. It does not reveal its random draw. Bars after slider changes are estimates.',
    );
    expect(sayPrecision({ kind: 'none' })).toBe('This model does not send probabilities.');
  });
});

describe('the words for the same draw under other settings', () => {
  it('name the settings and the token', () => {
    const cool = { temperature: 0.4, top_p: 1 };
    expect(sayReshaped({ kind: 'one-token', sliders: cool, token: ' kept', unchanged: false })).toBe(
      'With T 0.4 the same draw would give “kept”.',
    );
    expect(sayReshaped({ kind: 'one-token', sliders: { ...cool, top_p: 0.9 }, token: ' kept', unchanged: true })).toBe(
      'With T 0.4 and top-p 0.9 the same draw would still give “kept”.',
    );
    expect(sayReshaped({ kind: 'one-token', sliders: { temperature: 2, top_p: 1 }, token: '', unchanged: false })).toBe(
      'With T 2 the same draw would end here.',
    );
  });

  it('name what each run would have taken, of at most eight', () => {
    const sliders = { temperature: 1.5, top_p: 1 };
    expect(
      sayReshaped({
        kind: 'several-tokens',
        sliders,
        runs: [
          { run: 1, token: ' a' },
          { run: 2, token: '' },
        ],
      }),
    ).toBe('With T 1.5 and top-p 1 the same draws would give “a” in run 1, the end in run 2.');
    const many = Array.from({ length: 12 }, (_, at) => ({ run: at + 1, token: String(at) }));
    expect(sayReshaped({ kind: 'several-tokens', sliders, runs: many })).toMatch(/“7” in run 8\.$/);
  });

  it('say that bars are estimates where the draw is not known', () => {
    expect(sayReshaped({ kind: 'estimate' })).toBe('Bars after slider changes are estimates.');
  });
});

describe('the words for a run that the lens cannot show', () => {
  it('say why, and what to do', () => {
    expect(sayTraceState({ kind: 'loading' })).toBe('Working out how each token was chosen.');
    expect(sayTraceState({ kind: 'none' })).toBe(
      'This model does not send probabilities. Tick Logprobs and run again, or see it with Seedling, the model inside.',
    );
    expect(sayTraceState({ kind: 'failed', why: 'unreachable' })).toBe(
      'The numbers behind Seedling could not be fetched. Is the server running?',
    );
    expect(sayTraceState({ kind: 'failed', why: 'other-version' })).toBe(
      'Another version of Seedling made this text; its numbers are gone.',
    );
    expect(sayTraceState({ kind: 'failed', why: 'broken' })).toBe(
      'How each token was chosen could not be worked out. Reload the page to try again.',
    );
  });
});
