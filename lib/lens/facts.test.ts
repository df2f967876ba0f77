import { describe, expect, it } from 'vitest';
import { momentFacts, precisionOf, reshapedFact } from './facts';
import type { Option } from './moment';
import { aMoment } from './moments.fixture';

const option = (token: string, probability: number, chance: number | null = probability): Option => ({
  token,
  probability,
  chance,
});
/** What runs 1, 2, … took. */
const taking = (...tokens: string[]) => tokens.map((token, at) => ({ run: at + 1, moment: aMoment(token) }));
const options = [option(' kept', 0.41), option(' lit', 0.38)];
const factsOf = (of: Option[], ...tokens: string[]) =>
  momentFacts({ options: of, together: taking(...tokens), elsewhere: [] });

describe('the facts of a moment', () => {
  it('are a near tie, who took what, and who is elsewhere', () => {
    expect(momentFacts({ options, together: taking(' kept', ' lit', ' lit'), elsewhere: [4, 7] })).toEqual([
      { kind: 'near-tie', tokens: [' kept', ' lit'], shares: [0.41, 0.38] },
      {
        kind: 'taken',
        tokens: [
          { token: ' lit', runs: [2, 3] },
          { token: ' kept', runs: [1] },
        ],
      },
      { kind: 'elsewhere', runs: [4, 7] },
    ]);
  });

  it('are none where no run came by', () => {
    expect(factsOf([])).toEqual([]);
  });
});

describe('a near tie', () => {
  const isTied = (of: Option[], ...tokens: string[]) => factsOf(of, ...tokens).some(({ kind }) => kind === 'near-tie');

  it('needs two options within five points, and runs that took both', () => {
    expect(isTied(options, ' kept', ' lit')).toBe(true);
    expect(isTied([option('a', 0.45), option('b', 0.39)], 'a', 'b')).toBe(false);
    expect(isTied(options, ' lit', ' lit', ' moon')).toBe(false);
    expect(isTied([option('a', 1)], 'a')).toBe(false);
  });

  it('goes by the chances after the settings where they are known', () => {
    const bent = [option('a', 0.45, 0.9), option('b', 0.43, 0.1)];
    expect(isTied(bent, 'a', 'b')).toBe(false);
    const unknown = bent.map((each) => ({ ...each, chance: null }));
    expect(isTied(unknown, 'a', 'b')).toBe(true);
  });
});

describe('the precision of the numbers', () => {
  const moment = aMoment(
    ' lit',
    [
      [' kept', 0.41],
      [' lit', 0.38],
    ],
    { draw: { u: 0.7, from: 0.41, to: 0.79 } },
  );

  it('is exact for Seedling, with or without the draw', () => {
    expect(precisionOf(moment)).toEqual({ kind: 'exact', drawKnown: true });
    expect(precisionOf({ ...moment, draw: null })).toEqual({ kind: 'exact', drawKnown: false });
  });

  it('is what a provider sent of other models, or nothing', () => {
    expect(precisionOf({ ...moment, truth: 'top', draw: null })).toEqual({ kind: 'provider', options: 2 });
    expect(precisionOf(null)).toEqual({ kind: 'none' });
  });
});

describe('the same draw under other settings', () => {
  const sliders = { temperature: 0.4, top_p: 1 };
  const giving = (token: string | null) => ({
    exact: true,
    options,
    rest: { tokens: 2000, probability: 0.21, chance: 0.21 },
    sameDraw: token === null ? null : { token, u: 0.7, from: 0, to: 0.8 },
  });

  it('gives another token, or the one that the run has anyway', () => {
    expect(reshapedFact(taking(' lit'), [giving(' kept')], sliders)).toEqual({
      kind: 'one-token',
      sliders,
      token: ' kept',
      unchanged: false,
    });
    expect(reshapedFact(taking(' kept', ' lit'), [giving(' kept'), giving(' kept')], sliders)).toMatchObject({
      kind: 'one-token',
      unchanged: true,
    });
  });

  it('gives several runs their own tokens, in the order of their numbers', () => {
    const together = taking(' lit', ' kept', ' lit').reverse();
    expect(reshapedFact(together, [giving('a'), null, giving('')], sliders)).toEqual({
      kind: 'several-tokens',
      sliders,
      runs: [
        { run: 1, token: '' },
        { run: 3, token: 'a' },
      ],
    });
  });

  it('is not known where the draw is not', () => {
    expect(reshapedFact(taking(' lit', ' lit'), [giving(null), null], sliders)).toEqual({ kind: 'estimate' });
    expect(reshapedFact(taking(' lit'), [], sliders)).toEqual({ kind: 'estimate' });
  });
});
