'use client';

import type { ReactNode } from 'react';
import { shownId } from '@/components/session/ids';
import { useSession } from '@/components/session/session-context';
import { later, useLoadWhenIdle } from '@/components/ui/later';
import { plan } from '@/lib/recipe/plan';
import type { Recipe } from '@/lib/recipe/recipe';
import { headOf, isReading, isRunning, shownExperiment } from '@/lib/session/select';
import { counted } from '@/lib/words/english';
import { PageHeading } from './page-heading';
import { Problem, RecipeBar } from './recipe-bar';
import { ShownRecipe } from './shown-recipe';

const Dialogs = later(() => import('./dialogs').then((dialogs) => dialogs.Dialogs));
const DriftTimeline = later(() => import('@/components/compare/drift-timeline').then((drift) => drift.DriftTimeline));

type ToolProps = {
  results: ReactNode;
  /** what the server says of what the recipe asks */
  initialAsked?: ReactNode;
  /** what else there is to look at, until something has run */
  more?: ReactNode;
};

/**
 * The form, and below it the results, once something has run; all selected from the session around them. Whoever reads what
 * somebody else has shared finds the results first, and below them the recipe, as it was.
 */
export function Tool({ results, initialAsked, more }: ToolProps) {
  useLoadWhenIdle();
  const reading = useSession(isReading);
  const lesson = useSession(({ page }) => page === 'lesson');
  const untouched = useSession((session) => session.on.kind === 'example' && !isRunning(session));
  const stored = useSession((session) => headOf(session) !== null);
  const { recipe, runs, running } = useSession(shownExperiment);
  // On a phone the form stands at the bottom, over the page; in a wide window its fields may stand at the side.
  const [room, side] = reading || lesson ? ['', ''] : ['max-sm:pb-40', 'min-[105rem]:[:root[data-rail]_&]:ps-84'];
  return (
    <div className={`mx-auto flex max-w-[240rem] flex-col gap-2 px-3 pt-1.5 pb-4 max-sm:pt-0 sm:px-6 ${room}`}>
      <PageHeading />
      <div className={`relative flex flex-col gap-2 max-sm:gap-1 ${side}`}>
        {reading ? <Problem /> : <RecipeBar />}
        <Dialogs />
        {runs.length === 0 && !running ? <NothingYet recipe={recipe} /> : results}
        {reading && <ShownRecipe initial={initialAsked ?? null} />}
        {stored && <DriftTimeline />}
        {untouched && more}
      </div>
    </div>
  );
}

/** Before the first run of a recipe that was opened without results. */
function NothingYet({ recipe }: { recipe: Recipe }) {
  return (
    <section
      id={shownId('results')}
      aria-label="Results"
      tabIndex={-1}
      className="rounded-md border border-control border-dashed px-3 py-8 text-center outline-none"
    >
      Nothing has run yet. Press Run to make {counted(plan(recipe).length, 'run')}.
    </section>
  );
}
