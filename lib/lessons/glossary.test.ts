import { describe, expect, it } from 'vitest';
import { bfloat16, float16, float32 } from '../seedling/arithmetic';
import { drawsOf } from '../seedling/draws';
import { glossary, glossaryEntry, lessonTitles } from './glossary';
import { type Bar, exampleScores, type GlossaryPicture, glossaryPicture, type Sum, softmax } from './glossary-pictures';
import { lessons } from './lessons';

const sentencesOf = (text: string): string[] => text.split(/(?<=[.?!])\s+/);
const wordsOf = (text: string): string[] => text.match(/[\p{L}\d][\p{L}\d.'’-]*/gu) ?? [];
const draws = (seed: number, count: number): number[] => {
  const list = drawsOf(seed);
  return Array.from({ length: count }, () => list.next().value);
};

function barsOf(picture: GlossaryPicture): Bar[] {
  return picture.kind === 'bars' ? picture.groups.flatMap(({ bars }) => bars) : [];
}
function sumsOf(picture: GlossaryPicture): Sum[] {
  return picture.kind === 'sums' ? picture.sums : [];
}
const valuesOf = (picture: GlossaryPicture): number[] => barsOf(picture).map(({ value }) => value);
const total = (numbers: readonly number[]): number => numbers.reduce((sum, each) => sum + each, 0);

describe('the glossary', () => {
  it('links to lessons that exist, by their titles', () => {
    expect(Object.entries(lessonTitles)).toEqual(lessons.map(({ slug, title }) => [slug, title]));
  });

  it('has fourteen terms, each once', () => {
    expect(new Set(glossary.map(({ name }) => name)).size).toBe(14);
    expect(new Set(glossary.map(({ term }) => term)).size).toBe(14);
    for (const entry of glossary) expect(glossaryEntry(entry.name)).toBe(entry);
  });

  it.each(glossary)('explains $name in two sentences', ({ note }) => {
    expect(sentencesOf(note)).toHaveLength(2);
    expect(wordsOf(note).length).toBeLessThanOrEqual(40);
    expect(note).not.toMatch(/!|deterministic|completion|magic/);
  });

  it.each(glossary)('has a picture of $name with a text alternative', ({ name }) => {
    const picture = glossaryPicture(name);
    expect(wordsOf(picture.description).length).toBeGreaterThan(10);
    expect(picture.caption).not.toBe('');
    expect(picture.description).not.toMatch(/NaN|undefined|Infinity/);
  });

  it.each(glossary)('names every number of the picture of $name in its text alternative', ({ name }) => {
    const picture = glossaryPicture(name);
    const shown = {
      dots: () =>
        (picture.kind === 'dots' ? [picture.rows[0], picture.rows[2]] : []).flatMap(
          (row) => row?.points.map((point) => point.toFixed(2)) ?? [],
        ),
      bars: () => barsOf(picture).flatMap(({ label, text }) => [label, text]),
      sums: () => sumsOf(picture).map(({ result }) => `= ${result}.`),
      words: () => (picture.kind === 'words' ? (picture.rows[0]?.words ?? []) : []),
    }[picture.kind]();
    expect(shown.length).toBeGreaterThan(1);
    for (const each of shown) expect(picture.description).toContain(each);
  });
});

describe('the picture', () => {
  it('of a seed shows its draws, the same again, and those of another seed', () => {
    const picture = glossaryPicture('seed');
    expect(picture.kind === 'dots' && picture.rows.map(({ points }) => points)).toEqual([
      draws(42, 10),
      draws(42, 10),
      draws(43, 10),
    ]);
    expect(picture.description).toContain('Seed 42 again: the same ten. Seed 43: another ten');
  });

  it('of the PRNG counts all 1000 draws, spread as chance would', () => {
    const counts = valuesOf(glossaryPicture('prng'));
    expect(total(counts)).toBe(1000);
    // five standard deviations of a binomial of 1000 and 1/5
    for (const count of counts) expect(Math.abs(count - 200)).toBeLessThan(5 * Math.sqrt(1000 * 0.2 * 0.8));
    expect(counts[0]).toBe(draws(42, 1000).filter((draw) => draw < 0.2).length);
  });

  it('of softmax divides e to each score by their sum; a score higher by one makes e times the chance', () => {
    const chances = valuesOf(glossaryPicture('softmax'));
    expect(total(chances)).toBeCloseTo(1, 12);
    const all = total(exampleScores.map(({ logit }) => Math.exp(logit)));
    for (const [at, chance] of chances.entries())
      expect(chance).toBeCloseTo(Math.exp(exampleScores[at]?.logit ?? 0) / all, 12);
    const [more = 0, less = 0] = softmax([1, 0]);
    expect(glossaryEntry('softmax').note).toContain(`about ${(more / less).toFixed(1)} times as likely`);
  });

  it('of temperature favours likely words below 1, and unlikely ones above', () => {
    const all = valuesOf(glossaryPicture('temperature'));
    const [cold = [], one = [], hot = []] = [all.slice(0, 4), all.slice(4, 8), all.slice(8)];
    expect(one).toEqual(valuesOf(glossaryPicture('softmax')));
    for (const chances of [cold, one, hot]) expect(total(chances)).toBeCloseTo(1, 12);
    expect([cold[0], one[0], hot[0]].toSorted().reverse()).toEqual([cold[0], one[0], hot[0]]);
    expect([cold[3], one[3], hot[3]].toSorted()).toEqual([cold[3], one[3], hot[3]]);
  });

  it('of top-p keeps the smallest set that reaches p, and fills the whole', () => {
    const bars = barsOf(glossaryPicture('top-p'));
    const kept = bars.filter(({ cut }) => !cut);
    const before = kept.map((each) => each.before ?? 0);
    expect(total(before)).toBeGreaterThanOrEqual(0.8);
    expect(total(before.slice(0, -1))).toBeLessThan(0.8);
    expect(total(bars.map(({ value }) => value))).toBeCloseTo(1, 12);
    expect(bars.filter(({ cut }) => cut).every(({ value }) => value === 0)).toBe(true);
  });

  it('of attention shares out one look', () => {
    const bars = barsOf(glossaryPicture('attention'));
    expect(total(bars.map(({ value }) => value))).toBeCloseTo(1, 12);
    const [most] = bars.toSorted((a, b) => b.value - a.value);
    expect(most?.label).toBe('fox');
    for (const { label } of bars) expect(glossaryPicture('attention').caption).toContain(label);
  });

  it('of layers turns to another word on the way, and ends where the scores do', () => {
    const picture = glossaryPicture('layer');
    const layers = picture.kind === 'bars' ? picture.groups.map(({ bars }) => bars) : [];
    for (const bars of layers) expect(total(bars.map(({ value }) => value))).toBeCloseTo(1, 12);
    const best = layers.map((bars) => bars.toSorted((a, b) => b.value - a.value)[0]?.label);
    expect(best).toEqual(['sun', 'sun', 'rain']);
    expect(layers.at(-1)?.map(({ value }) => value)).toEqual(valuesOf(glossaryPicture('softmax')));
  });

  it('of a penalty makes the used word less likely and all others more', () => {
    const [used, ...others] = barsOf(glossaryPicture('penalty'));
    expect(used?.value).toBeLessThan(used?.before ?? 0);
    for (const { value, before } of others) expect(value).toBeGreaterThan(before ?? 1);
    const before = exampleScores.map(({ logit }) => Math.exp(logit));
    const after = before.map((weight, at) => (at === 0 ? weight * Math.exp(-2 * 0.75) : weight));
    expect(used?.value).toBeCloseTo((after[0] ?? 0) / total(after), 12);
  });

  it('of logprobs shows the natural logarithms of the chances', () => {
    const chances = valuesOf(glossaryPicture('softmax'));
    for (const [at, value] of valuesOf(glossaryPicture('logprob')).entries())
      expect(Math.exp(value)).toBeCloseTo(chances[at] ?? 0, 12);
  });

  it('of fingerprints shows what three ways of rounding make of one sum', () => {
    const results = [float32, bfloat16, float16].map(({ round }) => String(round(round(0.1) + round(0.2))));
    expect(sumsOf(glossaryPicture('fingerprint')).map(({ result }) => result)).toEqual(results);
    expect(new Set(results).size).toBe(3);
  });

  it('of determinism draws words of the list, the same twice', () => {
    const picture = glossaryPicture('determinism');
    const [once, again] = picture.kind === 'words' ? picture.rows : [];
    expect(once?.words).toEqual(again?.words);
    expect(once?.words).toHaveLength(5);
    for (const word of once?.words ?? []) expect(exampleScores.map((each) => each.word)).toContain(word);
    expect(picture.description).toContain('Again: the same five.');
  });

  it('of batch invariance differs by the split alone, after rounding to bfloat16', () => {
    const [alone, shared] = sumsOf(glossaryPicture('batch-invariance'));
    expect(alone?.groups.flat()).toEqual(shared?.groups.flat());
    const { round } = bfloat16;
    const small = round(0.003);
    expect(alone?.result).toBe(String(round(round(round(1 + small) + small) + small)));
    expect(shared?.result).toBe(String(round(round(1 + small) + round(small + small))));
    expect(alone?.result).not.toBe(shared?.result);
  });

  it('of floating point shows JavaScript’s own sums', () => {
    const [first, last] = sumsOf(glossaryPicture('floating-point'));
    expect(first?.result).toBe(String(0.1 + 0.2 + 0.3));
    expect(last?.result).toBe(String(0.1 + (0.2 + 0.3)));
    expect(first?.result).not.toBe(last?.result);
  });
});
