import type { Experiment } from '@/lib/run/fold';
import { isOver } from '@/lib/run/record';
import { isComparable } from './comparable';
import { diffWords, type Part } from './diff';
import { findFork } from './divergence';
import { cutAtFrontier, type Reached } from './frontier';
import { groupTexts } from './groups';
import { describeProgress, describeRuns, type Verdict } from './verdict';
import { joinPieces } from './words';

/** Which text the others are held against: the most common one, or that of a run. */
export type Baseline = 'common' | number;

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
 * is over, runs that are left out of the verdict (stopped, failed midway) are still marked as far as they came.
 */
export function sideBySide(experiment: Experiment, baseline: Baseline): SideBySide {
  const { runs, recipe } = experiment;
  const reached = cutAtFrontier(experiment);
  const over = !experiment.running;
  const texts = reached.map(({ run, pieces }) => ({ run, text: joinPieces(pieces) }));
  const comparable = over ? runs.filter(isComparable) : texts;
  const groups = groupTexts(comparable);
  const baselineRun = baseline === 'common' ? (groups[0]?.runs[0] ?? null) : baseline;
  const base = reached.find(({ run }) => run === baselineRun);
  const fork = findFork(over ? comparable : progressTexts(experiment, texts));
  const complete = new Set(runs.filter(isComparable).map(({ run }) => run));
  return {
    verdict: over ? describeRuns(recipe, runs) : describeProgress(progressTexts(experiment, texts), runs),
    baselineRun,
    variants: over ? groups.length : 0,
    fork: fork && { word: fork.word, offset: fork.offset },
    columns: reached.map((column) => {
      const group = over ? groups.find((each) => each.runs.includes(column.run)) : undefined;
      const firstRun = group?.runs[0];
      return {
        run: column.run,
        parts: base ? marks(base, column, complete.has(column.run)) : unmarked(column),
        beyond: column.beyond,
        letter: group?.letter ?? null,
        sameAs: firstRun === undefined || firstRun === column.run ? null : firstRun,
      };
    }),
  };
}

const unmarked = ({ pieces }: Reached): Part[] =>
  pieces.length === 0 ? [] : [{ kind: 'same', text: joinPieces(pieces) }];

/** A text that is not all there yet, or was cut off, is not "missing" what the baseline has after its end. */
function marks(base: Reached, column: Reached, complete: boolean): Part[] {
  const parts = diffWords(base.pieces, column.pieces);
  return !complete && parts.at(-1)?.kind === 'missing' ? parts.slice(0, -1) : parts;
}

/** Runs that failed before any text have nothing to agree or disagree with. */
function progressTexts(
  experiment: Experiment,
  texts: { run: number; text: string }[],
): { run: number; text: string }[] {
  const silent = new Set(experiment.runs.filter((run) => isOver(run) && run.text === '').map((run) => run.run));
  return texts.filter(({ run }) => !silent.has(run));
}
