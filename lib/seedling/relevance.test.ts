import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { cases } from '@/lib/cases.fixture';
import type { Passage } from './corpus';
import { parseCorpus } from './corpus';
import { corpusFiles } from './corpus.fixture';
import { indexPassages, type RelevanceIndex, subjectWords, weighPassages } from './relevance';

describe('subjectWords', () => {
  it('leaves out the words that say nothing about the subject', () => {
    expect(subjectWords('Please could you write me a short haiku about the spring?')).not.toContain('about');
    expect(subjectWords('Write a haiku about spring.')).toEqual(['haiku', 'spring']);
  });

  it('lower-cases words and drops a plural s, but not from short words nor from a double s', () => {
    expect(subjectWords('Robots GLASS bus petals')).toEqual(['robot', 'glass', 'bus', 'petal']);
  });

  it('finds words of any script', () => {
    expect(subjectWords('\u65e5\u672c \u00e9t\u00e9 42')).toEqual(['\u65e5\u672c', '\u00e9t\u00e9', '42']);
  });

  it('finds nothing in an empty text', () => {
    expect(subjectWords('')).toEqual([]);
  });
});

describe('weighPassages', () => {
  const passage = (form: string, keywords: string, text: string): Passage => ({
    form,
    keywords: keywords.split(' '),
    text,
  });
  const index = indexPassages([
    passage('haiku', 'spring petal', 'Pale petals fall'),
    passage('haiku', 'autumn leaf', 'A red leaf'),
    passage('joke', 'robot default', 'A robot walks into a spring'),
  ]);

  it('weighs the passage that fits best as 1 and the others by how well they fit', () => {
    const [spring = 0, autumn = 0, joke = 0] = weighPassages(index, 'Write a haiku about spring.');
    expect(spring).toBe(1);
    expect(autumn).toBeLessThan(1);
    expect(autumn).toBeGreaterThan(joke); // the form says more than a word of the text
  });

  it('gives the smallest weight to a passage that has nothing to do with the prompt', () => {
    expect(weighPassages(index, 'autumn')).toEqual(Float64Array.of(0.0005, 1, 0.0005));
  });

  it('falls back on the passages marked default if nothing fits', () => {
    expect(weighPassages(index, 'Xylophone?')).toEqual(Float64Array.of(0.0005, 0.0005, 1));
    expect(weighPassages(index, '')).toEqual(Float64Array.of(0.0005, 0.0005, 1));
  });

  it('ignores how often and in which order words stand in the prompt', () => {
    expect(weighPassages(index, 'spring robot spring spring')).toEqual(weighPassages(index, 'Robots, spring!'));
  });

  it('treats names of object properties as ordinary words', () => {
    expect(weighPassages(index, 'constructor __proto__ toString')).toEqual(weighPassages(index, 'xylophone'));
  });
});

describe('weighPassages on the corpus', () => {
  let passages: Passage[];
  let index: RelevanceIndex;
  beforeAll(() => {
    passages = corpusFiles().flatMap(({ text }) => parseCorpus(text));
    index = indexPassages(passages);
  });

  it('favours haiku about spring when asked for one', () => {
    const weights = weighPassages(index, 'Write a haiku about spring.');
    const best = passages.filter((_, at) => weights[at] === 1);
    expect(best.length).toBeGreaterThan(1);
    expect(new Set(best.map(({ form }) => form))).toEqual(new Set(['haiku']));
    for (const { keywords, text } of best) expect(`${keywords.join(' ')} ${text}`.toLowerCase()).toContain('spring');
  });

  it('weighs every passage from 0.0005 to 1, and some as 1, for any prompt', () => {
    const words = fc.constantFrom('haiku', 'joke', 'robot', 'spring', 'seeds', 'the', 'news', 'sampling', 'zzz', '7');
    const prompt = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(words).map((list) => list.join(' ')),
    );
    fc.assert(
      fc.property(prompt, (text) => {
        const weights = weighPassages(index, text);
        expect(weights.length).toBe(passages.length);
        expect(Math.max(...weights)).toBe(1);
        expect(Math.min(...weights)).toBeGreaterThanOrEqual(0.0005);
      }),
      { seed: 4, numRuns: cases(40) },
    );
  });
});
