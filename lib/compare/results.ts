import type { Experiment } from '@/lib/run/fold';
import type { RunRecord } from '@/lib/run/record';
import type { SavedExperiment } from '@/lib/run/saved';
import { alignedWith, type DifferencesFrom } from './apparatus';
import { type Coincidence, coincidence } from './coincidence';
import { type Collation, collate } from './collation';
import { isComparable } from './comparable';
import { type Evidence, evidence } from './evidence';
import { describeExpected } from './expected';
import { type Group, groupTexts, type RunText } from './groups';
import { groupByRung, type Rung, type RungOptions, readPattern, whichRung } from './ladder';
import { type Fold, type Folding, foldsOf, placesOf } from './marks';
import { type Matrix, similarityMatrix } from './matrix';
import { type SeedTest, seedTest } from './seed-test';
import { type Against, type Baseline, type Marking, type SideBySide, sideBySide } from './side-by-side';
import { prefixTree, type TreeNode } from './tree';
import { describeRuns, type Verdict } from './verdict';
import { joinPieces, splitWords } from './words';

/** Ways to look at the texts; each is a value of `?view=` in the address. */
export const views = ['columns', 'variants', 'differences', 'tree', 'matrix'] as const;
export type View = (typeof views)[number];

/** How much of the columns is shown: everything, or without long stretches that are the same in all, or what differs. */
export const readings = ['all', 'folded', 'differences'] as const;
export type Reading = (typeof readings)[number];

const foldings: Record<Reading, Folding | null> = {
  all: null,
  folded: { least: 40, context: 8 },
  differences: { least: 8, context: 3 },
};

/** How somebody looks at an experiment. `stored` and `expected` are what the baselines of these names mean. */
export type Looking = {
  view: View;
  baseline: Baseline;
  stored: readonly RunRecord[] | null;
  expected: string;
  marking: Marking;
  reading: Reading;
  /** of the tree: whether branches join again where the words match again */
  rejoined: boolean;
  rung: Rung;
  /** of the rung 'answer': a regular expression; '' for the last number in the text */
  pattern: string;
  origin: SavedExperiment['origin'];
};

/** How somebody looks at first. */
export const firstLook: Looking = {
  view: 'columns',
  baseline: 'common',
  stored: null,
  expected: '',
  marking: 'auto',
  reading: 'folded',
  rejoined: false,
  rung: 'exact',
  pattern: '',
  origin: 'run',
};

/** What a view shows beside the columns. */
export type ViewModel =
  | { view: 'columns' }
  | { view: 'variants'; groups: Group[] }
  /** `rung`: the first on which whole texts are all equal */
  | { view: 'differences'; collation: Collation; rung: Rung | null }
  | { view: 'tree'; shape: 'branching'; root: TreeNode | null }
  | { view: 'tree'; shape: 'rejoined'; collation: Collation }
  | { view: 'matrix'; matrix: Matrix };

/** The figures behind the verdict. A fingerprint may change with the settings: of varied ones nothing is said. */
export type Figures = { evidence: Evidence; seedTest: SeedTest | null; coincidence: Coincidence | null };

export type Results = { sideBySide: SideBySide; folds: Fold[]; model: ViewModel; figures: Figures | null };

/**
 * Everything that the page shows of an experiment: `columnResults`, then the view's model and the figures, which take
 * longer. Verdict and letters are those of the rung; marks are always those of the exact texts.
 */
export function results(experiment: Experiment, looking: Looking): Results {
  const columns = columnResults(experiment, looking);
  return {
    ...columns,
    model: modelOf(experiment, looking, columns.sideBySide),
    figures: figuresOf(experiment, looking),
  };
}

/**
 * The columns with the verdict. `columnsOf` may be one that remembers what it was last asked (`followSideBySide`), for
 * texts that grow.
 */
export function columnResults(
  experiment: Experiment,
  looking: Looking,
  columnsOf = sideBySide,
): Pick<Results, 'sideBySide' | 'folds'> {
  const columns = columnsOf(experiment, againstOf(looking, experiment.running));
  if (experiment.running) return { sideBySide: columns, folds: [] };
  const folding = columns.marked === 'differences' ? foldings[looking.reading] : null;
  const folds = folding && columns.baseText !== null ? foldsIn(columns.baseText, columns, folding) : [];
  const onItsRung = looking.rung === 'exact' ? columns : onRung(columns, experiment, looking);
  return { sideBySide: { ...onItsRung, verdict: verdictOf(onItsRung, experiment, looking) }, folds };
}

/** What no column is marked in, not even one that is unlike all others. */
function foldsIn(baseText: string, { columns }: SideBySide, folding: Folding): Fold[] {
  const base = splitWords(baseText);
  return foldsOf(base, placesOf(base, new Set(columns.map(({ parts }) => parts))), folding);
}

/** Only columns say against which text they are marked; the cards of variants are marked against the most common one. */
function againstOf({ view, baseline, marking, expected, stored }: Looking, running: boolean): Against {
  if (view !== 'columns' && !running) return { baseline: 'common', marking: 'differences' };
  return { baseline, marking, expected, stored: stored ?? [] };
}

/** Held against a text that somebody expects, how many runs give it comes first. */
function verdictOf({ verdict }: SideBySide, { runs }: Experiment, looking: Looking): Verdict {
  if (looking.baseline !== 'expected' || looking.expected === '') return verdict;
  return describeExpected(verdict, runs, looking.expected, looking.rung, optionsOf(looking));
}

/** What the view shows beside the columns that it has. While an experiment runs there is nothing but columns. */
export function modelOf({ runs, running }: Experiment, looking: Looking, columns: SideBySide): ViewModel {
  const { view } = looking;
  const texts = runs.filter(isComparable);
  if (running) return { view: 'columns' };
  switch (view) {
    case 'columns':
      return { view };
    case 'variants':
      return { view, groups: groupTexts(texts) };
    case 'differences':
      return {
        view,
        collation: collate(texts, differencesIn(columns, texts)),
        rung: rungOf(texts, looking),
      };
    case 'tree':
      return looking.rejoined
        ? { view, shape: 'rejoined', collation: collate(texts, differencesIn(columns, texts)) }
        : { view, shape: 'branching', root: prefixTree(texts) };
    case 'matrix':
      return { view, matrix: similarityMatrix(texts) };
  }
}

/** The differences from the most common text, as its columns have them: no text is aligned with it a second time. */
function differencesIn({ columns, baseText }: SideBySide, texts: readonly RunText[]): DifferencesFrom {
  const parts = new Map(columns.map((column) => [column.run, column.parts]));
  const known = new Map(texts.map(({ run, text }) => [text, parts.get(run)]));
  return (base) =>
    joinPieces(base) === baseText ? (text) => known.get(text) ?? alignedWith(base)(text) : alignedWith(base);
}

/** The first rung on which all texts are equal. An answer is one only where somebody looks for it: any texts may end in 3. */
function rungOf(texts: readonly { text: string }[], looking: Looking): Rung | null {
  const found = whichRung(
    texts.map(({ text }) => text),
    optionsOf(looking),
  );
  return found === 'answer' && looking.rung !== 'answer' ? null : found;
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

/** The figures behind the verdict; null while the experiment runs. */
export function figuresOf({ recipe, runs, running }: Experiment, looking: Looking): Figures | null {
  if (running) return null;
  const { rung, origin } = looking;
  const options = optionsOf(looking);
  return {
    evidence: evidence(recipe, runs, { ...options, rung, origin }),
    seedTest: seedTest(recipe, runs),
    coincidence: recipe.arms ? null : coincidence(runs, rung, options),
  };
}
