import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cases } from '@/lib/cases.fixture';
import { scriptsOf } from '@/lib/compare/__fixtures__/scripts';
import { anyText, plainWords } from '@/lib/compare/__fixtures__/texts';
import { interleavings } from '@/lib/run/interleavings.fixture';
import { isOver } from '@/lib/run/record';
import { anExperiment, ended, failed, queued, running, statesOf } from '@/lib/run/records.fixture';
import { cutAtFrontier } from './frontier';
import { joinPieces, type Piece, splitWords } from './words';

const cut = (runs: Parameters<typeof anExperiment>[0], going = true) =>
  cutAtFrontier(anExperiment(runs, going)).map(({ pieces, beyond }) => [joinPieces(pieces), beyond]);

/** How many pieces of a text will be the same when the run has said all. */
function unchanging(text: string, whole: readonly Piece[]): number {
  const pieces = splitWords(text);
  const unlike = pieces.findIndex((piece, index) => piece.text !== whole[index]?.text);
  return unlike === -1 ? pieces.length : unlike;
}

describe('what may be compared while runs go on', () => {
  it('ends at the last word but one of the slowest run', () => {
    expect(cut([ended(1, 'The old keeper sat.'), running(2, 'The old kee')])).toEqual([
      ['The old', ' keeper sat.'],
      ['The old', ' kee'],
    ]);
  });

  it('ends at the slowest of several', () => {
    expect(cut([running(1, 'a b c d e'), running(2, 'a b c'), running(3, 'a b c d')])).toEqual([
      ['a b', ' c d e'],
      ['a b', ' c'],
      ['a b', ' c d'],
    ]);
  });

  it('is nothing until every run has some text', () => {
    expect(cut([ended(1, 'a b c'), running(2, '')])).toEqual([
      ['', 'a b c'],
      ['', ''],
    ]);
    expect(cut([ended(1, 'a b c'), queued(2)])[0]).toEqual(['', 'a b c']);
    expect(cut([ended(1, 'a b c'), running(2, 'a')])[0]).toEqual(['', 'a b c']);
  });

  it('is not held back by runs that are over', () => {
    const over = [ended(1, 'a'), ended(2, '', { finish: 'aborted' }), failed(3, 'stalled', 'a b')];
    expect(cut([...over, running(4, 'a b c d')])).toEqual([
      ['a', ''],
      ['', ''],
      ['a b', ''],
      ['a b c', ' d'],
    ]);
  });

  it('is everything when the experiment is over, even where a run never got its turn', () => {
    expect(cut([ended(1, 'a b c'), queued(2), running(3, 'a')], false)).toEqual([
      ['a b c', ''],
      ['', ''],
      ['a', ''],
    ]);
  });

  it('is nothing without runs', () => {
    expect(cut([])).toEqual([]);
  });

  it('loses nothing of any text', () => {
    fc.assert(
      fc.property(fc.array(anyText, { maxLength: 4 }), fc.boolean(), (texts, going) => {
        const parts = cut(
          texts.map((text, index) => (index === 0 ? ended(1, text) : running(index + 1, text))),
          going,
        );
        expect(parts.map((each) => each.join(''))).toEqual(texts);
      }),
      { seed: 1, numRuns: cases(1000) },
    );
  });

  it('never goes beyond what the slowest run has completed, however runs interleave', () => {
    fc.assert(
      fc.property(interleavings(scriptsOf(plainWords)), (events) => {
        const states = statesOf(events);
        const whole = states.at(-1)?.runs.map(({ text }) => splitWords(text)) ?? [];
        const tooFar = states.filter((experiment) => {
          if (!experiment.running) return false;
          const unfinished = experiment.runs.filter((record) => !isOver(record));
          const slowest = Math.min(...unfinished.map(({ run, text }) => unchanging(text, whole[run - 1] ?? [])));
          return cutAtFrontier(experiment).some(({ pieces }) => pieces.length > slowest);
        });
        expect(tooFar).toEqual([]);
      }),
      { seed: 1, numRuns: cases(1000) },
    );
  });

  it.each([
    ['an apostrophe', "I can't go", "I can'"],
    ['a decimal point', 'it is 3.14 now', 'it is 3.'],
    ['a thousands separator', 'by 1,000 men', 'by 1,'],
    ['a Thai word', 'สวัสดี', 'สวัสด'],
  ])('does not count a word that may still go on after %s', (_, whole, beginning) => {
    const [first, second] = cut([ended(1, whole), running(2, beginning)]);
    expect(second?.[0]).toBe(first?.[0]);
  });
});
