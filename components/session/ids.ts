import type { Shown } from '@/lib/session/effects';
import type { LessonStep } from '@/lib/session/lesson';
import type { Field } from '@/lib/session/problem';

/** Ids of the form's controls that differ from the field's name. (The id of "other.seed" is "other-seed".) */
const otherIds: Partial<Record<Field, string>> = {
  provider: 'model',
  vary: 'seed',
  dispatch: 'prompt',
  logprobs: 'prompt',
};

/** The id of the control that shows a field of the form. */
export const fieldId = (field: Field): string => otherIds[field] ?? field.replace('.', '-');

/** The id of a part of the page that can be scrolled to. */
export const shownId = (part: Shown): string => part;

/** The id of the heading of a lesson's step. */
export const lessonStepId = (step: LessonStep): string => `step-${step}`;
