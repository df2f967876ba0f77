'use client';

import { useSyncExternalStore } from 'react';
import { z } from 'zod';

const Kept = z.object({
  prediction: z.string().default(''),
  why: z.string().default(''),
  done: z.boolean().default(false),
});
/** What this browser remembers of a lesson. It is never sent. */
export type Kept = z.infer<typeof Kept>;

const Progress = z.record(z.string(), Kept);
type Progress = z.infer<typeof Progress>;

const key = 'seedbed-lessons';
const nothing: Progress = {};
const untouched: Kept = Kept.parse({});

let known: { text: string | null; progress: Progress } = { text: null, progress: nothing };
const watchers = new Set<() => void>();

function read(): Progress {
  const text = storedText();
  if (text !== known.text) known = { text, progress: parse(text) };
  return known.progress;
}

/** What the browser has stored; if it stores nothing, what this page knows. */
function storedText(): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return known.text;
  }
}

function parse(text: string | null): Progress {
  try {
    return Progress.parse(JSON.parse(text ?? '{}'));
  } catch {
    return nothing;
  }
}

/** Keeps what is new of one lesson. */
export function keep(slug: string, change: Partial<Kept>): void {
  const before = read();
  const progress = { ...before, [slug]: { ...(before[slug] ?? untouched), ...change } };
  const text = JSON.stringify(progress);
  try {
    localStorage.setItem(key, text);
  } catch {
    // Storage is off or full: it is remembered until the page is closed.
  }
  known = { text: storedText() ?? text, progress };
  for (const tell of watchers) tell();
}

function watch(tell: () => void): () => void {
  watchers.add(tell);
  window.addEventListener('storage', tell);
  return () => {
    watchers.delete(tell);
    window.removeEventListener('storage', tell);
  };
}

/** What is kept of each lesson, by slug. */
export const useProgress = (): Progress => useSyncExternalStore(watch, read, () => nothing);

export const useKept = (slug: string): Kept => useProgress()[slug] ?? untouched;
