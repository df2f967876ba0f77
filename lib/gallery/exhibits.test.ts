import { describe, expect, it } from 'vitest';
import { resultsOf } from '@/lib/compare/result-steps';
import { defaultViewSettings, type Results } from '@/lib/compare/results';
import type { Experiment } from '@/lib/run/fold';
import { runExample } from '@/lib/server/run-example';
import { freshServices } from '@/lib/server/services.fixture';
import type { Exhibit } from './exhibit';
import { exhibitBySlug, exhibitSlugs, gallery } from './exhibits';

freshServices();

type Ran = { exhibit: Exhibit; experiment: Experiment; results: Results; texts: string[]; letters: string };

/** Runs an exhibit and compares it as its page shows it. */
async function run(slug: string): Promise<Ran> {
  const exhibit = exhibitBySlug(slug);
  if (!exhibit) throw new Error(`There is no exhibit ${slug}.`);
  const experiment = await runExample(exhibit.recipe);
  const results = resultsOf(experiment, { ...defaultViewSettings, ...exhibit.viewSettings });
  const letters = results.sideBySide.columns.map(({ letter }) => letter ?? '-').join('');
  return { exhibit, experiment, results, texts: experiment.runs.map(({ text }) => text), letters };
}

const kept = new Map<string, Ran>();

/** An exhibit that was run with no other beside it. */
async function ran(slug: string): Promise<Ran> {
  const found = kept.get(slug) ?? (await run(slug));
  kept.set(slug, found);
  return found;
}

const fingerprintsOf = ({ experiment }: Ran): string[] =>
  experiment.runs.map((run) => (run.status === 'ended' ? run.fingerprints.join() : ''));

const finishesOf = ({ experiment }: Ran): string[] =>
  experiment.runs.map((run) => (run.status === 'ended' ? run.finish : run.status));

describe('the gallery', () => {
  it('has a dozen experiments, each with an address of its own and two sentences', () => {
    expect(exhibitSlugs.length).toBe(12);
    expect(new Set(exhibitSlugs).size).toBe(12);
    for (const say of gallery.flatMap(({ exhibits }) => exhibits.flatMap(({ says }) => says)))
      expect(say).toMatch(/^[^.]*(\.\d[^.]*)*\.”?$/);
  });
});

/** What the sentences of each exhibit say, found in its runs. */
describe('what the gallery says', () => {
  it('of the same seed: five equal haiku', async () => {
    const { experiment, letters, texts } = await ran('same-seed');
    expect(letters).toBe('AAAAA');
    expect(experiment.recipe.request).toMatchObject({ model: 'sapling-1', seed: 12345, temperature: 1 });
    expect(texts[0]).toBe('A flower opens\nin the quiet morning rain\nthe garden is glad');
  });

  it('of twelve seeds: seven haiku, whose beginnings are shared', async () => {
    const { experiment, letters, results, texts } = await ran('seed-sweep');
    expect(letters).toBe('AACBDEFGAABA');
    expect(experiment.recipe.request.temperature).toBe(0.6);
    expect(results.model).toMatchObject({ kind: 'tree' });
    expect(texts.filter((text) => text.startsWith('The rain is ')).length).toBe(7);
    for (const text of texts) expect(text.split('\n').length).toBe(3);
  });

  it('of temperatures: one seed, seven texts, from a haiku to a heap of words', async () => {
    const { experiment, letters, texts } = await ran('temperature-ladder');
    expect(letters).toBe('ABCDEFG');
    expect(new Set(experiment.runs.map(({ seed }) => seed))).toEqual(new Set([7]));
    expect(texts[0]).toBe('The sea is endless\nthe moonlight rests on the sea\na tiny snail sings');
    expect(texts[6]).toMatch(/^"Someone 2 asked letters\new n wideelve/);
  });

  it('of temperature 0: one poem with five seeds', async () => {
    const { experiment, letters, texts } = await ran('temperature-zero');
    expect(letters).toBe('AAAAA');
    expect(new Set(experiment.runs.map(({ seed }) => seed)).size).toBe(5);
    expect(texts[0]).toMatch(/^The sea and I, we do not speak,\n/);
  });

  it('of penalties: a line of a poem that comes again up to the limit without one, and an end with either', async () => {
    const penalties = await ran('frequency-penalty');
    expect(finishesOf(penalties)).toEqual(['length', 'stop', 'stop']);
    const times = penalties.texts.map((text) => text.match(/the waves are soft as soft can be/g)?.length);
    expect(times).toEqual([5, 1, 1]);
    const { request, arms } = penalties.experiment.recipe;
    expect(arms?.map(({ set }) => set?.frequency_penalty)).toEqual([0, 0.5, 1]);
    expect(request.messages).toEqual(exhibitBySlug('temperature-zero')?.recipe.request.messages);
  });

  it('of the fleet: two ends of one story at temperature 0, and one of three back ends that parts', async () => {
    const fleet = await ran('fleet');
    expect(fleet.letters).toBe('ABAABAABAABA');
    const texts = Map.groupBy(fleet.texts, (_, at) => fingerprintsOf(fleet)[at]);
    expect([...texts.values()].map((those) => new Set(those).size)).toEqual([1, 1, 1]);
    const [old, crooked] = new Set(fleet.texts);
    expect(crooked).toBe(old?.replace('It was still old,', 'It was still a little crooked,'));
    expect(finishesOf(fleet)).toEqual(Array(12).fill('stop'));
  });

  it('of load: seven runs and five, under one fingerprint', async () => {
    const load = await ran('load');
    expect([...load.letters].toSorted().join('')).toBe('AAAAAAABBBBB');
    expect(new Set(fingerprintsOf(load)).size).toBe(1);
    expect(load.experiment.recipe.dispatch).toBeUndefined();
  });

  it('of the regression: one text before, two after', async () => {
    const { letters, experiment } = await ran('regression');
    expect([new Set(letters.slice(0, 6)).size, new Set(letters.slice(6)).size]).toEqual([1, 2]);
    expect(experiment.runs.map(({ model }) => model)).toEqual([
      ...Array(6).fill('sapling-1'),
      ...Array(6).fill('sapling-1-batched'),
    ]);
  });

  it('of JSON: none in eight runs, but numbers, dashes and a sentence', async () => {
    const { letters, results, texts } = await ran('json-task');
    expect(results.sideBySide.verdict).toMatchObject({ kind: 'values', mode: 'json', values: [], compared: 8 });
    expect(letters).toBe('ABCDEFGH');
    const having = (form: RegExp): number => texts.filter((text) => form.test(text)).length;
    expect(having(/^1\. [^\n]+\n2\. [^\n]+\n3\. [^\n]+$/)).toBe(4);
    expect(having(/^- [^\n]+\n- [^\n]+\n- [^\n]+$/)).toBe(3);
    expect(having(/^\w+, \w+ and \w+\.$/)).toBe(1);
  });

  it('of answers: 56 in all of twenty runs, in six wordings, of which the most common is in ten', async () => {
    const { results, texts } = await ran('extracted-answer');
    const values = [{ value: '56', runs: { length: 20 } }];
    expect(results.sideBySide.verdict).toMatchObject({ kind: 'values', mode: 'answer', values, exactTexts: 6 });
    const times = [...Map.groupBy(texts, (text) => text).values()].map(({ length }) => length);
    expect(Math.max(...times)).toBe(10);
  });

  it('of the hours of a week: six of eight runs agree on those of a day', async () => {
    const { results, texts } = await ran('sure-and-wrong');
    expect(results.figures?.evidence.modal).toMatchObject({ k: 6, n: 8 });
    expect(texts.filter((text) => text === 'There are twenty-four hours.').length).toBe(6);
  });

  it('of five runs: four that agree, and an interval from 18 % to 99 %', async () => {
    const { results } = await ran('wide-interval');
    expect(results.figures?.evidence.modal).toMatchObject({ k: 4, n: 5 });
    expect(results.figures?.evidence.modal?.interval?.map((share) => Math.round(100 * share))).toEqual([18, 99]);
  });
});

describe('an exhibit', () => {
  it.each(gallery)('gives the same texts alone and with others beside them, of $title', async ({ exhibits }) => {
    const together = await Promise.all(exhibits.map(({ slug }) => run(slug)));
    for (const { exhibit, texts } of together) expect(texts).toEqual((await ran(exhibit.slug)).texts);
  });
});
