import { diffArrays } from 'diff';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cases } from '@/lib/cases.fixture';
import { commonWords } from '@/lib/compare/__fixtures__/common-words';
import { alignWords, GrowingAlignment, type Shared, WordIndex } from './lcs';

const align = (baseline: readonly string[], text: readonly string[], most?: number): Shared[] =>
  alignWords(new WordIndex(baseline), text, most);
const kept = (shared: readonly Shared[]): number => shared.reduce((sum, { length }) => sum + length, 0);

/** Whether stretches are in both texts, in order, none empty, and none that could be one with the next. */
function areShared(baseline: readonly string[], text: readonly string[], shared: readonly Shared[]): boolean {
  return shared.every(({ base, text: at, length }, index) => {
    const next = shared[index + 1] ?? { base: baseline.length + 1, text: text.length + 1 };
    const inOrder = base + length <= next.base && at + length <= next.text;
    const apart = base + length < next.base || at + length < next.text;
    const equal = baseline.slice(base, base + length).join('|') === text.slice(at, at + length).join('|');
    return length > 0 && inOrder && apart && equal && at + length <= text.length;
  });
}

/** Words of alphabets from two letters, where ties abound, to a thousand. Longer than a lane or two of bits. */
const lists = fc.constantFrom(2, 3, 5, 20, 1000).chain((size) => {
  const list = fc.array(
    fc.nat({ max: size - 1 }).map((word) => `w${word}`),
    { maxLength: 110, size: 'max' },
  );
  const changed = fc.tuple(list, fc.array(fc.tuple(fc.nat(), fc.nat({ max: size - 1 })), { maxLength: 6 }));
  const near = changed.map(([words, changes]): [string[], string[]] => {
    const other = [...words];
    for (const [place, word] of changes)
      other.splice(place % (other.length + 1), word % 3, ...(word % 2 ? [`w${word}`] : []));
    return [words, other];
  });
  return fc.oneof(fc.tuple(list, list), near);
});

describe('the alignment of words', () => {
  it('keeps as many words as an exact dynamic program, in stretches that both have', () => {
    fc.assert(
      fc.property(lists, ([baseline, text]) => {
        const shared = align(baseline, text);
        expect(areShared(baseline, text, shared)).toBe(true);
        expect(kept(shared)).toBe(commonWords(baseline, text));
      }),
      { seed: 1, numRuns: cases(4000) },
    );
  });

  it('keeps as many words as an exact dynamic program where places of the baseline have several words', () => {
    const places = fc.array(fc.uniqueArray(fc.nat({ max: 9 }), { minLength: 1, maxLength: 3 }), { maxLength: 80 });
    fc.assert(
      fc.property(places, fc.array(fc.nat({ max: 11 }), { maxLength: 80 }), (baseline, text) => {
        const index = new WordIndex();
        for (const [first = 0, ...others] of baseline) index.add(`${first}`, others.map(String));
        const shared = alignWords(index, text.map(String));
        for (const { base, text: from, length } of shared)
          for (let at = 0; at < length; at++) expect(baseline[base + at]).toContain(text[from + at]);
        const table = baseline.reduce<number[]>(
          (above, words) => {
            const row = [0];
            for (const [at, word] of text.entries())
              row.push(words.includes(word) ? (above[at] ?? 0) + 1 : Math.max(above[at + 1] ?? 0, row[at] ?? 0));
            return row;
          },
          Array.from({ length: text.length + 1 }, () => 0),
        );
        expect(kept(shared)).toBe(table.at(-1));
      }),
      { seed: 7, numRuns: cases(1000) },
    );
  });

  it('keeps as many words as jsdiff', () => {
    fc.assert(
      fc.property(lists, ([baseline, text]) => {
        const same = diffArrays(baseline, text).filter(({ added, removed }) => !added && !removed);
        expect(kept(align(baseline, text))).toBe(same.reduce((sum, { count }) => sum + count, 0));
      }),
      { seed: 2, numRuns: cases(2000) },
    );
  });

  it('keeps the words of the example', () => {
    expect(align(['the', 'old', 'red', 'boat'], ['the', 'new', 'boat'])).toEqual([
      { base: 0, text: 0, length: 1 },
      { base: 3, text: 2, length: 1 },
    ]);
  });

  it('is exact in blocks too, where not all rows are held', () => {
    const random = (seed: number) => wordsOf(seed, 12_000, 40);
    const [baseline, text] = [random(1), random(2)];
    const shared = align(baseline, text);
    expect(areShared(baseline, text, shared)).toBe(true);
    // One more row than the table needs is too slow here: the rows' last one says how many are kept.
    expect(kept(shared)).toBe(lengthByRows(baseline, text));
  });

  it('is common to both and in order where exactness would take too long', () => {
    fc.assert(
      fc.property(lists, fc.integer({ min: 1, max: 100 }), ([baseline, text], most) => {
        const [long, other] = [
          [...baseline, ...text, ...baseline],
          [...text, ...text, ...baseline],
        ];
        const shared = align(long, other, most);
        expect(areShared(long, other, shared)).toBe(true);
        expect(kept(shared)).toBeLessThanOrEqual(commonWords(long, other));
      }),
      { seed: 3, numRuns: cases(500) },
    );
  });
});

describe('the alignment of texts that grow', () => {
  it('is that of what there is so far, at every step', () => {
    const steps = fc.array(fc.tuple(fc.nat({ max: 9 }), fc.nat({ max: 9 })), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(lists, steps, ([baseline, text], sizes) => {
        const growing = new GrowingAlignment();
        let [from, at] = [0, 0];
        for (let step = 0; from < baseline.length || at < text.length; step++) {
          const [more, most] = sizes[step % sizes.length] ?? [1, 1];
          const [nextFrom, nextAt] = [from + Math.max(more, most === 0 ? 1 : 0), at + most];
          growing.extend(baseline.slice(from, nextFrom), text.slice(at, nextAt));
          [from, at] = [nextFrom, nextAt];
          if (step > 200) [from, at] = [baseline.length, text.length];
          else expect(growing.shared()).toEqual(align(baseline.slice(0, from), text.slice(0, at)));
        }
      }),
      { seed: 1, numRuns: cases(1000) },
    );
  });

  it('is so even when they are too long for all rows to be held', () => {
    const [baseline, text] = [wordsOf(1, 7000, 900), wordsOf(2, 7000, 900)];
    const growing = new GrowingAlignment();
    growing.extend(baseline, text.slice(0, 3000));
    expect(growing.shared()).toEqual(align(baseline, text.slice(0, 3000)));
    growing.extend([], text.slice(3000));
    expect(growing.shared()).toEqual(align(baseline, text));
  });
});

/** So many words of an alphabet, by a linear congruential generator. */
function wordsOf(seed: number, length: number, alphabet: number): string[] {
  let state = seed;
  return Array.from({ length }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return `w${Math.floor((state / 2 ** 32) * alphabet)}`;
  });
}

/** How many words two lists have in common, by the same recurrence in one big integer: no lanes, carries or blocks. */
function lengthByRows(baseline: readonly string[], text: readonly string[]): number {
  const ones = (1n << BigInt(baseline.length)) - 1n;
  const binary = new Map<string, string>();
  for (const word of new Set(baseline))
    binary.set(
      word,
      `0b${baseline
        .map((each) => (each === word ? '1' : '0'))
        .toReversed()
        .join('')}`,
    );
  const masks = new Map([...binary].map(([word, digits]) => [word, BigInt(digits)]));
  let row = ones;
  for (const word of text) {
    const hits = row & (masks.get(word) ?? 0n);
    row = ((row + hits) | (row - hits)) & ones;
  }
  return [...row.toString(2).padStart(baseline.length, '0')].filter((bit) => bit === '0').length;
}
