'use client';

import { startTransition, useEffect, useState } from 'react';
import { api } from '@/components/api/api';
import { useDispatch, useSession } from '@/components/session/session-context';
import type { SavedExperiment } from '@/lib/run/saved';
import { readLessonProgress, saveProgress } from './use-progress';

/** Goes on where a lesson was left in this browser, and from then on keeps how far it has come. */
export function useKeptLesson(slug: string): void {
  const dispatch = useDispatch();
  const lesson = useSession((session) => session.lesson);
  const [restored, setRestored] = useState(false);

  useEffect(() => {
    let left = false;
    async function restore(): Promise<void> {
      const { step, first: firstId, second: secondId } = readLessonProgress(slug);
      const [first, second] = await Promise.all([fetchKept(firstId), fetchKept(secondId)]);
      if (left) return;
      dispatch({ kind: 'lesson-restored', step, first, second });
      startTransition(() => setRestored(true)); // the page may still be being taken over
    }
    void restore();
    return () => {
      left = true;
    };
  }, [dispatch, slug]);

  const step = lesson?.step;
  const first = lesson?.first?.id ?? null;
  const second = lesson?.second?.id ?? null;
  useEffect(() => {
    if (restored) saveProgress(slug, { step, first, second });
  }, [restored, slug, step, first, second]);
}

/** What had run; null if it had not, or is no longer stored. */
async function fetchKept(id: string | null): Promise<SavedExperiment | null> {
  if (id === null) return null;
  const answer = await api.experiment(id);
  return answer.ok ? answer.value : null;
}
