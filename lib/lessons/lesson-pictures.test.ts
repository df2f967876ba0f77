import { beforeAll, describe, expect, it } from 'vitest';
import type { Outcome } from './lesson';
import { firstLines, type LessonPicture, textFork } from './lesson-pictures';
import { lessons } from './lessons';
import { runLesson, stopRuns } from './outcome.fixture';

const drawn = lessons.flatMap(({ slug, run, change }) =>
  [run, change].flatMap(({ recipe, picture }) => (picture ? [{ slug, recipe, picture }] : [])),
);
const outcomes = new Map<string, Outcome>();
const pictures = new Map<string, LessonPicture>();

beforeAll(async () => {
  for (const { slug, recipe, picture } of drawn) {
    const outcome = await runLesson(recipe);
    outcomes.set(slug, outcome);
    pictures.set(slug, picture(outcome));
  }
});

function pictureOf<Kind extends LessonPicture['kind']>(
  slug: string,
  kind: Kind,
): Extract<LessonPicture, { kind: Kind }> {
  const picture = pictures.get(slug);
  if (picture?.kind !== kind) throw new Error(`${slug} has no picture of ${kind}.`);
  // The kind was just compared; TypeScript does not narrow a union by a type parameter.
  return picture as Extract<LessonPicture, { kind: Kind }>;
}

describe('the picture of a lesson', () => {
  it('has the likeliest first tokens in order, and the one that was taken', () => {
    const { shares, caption } = pictureOf('one-word-at-a-time', 'bars');
    expect(shares.map(({ share }) => share)).toEqual(shares.map(({ share }) => share).toSorted((a, b) => b - a));
    expect(shares.filter(({ taken }) => taken).map(({ token }) => token)).toEqual(['Once']);
    expect(caption).toBe('First: “Once” 64 %, “It” 15 % and “There” 5 %');
  });

  it('has the draw of the dice over the token that it took', () => {
    const { lines, caption } = pictureOf('the-dice', 'lines');
    const [line] = lines;
    const u = line?.needles[0]?.u ?? 0;
    expect(u).toBeCloseTo(0.596, 3);
    expect(line?.segments.find(({ from, to }) => from <= u && u < to)?.token).toBe('I');
    expect(caption).toBe('1 draw, 1 first token');
  });

  it('has a line for each setting, under one draw', () => {
    const { lines, caption } = pictureOf('temperature-bends-the-bars', 'lines');
    expect(lines.map(({ label }) => label)).toEqual(['T 0', 'T 0.5', 'T 1', 'T 1.5']);
    expect(new Set(lines.flatMap(({ needles }) => needles.map(({ u }) => u))).size).toBe(1);
    expect(caption).toMatch(/^1 draw, 4 settings, \d first tokens$/);
  });

  it('has a letter for each run', () => {
    const { letters, caption } = pictureOf('how-many-runs', 'letters');
    expect(letters.map(({ run }) => run)).toEqual(Array.from({ length: 60 }, (_, at) => at + 1));
    expect(letters.slice(0, 6).map(({ letter }) => letter)).toEqual(['A', 'A', 'A', 'A', 'A', 'B']);
    expect(caption).toMatch(/^60 runs, \d texts$/);
  });

  it('has what the texts share, and how each goes on', () => {
    const { before, branches, caption } = pictureOf('one-word-another-world', 'fork');
    expect(before).toMatch(/said the$/);
    expect(branches.map(({ letter }) => letter)).toEqual(['A', 'B']);
    expect(branches[0]?.text).not.toBe(branches[1]?.text);
    expect(caption).toBe('The texts part at word 53');
  });

  it('has what a network looked at most', () => {
    const { shares, caption } = pictureOf('what-the-model-looks-at', 'bars');
    expect(shares.map(({ token }) => token).slice(0, 2)).toEqual([' spring', ' haiku']);
    expect(shares).toHaveLength(5);
    expect(caption).toBe('Looked at: “spring” 22 % and “haiku” 9 %');
  });

  it('has by how much the scores of two back ends differ, up to where the words part', () => {
    const { differences, fork, caption } = pictureOf('the-same-sum-in-another-order', 'steps');
    expect(Math.min(...differences)).toBeGreaterThan(0);
    expect(caption).toMatch(/^Scores part at token 1, words (never|at token \d+)$/);
    if (fork !== null) expect(differences).toHaveLength(fork + 1);
    expect(pictureOf('the-same-sum-in-another-order', 'steps').kind).toBe('steps');
  });

  it('has other draws for another seed', () => {
    const { rows, caption } = pictureOf('seeds-are-not-styles', 'draws');
    expect(rows.map(({ draws }) => draws.length)).toEqual([8, 8]);
    expect(rows[0]?.draws).not.toEqual(rows[1]?.draws);
    expect(caption).toBe('The first 8 draws of seed 42 and seed 43');
  });

  it('is empty, and not wrong, where no run has finished', () => {
    for (const { slug, picture } of drawn) {
      const outcome = outcomes.get(slug);
      if (!outcome) throw new Error(`${slug} has not run.`);
      const stopped = stopRuns(
        outcome,
        outcome.experiment.runs.map(({ run }) => run),
      );
      expect(picture(stopped).caption).not.toMatch(/undefined|NaN|null/);
    }
  });

  it('is not wrong where it is not known how tokens were chosen, nor is what is said beside it', () => {
    for (const { slug, picture } of drawn) {
      const outcome = outcomes.get(slug);
      const lesson = lessons.find((each) => each.slug === slug);
      if (!outcome || !lesson) throw new Error(`${slug} has not run.`);
      const unknown: Outcome = { experiment: unlabelled(outcome.experiment), moments: new Map() };
      const said = [
        picture(unknown).caption,
        lesson.run.caption(unknown),
        lesson.change.caption(unknown),
        lesson.change.caption(unknown, unknown),
        lesson.predict.happened(unknown).because,
      ];
      for (const each of said) expect(each).not.toMatch(/undefined|NaN|null/);
    }
  });

  it('has the same text once, and no name where an arm has none', () => {
    const outcome = outcomes.get('one-word-another-world');
    if (!outcome) throw new Error('The lesson has not run.');
    const [first] = outcome.experiment.runs;
    const runs = outcome.experiment.runs.map((run) => ({ ...run, text: first?.text ?? '' }));
    expect(textFork({ ...outcome, experiment: { ...outcome.experiment, runs } })).toMatchObject({
      kind: 'fork',
      branches: [{ letter: 'A' }],
      caption: 'The texts are the same',
    });
    const settings = outcomes.get('temperature-bends-the-bars');
    if (!settings) throw new Error('The lesson has not run.');
    const { lines } = { lines: [], ...firstLines({ ...settings, experiment: unlabelled(settings.experiment) }) };
    expect(lines).toHaveLength(4);
    expect(lines).toEqual(lines.map((line) => expect.objectContaining({ ...line, label: '' })));
  });
});

const unlabelled = ({ recipe, ...experiment }: Outcome['experiment']): Outcome['experiment'] => ({
  ...experiment,
  recipe: { ...recipe, arms: recipe.arms?.map(({ set }) => ({ set })) },
});
