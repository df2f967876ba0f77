'use client';

import { Check } from 'lucide-react';
import { lessonSteps } from '@/lib/session/lesson';
import { useLessonProgress } from './use-progress';

/** How far a lesson has come in this browser. */
export function LessonProgress({ slug }: { slug: string }) {
  const { done, step, prediction } = useLessonProgress(slug);
  if (done)
    return (
      <span className="ms-auto flex items-center gap-1 font-medium text-good">
        <Check aria-hidden size={16} /> done
      </span>
    );
  const place = lessonSteps.indexOf(step) + 1;
  const begun = place > 1 || prediction !== '';
  return (
    <span data-needs-script className={`ms-auto ${begun ? 'font-medium text-ink' : ''}`}>
      {begun ? `step ${place} of ${lessonSteps.length}` : 'not begun'}
    </span>
  );
}
