import { type Alignment, alignTexts } from '@/lib/compare/align/alignment';
import {
  type EqualityMode,
  type EqualityOptions,
  firstEqualMode,
  groupByEquality,
  parsePattern,
} from '@/lib/compare/align/equality';
import { type Group, groupTexts } from '@/lib/compare/align/groups';
import { type Fold, type Folding, foldsOf, placesOf } from '@/lib/compare/align/marks';
import { splitWords } from '@/lib/compare/align/words';
import { type Coincidence, coincidence } from '@/lib/compare/measure/coincidence';
import { isComparable } from '@/lib/compare/measure/comparable';
import { type Evidence, evidence } from '@/lib/compare/measure/evidence';
import { judgeExpected } from '@/lib/compare/measure/expected';
import { areAlike } from '@/lib/compare/measure/ground';
import { type Matrix, similarityMatrix } from '@/lib/compare/measure/matrix';
import { type SeedTest, seedTest } from '@/lib/compare/measure/seed-test';
import { prefixTree, type TreeNode } from '@/lib/compare/measure/tree';
import { amongThemselves, judgeRuns, type Verdict } from '@/lib/compare/measure/verdict';
import type { Experiment } from '@/lib/run/fold';
import type { RunRecord } from '@/lib/run/record';
import type { SavedExperiment } from '@/lib/run/saved';
import { type Against, type Baseline, type Column, type Marking, type SideBySide, sideBySide } from './side-by-side';

/** The views of the texts; each is a value of `?view=` in the address. */
export const views = ['columns', 'variants', 'differences', 'tree', 'matrix'] as const;
export type View = (typeof views)[number];

/** How much of the columns is shown: everything, everything but long stretches that are the same in all, or what differs. */
export const foldModes = ['all', 'folded', 'differences'] as const;
export type FoldMode = (typeof foldModes)[number];

const foldings: Record<FoldMode, Folding | null> = {
  all: null,
  folded: { minWords: 40, context: 8 },
  differences: { minWords: 8, context: 3 },
};

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
type ViewModel =
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

/** Columns in one step: as many as the page can draw without a long task. */
const columnsAtOnce = 50;

/**
 * Everything that the page shows of an experiment, step by step: the verdict and the first columns, the other columns, then
 * the view's model and the figures, which take longer. Verdict and letters are those of the mode; marks are always those
 * of the exact texts. For texts that grow, `columnsOf` may be `followSideBySide`, which remembers
 * the columns that it worked out last.
 */
export function* resultSteps(
  experiment: Experiment,
  viewSettings: ViewSettings,
  columnsOf = sideBySide,
): Generator<ResultStep> {
  const { sideBySide, folds } = columnResults(experiment, viewSettings, columnsOf);
  const { columns } = sideBySide;
  const first = { ...sideBySide, columns: columns.slice(0, columnsAtOnce) };
  yield { kind: 'start', running: experiment.running, sideBySide: first, folds };
  for (let at = columnsAtOnce; at < columns.length; at += columnsAtOnce)
    yield { kind: 'columns', columns: columns.slice(at, at + columnsAtOnce) };
  if (experiment.running) return;
  yield { kind: 'view', model: modelOf(experiment, viewSettings) };
  yield { kind: 'figures', figures: figuresOf(experiment, viewSettings, sideBySide.verdict) };
}

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

/** All that is worked out of runs that are over, at once. */
export function resultsOf(experiment: Experiment, viewSettings: ViewSettings): Results {
  return [...resultSteps(experiment, viewSettings)].reduce<Results | null>(takeStep, null) ?? noResults(experiment);
}

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
  });

/** The columns with the verdict. */
function columnResults(
  experiment: Experiment,
  viewSettings: ViewSettings,
  columnsOf: typeof sideBySide,
): Pick<Results, 'sideBySide' | 'folds'> {
  const columns = columnsOf(experiment, againstOf(viewSettings, experiment.running));
  if (experiment.running) return { sideBySide: columns, folds: [] };
  const folding = columns.marked === 'differences' ? foldings[viewSettings.foldMode] : null;
  const folds = folding && columns.baseText !== null ? foldsIn(columns.baseText, columns, folding) : [];
  const regrouped = viewSettings.mode === 'exact' ? columns : onMode(columns, experiment, viewSettings);
  return { sideBySide: { ...regrouped, verdict: verdictOf(regrouped, experiment, viewSettings) }, folds };
}

/** The stretches in which no column is marked, not even one that is unlike all others. */
function foldsIn(baseText: string, { columns }: SideBySide, folding: Folding): Fold[] {
  const base = splitWords(baseText);
  return foldsOf(base, placesOf(base, new Set(columns.map(({ parts }) => parts))), folding);
}

/** Only the columns have a choice of baseline; the cards of variants are marked against the most common text. */
function againstOf({ view, baseline, marking, expected, stored }: ViewSettings, running: boolean): Against {
  if (view !== 'columns' && !running) return { baseline: 'common', marking: 'differences' };
  return { baseline, marking, expected, stored: stored ?? [] };
}

/** With an expected text, the verdict begins with how many runs give it. */
function verdictOf({ verdict }: SideBySide, { recipe, runs }: Experiment, viewSettings: ViewSettings): Verdict {
  const { baseline, expected, mode } = viewSettings;
  if (baseline !== 'expected' || expected === '') return verdict;
  return judgeExpected(recipe, runs, expected, mode, optionsOf(viewSettings));
}

/** What the view shows beside the columns. */
function modelOf({ runs }: Experiment, viewSettings: ViewSettings): ViewModel {
  const { view } = viewSettings;
  const texts = runs.filter(isComparable);
  switch (view) {
    case 'columns':
      return { kind: view };
    case 'variants':
      return { kind: view, groups: groupTexts(texts) };
    case 'differences':
      return { kind: view, alignment: alignTexts(groupTexts(texts)), mode: modeOf(texts, viewSettings) };
    case 'tree':
      return {
        kind: view,
        tree: viewSettings.rejoined
          ? { kind: 'rejoined', alignment: alignTexts(groupTexts(texts)) }
          : { kind: 'branching', root: prefixTree(texts) },
      };
    case 'matrix':
      return { kind: view, matrix: similarityMatrix(texts) };
  }
}

/** The first mode under which all texts are equal. 'answer' counts only if it is the mode in force: any texts may end in 3. */
function modeOf(texts: readonly { text: string }[], viewSettings: ViewSettings): EqualityMode | null {
  const found = firstEqualMode(
    texts.map(({ text }) => text),
    optionsOf(viewSettings),
  );
  return found === 'answer' && viewSettings.mode !== 'answer' ? null : found;
}

/** A pattern that cannot be used counts as none: the form says what is wrong with it. */
function optionsOf({ pattern }: ViewSettings): EqualityOptions {
  const read = pattern.trim() === '' ? null : parsePattern(pattern);
  return read?.ok ? { answer: read.value } : {};
}

function onMode(columns: SideBySide, { recipe, runs }: Experiment, viewSettings: ViewSettings): SideBySide {
  const { mode } = viewSettings;
  const groups = groupByEquality(runs.filter(isComparable), mode, optionsOf(viewSettings));
  const letters = new Map(groups.flatMap((group) => group.runs.map((run) => [run, group.letter])));
  return {
    ...columns,
    verdict: judgeRuns(recipe, runs, mode, optionsOf(viewSettings)),
    variants: groups.length,
    columns: columns.columns.map((column) => ({ ...column, letter: letters.get(column.run) ?? null })),
  };
}

/** The figures behind the verdict. */
function figuresOf({ recipe, runs }: Experiment, viewSettings: ViewSettings, verdict: Verdict): Figures {
  const { mode, origin } = viewSettings;
  const options = optionsOf(viewSettings);
  const among = amongThemselves(verdict);
  return {
    evidence: evidence(runs, { ...options, mode, origin, alike: among !== null && areAlike(among.ground) }),
    seedTest: seedTest(recipe, runs),
    coincidence: recipe.arms ? null : coincidence(runs, mode, options),
  };
}
