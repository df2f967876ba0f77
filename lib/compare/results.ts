import type { Alignment } from '@/lib/compare/align/alignment';
import type { EqualityMode } from '@/lib/compare/align/equality';
import type { Group } from '@/lib/compare/align/groups';
import type { Fold } from '@/lib/compare/align/marks';
import type { Coincidence } from '@/lib/compare/measure/coincidence';
import type { Evidence } from '@/lib/compare/measure/evidence';
import type { Matrix } from '@/lib/compare/measure/matrix';
import type { SeedTest } from '@/lib/compare/measure/seed-test';
import type { TreeNode } from '@/lib/compare/measure/tree';
import type { Experiment } from '@/lib/run/fold';
import type { RunRecord } from '@/lib/run/record';
import type { SavedExperiment } from '@/lib/run/saved';
import type { Baseline, Column, Marking, SideBySide } from './side-by-side';

/*
 * What the page shows of an experiment, and how it takes in what comes. How that is worked out, in a worker, is in
 * `result-steps.ts`: the page itself need not load it.
 */

/** The views of the texts; each is a value of `?view=` in the address. */
export const views = ['columns', 'variants', 'differences', 'tree', 'matrix'] as const;
export type View = (typeof views)[number];

/**
 * How much of the columns is shown: everything; everything but long stretches that are the same in all, and columns of equal
 * texts that do not fit; or what differs.
 */
export const foldModes = ['all', 'folded', 'differences'] as const;
export type FoldMode = (typeof foldModes)[number];

/** The settings of the views. `stored` and `expected` are what the baselines of these names stand for. */
export type ViewSettings = {
  view: View;
  baseline: Baseline;
  stored: readonly RunRecord[] | null;
  expected: string;
  marking: Marking;
  foldMode: FoldMode;
  /** of the tree: whether branches join again where the words match again */
  rejoined: boolean;
  mode: EqualityMode;
  /** of the mode 'answer': a regular expression; '' for the last number in the text */
  pattern: string;
  origin: SavedExperiment['origin'];
};

/** The settings at first. */
export const defaultViewSettings: ViewSettings = {
  view: 'columns',
  baseline: 'common',
  stored: null,
  expected: '',
  marking: 'auto',
  foldMode: 'folded',
  rejoined: false,
  mode: 'exact',
  pattern: '',
  origin: 'run',
};

/** What a view shows beside the columns. */
export type ViewModel =
  | { kind: 'columns' }
  | { kind: 'variants'; groups: Group[] }
  /** `mode`: the first under which whole texts are all equal */
  | { kind: 'differences'; alignment: Alignment; mode: EqualityMode | null }
  | { kind: 'tree'; tree: TreeModel }
  | { kind: 'matrix'; matrix: Matrix };

/** The tree in which texts only part, or the graph in which they join again where their words match. */
export type TreeModel = { kind: 'branching'; root: TreeNode | null } | { kind: 'rejoined'; alignment: Alignment };

/** The figures behind the verdict. `coincidence` is null if settings vary, since a fingerprint may change with them. */
export type Figures = { evidence: Evidence; seedTest: SeedTest | null; coincidence: Coincidence | null };

export type Results = { sideBySide: SideBySide; folds: Fold[]; model: ViewModel; figures: Figures | null };

/** What is worked out, in the order in which it comes. While runs go on there are only columns. */
export type ResultStep =
  | ({ kind: 'start'; running: boolean } & Pick<Results, 'sideBySide' | 'folds'>)
  | { kind: 'columns'; columns: Column[] }
  | ({ kind: 'view' } & Pick<Results, 'model'>)
  | ({ kind: 'figures' } & Pick<Results, 'figures'>);

/**
 * The results with what a step brings. A start begins them anew; the model and figures stay until others come, unless
 * runs go on. Steps without a start before them are ignored.
 */
export function takeStep(results: Results | null, step: ResultStep): Results | null {
  if (step.kind === 'start') {
    const { running, sideBySide, folds } = step;
    return { ...(running || !results ? nothingBeside : results), sideBySide, folds };
  }
  if (!results) return null;
  switch (step.kind) {
    case 'columns': {
      const { sideBySide } = results;
      return { ...results, sideBySide: { ...sideBySide, columns: [...sideBySide.columns, ...step.columns] } };
    }
    case 'view':
      return { ...results, model: step.model };
    case 'figures':
      return { ...results, figures: step.figures };
  }
}

const nothingBeside: Pick<Results, 'model' | 'figures'> = { model: { kind: 'columns' }, figures: null };

/** The columns alone. */
export const justColumns = (sideBySide: SideBySide): Results => ({ ...nothingBeside, sideBySide, folds: [] });

/** The results of an experiment about which nothing is known yet. */
export const noResults = ({ runs }: Experiment): Results =>
  justColumns({
    verdict: { kind: 'comparing', planned: runs.length },
    baselineRun: null,
    variants: 0,
    fork: null,
    columns: [],
    marked: 'differences',
    commonest: 'one',
    littleShared: false,
    places: [],
    baseText: null,
    cards: [],
  });
