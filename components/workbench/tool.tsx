'use client';

import type { ReactNode } from 'react';
import { useSession } from '@/components/session/session-context';
import { later, useLoadWhenIdle } from '@/components/ui/later';
import { plan } from '@/lib/recipe/plan';
import type { Recipe } from '@/lib/recipe/recipe';
import { headOf, shownExperiment } from '@/lib/session/select';
import { counted } from '@/lib/words/english';
import { ConfirmDialog } from './confirm-dialog';
import { PageHeading } from './page-heading';
import { RecipeBar } from './recipe-bar';

const DriftTimeline = later(() => import('@/components/compare/drift-timeline').then((drift) => drift.DriftTimeline));

/** The form, and below it the results, once something has run; all selected from the session around them. */
export function Tool({ results }: { results: ReactNode }) {
  useLoadWhenIdle();
  const lesson = useSession(({ page }) => page === 'lesson');
  const stored = useSession((session) => headOf(session) !== null);
  const { recipe, runs } = useSession(shownExperiment);
  return (
    <div
      className={`mx-auto flex max-w-[240rem] flex-col gap-2 px-3 pt-1.5 pb-4 sm:px-6 ${lesson ? '' : 'max-sm:pb-40'}`}
    >
      <PageHeading />
      <RecipeBar />
      <ConfirmDialog />
      {runs.length === 0 ? <NothingYet recipe={recipe} /> : results}
      {stored && <DriftTimeline />}
    </div>
  );
}

/** Before the first run of a recipe that was opened without results. */
function NothingYet({ recipe }: { recipe: Recipe }) {
  return (
    <section
      id="results"
      aria-label="Results"
      tabIndex={-1}
      className="rounded-md border border-control border-dashed px-3 py-8 text-center outline-none"
    >
      Nothing has run yet. Press Run to make {counted(plan(recipe).length, 'run')}.
    </section>
  );
}
