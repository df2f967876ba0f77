import { describe, expect, it } from 'vitest';
import type { Recipe } from '@/lib/recipe/recipe';
import { parseRecipe } from '@/lib/recipe/schema';
import { saplingModels } from '@/lib/sapling/backends';
import { seedlingModels } from '@/lib/seedling/backends';
import { hiddenParts } from '@/lib/session/draft';
import { classMinutes, classPath, lessonBySlug, lessons } from './lessons';
import { countSyllables, gradeOf, sentencesOf, stringsOf, wordsOf } from './readability.fixture';

const named = lessons.map((lesson) => [lesson.slug, lesson] as const);

describe('the registry', () => {
  it('has the fourteen lessons in their order', () => {
    expect(lessons.map(({ slug }) => slug)).toEqual([
      'one-word-at-a-time',
      'the-dice',
      'same-seed-same-text',
      'new-seed-new-text',
      'temperature-bends-the-bars',
      'top-p-cuts-the-tail',
      'temperature-zero',
      'one-word-another-world',
      'when-the-server-moves',
      'how-many-runs',
      'a-test-that-does-not-flake',
      'seeds-are-not-styles',
      'what-the-model-looks-at',
      'the-same-sum-in-another-order',
    ]);
  });

  it('finds each by its slug, and nothing else', () => {
    for (const [slug, lesson] of named) expect(lessonBySlug(slug)).toBe(lesson);
    expect(lessonBySlug('15')).toBeNull();
    expect(new Set(lessons.map(({ title }) => title)).size).toBe(lessons.length);
  });
});

describe('the lessons for one class', () => {
  it('are lessons in their order, and fit into it with time to talk', () => {
    expect(classPath).toEqual(lessons.filter((lesson) => classPath.includes(lesson)));
    expect(classPath.reduce((sum, { minutes }) => sum + minutes, 0)).toBeLessThanOrEqual(classMinutes - 5);
  });
});

describe.each(named)('the lesson %s', (slug, lesson) => {
  const scenes = [lesson.run, lesson.change];
  const recipes = scenes.flatMap(({ recipe, alsoAsked = [] }) => [recipe, ...alsoAsked]);

  it('has an address of plain letters, and takes 3 to 6 minutes', () => {
    expect(slug).toMatch(/^[a-z]+(-[a-z]+)*$/);
    expect(lesson.minutes).toBeGreaterThanOrEqual(3);
    expect(lesson.minutes).toBeLessThanOrEqual(6);
  });

  it('runs a model inside, with valid recipes that the form can show completely', () => {
    for (const recipe of recipes) {
      expect(parseRecipe(recipe)).toEqual({ ok: true, value: recipe });
      expect(recipe.provider).toBe('seedling');
      expect([...seedlingModels, ...saplingModels].map(({ id }) => id)).toContain(recipe.request.model);
      expect(hiddenParts(recipe)).toEqual([]);
    }
    expect(lesson.change.recipe).not.toEqual(lesson.run.recipe);
  });

  it('has one picture', () => {
    expect(scenes.filter(({ picture }) => picture).length).toBe(1);
  });

  it('opens the lens at a run that exists', () => {
    for (const { recipe, spotlight } of scenes) {
      const runs = (recipe.arms?.length ?? 1) * recipe.repeats;
      if (spotlight.lens && spotlight.lens !== 'fork') expect(spotlight.lens.run).toBeLessThanOrEqual(runs);
      if (spotlight.lens === 'fork') expect(runs).toBeGreaterThan(1);
    }
  });

  it('asks questions that can be answered', () => {
    const { predict, check } = lesson;
    if (predict.kind === 'choice') expect(new Set(predict.options).size).toBe(predict.options.length);
    else expect(predict.min).toBeLessThan(predict.max);
    expect(check.options.length).toBeGreaterThanOrEqual(3);
    expect(new Set(check.options.map(({ text }) => text)).size).toBe(check.options.length);
    expect(new Set(check.options.map(({ reply }) => reply)).size).toBe(check.options.length);
    for (const { reply } of check.options) expect(reply).toMatch(/\.$/);
    expect(check.options[check.right]).toBeDefined();
    for (const question of [predict.question, check.question]) expect(question).toMatch(/\?$/);
  });

  it('is short and plain: at most 250 words, grade 8 or below', () => {
    expect(wordsOf(stringsOf(lesson).join(' ')).length).toBeLessThanOrEqual(250);
    expect(gradeOf(sentencesOf(lesson).join(' '))).toBeLessThanOrEqual(8);
  });

  it('uses the words of the page', () => {
    for (const text of [...stringsOf(lesson), ...lesson.notes.script, lesson.notes.expected])
      expect(text).not.toMatch(/!|completion|identical|diverge|deterministic|\bAI\b|failed to reproduce/);
  });

  it('has notes for the teacher', () => {
    const { aim, script, expected, wrongIdeas } = lesson.notes;
    for (const text of [aim, expected, ...script, ...wrongIdeas]) expect(text).toMatch(/[.?)]$/);
    expect(script.length).toBeGreaterThanOrEqual(3);
    expect(wrongIdeas.length).toBeGreaterThanOrEqual(2);
  });
});

describe('the change', () => {
  const changed: Record<string, string[]> = {
    'one-word-at-a-time': ['messages', 'seed'],
    'the-dice': ['seed'],
    'same-seed-same-text': ['seed'],
    'new-seed-new-text': ['arms'],
    'temperature-bends-the-bars': ['temperature', 'arms', 'repeats'],
    'top-p-cuts-the-tail': ['messages'],
    'temperature-zero': ['temperature'],
    'one-word-another-world': ['messages', 'seed', 'arms'],
    'when-the-server-moves': ['model'],
    'how-many-runs': ['arms'],
    'a-test-that-does-not-flake': ['temperature'],
    'seeds-are-not-styles': ['messages'],
    'what-the-model-looks-at': ['messages'],
    'the-same-sum-in-another-order': ['model', 'repeats'],
  };

  it.each(named)('of %s changes what it says and nothing else', (slug, { run, change }) => {
    const flat = ({ request, ...rest }: Recipe): Record<string, unknown> => ({ ...rest, ...request });
    const [before, after] = [flat(run.recipe), flat(change.recipe)];
    const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])];
    const differ = keys.filter((key) => JSON.stringify(before[key]) !== JSON.stringify(after[key]));
    expect(differ.toSorted()).toEqual(changed[slug]?.toSorted());
  });
});

describe('the grade', () => {
  it('is that of published examples', () => {
    expect(gradeOf('The cat sat on the mat.')).toBeCloseTo(-1.45, 2);
    expect(gradeOf('The Australian platypus is seemingly a hybrid of a mammal and reptilian creature.')).toBeCloseTo(
      11.27,
      1,
    );
  });

  it('counts syllables', () => {
    const words = {
      seed: 1,
      table: 2,
      temperature: 4,
      wide: 1,
      picked: 1,
      needed: 2,
      likely: 2,
      random: 2,
      bars: 1,
      the: 1,
    };
    for (const [word, syllables] of Object.entries(words))
      expect([word, countSyllables(word)]).toEqual([word, syllables]);
  });
});
