import { describe, expect, it } from 'vitest';
import type { ReshapedFact, TakenToken } from '@/lib/lens/facts';
import type { NoMoments } from '@/lib/lens/lens';
import {
  sayChoiceFact,
  sayCut,
  sayElsewhere,
  sayLeftChoices,
  sayLegend,
  sayNeedle,
  sayPrecision,
  sayReshaped,
  sayStrip,
  sayTakenBy,
  sayTraceState,
} from './lens';
import { tokenName } from './token';

const taken = (...tokens: [token: string, ...runs: number[]][]): string => {
  const list: TakenToken[] = tokens.map(([token, ...runs]) => ({ token, runs }));
  return sayChoiceFact({ kind: 'taken', tokens: list });
};

describe('the words for a choice', () => {
  it('name a near tie by its shares, as wide as the two bars at the start of the line', () => {
    const nearTie = (...shares: [number, number]) =>
      sayChoiceFact({ kind: 'near-tie', tokens: [' kept', ' lit'], shares });
    expect(nearTie(0.414, 0.382)).toBe('41.4 % against 38.2 %: a near tie.');
    expect(nearTie(0.4348, 0.4133)).toBe('43.5 % against 41.3 %: a near tie.');
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

  it('name four tokens, and count the others', () => {
    expect(taken(['a', 1, 2, 7], ['b', 3, 8], ['c', 4], ['d', 5], ['e', 6], ['f', 9])).toBe(
      'Runs 1, 2 and 7 took “a”, runs 3 and 8 took “b”, run 4 took “c”, run 5 took “d”, 2 runs took 2 other tokens.',
    );
    expect(taken(['a', 1], ['b', 2], ['c', 3], ['d', 4], ['e', 5])).toMatch(/, run 4 took “d”, run 5 took “e”\.$/);
  });

  it('say that nothing was chosen where the request gave the token', () => {
    expect(sayChoiceFact({ kind: 'given', token: ' soft' })).toBe('The request gave “soft”: nothing was chosen here.');
  });

  it('name the runs with another history, or count them', () => {
    expect(sayElsewhere([])).toBe('');
    expect(sayElsewhere([3])).toBe('Run 3 has another history by now.');
    expect(sayElsewhere([3, 5])).toBe('Runs 3, 5 have another history by now.');
    expect(sayElsewhere([1, 2, 3, 4, 5, 6, 7])).toBe('7 runs have another history by now.');
  });
});

describe('the words for a strip', () => {
  const moved = { temperature: 0.4, top_p: 1 };

  it('name its setting, its runs, and sliders that were moved', () => {
    expect(sayStrip('', [1, 2], null)).toBe('');
    expect(sayStrip('T 0', [1, 2], null)).toBe('T 0: runs 1, 2');
    expect(sayStrip('', [1, 2], moved)).toBe('Under the sliders: T 0.4');
    expect(sayStrip('T 0', [1], { ...moved, top_p: 0.9 })).toBe('T 0: run 1, under the sliders: T 0.4 and top-p 0.9');
  });

  it('name the settings that are not shown, at most four', () => {
    expect(sayLeftChoices(['T 1', 'T 2'])).toBe('Not shown: T 1; T 2. Choose one of their runs to see them.');
    expect(sayLeftChoices(['a', 'b', 'c', 'd', 'e', 'f'])).toBe(
      'Not shown: a; b; c; d; 2 more. Choose one of their runs to see them.',
    );
  });

  it('name a needle, what it hit and where, and whether that is under the sliders', () => {
    const needle = { u: 0.6013, from: 0.4348, to: 0.6481, token: 'I', runs: [1, 3] };
    expect(sayNeedle(needle, '', false)).toEqual({
      who: 'Runs 1, 3',
      draw: '0.601',
      hit: '“I”',
      where: '0.435 to 0.648',
    });
    expect(sayNeedle({ ...needle, u: 0.6479 }, 'T 1', false)).toMatchObject({
      who: 'T 1, runs 1, 3',
      draw: '0.6479',
      where: '0.4348 to 0.6481',
    });
    expect(sayNeedle(needle, 'T 1', true).who).toBe('Under the sliders, T 1, runs 1, 3');
  });

  it('say what its bars stand for, as far as that is known', () => {
    expect(sayLegend({ kind: 'settled', inAll: 2440 })).toBe(
      'Dashed: the model’s own. Filled: after the settings. 2440 tokens in all; the end of the text counts as one.',
    );
    expect(sayLegend({ kind: 'settled', inAll: null })).toBe('Dashed: the model’s own. Filled: after the settings.');
    expect(sayLegend({ kind: 'reported' })).toBe(
      'As they were reported. Whether the settings had been applied is not known.',
    );
    expect(sayLegend({ kind: 'estimated' })).toBe(
      'Dashed: as they were reported. Filled: estimated, as if the settings had not been applied yet.',
    );
  });

  it('say what took an option out', () => {
    expect(sayCut(0.1, { temperature: 0, top_p: 1 })).toBe('cut by temperature 0');
    expect(sayCut(0.1, { temperature: 1, top_p: 0.6 })).toBe('cut by top-p 0.6');
    expect(sayCut(0.1, { temperature: 0.01, top_p: 1 })).toBeNull();
    expect(sayCut(0, { temperature: 1, top_p: 1 })).toBe('cannot come');
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
  it('are few, and tell what was run from what is tried', () => {
    const said = [[3], [1, 2, 4], [1, 2, 3, 4, 5]].map((runs) => sayTakenBy(runs, false));
    expect(said).toEqual(['run 3', 'runs 1, 2, 4', '5 runs']);
    expect(sayTakenBy([3], true)).toBe('run 3, as run');
  });
});

describe('the words for the precision of the numbers', () => {
  it('tell exact ones from what a provider or a file says', () => {
    expect(sayPrecision({ kind: 'exact', imported: false, model: 'seedling', draw: 'known' })).toBe(
      'Exact: these are the real numbers and the real draw.',
    );
    expect(sayPrecision({ kind: 'exact', imported: false, model: 'seedling', draw: 'unknown' })).toBe(
      'Exact: these are Seedling’s own numbers for this text. No seed was sent, so the draw is not known.',
    );
    expect(sayPrecision({ kind: 'exact', imported: false, model: 'seedling', draw: 'unused' })).toBe(
      'Exact: these are the real numbers. The request gave this token, so no draw chose it.',
    );
    expect(sayPrecision({ kind: 'exact', imported: true, model: 'sapling', draw: 'known' })).toBe(
      'Recomputed: Sapling gives this text for this request, with these numbers.',
    );
    expect(sayPrecision({ kind: 'exact', imported: true, model: 'sapling', draw: 'unknown' })).toBe(
      'Recomputed: these are Sapling’s own numbers for this text. No seed is known, so neither is the draw.',
    );
    expect(sayPrecision({ kind: 'exact', imported: true, model: 'sapling', draw: 'unused' })).toBe(
      'Recomputed with Sapling. The request gave this token, so no draw chose it.',
    );
    expect(sayPrecision({ kind: 'provider', options: 2, imported: false })).toBe(
      'Top 2 from the provider. It does not reveal its random draw. Bars after slider changes are estimates.',
    );
    expect(sayPrecision({ kind: 'provider', options: 2, imported: true })).toBe(
      'Top 2, as the imported file has them. The random draw is not known. Bars after slider changes are estimates.',
    );
  });
});

describe('the words for the same draw under other settings', () => {
  const cool = { temperature: 0.4, top_p: 1 };
  const oneToken = (change: Partial<Extract<ReshapedFact, { kind: 'one-token' }>>) =>
    sayReshaped({ kind: 'one-token', sliders: cool, token: ' kept', runs: 1, unchanged: false, ...change });

  it('name the settings and the token', () => {
    expect(oneToken({})).toBe('With T 0.4 the same draw would give “kept”.');
    expect(oneToken({ sliders: { ...cool, top_p: 0.9 }, unchanged: true })).toBe(
      'With T 0.4 and top-p 0.9 the same draw would still give “kept”.',
    );
    expect(oneToken({ sliders: { temperature: 2, top_p: 1 }, token: '' })).toBe(
      'With T 2 the same draw would end here.',
    );
    expect(oneToken({ runs: 3 })).toBe('With T 0.4 the same draws would give “kept”.');
  });

  it('name what runs would have taken, of at most four tokens', () => {
    const several = (...tokens: TakenToken[]) => sayReshaped({ kind: 'several-tokens', sliders: cool, tokens });
    expect(several({ token: ' a', runs: [1, 3] }, { token: '', runs: [2] })).toBe(
      'With T 0.4 the same draws would give “a” in runs 1, 3; the end in run 2.',
    );
    const many = Array.from({ length: 12 }, (_, at) => ({ token: String(at), runs: [at + 1] }));
    expect(several(...many)).toBe(
      'With T 0.4 the same draws would give “0” in run 1; “1” in run 2; “2” in run 3; “3” in run 4; 8 other tokens.',
    );
  });

  it('say what is not known', () => {
    expect(sayReshaped({ kind: 'estimate' })).toBe('Bars after slider changes are estimates.');
    expect(sayReshaped({ kind: 'draw-unknown' })).toBe(
      'The bars are exact. The draw is not known, so neither is what would have come.',
    );
    expect(sayReshaped({ kind: 'given' })).toBe('The request gave this token, so it comes under any settings.');
  });
});

describe('the words for a run that the lens cannot show', () => {
  const none = (why: NoMoments) => sayTraceState({ kind: 'none', why });

  it('say why, and what to do', () => {
    const working = 'Working out how each token was chosen.';
    expect(sayTraceState({ kind: 'loading', fetching: null })).toBe(working);
    expect(sayTraceState({ kind: 'loading', fetching: 'seedling' })).toBe(working);
    expect(sayTraceState({ kind: 'loading', fetching: 'sapling' })).toBe(
      'Fetching Sapling, a few megabytes, and computing how each token was chosen.',
    );
    expect(none('no-text')).toBe('This run has no token to look at.');
    expect(none('request-unknown')).toBe('What was asked is not known, so it cannot be recomputed.');
    expect(none('not-asked')).toBe('Probabilities were not asked for. Tick Logprobs and run again.');
    expect(none('none-came')).toBe(
      'Probabilities were asked for, but none came with this text. See it with a model inside: Seedling or Sapling.',
    );
    expect(none('load-unknown')).toBe(
      'This back end rounds according to its load, which was not recorded with this run. Run it again to look into it.',
    );
    expect(none('not-reproduced')).toBe(
      'The model that is named here does not give this text for this request. So the text was not made this way, and how it was made is not known.',
    );
  });

  it('say what has failed', () => {
    expect(sayTraceState({ kind: 'failed', why: 'unreachable' })).toBe(
      'The numbers behind this model could not be fetched. Is the server running?',
    );
    expect(sayTraceState({ kind: 'failed', why: 'other-version' })).toBe(
      'This text names another version of the model, whose numbers are gone.',
    );
    expect(sayTraceState({ kind: 'failed', why: 'broken' })).toBe(
      'How each token was chosen could not be worked out. Reload the page to try again.',
    );
  });
});
