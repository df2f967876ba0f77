'use client';

import { useSyncExternalStore } from 'react';
import * as v from 'valibot';
import { lessonSteps } from '@/lib/session/lesson';

const experimentId = v.optional(v.fallback(v.nullable(v.string()), null), null);

const LessonProgress = v.object({
  prediction: v.optional(v.string(), ''),
  /** the options of the check that were chosen, in their order */
  answers: v.optional(v.fallback(v.array(v.number()), []), []),
  step: v.optional(v.fallback(v.picklist(lessonSteps), 'predict'), 'predict'),
  /** the ids of what has run of the lesson's two recipes */
  first: experimentId,
  second: experimentId,
  why: v.optional(v.string(), ''),
  done: v.optional(v.boolean(), false),
});
/** What this browser remembers of a lesson. It is never sent. */
export type LessonProgress = v.InferOutput<typeof LessonProgress>;

/** By the lesson's slug. */
const Progress = v.record(v.string(), LessonProgress);
type Progress = v.InferOutput<typeof Progress>;

const storageKey = 'seedbed-lessons';
const noProgress: Progress = {};
const notStarted: LessonProgress = v.parse(LessonProgress, {});

let latest: { text: string | null; progress: Progress } = { text: null, progress: noProgress };
const listeners = new Set<() => void>();

function readProgress(): Progress {
  const text = readStorage();
  if (text !== latest.text) latest = { text, progress: parseProgress(text) };
  return latest.progress;
}

/** What the browser has stored; if its storage is off, what this page remembers. */
function readStorage(): string | null {
  try {
    return localStorage.getItem(storageKey);
  } catch {
    return latest.text;
  }
}

function parseProgress(text: string | null): Progress {
  try {
    return v.parse(Progress, JSON.parse(text ?? '{}'));
  } catch {
    return noProgress;
  }
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
  try {
    localStorage.setItem(storageKey, text);
  } catch {
    // Storage is off or full: it is remembered until the page is closed.
  }
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
export const useProgress = (): Progress => useSyncExternalStore(subscribe, readProgress, () => noProgress);

export const useLessonProgress = (slug: string): LessonProgress => useProgress()[slug] ?? notStarted;
