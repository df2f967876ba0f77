'use client';

import { useEffect, useReducer, useRef } from 'react';
import type { Lesson } from '@/lib/lessons/lesson';
import {
  type LessonAction,
  type LessonState,
  reduceLesson,
  type StepName,
  startLesson,
} from '@/lib/lessons/lesson-state';
import type { Experiment } from '@/lib/run/fold';
import { headingOf } from './step';

/** A lesson as it is being done. Only a button of the lesson itself takes the focus along to the next step. */
export function useLesson(lesson: Lesson) {
  const [state, dispatch] = useReducer(
    (before: LessonState, action: LessonAction) => reduceLesson(lesson, before, action),
    lesson,
    startLesson,
  );
  const { step } = state;
  const pressed = useRef(false);
  useEffect(() => {
    if (pressed.current) document.getElementById(headingOf(step))?.focus();
    pressed.current = false;
  }, [step]);
  function go(next: StepName) {
    pressed.current = true;
    dispatch({ kind: 'go', step: next });
  }
  return {
    state,
    go,
    load: () => dispatch({ kind: 'load' }),
    finish: (experiment: Experiment) => dispatch({ kind: 'finished', experiment }),
  };
}
