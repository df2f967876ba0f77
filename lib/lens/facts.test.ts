import { describe, expect, it } from 'vitest';
import { aRequest } from '@/lib/run/records.fixture';
import { choiceFacts, precisionOf, reshapedFact } from './facts';
import type { Moment, Option } from './moment';
import { aMoment } from './moments.fixture';
import type { Source } from './source';

const option = (token: string, probability: number, chance: number | null = probability): Option => ({
  token,
  probability,
  chance,
});
/** What runs 1, 2, … took. */
const taking = (...tokens: string[]) => tokens.map((token, at) => ({ run: at + 1, moment: aMoment(token) }));
const options = [option(' kept', 0.41), option(' lit', 0.38)];
const factsOf = (of: Option[], ...tokens: string[]) => choiceFacts({ options: of, together: taking(...tokens) });

describe('the facts of a choice', () => {
  it('are a near tie, and who took what', () => {
    expect(factsOf(options, ' kept', ' lit', ' lit')).toEqual([
      { kind: 'near-tie', tokens: [' kept', ' lit'], shares: [0.41, 0.38] },
      {
        kind: 'taken',
        tokens: [
          { token: ' lit', runs: [2, 3] },
          { token: ' kept', runs: [1] },
        ],
      },
    ]);
  });

  it('are that nothing was chosen where the request gave the token', () => {
    const together = [{ run: 2, moment: aMoment(' lit', [], { given: true }) }];
    expect(choiceFacts({ options, together })).toEqual([{ kind: 'given', token: ' lit' }]);
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

  const run = {
    request: aRequest(),
    text: ' lit',
    finish: 'stop',
    model: 'seedling' as const,
    hash: 'abcdef01',
    tag: 'exact',
  };
  const seedling: Source = { kind: 'retraceable', run, imported: false };

  it('is exact for a model that is computed here, whatever is known of the draw', () => {
    expect(precisionOf(moment, seedling)).toEqual({ kind: 'exact', imported: false, model: 'seedling', draw: 'known' });
    expect(precisionOf({ ...moment, draw: null }, seedling)).toEqual({
      kind: 'exact',
      imported: false,
      model: 'seedling',
      draw: 'unknown',
    });
    expect(precisionOf({ ...moment, given: true }, seedling)).toEqual({
      kind: 'exact',
      imported: false,
      model: 'seedling',
      draw: 'unused',
    });
  });

  it('is that of a recomputed text where the run was imported', () => {
    expect(precisionOf(moment, { ...seedling, imported: true })).toEqual({
      kind: 'exact',
      imported: true,
      model: 'seedling',
      draw: 'known',
    });
  });

  it('is what a provider sent of other models, or a file says that it did', () => {
    const reported: Moment = { ...moment, truth: 'top', draw: null };
    const from = (imported: boolean): Source => ({ kind: 'logprobs', tokens: [], text: ' lit', imported });
    expect(precisionOf(reported, from(false))).toEqual({ kind: 'provider', options: 2, imported: false });
    expect(precisionOf(reported, from(true))).toEqual({ kind: 'provider', options: 2, imported: true });
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

  it('gives another token, or the one that every run has anyway', () => {
    expect(reshapedFact(taking(' lit'), [giving(' kept')], sliders)).toEqual({
      kind: 'one-token',
      sliders,
      token: ' kept',
      runs: 1,
      unchanged: false,
    });
    const both = [giving(' kept'), giving(' kept')];
    expect(reshapedFact(taking(' kept', ' kept'), both, sliders)).toMatchObject({ runs: 2, unchanged: true });
    expect(reshapedFact(taking(' kept', ' lit'), both, sliders)).toMatchObject({ runs: 2, unchanged: false });
  });

  it('gives several runs their own tokens, the most frequent first', () => {
    const together = taking(' lit', ' kept', ' lit', ' moon').reverse();
    expect(reshapedFact(together, [giving('a'), giving(''), null, giving('')], sliders)).toEqual({
      kind: 'several-tokens',
      sliders,
      tokens: [
        { token: '', runs: [1, 3] },
        { token: 'a', runs: [4] },
      ],
    });
  });

  it('is not known where the draw is not, though exact bars stay exact', () => {
    expect(reshapedFact(taking(' lit', ' lit'), [giving(null), null], sliders)).toEqual({ kind: 'draw-unknown' });
    expect(reshapedFact(taking(' lit'), [{ ...giving(null), exact: false }], sliders)).toEqual({ kind: 'estimate' });
  });

  it('is nothing yet while it is worked out', () => {
    expect(reshapedFact(taking(' lit'), [null], sliders)).toBeNull();
  });

  it('changes nothing of a token that the request gave', () => {
    const together = [{ run: 1, moment: aMoment(' lit', [], { given: true }) }];
    expect(reshapedFact(together, [giving(' kept')], sliders)).toEqual({ kind: 'given' });
  });
});
