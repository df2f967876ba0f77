'use client';

import { Check } from 'lucide-react';
import { pages } from '@/lib/api/addresses';
import { lessons } from '@/lib/lessons/lessons';
import { useProgress } from './use-progress';

/** The lessons in order, with a mark on those that have been done in this browser. */
export function LessonList() {
  const progress = useProgress();
  return (
    <ol className="my-4 divide-y divide-hairline border-hairline border-y">
      {lessons.map(({ slug, title, learns, minutes }, index) => (
        <li key={slug} className="flex gap-3 py-3">
          <span aria-hidden className="w-6 shrink-0 text-right font-mono text-dim">
            {index + 1}
          </span>
          <div className="min-w-0 grow">
            <a href={pages.lesson(slug)} className="font-semibold text-accent underline">
              {title}
            </a>
            <p>{learns}</p>
            <p className="text-dim text-sm">{minutes} minutes</p>
          </div>
          {progress[slug]?.done && (
            <span className="flex shrink-0 items-center gap-1 self-start text-good text-sm">
              <Check aria-hidden size={16} /> done
            </span>
          )}
        </li>
      ))}
    </ol>
  );
}
