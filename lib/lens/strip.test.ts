import { describe, expect, it } from 'vitest';
import { momentAcrossRuns } from './across-runs';
import { aMoment, aSetting, aTracedRun } from './moments.fixture';
import { stripOf, withFewerBars } from './strip';

const bars: [string, number][] = [
  ['The', 0.5],
  ['I', 0.25],
  ['It', 0.125],
];
const rest = { tokens: 2437, probability: 0.125, chance: 0.125 };
const the = aMoment('The', bars, { rest, draw: { u: 0.4, from: 0, to: 0.5 } });
const it_ = aMoment('It', bars, { rest, draw: { u: 0.8, from: 0.75, to: 0.875 } });

const choiceOf = (...moments: (typeof the)[]) => {
  const runs = moments.map((moment, at) => ({
    ...aTracedRun(at + 1, moment),
    setting: aSetting('T 0.5', { temperature: 0.5 }),
  }));
  const across = momentAcrossRuns(runs, 1, 0);
  if (!across) throw new Error('Every run has a first token.');
  return across.own;
};
const reshaped = (token: string, from: number, to: number, u: number) => ({
  exact: true,
  options: [
    { token: 'I', probability: 0.25, chance: 0.6 },
    { token, probability: 0.1, chance: to - from },
  ],
  rest: { tokens: 2438, probability: 0.65, chance: 0.4 - (to - from) },
  sameDraw: { token, u, from, to },
});

describe('the strip of a choice', () => {
  it('shows it as it was run', () => {
    const strip = stripOf(choiceOf(the, it_), null);
    expect(strip).toMatchObject({ moved: false, sliders: { temperature: 0.5, top_p: 1 }, rest });
    expect(strip.line.map(({ token, to }) => [token, to])).toEqual([
      ['The', 0.5],
      ['I', 0.75],
      ['It', 0.875],
      [null, 1],
    ]);
    expect(strip.needles).toEqual([
      { u: 0.4, from: 0, to: 0.5, token: 'The', runs: [1] },
      { u: 0.8, from: 0.75, to: 0.875, token: 'It', runs: [2] },
    ]);
    expect(strip.legend).toEqual({ kind: 'settled', inAll: 2440 });
  });

  it('has every needle over the stretch that it hit', () => {
    const sliders = { temperature: 1.5, top_p: 1 };
    const moved = { sliders, reshaped: [reshaped('The', 0.6, 0.7, 0.65), reshaped('It', 0.8, 0.85, 0.8)] };
    for (const { line, needles } of [stripOf(choiceOf(the, it_), null), stripOf(choiceOf(the, it_), moved)])
      for (const { u, token } of needles)
        expect(line.find((segment) => segment.from <= u && u < segment.to)?.token).toBe(token);
  });

  it('shows all its runs under sliders, with what each would have taken', () => {
    const moved = {
      sliders: { temperature: 1.5, top_p: 1 },
      reshaped: [reshaped('The', 0.6, 0.7, 0.65), reshaped('It', 0.8, 0.85, 0.8)],
    };
    const strip = stripOf(choiceOf(the, it_), moved);
    expect(strip).toMatchObject({ moved: true, sliders: moved.sliders });
    expect(strip.options.map(({ token }) => token)).toEqual(['I', 'The', 'It']);
    expect(strip.needles.map(({ token, runs }) => [token, runs])).toEqual([
      ['The', [1]],
      ['It', [2]],
    ]);
  });

  it('stays as it was run until it is known what sliders make of it', () => {
    const moved = { sliders: { temperature: 2, top_p: 1 }, reshaped: [null, null] };
    expect(stripOf(choiceOf(the, it_), moved)).toEqual(stripOf(choiceOf(the, it_), null));
  });

  it('has no needle over a token that the request gave, or without a draw', () => {
    expect(stripOf(choiceOf({ ...the, given: true }), null).needles).toEqual([]);
    expect(stripOf(choiceOf({ ...the, draw: null }), null).needles).toEqual([]);
  });

  it('says what its bars stand for', () => {
    const unknown = { tokens: null, probability: 0.125, chance: null };
    const reported = choiceOf({ ...the, truth: 'top', draw: null, rest: unknown });
    expect(stripOf(reported, null).legend).toEqual({ kind: 'reported' });
    const guess = { ...reshaped('The', 0, 0.5, 0), exact: false, sameDraw: null };
    const moved = { sliders: { temperature: 0, top_p: 1 }, reshaped: [guess] };
    expect(stripOf(reported, moved).legend).toEqual({ kind: 'estimated' });
  });

  it('keeps the bars of what was taken where it has fewer, and its whole line', () => {
    const strip = stripOf(choiceOf(the, it_), null);
    const fewer = withFewerBars(strip, 1);
    expect(fewer.options.map(({ token }) => token)).toEqual(['The', 'It']);
    expect(fewer.rest).toEqual({ tokens: 2438, probability: 0.375, chance: 0.375 });
    expect(fewer.line).toEqual(strip.line);
  });
});
