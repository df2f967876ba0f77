import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cases } from '@/lib/cases.fixture';
import { specials, Tokenizer, wordsIn } from '@/lib/sapling/tokenizer';
import { documentAt } from '../corpus/documents.ts';
import { loadTokenizer } from './load.ts';
import { learnMerges } from './merges.ts';

const tokenizer = loadTokenizer();
const written = (ids: readonly number[]): string[] => ids.map((id) => new TextDecoder().decode(tokenizer.pieces[id]));

describe('the tokenizer', () => {
  it('gives back every text', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('a', 'The', ' ', '\n', '7', 'é', '日', '🌱', '\u0000', '\ufeff', '"', "'") }),
        (text) => {
          expect(tokenizer.decode(tokenizer.encode(text))).toBe(text);
        },
      ),
      { seed: 18, numRuns: cases(500) },
    );
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(tokenizer.decode(tokenizer.encode(text))).toBe(text);
      }),
      { seed: 18, numRuns: cases(500) },
    );
  });

  it('looks at a long word once for each pair that it joins, not once for each place', () => {
    const counting = loadTokenizer();
    let looks = 0;
    const joined = counting.joined.bind(counting);
    counting.joined = (left, right) => {
      looks++;
      return joined(left, right);
    };
    counting.encode('ab!?'.repeat(1000));
    counting.encode('!'.repeat(4000));
    counting.encode('thewaterisgoodand'.repeat(250));
    expect(looks).toBeLessThan(12_250 * 20);
  });

  it('joins the pair that was learned first, from the left', () => {
    const [a, b] = [97, 98];
    const three = new Tokenizer([
      [a, a],
      [a, b],
      [261, 261],
    ]);
    expect(three.encode('aaab')).toEqual([261, 262]);
    expect(three.encode('aaaaaab')).toEqual([263, 261, b]);
  });

  it('cuts a text where a reader would, each digit apart', () => {
    expect(written(tokenizer.encode('Write a story about the moon. 12 plus 30'))).toEqual([
      'Write',
      ' a',
      ' story',
      ' about',
      ' the',
      ' moon',
      '.',
      ' 1',
      '2',
      ' plus',
      ' 3',
      '0',
    ]);
  });

  it('has between 2,000 and 4,096 pieces, no two alike, and never makes a mark of a text', () => {
    expect(tokenizer.pieces.length).toBeGreaterThan(2000);
    expect(tokenizer.pieces.length).toBeLessThanOrEqual(4096);
    const texts = new Set(tokenizer.pieces.map((piece) => piece.join()));
    expect(texts.size).toBe(tokenizer.pieces.length);
    const marks = specials.map((_, at) => 256 + at);
    expect(tokenizer.encode(specials.join('')).filter((id) => marks.includes(id))).toEqual([]);
  });

  it('needs less than 1.4 pieces for a word of the corpus', () => {
    const texts = Array.from({ length: 300 }, (_, number) => documentAt(99, number)).flatMap((document) =>
      'text' in document ? [document.text] : document.messages.map(({ content }) => content),
    );
    const words = texts.flatMap(wordsIn).length;
    expect(texts.flatMap((text) => tokenizer.encode(text)).length / words).toBeLessThan(1.4);
  });

  it('refuses merges of pieces that it has not got', () => {
    expect(() => new Tokenizer([[97, 4000]])).toThrow('4000');
  });
});

describe('learning', () => {
  it('joins the commonest pair first, whatever the order of the words', () => {
    const counts: [string, number][] = [
      [' hat', 5],
      [' hot', 4],
      [' tat', 1],
    ];
    const merges = learnMerges(new Map(counts), 256 + specials.length + 2);
    expect(merges).toEqual(learnMerges(new Map(counts.toReversed()), 256 + specials.length + 2));
    expect(merges[0]).toEqual([32, 104]);
  });
});
