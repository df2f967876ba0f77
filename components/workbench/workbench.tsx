'use client';

import type { ReactNode } from 'react';
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

type WorkbenchProps = { opened: Opened; initialReplay?: ReactNode };

/** A page with nothing but the workbench: the example, or a permalink. */
export function Workbench({ opened, initialReplay = null }: WorkbenchProps) {
  return (
    <SessionProvider opened={opened}>
      <Tool initialView={opened.view} initialReplay={initialReplay} />
    </SessionProvider>
  );
}

type ToolProps = { initialView: SideBySide; initialReplay?: ReactNode };

/** The form, what is stored, and the results, all selected from the session around them. */
export function Tool({ initialView, initialReplay = null }: ToolProps) {
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
      <Results initialView={initialView} initialReplay={initialReplay} saved={<SavedBar />} />
      {stored && <DriftTimeline />}
    </div>
  );
}
