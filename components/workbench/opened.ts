import type { Drift } from '@/lib/api/drift';
import type { SideBySide } from '@/lib/compare/side-by-side';
import type { Recipe } from '@/lib/recipe/recipe';
import type { Experiment } from '@/lib/run/fold';
import type { SavedExperiment, SavedHead } from '@/lib/run/saved';

/** What a page opens the workbench with: the example, a lesson's recipe of which nothing has run yet, or a stored experiment. */
export type Opened =
  | { kind: 'example'; experiment: Experiment; view: SideBySide }
  | { kind: 'lesson'; experiment: Experiment; view: SideBySide }
  | {
      kind: 'saved';
      experiment: Experiment;
      view: SideBySide;
      saved: SavedHead;
      parent: SavedExperiment | null;
      drift: Drift | null;
    };

/** A recipe of which nothing has run yet, as an experiment. */
export const unrun = (recipe: Recipe): Experiment => ({ id: '', recipe, runs: [], running: false });

/** The head of an experiment that this browser has just started. */
export const freshHead = (id: string, parent: string | null): SavedHead => ({
  id,
  title: null,
  createdAt: new Date().toISOString(),
  sharedAt: null,
  parent,
  origin: 'run',
  own: true,
});
