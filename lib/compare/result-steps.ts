import { alignTexts } from '@/lib/compare/align/alignment';
import {
  type EqualityMode,
  type EqualityOptions,
  firstEqualMode,
  groupByEquality,
  parsePattern,
} from '@/lib/compare/align/equality';
import { groupTexts } from '@/lib/compare/align/groups';
import type { Fold, Folding } from '@/lib/compare/align/marks';
import { foldsOf, placesOf } from '@/lib/compare/align/places';
import { splitWords } from '@/lib/compare/align/words';
import { coincidence } from '@/lib/compare/measure/coincidence';
import { isComparable } from '@/lib/compare/measure/comparable';
import { evidence } from '@/lib/compare/measure/evidence';
import { judgeExpected } from '@/lib/compare/measure/expected';
import { areAlike } from '@/lib/compare/measure/ground';
import { judgeRuns } from '@/lib/compare/measure/judge';
import { similarityMatrix } from '@/lib/compare/measure/matrix';
import { seedTest } from '@/lib/compare/measure/seed-test';
import { prefixTree } from '@/lib/compare/measure/tree';
import { amongThemselves, type Verdict } from '@/lib/compare/measure/verdict';
import type { Experiment } from '@/lib/run/fold';
import {
  type Figures,
  type FoldMode,
  noResults,
  type ResultStep,
  type Results,
  takeStep,
  type ViewModel,
  type ViewSettings,
} from './results';
import { type Against, type SideBySide, sideBySide } from './side-by-side';

const foldings: Record<FoldMode, Folding | null> = {
  all: null,
  folded: { minWords: 40, context: 8 },
  differences: { minWords: 8, context: 3 },
};

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

/** All that is worked out of runs that are over, at once. */
export function resultsOf(experiment: Experiment, viewSettings: ViewSettings): Results {
  return [...resultSteps(experiment, viewSettings)].reduce<Results | null>(takeStep, null) ?? noResults(experiment);
}

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

/**
 * The strip over any view is of the columns, and leads to places in them. Only the cards of variants are marked themselves:
 * against the most common text, since there is no choice beside them.
 */
function againstOf({ view, baseline, marking, expected, stored }: ViewSettings, running: boolean): Against {
  if (view === 'variants' && !running) return { baseline: 'common', marking };
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
