import { describe, expect, it } from 'vitest';
import type { Recipe } from '@/lib/recipe/recipe';
import type { Experiment } from '@/lib/run/fold';
import { aRecipe, endedWith } from '@/lib/run/records.fixture';
import { type LessonAction, type LessonState, reduceLesson, startLesson } from './lesson-state';
import { theDice } from './the-dice';

const ran = (recipe: Recipe, ...texts: string[]): Experiment => ({
  id: 'x',
  recipe,
  runs: endedWith(...texts),
  running: false,
});
const first = ran(theDice.run.recipe, 'Heads.');
const second = ran(theDice.change.recipe, 'Tails.');
const finished = (experiment: Experiment): LessonAction => ({ kind: 'finished', experiment });
const stateAfter = (...actions: LessonAction[]): LessonState =>
  actions.reduce((state, action) => reduceLesson(theDice, state, action), startLesson(theDice));

describe('a lesson', () => {
  it('begins with the prediction, and its recipe is in the tool', () => {
    expect(stateAfter()).toMatchObject({ step: 'predict', recipe: theDice.run.recipe, first: null, problem: null });
  });

  it.each(['predict', 'run'] as const)('goes on to "see" when its recipe has run at "%s"', (step) => {
    const state = stateAfter({ kind: 'go', step }, finished(first));
    expect(state).toMatchObject({ step: 'see', first, problem: null, spotlight: theDice.run.spotlight });
  });

  it('stays where it is when its recipe runs once more later', () => {
    const again = ran(theDice.run.recipe, 'Tails.');
    const before = stateAfter(finished(first), { kind: 'go', step: 'explain' });
    expect(reduceLesson(theDice, before, finished(again))).toEqual({ ...before, first: again });
  });

  it('says that another recipe has run, and goes on with the right one', () => {
    const other = finished(ran(aRecipe(), 'Hello.'));
    expect(stateAfter(other)).toMatchObject({ step: 'predict', problem: 'another-recipe', first: null });
    expect(stateAfter(other, finished(first))).toMatchObject({ step: 'see', problem: null });
  });

  it('says that no run gave a text', () => {
    expect(stateAfter(finished(ran(theDice.run.recipe, '')))).toMatchObject({ step: 'predict', problem: 'no-text' });
  });

  it('does not mind what runs while it is read', () => {
    const reading = stateAfter(finished(first));
    expect(reduceLesson(theDice, reading, finished(ran(aRecipe(), 'Hello.')))).toBe(reading);
  });

  it('puts a recipe back as a new object, so that the tool loads it once more', () => {
    const { recipe } = stateAfter({ kind: 'load' });
    expect(recipe).toEqual(theDice.run.recipe);
    expect(recipe).not.toBe(theDice.run.recipe);
  });

  it('takes its changed recipe at "change", and waits there for somebody to read on', () => {
    const changing = stateAfter(finished(first), { kind: 'go', step: 'change' });
    expect(changing.recipe).toBe(theDice.change.recipe);
    expect(reduceLesson(theDice, changing, finished(first)).problem).toBe('another-recipe');
    const state = reduceLesson(theDice, changing, finished(second));
    expect(state).toMatchObject({ step: 'change', first, second, spotlight: theDice.change.spotlight });
  });
});
