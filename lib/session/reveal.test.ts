import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cases } from '@/lib/cases.fixture';
import { anyText } from '@/lib/compare/__fixtures__/texts';
import { cutAtFrontier } from '@/lib/compare/align/frontier';
import { joinPieces, splitWords } from '@/lib/compare/align/words';
import { anExperiment, endedWith, running } from '@/lib/run/records.fixture';
import { endsOfWords, reveal } from './reveal';

const over = (...texts: string[]) => anExperiment(endedWith(...texts), false);
const compared = (...of: Parameters<typeof reveal>) =>
  cutAtFrontier(reveal(...of).experiment).map(({ pieces, beyond }) => [joinPieces(pieces), beyond]);

describe('the ends of words', () => {
  it('take the marks along that follow, so that there are as many as words', () => {
    const text = '“Hello, old moon!” it said.';
    const ends = endsOfWords({ text });
    expect(ends.map((end, at) => text.slice(ends[at - 1] ?? 0, end))).toEqual([
      '“Hello,',
      ' old',
      ' moon!”',
      ' it',
      ' said.',
    ]);
    expect(endsOfWords({ text: '' })).toEqual([]);
    expect(endsOfWords({ text: '?!' })).toEqual([2]);
  });
});

describe('an experiment that is played back', () => {
  const experiment = over('The moon is a boat.', 'The moon is so soft.', 'The moon');

  it('says how far it is, in words or tokens', () => {
    expect(reveal(experiment, 2).experiment.playback).toMatchObject({ step: 2, of: 5, unit: 'word' });
    const ends = new Map(experiment.runs.map(({ run, text }) => [run, [3, text.length]]));
    expect(reveal(experiment, 1, ends).experiment.playback).toMatchObject({ step: 1, of: 2, unit: 'token' });
  });

  it('is the experiment itself at its end', () => {
    expect(reveal(experiment, 5)).toEqual({ experiment, max: 5 });
  });

  it('is no playback while the experiment goes on', () => {
    const going = anExperiment([...endedWith('a b c'), running(2, 'a')], true);
    expect(reveal(going, 1).experiment).toMatchObject({ running: true, runs: [{ status: 'running', text: 'a' }, {}] });
    expect(reveal(going, 1).experiment.playback).toBeUndefined();
  });

  it('compares every word that is on the screen', () => {
    expect(compared(over('The moon is a boat.', 'The moon is so soft.'), 4)).toEqual([
      ['The moon is a', ''],
      ['The moon is so', ''],
    ]);
  });

  it('compares no word of which a token shows only a part', () => {
    const ends = new Map([
      [1, [3, 6, 13]],
      [2, [3, 7, 11]],
    ]);
    expect(compared(over('one two three', 'one two six'), 2, ends)).toEqual([
      ['one', ' tw'],
      ['one', ' two'],
    ]);
  });

  it('compares nothing that is not in the whole texts', () => {
    fc.assert(
      fc.property(anyText, anyText, fc.nat(20), fc.nat(40), (a, b, steps, width) => {
        const texts = [a, b];
        const ends = new Map(texts.map((text, at) => [at + 1, [width, text.length].toSorted((x, y) => x - y)]));
        for (const tokenEnds of [null, ends])
          for (const [at, { pieces }] of cutAtFrontier(reveal(over(a, b), steps, tokenEnds).experiment).entries())
            expect(splitWords(texts[at] ?? '').slice(0, pieces.length)).toEqual(pieces);
      }),
      { seed: 41, numRuns: cases(500) },
    );
  });
});
