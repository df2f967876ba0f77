import { type Alignment, alignTexts } from '@/lib/compare/align/alignment';
import { differenceFrom, growingDifference, type Part } from '@/lib/compare/align/diff';
import { type FirstDifference, findFork, placeOfFork } from '@/lib/compare/align/fork';
import { cutAtFrontier, type Reached } from '@/lib/compare/align/frontier';
import { type Group, groupTexts, type RunText } from '@/lib/compare/align/groups';
import { medoid } from '@/lib/compare/align/likeness';
import { isMarked, type Mark, type Place } from '@/lib/compare/align/marks';
import { markSpans, placesOf, sharedPhrases, sharedShare, spansOf } from '@/lib/compare/align/places';
import { joinPieces, type Piece, splitWords } from '@/lib/compare/align/words';
import { isComparable } from '@/lib/compare/measure/comparable';
import { judgeProgress, judgeRuns } from '@/lib/compare/measure/judge';
import type { Verdict } from '@/lib/compare/measure/verdict';
import type { Experiment } from '@/lib/run/fold';
import { isOver, type RunRecord } from '@/lib/run/record';
import { type Card, cardsOf } from './cards';

/**
 * Which text the others are compared with: the most common one, the one in the middle (likeness.ts), for each run the stored
 * one of its number, an expected text, that of a run; or none, to mark whatever not all runs share.
 */
export type Baseline = 'common' | 'medoid' | 'stored' | 'expected' | 'none' | number;

/** What is marked: differences; what texts share; or 'auto', which is what they share if that is less than half. */
export type Marking = 'auto' | 'differences' | 'shared';

/** How the columns are compared. `expected` and `stored` are what the baselines of these names stand for. */
export type Against = {
  baseline: Baseline;
  stored?: readonly RunRecord[];
  expected?: string;
  marking?: Marking;
};

/** One run as a column: its text in stretches, what may not be compared yet, and which run has the same text. */
export type Column = {
  run: number;
  parts: Mark[];
  beyond: string;
  /** letter of the variant; null while running, or if the run is left out */
  letter: string | null;
  /** the first run with the very same text, if that is another one */
  sameAs: number | null;
};

export type SideBySide = {
  verdict: Verdict;
  /** the run whose text is the baseline, if it is a run's */
  baselineRun: number | null;
  variants: number;
  /** whether one text is more common than all others, or several are, or none comes twice */
  commonest: 'one' | 'several' | 'none';
  /** where the compared texts first part, and the offset in UTF-16 units, which is the same in all of them */
  fork: (FirstDifference & { offset: number }) | null;
  columns: Column[];
  marked: 'differences' | 'shared';
  /** whether texts that differ from the baseline share, in the median, less than half of the shorter one, and are long */
  littleShared: boolean;
  /**
   * where columns are marked, in the baseline, except columns that share less than half with it: one such text would make a
   * single place of everything. None while runs go on.
   */
  places: Place[];
  /** the baseline's text; null if it is not one text */
  baseText: string | null;
  /** the columns that can be folded together; none while runs go on */
  cards: Card[];
};

/**
 * Everything the columns show, derived from an experiment. While it runs, marks end where the slowest run is; when it
 * is over, runs that are left out of the verdict (stopped, failed midway) are still marked as far as they got. A run
 * without a stored run to compare it with has no marks. Provisional marks are always differences.
 */
export function sideBySide(experiment: Experiment, against: Against): SideBySide {
  return derive(experiment, against, preparedDifferences());
}

/** `sideBySide` without any differences in the columns: what it takes grows with the length of the texts only. */
export const unmarkedSideBySide = (experiment: Experiment, against: Against): SideBySide =>
  derive(experiment, against, (_base, { pieces }) => [{ kind: 'same', text: joinPieces(pieces) }]);

/**
 * `sideBySide` for one state of an experiment after another. It gives the same, but remembers how far each column has
 * been aligned, so that one more token costs about as much as that token.
 */
export function followSideBySide(): typeof sideBySide {
  const growing = new Map<number, ReturnType<typeof growingDifference>>();
  const remember: Differences = (base, column) => {
    const difference = growing.get(column.run) ?? growingDifference();
    growing.set(column.run, difference);
    return difference(base.pieces, column.pieces);
  };
  return (experiment, against) => {
    const worthIt = experiment.running && experiment.runs.length <= maxFollowed;
    if (!worthIt) growing.clear();
    return derive(experiment, against, worthIt ? remember : preparedDifferences());
  };
}

/** The maximum number of growing columns whose alignment is remembered: each takes some hundred kilobytes. */
const maxFollowed = 100;

/** How a column differs from what it is compared with. */
type Differences = (base: Reached, column: Reached) => Part[];

/** Each baseline is prepared once, and equal texts are compared once. */
function preparedDifferences(): Differences {
  const prepared = new Map<Reached, ReturnType<typeof differenceFrom>>();
  return (base, column) => {
    const difference = prepared.get(base) ?? differenceFrom(base.pieces);
    prepared.set(base, difference);
    return difference(column.pieces);
  };
}

function derive(experiment: Experiment, against: Against, differences: Differences): SideBySide {
  const { runs, recipe, running } = experiment;
  const reached = cutAtFrontier(experiment);
  const texts = textsToCompare(experiment, reached);
  const groups = groupTexts(texts);
  const fork = findFork(texts);
  const whole = wholeColumns(runs);
  const held = holdAgainst(against, running, groups, reached, whole);
  const differing =
    held.kind === 'none'
      ? markVarying(reached, held.alignment, texts.length)
      : markDifferences(held, reached, differences, whole);
  const littleShared = !running && held.kind !== 'none' && shareLittle(differing);
  const marked = chooseMarking(against.marking ?? 'auto', running || held.kind === 'none', littleShared);
  const columns = withLetters(marked === 'shared' ? withSharedPhrases(differing) : differing, running ? [] : groups);
  return {
    verdict: running ? judgeProgress(texts, runs) : judgeRuns(recipe, runs),
    baselineRun: held.run,
    variants: running ? 0 : groups.length,
    commonest: running ? 'one' : commonestOf(groups),
    fork: fork && { ...placeOfFork(fork), offset: fork.offset },
    columns,
    marked,
    littleShared,
    places: running ? [] : placesOf(held.text ?? [], withoutOutliers(columns)),
    baseText: held.text && joinPieces(held.text),
    cards: cardsOf(experiment, columns),
  };
}

function commonestOf([first, second]: readonly Group[]): SideBySide['commonest'] {
  if (!first || !second || first.runs.length > second.runs.length) return 'one';
  return first.runs.length === 1 ? 'none' : 'several';
}

/**
 * The texts, as far as they may be compared. What broke off, was declined or stopped says nothing about how the others
 * go on.
 */
function textsToCompare({ runs, running }: Experiment, reached: readonly Reached[]): RunText[] {
  const counts = new Set(runs.filter((run) => isComparable(run) || (running && !isOver(run))).map(({ run }) => run));
  return reached.flatMap(({ run, pieces }) => (counts.has(run) ? [{ run, text: joinPieces(pieces) }] : []));
}

/** Whether a column is complete: its run is over and compared, and nothing of it waits for slower runs. */
type IsWhole = (column: Reached) => boolean;

function wholeColumns(runs: readonly RunRecord[]): IsWhole {
  const complete = new Set(runs.filter(isComparable).map(({ run }) => run));
  return ({ run, beyond }) => complete.has(run) && beyond === '';
}

/** Each column marked where it differs from what it is compared with; unmarked if there is nothing to compare it with. */
function markDifferences(
  { baseOf }: HeldAgainst,
  reached: readonly Reached[],
  differences: Differences,
  whole: IsWhole,
): Marked[] {
  return reached.map((column) => {
    const base = baseOf(column);
    return base ? marks(differences(base.text, column), column, base.whole, whole(column)) : unmarked(column);
  });
}

/** The columns with the letters of their texts, and the first run that has the same one. */
function withLetters(columns: readonly Marked[], groups: readonly Group[]): Column[] {
  const groupOf = new Map(groups.flatMap((group) => group.runs.map((run): [number, Group] => [run, group])));
  return columns.map((column) => {
    const group = groupOf.get(column.run);
    const firstRun = group?.runs[0] ?? column.run;
    return { ...column, letter: group?.letter ?? null, sameAs: firstRun === column.run ? null : firstRun };
  });
}

/** What a column is compared with, and whether that is complete. */
type Base = { text: Reached; whole: boolean };
/** The baseline: its `text` if it is one text, and its `run` if it is a run's. */
type Held = { kind: 'none'; run: null; text: Piece[]; alignment: Alignment } | HeldAgainst;
type HeldAgainst = {
  kind: 'texts';
  run: number | null;
  text: Piece[] | null;
  baseOf: (column: Reached) => Base | null;
};

function holdAgainst(
  { baseline, stored = [], expected = '' }: Against,
  running: boolean,
  groups: readonly Group[],
  reached: readonly Reached[],
  whole: IsWhole,
): Held {
  if (baseline === 'none' && !running) {
    const alignment = alignTexts(groups);
    return { kind: 'none', run: null, text: splitWords(alignment.base?.text ?? ''), alignment };
  }
  if (baseline === 'stored') {
    const bases = new Map(stored.filter(isComparable).map((run) => [run.run, asReached(run)]));
    const [first, ...others] = bases.values();
    const alone = first && others.every(({ pieces }) => joinPieces(pieces) === joinPieces(first.pieces));
    const baseOf = ({ run }: Reached): Base | null => {
      const text = bases.get(run);
      return text ? { text, whole: true } : null;
    };
    return { kind: 'texts', run: null, text: alone ? first.pieces : null, baseOf };
  }
  if (baseline === 'expected' && expected !== '') {
    const base = { text: { run: 0, pieces: splitWords(expected), beyond: '' }, whole: true };
    return { kind: 'texts', run: null, text: base.text.pieces, baseOf: () => base };
  }
  const run = runOf(baseline, groups);
  const base = oneBase(reached, run, whole);
  return { kind: 'texts', run, text: base?.text.pieces ?? null, baseOf: () => base };
}

function oneBase(reached: readonly Reached[], run: number | null, whole: IsWhole): Base | null {
  const text = reached.find((column) => column.run === run);
  return text ? { text, whole: whole(text) } : null;
}

/** The run that all others are compared with. */
function runOf(baseline: Baseline, groups: readonly Group[]): number | null {
  if (typeof baseline === 'number') return baseline;
  return (baseline === 'medoid' ? medoid(groups) : groups[0])?.runs[0] ?? null;
}

const asReached = ({ run, text }: RunRecord): Reached => ({ run, pieces: splitWords(text), beyond: '' });

function chooseMarking(marking: Marking, onlyDifferences: boolean, littleShared: boolean): SideBySide['marked'] {
  if (onlyDifferences) return 'differences';
  if (marking !== 'auto') return marking;
  return littleShared ? 'shared' : 'differences';
}

/** Texts with less than this share in common are marked by what they share; short ones can be read as they are. */
const littleShare = 0.5;
const minLength = 150;

/**
 * Columns that differ get their shared phrases marked; columns equal to the baseline, every phrase that any of those
 * shares.
 */
function withSharedPhrases(columns: readonly Marked[]): Marked[] {
  const distinct = [...new Set(columns.map(({ parts }) => parts))];
  const known = new Map(
    distinct.filter((parts) => parts.some(isMarked)).map((parts): [Mark[], Mark[]] => [parts, sharedPhrases(parts)]),
  );
  const spans = spansOf(known.values());
  return columns.map((column) => ({ ...column, parts: known.get(column.parts) ?? markSpans(column.parts, spans) }));
}

/** The distinct columns that are much like the baseline; all of them if none is. */
function withoutOutliers(columns: readonly Marked[]): Mark[][] {
  const distinct = [...new Set(columns.map(({ parts }) => parts))];
  const like = distinct.filter((parts) => sharedShare(parts).share >= littleShare);
  return like.some((parts) => parts.some(isMarked)) ? like : distinct;
}

function shareLittle(columns: readonly Marked[]): boolean {
  const differing = new Set(columns.map(({ parts }) => parts).filter((parts) => parts.some(isMarked)));
  const shares = [...differing].map(sharedShare).flatMap(({ share, of }) => (of < minLength ? [1] : [share]));
  shares.sort((a, b) => a - b);
  const median = shares[Math.floor(shares.length / 2)];
  return median !== undefined && median < littleShare;
}

/**
 * Without a baseline: each column marked wherever not all aligned texts agree, with how many of the compared runs have the
 * same there. A text that is unlike the others is marked throughout.
 */
function markVarying(reached: readonly Reached[], alignment: Alignment, of: number): Marked[] {
  const { alignedTexts, outliers } = alignment;
  const base = alignment.base?.text ?? '';
  const marksOf = new Map([
    ...alignedTexts.flatMap(({ letter, runs }) => {
      const parts = marksOfText(letter, base, alignment, of);
      return runs.map((run): [number, Mark[]] => [run, parts]);
    }),
    ...outliers.flatMap(({ runs, text }) => {
      const parts: Mark[] = [{ kind: 'varies', text, was: base, runs: runs.length, of }];
      return runs.map((run): [number, Mark[]] => [run, parts]);
    }),
  ]);
  return reached.map((column) => {
    const parts = marksOf.get(column.run);
    return parts ? { run: column.run, parts, beyond: column.beyond } : unmarked(column);
  });
}

/** One text of an alignment, in its stretches. */
function marksOfText(letter: string, base: string, { segments }: Alignment, of: number): Mark[] {
  return segments.map((segment): Mark => {
    if (segment.kind === 'shared') return { kind: 'same', text: segment.text };
    const { from, to, variants } = segment;
    const variant = variants.find(({ letters }) => letters.includes(letter));
    return {
      kind: 'varies',
      text: variant?.text ?? '',
      was: base.slice(from, to),
      runs: variant?.runs.length ?? 0,
      of,
    };
  });
}

type Marked<M = Mark> = { run: number; parts: M[]; beyond: string };

const unmarked = ({ run, pieces, beyond }: Reached): Marked<Part> => ({
  run,
  parts: pieces.length === 0 ? [] : [{ kind: 'same', text: joinPieces(pieces) }],
  beyond,
});

/**
 * The marks of a column, from its difference from a baseline. If one of them is incomplete, the other's end is not a
 * difference: a text that broke off is not "missing" what follows in the baseline, and has not "added" what a cut
 * baseline lacks.
 */
function marks(parts: Part[], { run, beyond }: Reached, baseWhole: boolean, columnWhole: boolean): Marked<Part> {
  const last = parts.at(-1);
  if (last?.kind === 'missing' && !columnWhole) return { run, parts: parts.slice(0, -1), beyond };
  if (last?.kind === 'added' && !baseWhole) return { run, parts: parts.slice(0, -1), beyond: last.text + beyond };
  return { run, parts, beyond };
}
