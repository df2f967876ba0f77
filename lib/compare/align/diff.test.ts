import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cases } from '@/lib/cases.fixture';
import { commonWords } from '@/lib/compare/__fixtures__/common-words';
import { anyText, kin } from '@/lib/compare/__fixtures__/texts';
import { diffCharacters, differenceFrom, diffWords, growingDifference, type Part } from './diff';
import { type Piece, splitWords } from './words';

const diff = (baseline: string, text: string) => diffWords(splitWords(baseline), splitWords(text));
const piecesOf = (words: string[]): Piece[] => words.map((text) => ({ text, word: /\w/.test(text) }));
const textOf = (parts: Part[]) => parts.map((part) => part.text).join('');

/** What the baseline has in the place of a part. */
function baselineOf(part: Part): string {
  if (part.kind === 'added') return '';
  return part.kind === 'same' ? part.text : part.was;
}

describe('the difference of a text from a baseline', () => {
  it('marks what was replaced, with what stood there', () => {
    expect(diff('the old red boat', 'the new boat')).toEqual([
      { kind: 'same', text: 'the' },
      { kind: 'replaced', text: ' new', was: ' old red' },
      { kind: 'same', text: ' boat' },
    ]);
  });

  it('marks what only the text has', () => {
    expect(diff('the boat', 'the red boat')).toEqual([
      { kind: 'same', text: 'the' },
      { kind: 'added', text: ' red' },
      { kind: 'same', text: ' boat' },
    ]);
  });

  it('leaves a gap where only the baseline has something, in the middle and at the end', () => {
    expect(diff('the red boat sank', 'the boat')).toEqual([
      { kind: 'same', text: 'the' },
      { kind: 'missing', text: '', was: ' red' },
      { kind: 'same', text: ' boat' },
      { kind: 'missing', text: '', was: ' sank' },
    ]);
  });

  it.each([
    ['', '', []],
    ['', 'new', [{ kind: 'added', text: 'new' }]],
    ['old', '', [{ kind: 'missing', text: '', was: 'old' }]],
    ['old', 'new', [{ kind: 'replaced', text: 'new', was: 'old' }]],
    [
      'a  b',
      'a b',
      [
        { kind: 'same', text: 'a' },
        { kind: 'replaced', text: ' b', was: '  b' },
      ],
    ],
    [
      'end',
      'end\n',
      [
        { kind: 'same', text: 'end' },
        { kind: 'added', text: '\n' },
      ],
    ],
    ['hasOwnProperty', '__proto__', [{ kind: 'replaced', text: '__proto__', was: 'hasOwnProperty' }]],
  ])('from %j to %j', (baseline, text, parts) => {
    expect(diff(baseline, text)).toEqual(parts);
  });

  it('is one part for equal texts, none for empty ones', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(diff(text, text)).toEqual(text === '' ? [] : [{ kind: 'same', text }]);
      }),
      { seed: 1, numRuns: cases(500) },
    );
  });

  const pairs = fc.oneof(fc.tuple(anyText, anyText), kin(anyText, { minLength: 2, maxLength: 2 }));

  it('gives both texts back exactly, whatever they are', () => {
    fc.assert(
      fc.property(pairs, ([baseline = '', text = '']) => {
        const parts = diff(baseline, text);
        expect(textOf(parts)).toBe(text);
        expect(parts.map(baselineOf).join('')).toBe(baseline);
      }),
      { seed: 1, numRuns: cases(2000) },
    );
  });

  it('has no empty part, and never two changes side by side', () => {
    fc.assert(
      fc.property(pairs, ([baseline = '', text = '']) => {
        const parts = diff(baseline, text);
        expect(parts.filter((part) => (part.kind === 'missing' ? part.was : part.text) === '')).toEqual([]);
        expect(parts.filter((part) => part.kind === 'replaced' && part.was === '')).toEqual([]);
        const kinds = parts.map((part) => (part.kind === 'same' ? 'same' : 'change'));
        expect(kinds.filter((kind, index) => kind === kinds[index + 1])).toEqual([]);
      }),
      { seed: 1, numRuns: cases(2000) },
    );
  });

  it('is the same when the baseline is prepared for many texts', () => {
    fc.assert(
      fc.property(kin(anyText, { minLength: 2, maxLength: 5 }), ([baseline = '', ...texts]) => {
        const difference = differenceFrom(splitWords(baseline));
        expect(texts.map((text) => difference(splitWords(text)))).toEqual(texts.map((text) => diff(baseline, text)));
      }),
      { seed: 1, numRuns: cases(1000) },
    );
  });

  it('is the same when both texts grow, at every step, even if what came before changes', () => {
    const words = fc.array(fc.constantFrom(' a', ' b', ' c', ',', '.', '\n\nd'), { maxLength: 80 });
    const steps = fc.array(fc.tuple(fc.nat({ max: 80 }), fc.nat({ max: 80 })), { maxLength: 12 });
    fc.assert(
      fc.property(words, words, steps, fc.boolean(), (before, after, lengths, onward) => {
        const difference = growingDifference();
        const froms = lengths.map(([from]) => from);
        const tos = lengths.map(([, to]) => to);
        if (onward) for (const list of [froms, tos]) list.sort((a, b) => a - b);
        for (const [index, from] of froms.entries()) {
          const baseline = piecesOf(before.slice(0, from));
          const text = piecesOf(after.slice(0, tos[index]));
          expect(difference(baseline, text)).toEqual(diffWords(baseline, text));
        }
      }),
      { seed: 1, numRuns: cases(1000) },
    );
  });
});

describe('a difference that is easy to read', () => {
  const same = (parts: Part[]) => parts.filter(({ kind }) => kind === 'same').map(({ text }) => text);

  it('has no lonely word between big changes', () => {
    expect(diff('a big dog ran up the hill we saw', 'his two cats sat on the mat by it')).toEqual([
      { kind: 'replaced', text: 'his two cats sat on the mat by it', was: 'a big dog ran up the hill we saw' },
    ]);
  });

  it('drops lonely words one after the other', () => {
    expect(same(diff('a b c the d e f, and g h i', 'j k l the m n o, and p q r'))).toEqual([]);
  });

  it('keeps a word between small changes, and at the ends', () => {
    expect(same(diff('the old cat sat here', 'the new cat slept here'))).toEqual(['the', ' cat', ' here']);
    expect(same(diff('the x x x x end', 'the y y y y end'))).toEqual(['the', ' end']);
  });

  it('keeps words around which others were added', () => {
    const parts = diff('a cat.', 'a big old grey cat that sat down.');
    expect(parts.map(({ kind }) => kind)).toEqual(['same', 'added', 'same', 'added', 'same']);
  });

  it('keeps the last words of a text that ends sooner', () => {
    expect(diff('a b c the d e f', 'x y z the')).toEqual([
      { kind: 'replaced', text: 'x y z', was: 'a b c' },
      { kind: 'same', text: ' the' },
      { kind: 'missing', text: '', was: ' d e f' },
    ]);
  });

  it.each([
    ['a line', '- one\n- two\n- six', '- one\n- two\n- new\n- six', '\n- new'],
    ['a sentence', 'I sat. The cat sat. The end.', 'I sat. The cat sat. The dog sat. The end.', ' The dog sat.'],
    ['a clause', 'one, two, three', 'one, two, two and, three', ' two and,'],
  ])('marks what was put in as %s', (_, baseline, text, added) => {
    expect(diff(baseline, text)).toContainEqual({ kind: 'added', text: added });
  });

  it('marks what was left out where it begins', () => {
    expect(diff('- one\n- two\n- new\n- six', '- one\n- two\n- six')).toContainEqual({
      kind: 'missing',
      text: '',
      was: '\n- new',
    });
  });

  it('never keeps more words than the longest common subsequence', () => {
    const list = fc.array(fc.constantFrom(' a', ' b', ' c'), { maxLength: 12 });
    fc.assert(
      fc.property(list, list, (before, after) => {
        const kept = same(diffWords(piecesOf(before), piecesOf(after))).join('');
        expect(kept.length / 2).toBeLessThanOrEqual(commonWords(before, after));
      }),
      { seed: 1, numRuns: cases(1000) },
    );
  });
});

describe('the difference by characters', () => {
  it('marks letters inside a word', () => {
    expect(diffCharacters('colour', 'color')).toEqual([
      { kind: 'same', text: 'colo' },
      { kind: 'missing', text: '', was: 'u' },
      { kind: 'same', text: 'r' },
    ]);
  });

  it('cuts no character as readers see it', () => {
    expect(diffCharacters('👩‍👩‍👧e\u0301', '👩‍👩‍👦e')).toEqual([
      { kind: 'replaced', text: '👩‍👩‍👦e', was: '👩‍👩‍👧e\u0301' },
    ]);
  });

  it('gives both texts back exactly, whatever they are', () => {
    fc.assert(
      fc.property(anyText, anyText, (was, text) => {
        const parts = diffCharacters(was, text);
        expect([parts.map(baselineOf).join(''), textOf(parts)]).toEqual([was, text]);
      }),
      { seed: 1, numRuns: cases(1000) },
    );
  });
});
