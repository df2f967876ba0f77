import type { Experiment } from '@/lib/run/fold';
import type { RunRecord } from '@/lib/run/record';
import type { SavedExperiment } from '@/lib/run/saved';
import { apparatus, type Site } from './apparatus';
import { type Coincidence, coincidence } from './coincidence';
import { isComparable } from './comparable';
import { type Evidence, evidence } from './evidence';
import { type Group, groupTexts } from './groups';
import { groupByRung, type Rung, type RungOptions, readPattern } from './ladder';
import { type Matrix, similarityMatrix } from './matrix';
import { type SeedTest, seedTest } from './seed-test';
import { type Baseline, type SideBySide, sideBySide } from './side-by-side';
import { prefixTree, type TreeNode } from './tree';
import { describeRuns } from './verdict';

/** Ways to look at the texts; each is a value of `?view=` in the address. */
export const views = ['columns', 'variants', 'differences', 'tree', 'matrix'] as const;
export type View = (typeof views)[number];

/** How somebody looks at an experiment. `stored` are the runs that the baseline 'stored' means. */
export type Looking = {
  view: View;
  baseline: Baseline;
  stored: readonly RunRecord[] | null;
  rung: Rung;
  /** of the rung 'answer': a regular expression; '' for the last number in the text */
  pattern: string;
  origin: SavedExperiment['origin'];
};

/** What a view shows beside the columns. */
export type ViewModel =
  | { view: 'columns' }
  | { view: 'variants'; groups: Group[] }
  | { view: 'differences'; sites: Site[]; runs: number }
  | { view: 'tree'; root: TreeNode | null }
  | { view: 'matrix'; matrix: Matrix };

/** The figures behind the verdict. A fingerprint may change with the settings: of varied ones nothing is said. */
export type Figures = { evidence: Evidence; seedTest: SeedTest | null; coincidence: Coincidence | null };

export type Results = { sideBySide: SideBySide; model: ViewModel; figures: Figures | null };

/**
 * Everything that the page shows of an experiment. While it runs there are columns only: what is provisional is not
 * grouped. Verdict and letters are those of the rung; marks are always those of the exact texts. `columnsOf` may be one
 * that remembers what it was last asked (`followSideBySide`), for texts that grow.
 */
export function results(experiment: Experiment, looking: Looking, columnsOf = sideBySide): Results {
  const { view, baseline, stored, rung } = looking;
  // Only columns say against which text they are marked; the cards of variants are marked against the most common one.
  const columns = columnsOf(experiment, view === 'columns' || experiment.running ? baseline : 'common', stored ?? []);
  if (experiment.running) return { sideBySide: columns, model: { view: 'columns' }, figures: null };
  const texts = experiment.runs.filter(isComparable);
  return {
    sideBySide: rung === 'exact' ? columns : onRung(columns, experiment, looking),
    model: modelOf(view, texts),
    figures: figuresOf(experiment, looking),
  };
}

function modelOf(view: View, texts: Parameters<typeof groupTexts>[0]): ViewModel {
  switch (view) {
    case 'columns':
      return { view };
    case 'variants':
      return { view, groups: groupTexts(texts) };
    case 'differences':
      return { view, sites: apparatus(texts), runs: texts.length };
    case 'tree':
      return { view, root: prefixTree(texts) };
    case 'matrix':
      return { view, matrix: similarityMatrix(texts) };
  }
}

/** A pattern that cannot be used counts as none: the form that takes it says what is wrong with it. */
function optionsOf({ pattern }: Looking): RungOptions {
  const read = pattern.trim() === '' ? null : readPattern(pattern);
  return read?.ok ? { answer: read.answer } : {};
}

function onRung(columns: SideBySide, { recipe, runs }: Experiment, looking: Looking): SideBySide {
  const { rung } = looking;
  const groups = groupByRung(runs.filter(isComparable), rung, optionsOf(looking));
  const letters = new Map(groups.flatMap((group) => group.runs.map((run) => [run, group.letter])));
  return {
    ...columns,
    verdict: describeRuns(recipe, runs, rung, optionsOf(looking)),
    variants: groups.length,
    columns: columns.columns.map((column) => ({ ...column, letter: letters.get(column.run) ?? null })),
  };
}

function figuresOf({ recipe, runs }: Experiment, looking: Looking): Figures {
  const { rung, origin } = looking;
  const options = optionsOf(looking);
  return {
    evidence: evidence(recipe, runs, { ...options, rung, origin }),
    seedTest: seedTest(recipe, runs),
    coincidence: recipe.arms ? null : coincidence(runs, rung, options),
  };
}
