'use client';

import { GitBranchPlus } from 'lucide-react';
import { useSession } from '@/components/session/session-context';
import { Button } from '@/components/ui/button';
import { later } from '@/components/ui/later';
import { pages } from '@/lib/api/pages';
import type { SavedHead } from '@/lib/run/saved';
import { experimentOf, headOf } from '@/lib/session/select';
import { sentences } from '@/lib/words/english';
import { sayOrigin } from '@/lib/words/origin';
import { sayMinute } from '@/lib/words/time';

const LaterActions = later(() => import('./saved-actions').then((actions) => actions.SavedActions));

/** What is stored of the experiment on the screen, and what can be done with it once it is over. */
export function SavedBar() {
  const head = useSession(headOf);
  return (
    head && (
      <section aria-label="Saved experiment" className="flex flex-col gap-1">
        <SavedActions />
        <SavedLine />
      </section>
    )
  );
}

/** What is stored of it, in a sentence. */
export function SavedLine() {
  const head = useSession(headOf);
  const running = useSession(({ on }) => on.experiment.running);
  return head && <p className="min-w-0 break-words text-dim text-fine">{sayState(head, running)}</p>;
}

/** What can be done with it; for a reader, to take it over comes first. What comes later finds its place kept. */
export function SavedActions() {
  const reading = useSession((session) => headOf(session)?.own === false);
  return (
    <div className="flex min-h-8 flex-wrap items-center gap-1 text-sm pointer-coarse:min-h-11 print:min-h-0">
      {reading && <MakeItYours />}
      <LaterActions />
    </div>
  );
}

/** Opens the same recipe as a draft of the visitor's own. */
function MakeItYours() {
  const { recipe } = useSession(experimentOf);
  async function openDraft() {
    const { recipeToFragment } = await import('@/lib/recipe/link');
    location.assign(pages.draft(await recipeToFragment(recipe)));
    if (location.pathname === pages.home) location.reload();
  }
  return (
    <Button variant="primary" onClick={openDraft}>
      <GitBranchPlus aria-hidden size={16} /> Make it yours
    </Button>
  );
}

function sayState({ createdAt, sharedAt, own, origin, deletedAfter }: SavedHead, running: boolean): string {
  const made = sentences(sayOrigin(origin), `Saved, ${sayMinute(createdAt)}.`);
  if (running) return 'Being saved as it runs.';
  if (!own) return `${made} Read-only: changes make a copy.`;
  const day = deletedAfter?.slice(0, 10);
  if (sharedAt) return `${made} Public to whoever has the link${day ? `, and deleted after ${day}` : ''}.`;
  return `${made} Private to this browser${day ? `; if it stays so, it is deleted after ${day}` : ''}.`;
}
