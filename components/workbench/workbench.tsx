'use client';

import { DriftTimeline } from '@/components/compare/drift-timeline';
import { Results } from '@/components/compare/results';
import { SessionProvider, useSession } from '@/components/session/session-context';
import { DeletionByLink } from '@/components/share/deletion-by-link';
import { SavedBar, SavedLine } from '@/components/share/saved-bar';
import type { SideBySide } from '@/lib/compare/side-by-side';
import { isReading } from '@/lib/session/select';
import type { Opened } from '@/lib/session/session';
import { ConfirmDialog } from './confirm-dialog';
import { PageHeading } from './page-heading';
import { Problem, RecipeBar } from './recipe-bar';
import { ShownRecipe } from './shown-recipe';

/** A page with nothing but the workbench: the example, or a permalink. */
export function Workbench({ opened }: { opened: Opened }) {
  return (
    <SessionProvider opened={opened}>
      <Tool initialView={opened.view} />
    </SessionProvider>
  );
}

/**
 * The form, what is stored, and the results, all selected from the session around them. Whoever reads what somebody else has
 * shared finds the results first, and below them the recipe, as it was.
 */
export function Tool({ initialView }: { initialView: SideBySide }) {
  const reading = useSession(isReading);
  const lesson = useSession(({ page }) => page === 'lesson');
  // On a phone the form stands at the bottom, over the page.
  const room = reading || lesson ? '' : 'max-sm:pb-40';
  return (
    <div className={`mx-auto flex max-w-[240rem] flex-col gap-2 px-3 pt-1.5 pb-4 sm:px-6 ${room}`}>
      <PageHeading />
      {reading ? <Problem /> : <RecipeBar />}
      <ConfirmDialog />
      <Results initialView={initialView} saved={reading ? <SavedLine /> : <SavedBar />} />
      {reading && <ShownRecipe />}
      <DriftTimeline />
      <DeletionByLink />
    </div>
  );
}
