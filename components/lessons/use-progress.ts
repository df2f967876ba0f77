'use client';

import { useSyncExternalStore } from 'react';
import { readStored, writeStored } from '@/components/ui/stored';
import { type LessonStep, lessonSteps } from '@/lib/session/lesson';

/** What this browser remembers of a lesson. It is never sent. */
export type LessonProgress = {
  prediction: string;
  /** the option of the check that was chosen last */
  answer: number | null;
  step: LessonStep;
  /** the ids of what has run of the lesson's two recipes */
  first: string | null;
  second: string | null;
  why: string;
  done: boolean;
};

/** By the lesson's slug. */
type Progress = Record<string, LessonProgress>;

const storageKey = 'seedbed-lessons';
const noProgress: Progress = {};
const notStarted: LessonProgress = {
  prediction: '',
  answer: null,
  step: 'predict',
  first: null,
  second: null,
  why: '',
  done: false,
};

let latest: { text: string | null; progress: Progress } = { text: null, progress: noProgress };
const listeners = new Set<() => void>();

function readProgress(): Progress {
  const text = readStorage();
  if (text !== latest.text) latest = { text, progress: parseProgress(text) };
  return latest.progress;
}

/** What the browser has stored; if its storage is off, what this page remembers. */
const readStorage = (): string | null => readStored(storageKey, latest.text);

function parseProgress(text: string | null): Progress {
  try {
    const stored: unknown = JSON.parse(text ?? '{}');
    return Object.fromEntries(entriesOf(stored).map(([slug, lesson]) => [slug, readLesson(lesson)]));
  } catch {
    return noProgress;
  }
}

const entriesOf = (value: unknown): [string, unknown][] =>
  typeof value === 'object' && value !== null ? Object.entries(value) : [];

/** What was stored of a lesson, perhaps by another version: whatever is not as it must be is as at the start. */
function readLesson(value: unknown): LessonProgress {
  const stored = new Map(entriesOf(value));
  const text = (key: string) => {
    const found = stored.get(key);
    return typeof found === 'string' ? found : null;
  };
  const answer = stored.get('answer');
  return {
    prediction: text('prediction') ?? notStarted.prediction,
    answer: typeof answer === 'number' ? answer : notStarted.answer,
    step: lessonSteps.find((step) => step === stored.get('step')) ?? notStarted.step,
    first: text('first'),
    second: text('second'),
    why: text('why') ?? notStarted.why,
    done: stored.get('done') === true,
  };
}

/** What is remembered of one lesson. */
export const readLessonProgress = (slug: string): LessonProgress => readProgress()[slug] ?? notStarted;

/** Remembers a change to one lesson's progress. */
export const saveProgress = (slug: string, change: Partial<LessonProgress>): void =>
  write({ ...readProgress(), [slug]: { ...readLessonProgress(slug), ...change } });

/** Forgets all about one lesson. */
export function clearProgress(slug: string): void {
  const { [slug]: _, ...others } = readProgress();
  write(others);
}

function write(progress: Progress): void {
  const text = JSON.stringify(progress);
  writeStored(storageKey, text);
  latest = { text: readStorage() ?? text, progress };
  for (const notify of listeners) notify();
}

function subscribe(notify: () => void): () => void {
  listeners.add(notify);
  window.addEventListener('storage', notify);
  return () => {
    listeners.delete(notify);
    window.removeEventListener('storage', notify);
  };
}

/** The progress of all lessons that have been started, by slug. */
const useProgress = (): Progress => useSyncExternalStore(subscribe, readProgress, () => noProgress);

export const useLessonProgress = (slug: string): LessonProgress => useProgress()[slug] ?? notStarted;
