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

/** An exhibit, run and compared as its page shows it. */
async function ran(slug: string): Promise<Ran> {
  const exhibit = exhibitBySlug(slug);
  if (!exhibit) throw new Error(`There is no exhibit ${slug}.`);
  const experiment = await runExample(exhibit.recipe);
  const results = resultsOf(experiment, { ...defaultViewSettings, ...exhibit.viewSettings });
  const letters = results.sideBySide.columns.map(({ letter }) => letter ?? '-').join('');
  return { exhibit, experiment, results, texts: experiment.runs.map(({ text }) => text), letters };
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

  it('gives the same texts whenever it is run, one experiment at a time or all at once', async () => {
    const together = await Promise.all([...exhibitSlugs, ...exhibitSlugs].map(ran));
    for (const { exhibit, texts } of together) expect(texts).toEqual((await ran(exhibit.slug)).texts);
  });
});

/** What the sentences of each exhibit say, found in its runs. */
describe('what the gallery says', () => {
  it('of the same seed: five equal haiku', async () => {
    const { experiment, letters, texts } = await ran('same-seed');
    expect(letters).toBe('AAAAA');
    expect(experiment.recipe.request).toMatchObject({ model: 'seedling-1', seed: 12345, temperature: 1 });
    expect(texts[0]?.split('\n').length).toBeGreaterThan(1);
  });

  it('of twelve seeds: ten texts that begin alike', async () => {
    const { letters, results, texts } = await ran('seed-sweep');
    expect(letters).toBe('BCDEFAGHAIJA');
    expect(results.model).toMatchObject({ kind: 'tree' });
    expect(new Set(texts.map((text) => text.split('\n')[0])).size).toBe(5);
  });

  it('of temperatures: one seed, seven texts, from a haiku to a heap of words', async () => {
    const { experiment, letters, texts } = await ran('temperature-ladder');
    expect(letters).toBe('ABCDEFG');
    expect(new Set(experiment.runs.map(({ seed }) => seed))).toEqual(new Set([7]));
    expect(texts[0]).toBe('The moon is so round\nit shines on the quiet roof\nthe town is asleep');
    expect(texts[6]).toMatch(/^- now moral page markBy/);
  });

  it('of temperature 0: one poem with five seeds, whose line comes again until the tokens are used up', async () => {
    const zero = await ran('temperature-zero');
    expect(zero.letters).toBe('AAAAA');
    expect(new Set(zero.experiment.runs.map(({ seed }) => seed)).size).toBe(5);
    expect(zero.texts[0]?.match(/the waves are soft as soft can be/g)?.length).toBe(5);
    expect(finishesOf(zero)).toEqual(Array(5).fill('length'));
  });

  it('of penalties: the loop without one, and an end with either', async () => {
    const penalties = await ran('frequency-penalty');
    expect(finishesOf(penalties)).toEqual(['length', 'stop', 'stop']);
    const times = penalties.texts.map((text) => text.match(/the waves are soft as soft can be/g)?.length);
    expect(times).toEqual([5, 1, 1]);
    const { experiment } = await ran('temperature-zero');
    expect(penalties.texts[0]).toBe(experiment.runs[0]?.text);
  });

  it('of the fleet: two texts at temperature 0, and one of three back ends that parts', async () => {
    const fleet = await ran('fleet');
    expect(fleet.letters).toBe('ABAABAABAABA');
    const texts = Map.groupBy(fleet.texts, (_, at) => fingerprintsOf(fleet)[at]);
    expect([...texts.values()].map((those) => new Set(those).size)).toEqual([1, 1, 1]);
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
      ...Array(6).fill('seedling-1'),
      ...Array(6).fill('seedling-1-batched'),
    ]);
  });

  it('of JSON: none in eight runs, which have two texts and name the city', async () => {
    const { letters, results, texts } = await ran('json-task');
    expect(results.sideBySide.verdict).toMatchObject({ kind: 'values', mode: 'json', values: [], compared: 8 });
    expect(letters).toBe('ABCDEFGH');
    expect(texts.filter((text) => text === texts[0]).length).toBe(7);
    expect(texts.every((text) => text.includes('Paris'))).toBe(true);
  });

  it('of answers: Paris in all of twenty runs, of which two have another wording', async () => {
    const { results, texts } = await ran('extracted-answer');
    const values = [{ value: 'Paris', runs: { length: 20 } }];
    expect(results.sideBySide.verdict).toMatchObject({ kind: 'values', values, exactTexts: 2 });
    expect(texts.filter((text) => text !== texts[0]).length).toBe(2);
  });

  it('of the sum: seven of eight runs agree on a wrong one', async () => {
    const { letters, texts } = await ran('sure-and-wrong');
    expect(letters).toBe('AAAAABAA');
    expect(texts[0]).toBe('Five plus five is ten.');
  });

  it('of five runs: four that agree, and an interval from 18 % to 99 %', async () => {
    const { results } = await ran('wide-interval');
    expect(results.figures?.evidence.modal).toMatchObject({ k: 4, n: 5 });
    expect(results.figures?.evidence.modal?.interval?.map((share) => Math.round(100 * share))).toEqual([18, 99]);
  });
});
