'use client';

import { Results } from '@/components/compare/results';
import { SessionProvider, useSession } from '@/components/session/session-context';
import { SavedBar } from '@/components/share/saved-bar';
import { later, useLoadWhenIdle } from '@/components/ui/later';
import type { SideBySide } from '@/lib/compare/side-by-side';
import { headOf } from '@/lib/session/select';
import type { Opened } from '@/lib/session/session';
import { ConfirmDialog } from './confirm-dialog';
import { PageHeading } from './page-heading';
import { RecipeBar } from './recipe-bar';

const DriftTimeline = later(() => import('@/components/compare/drift-timeline').then((drift) => drift.DriftTimeline));

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
  const stored = useSession((session) => headOf(session) !== null);
  return (
    <div
      className={`mx-auto flex max-w-[240rem] flex-col gap-2 px-3 pt-1.5 pb-4 sm:px-6 ${lesson ? '' : 'max-sm:pb-40'}`}
    >
      <PageHeading />
      <RecipeBar />
      <ConfirmDialog />
      <Results initialView={initialView} saved={<SavedBar />} />
      {stored && <DriftTimeline />}
    </div>
  );
}
