'use client';

import { DriftTimeline } from '@/components/compare/drift-timeline';
import { Results } from '@/components/compare/results';
import { SessionProvider, useSession } from '@/components/session/session-context';
import { SavedBar } from '@/components/share/saved-bar';
import { useLoadWhenIdle } from '@/components/ui/later';
import type { SideBySide } from '@/lib/compare/side-by-side';
import type { Opened } from '@/lib/session/session';
import { ConfirmDialog } from './confirm-dialog';
import { PageHeading } from './page-heading';
import { RecipeBar } from './recipe-bar';

/** A page with nothing but the workbench: the example, or a permalink. */
export function Workbench({ opened }: { opened: Opened }) {
  return (
    <SessionProvider opened={opened}>
      <Tool initialView={opened.view} />
    </SessionProvider>
  );
}

/** The form, what is stored, and the results, all selected from the session around them. */
export function Tool({ initialView }: { initialView: SideBySide }) {
  useLoadWhenIdle();
  const lesson = useSession(({ page }) => page === 'lesson');
  return (
    <div
      className={`mx-auto flex max-w-[240rem] flex-col gap-2 px-3 pt-1.5 pb-4 sm:px-6 ${lesson ? '' : 'max-sm:pb-40'}`}
    >
      <PageHeading />
      <RecipeBar />
      <ConfirmDialog />
      <Results initialView={initialView} saved={<SavedBar />} />
      <DriftTimeline />
    </div>
  );
}
