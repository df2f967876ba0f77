'use client';

import { useSession } from '@/components/session/session-context';
import { later } from '@/components/ui/later';
import { headOf, isReading } from '@/lib/session/select';

export const SavedLine = later(() => import('./saved-line').then((line) => line.SavedLine));
const LaterActions = later(() => import('./saved-actions').then((actions) => actions.SavedActions));

/** What can be done with the experiment on the screen once it is stored and over; for a reader that stands below the recipe. */
export function SavedBar() {
  const stored = useSession((session) => headOf(session) !== null && !isReading(session));
  return (
    stored && (
      <section aria-label="Saved experiment" className="sm:ms-auto xl:shrink-0">
        <SavedActions />
      </section>
    )
  );
}

/** What can be done with it, which comes later and finds its place kept. */
export function SavedActions() {
  return (
    <div className="flex min-h-8 flex-wrap items-center gap-1 text-sm pointer-coarse:min-h-11 print:min-h-0">
      <LaterActions />
    </div>
  );
}
