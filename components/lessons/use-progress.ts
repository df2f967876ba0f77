'use client';

import { useSyncExternalStore } from 'react';
import { z } from 'zod';
import { lessonSteps } from '@/lib/session/lesson';

const experimentId = z.string().nullable().default(null).catch(null);

const LessonProgress = z.object({
  prediction: z.string().default(''),
  /** the options of the check that were chosen, in their order */
  answers: z.array(z.number()).default([]).catch([]),
  step: z.enum(lessonSteps).default('predict').catch('predict'),
  /** the ids of what has run of the lesson's two recipes */
  first: experimentId,
  second: experimentId,
  why: z.string().default(''),
  done: z.boolean().default(false),
});
/** What this browser remembers of a lesson. It is never sent. */
export type LessonProgress = z.infer<typeof LessonProgress>;

/** By the lesson's slug. */
const Progress = z.record(z.string(), LessonProgress);
type Progress = z.infer<typeof Progress>;

const storageKey = 'seedbed-lessons';
const noProgress: Progress = {};
const notStarted: LessonProgress = LessonProgress.parse({});

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
    return Progress.parse(JSON.parse(text ?? '{}'));
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
const useProgress = (): Progress => useSyncExternalStore(subscribe, readProgress, () => noProgress);

export const useLessonProgress = (slug: string): LessonProgress => useProgress()[slug] ?? notStarted;
