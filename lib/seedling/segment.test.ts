import { beforeAll, describe, expect, it, vi } from 'vitest';
import { trainOnCorpus } from './corpus.fixture';
import type { Counts } from './counts';
import { generate } from './generate';
import { condition } from './model';
import { isWritable, segment } from './segment';

let counts: Counts;
beforeAll(() => {
  counts = trainOnCorpus();
});

const read = (text: string) => segment(counts.vocabulary, text).map(({ token }) => token);

/** Of 250 texts at a temperature, how many are read back as other tokens than were written. */
function misread(temperature: number): number {
  const conditioned = condition(counts, 'Write a haiku about spring.');
  return Array.from({ length: 250 }, (_, seed) => {
    const tokens = generate(conditioned, { seed, temperature, top_p: 1, maxTokens: 60, stop: [] })
      .map(({ token }) => token)
      .toArray();
    expect(read(tokens.join('')).join('')).toBe(tokens.join(''));
    return read(tokens.join('')).join('|') !== tokens.join('|');
  }).filter(Boolean).length;
}

describe('segment', () => {
  it('finds whole words, also where they stand side by side', () => {
    expect(read('A pianosnow, the\nrain')).toEqual(['A', ' piano', 'snow', ',', ' the', '\n', 'rain']);
  });

  it('keeps what it does not know in one piece', () => {
    const pieces = segment(counts.vocabulary, 'Soft zyzzyva \u{1f331}');
    expect(pieces.map(({ token }) => token)).toEqual(['Soft', ' zyzzyva', ' \u{1f331}']);
    expect(pieces.map((piece) => isWritable(counts.vocabulary, piece))).toEqual([true, false, false]);
  });

  it('looks no further than the longest token, however long a word is', () => {
    const { vocabulary } = counts;
    const lookUp = vi.spyOn(vocabulary.ids, 'get');
    const word = 'snow'.repeat(20_000);
    expect(segment(vocabulary, word).every(({ token }) => token === 'snow')).toBe(true);
    expect(lookUp.mock.calls.length).toBeLessThanOrEqual(word.length * vocabulary.longest);
    lookUp.mockRestore();
  });

  it('finds the tokens that the model wrote, except where two make a third: " a" and "way" read as " away"', () => {
    expect([0.7, 1, 1.5, 2].map(misread)).toEqual([0, 0, 1, 1]);
  });
});
