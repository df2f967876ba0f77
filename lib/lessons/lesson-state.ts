import { sameQuestion } from '@/lib/recipe/canonical';
import type { Recipe } from '@/lib/recipe/recipe';
import type { Experiment } from '@/lib/run/fold';
import type { Lesson, Spotlight } from './lesson';

export const steps = ['predict', 'run', 'see', 'explain', 'check', 'change', 'make'] as const;
export type StepName = (typeof steps)[number];

/** How far somebody has come in a lesson. */
export type LessonState = {
  step: StepName;
  /** what has run of the lesson's recipe, and of the changed one; null before */
  first: Experiment | null;
  second: Experiment | null;
  /** why what ran last is not what the step needs; null if it is */
  problem: LessonProblem | null;
  /** what the tool has to load, and how it has to show what runs: with a new object it does so again */
  recipe: Recipe;
  spotlight: Spotlight;
};

export type LessonProblem = 'another-recipe' | 'no-text';

export type LessonAction =
  | { kind: 'go'; step: StepName }
  /** puts the step's recipe back into the tool */
  | { kind: 'load' }
  /** an experiment on the tool is over, whatever it was */
  | { kind: 'finished'; experiment: Experiment };

/** A lesson as it is opened. The tool shows its recipe already, and nothing of it has run. */
export const startLesson = ({ run }: Lesson): LessonState => ({
  step: 'predict',
  first: null,
  second: null,
  problem: null,
  recipe: run.recipe,
  spotlight: {},
});

/**
 * Takes a lesson one action further: predict → run → see → explain → check → change → make. An experiment leads on from
 * `predict` and `run` to `see`; from any other step but `change` it only replaces what is seen.
 */
export function reduceLesson(lesson: Lesson, state: LessonState, action: LessonAction): LessonState {
  const scene = state.step === 'change' ? lesson.change : lesson.run;
  switch (action.kind) {
    case 'go': {
      const recipe = action.step === 'change' ? lesson.change.recipe : state.recipe;
      return { ...state, step: action.step, problem: null, recipe };
    }
    case 'load':
      return { ...state, recipe: { ...scene.recipe }, problem: null };
    case 'finished':
      return takeIn(lesson, state, action.experiment);
  }
}

function takeIn(lesson: Lesson, state: LessonState, experiment: Experiment): LessonState {
  const changing = state.step === 'change';
  const scene = changing ? lesson.change : lesson.run;
  const waiting = changing || state.step === 'predict' || state.step === 'run';
  const problem = problemOf(scene.recipe, experiment);
  if (problem !== null) return waiting ? { ...state, problem } : state;
  const spotlight = waiting ? { ...scene.spotlight } : state.spotlight;
  if (changing) return { ...state, problem, spotlight, second: experiment };
  return { ...state, problem, spotlight, first: experiment, step: waiting ? 'see' : state.step };
}

function problemOf(recipe: Recipe, experiment: Experiment): LessonProblem | null {
  if (!sameQuestion(recipe, experiment.recipe)) return 'another-recipe';
  return experiment.runs.every(({ text }) => text === '') ? 'no-text' : null;
}
