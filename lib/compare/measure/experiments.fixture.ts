import type { Recipe } from '@/lib/recipe/recipe';
import type { EndedRun, RunRecord } from '@/lib/run/record';
import { aRecipe, aRequest, aSaved, ended, endedWith } from '@/lib/run/records.fixture';
import type { SavedExperiment } from '@/lib/run/saved';

/*
 * Experiments small enough to be read in a test, for what is measured in them and for the words on it.
 */

/** A text of so many words: 'word word last'. */
export const words = (count: number, last = 'word'): string =>
  [...Array.from({ length: count - 1 }, () => 'word'), last].join(' ');

/** Runs with one text, and with the fingerprints given for each. */
export const carrying = (...values: string[][]): EndedRun[] =>
  values.map((fingerprints, index) => ended(index + 1, 'x', { fingerprints }));

/** Runs with one text that were sent to these ports of this machine; null for a model inside Seedbed. */
export const sentTo = (...ports: (number | null)[]): EndedRun[] =>
  ports.map((port, index) =>
    ended(index + 1, 'x', { endpoint: port === null ? null : { origin: `http://127.0.0.1:${port}`, path: '/v1' } }),
  );

/** 'x:1,2 y:' is a run with text x and fingerprints fp_1 and fp_2, then one with text y and none. */
export const runsWritten = (written: string): EndedRun[] =>
  written
    .split(' ')
    .filter(Boolean)
    .map((each, index) => {
      const [text = '', ids = ''] = each.split(':');
      const fingerprints = ids.split(',').filter(Boolean);
      return ended(index + 1, text, { fingerprints: fingerprints.map((id) => `fp_${id}`) });
    });

/** Half of the runs with a seed, half without. */
export const halfSeeded: Recipe = aRecipe({
  request: aRequest({ temperature: 1 }),
  arms: [{ set: { seed: 7 } }, { set: { seed: null } }],
  repeats: 5,
});

/** The same at temperature 0. */
export const halfSeededCold: Recipe = { ...halfSeeded, request: aRequest({ temperature: 0 }) };

/** Runs of `halfSeeded`, a letter for the text of each: those with the seed, then those without. */
export const halfSeededRuns = (seeded: string, unseeded: string): EndedRun[] =>
  [...seeded, ...unseeded].map((text, index) => ended(index + 1, text, { arm: index < seeded.length ? 0 : 1 }));

/** Noon on a day of March 2026. */
export const march = (day: number): string => `2026-03-${String(day).padStart(2, '0')}T12:00:00.000Z`;

/** What was made with a seed at a time, with that as its id unless there is another. */
export const madeAt = (createdAt: string, runs: RunRecord[], id = createdAt): SavedExperiment =>
  aSaved({ id, createdAt, runs, recipe: aRecipe({ request: aRequest({ seed: 7 }), repeats: runs.length || 1 }) });

/** What was made on a day of March 2026, with these texts. */
export const madeOn = (day: number, ...texts: string[]): SavedExperiment => madeAt(march(day), endedWith(...texts));
