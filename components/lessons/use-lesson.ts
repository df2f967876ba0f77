'use client';

import { useEffect, useReducer, useRef } from 'react';
import type { Spotlight } from '@/components/workbench/guide';
import type { Lesson } from '@/lib/lessons/lesson';
import { sameQuestion } from '@/lib/recipe/canonical';
import type { Recipe } from '@/lib/recipe/recipe';
import type { Experiment } from '@/lib/run/fold';
import { headingOf, type StepName } from './step';

/** How far a lesson has come. `first` and `second` are what has run of its two recipes. */
type LessonState = {
  step: StepName;
  first: Experiment | null;
  second: Experiment | null;
  /** why what ran last was not what the step asks for; null if it was */
  astray: string | null;
  /** what the tool is to have loaded, and how it is to show it */
  recipe: Recipe;
  spotlight: Spotlight;
};

type LessonAction = { type: 'go'; step: StepName } | { type: 'load' } | { type: 'over'; experiment: Experiment };

const isOf = (recipe: Recipe, experiment: Experiment): boolean => sameQuestion(recipe, experiment.recipe);

const reducer =
  (lesson: Lesson) =>
  (state: LessonState, action: LessonAction): LessonState => {
    const changing = state.step === 'change';
    const scene = changing ? lesson.change : lesson.run;
    switch (action.type) {
      case 'go':
        return {
          ...state,
          step: action.step,
          astray: null,
          recipe: action.step === 'change' ? lesson.change.recipe : state.recipe,
        };
      case 'load':
        return { ...state, recipe: { ...scene.recipe }, astray: null };
      case 'over': {
        const { experiment } = action;
        const waiting = changing || state.step === 'predict' || state.step === 'run';
        if (!isOf(scene.recipe, experiment))
          return waiting ? { ...state, astray: 'That was another recipe than the lesson’s.' } : state;
        if (experiment.runs.every(({ text }) => text === ''))
          return waiting ? { ...state, astray: 'No run gave a text. Press Run again.' } : state;
        const done = { ...state, astray: null, spotlight: waiting ? { ...scene.spotlight } : state.spotlight };
        if (changing) return { ...done, second: experiment };
        return { ...done, first: experiment, step: waiting ? 'see' : state.step };
      }
    }
  };

/** A lesson as it is being done. The focus goes along only with a button of the lesson itself. */
export function useLesson(lesson: Lesson) {
  const [state, dispatch] = useReducer(reducer(lesson), {
    step: 'predict',
    first: null,
    second: null,
    astray: null,
    recipe: lesson.run.recipe,
    spotlight: noSpotlight,
  });
  const { step } = state;
  const pressed = useRef(false);
  useEffect(() => {
    if (pressed.current) document.getElementById(headingOf(step))?.focus();
    pressed.current = false;
  }, [step]);
  return {
    ...state,
    go: (next: StepName) => {
      pressed.current = true;
      dispatch({ type: 'go', step: next });
    },
    load: () => dispatch({ type: 'load' }),
    over: (experiment: Experiment) => dispatch({ type: 'over', experiment }),
  };
}

const noSpotlight: Spotlight = {};
