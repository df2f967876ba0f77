import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyText, kin } from './__fixtures__/texts';
import { diffWords, type Part } from './diff';
import { splitWords } from './words';

const diff = (baseline: string, text: string) => diffWords(splitWords(baseline), splitWords(text));
const textOf = (parts: Part[]) => parts.map((part) => part.text).join('');

/** What the baseline has in the place of a part. */
function baselineOf(part: Part): string {
  if (part.kind === 'added') return '';
  return part.kind === 'same' ? part.text : part.was;
}

/** The length of the longest common subsequence, by the plain table. */
function common(a: readonly string[], b: readonly string[]): number {
  let row = new Array<number>(b.length + 1).fill(0);
  for (const x of a) {
    const next = [0];
    for (const [j, y] of b.entries()) next.push(x === y ? (row[j] ?? 0) + 1 : Math.max(row[j + 1] ?? 0, next[j] ?? 0));
    row = next;
  }
  return row.at(-1) ?? 0;
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
      { seed: 1, numRuns: 500 },
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
      { seed: 1, numRuns: 2000 },
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
      { seed: 1, numRuns: 2000 },
    );
  });

  it('keeps as many words as can be kept', () => {
    const list = fc.array(fc.constantFrom(' a', ' b', ' c'), { maxLength: 9 });
    fc.assert(
      fc.property(list, list, (before, after) => {
        const kept = diff(before.join(''), after.join('')).filter((part) => part.kind === 'same');
        expect(splitWords(textOf(kept)).length).toBe(common(before, after));
      }),
      { seed: 1, numRuns: 1000 },
    );
  });
});
