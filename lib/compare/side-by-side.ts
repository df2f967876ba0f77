import type { Experiment } from '@/lib/run/fold';
import { isOver, type RunRecord } from '@/lib/run/record';
import { isComparable } from './comparable';
import { differenceFrom, growingDifference, type Part } from './diff';
import { findFork } from './divergence';
import { cutAtFrontier, type Reached } from './frontier';
import { type Group, groupTexts } from './groups';
import { describeProgress, describeRuns, type Verdict } from './verdict';
import { joinPieces, splitWords } from './words';

/** Which text the others are held against: the most common one, that of a run, or for each run the stored one of its number. */
export type Baseline = 'common' | 'stored' | number;

/** One run as a column: its text in parts, what may not be compared yet, and who else says the same. */
export type Column = {
  run: number;
  parts: Part[];
  beyond: string;
  /** letter of the variant; null while running, or if the run is left out */
  letter: string | null;
  /** the first run with the very same text, if that is another one */
  sameAs: number | null;
};

export type SideBySide = {
  verdict: Verdict;
  baselineRun: number | null;
  variants: number;
  /** where the compared texts first part: the word, and the offset in UTF-16 units, which is the same in all of them */
  fork: { word: number; offset: number } | null;
  columns: Column[];
};

/**
 * Everything the columns show, derived from an experiment. While it runs, marks end where the slowest run is; when it
 * is over, runs that are left out of the verdict (stopped, failed midway) are still marked as far as they came. `stored`
 * are the runs that the baseline 'stored' means; against one that is not there, a run has no marks.
 */
export function sideBySide(experiment: Experiment, baseline: Baseline, stored: readonly RunRecord[] = []): SideBySide {
  return derive(experiment, baseline, stored, preparedDifferences());
}

/**
 * `sideBySide` for one state of an experiment after another. It gives just what that gives, but remembers how far each
 * column had been aligned, so that a token more costs about as much as that token.
 */
export function followSideBySide(): typeof sideBySide {
  const growing = new Map<number, ReturnType<typeof growingDifference>>();
  const remember: Differences = (base, column) => {
    const difference = growing.get(column.run) ?? growingDifference();
    growing.set(column.run, difference);
    return difference(base.pieces, column.pieces);
  };
  return (experiment, baseline, stored = []) => {
    const worthIt = experiment.running && experiment.runs.length <= mostFollowed;
    if (!worthIt) growing.clear();
    return derive(experiment, baseline, stored, worthIt ? remember : preparedDifferences());
  };
}

/** Columns whose alignment is remembered while they go on: each takes some hundred kilobytes. */
const mostFollowed = 100;

/** How a column differs from what it is held against. */
type Differences = (base: Reached, column: Reached) => Part[];

/** Each text that others are held against is prepared once, and equal texts are compared once. */
function preparedDifferences(): Differences {
  const prepared = new Map<Reached, ReturnType<typeof differenceFrom>>();
  return (base, column) => {
    const difference = prepared.get(base) ?? differenceFrom(base.pieces);
    prepared.set(base, difference);
    return difference(column.pieces);
  };
}

function derive(
  experiment: Experiment,
  baseline: Baseline,
  stored: readonly RunRecord[],
  differences: Differences,
): SideBySide {
  const { runs, recipe, running } = experiment;
  const reached = cutAtFrontier(experiment);
  const complete = new Set(runs.filter(isComparable).map(({ run }) => run));
  // What broke off, was declined or stopped says nothing of how the others go on.
  const counts = new Set(runs.filter((run) => isComparable(run) || (running && !isOver(run))).map(({ run }) => run));
  const texts = reached.flatMap(({ run, pieces }) => (counts.has(run) ? [{ run, text: joinPieces(pieces) }] : []));
  const groups = groupTexts(texts);
  const fork = findFork(texts);
  const baselineRun = runOf(baseline, groups);
  const base = reached.find(({ run }) => run === baselineRun);
  const whole = (column: Reached) => complete.has(column.run) && column.beyond === '';
  const storedBases = new Map(
    baseline === 'stored' ? stored.filter(isComparable).map((run) => [run.run, asReached(run)]) : [],
  );
  const mark = (column: Reached): Marked => {
    const storedBase = storedBases.get(column.run);
    if (storedBase) return marks(differences(storedBase, column), column, true, whole(column));
    return base ? marks(differences(base, column), column, whole(base), whole(column)) : unmarked(column);
  };
  return {
    verdict: running ? describeProgress(texts, runs) : describeRuns(recipe, runs),
    baselineRun,
    variants: running ? 0 : groups.length,
    fork: fork && { word: fork.word, offset: fork.offset },
    columns: reached.map((column) => {
      const group = running ? undefined : groups.find((each) => each.runs.includes(column.run));
      const firstRun = group?.runs[0];
      return {
        run: column.run,
        ...mark(column),
        letter: group?.letter ?? null,
        sameAs: firstRun === undefined || firstRun === column.run ? null : firstRun,
      };
    }),
  };
}

/** The one run that all others are held against, if it is one. */
function runOf(baseline: Baseline, groups: readonly Group[]): number | null {
  if (baseline === 'common') return groups[0]?.runs[0] ?? null;
  return baseline === 'stored' ? null : baseline;
}

const asReached = ({ run, text }: RunRecord): Reached => ({ run, pieces: splitWords(text), beyond: '' });

type Marked = Pick<Column, 'parts' | 'beyond'>;

const unmarked = ({ pieces, beyond }: Reached): Marked => ({
  parts: pieces.length === 0 ? [] : [{ kind: 'same', text: joinPieces(pieces) }],
  beyond,
});

/**
 * The marks of a column, from its difference from a baseline. Where either is not all there, the other's end is not a difference: a text
 * that broke off is not "missing" what follows in the baseline, nor has it "added" what a cut baseline lacks.
 */
function marks(parts: Part[], column: Reached, baseWhole: boolean, columnWhole: boolean): Marked {
  const last = parts.at(-1);
  if (last?.kind === 'missing' && !columnWhole) return { parts: parts.slice(0, -1), beyond: column.beyond };
  if (last?.kind === 'added' && !baseWhole) return { parts: parts.slice(0, -1), beyond: last.text + column.beyond };
  return { parts, beyond: column.beyond };
}
