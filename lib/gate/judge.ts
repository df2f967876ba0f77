import {
  asCompared,
  type EqualityMode,
  groupByEquality,
  isTextMode,
  keyOf,
  occursIn,
  parsePattern,
} from '@/lib/compare/align/equality';
import { type Fork, findFork } from '@/lib/compare/align/fork';
import { isComparable, reasonLeftOut } from '@/lib/compare/measure/comparable';
import { groupFingerprints } from '@/lib/compare/measure/fingerprints';
import { judgeRuns } from '@/lib/compare/measure/judge';
import type { RunsVerdict } from '@/lib/compare/measure/verdict';
import { type Asked, askedOf } from '@/lib/recipe/asked';
import type { Recipe } from '@/lib/recipe/recipe';
import { type EndedRun, type OverRun, wasSent } from '@/lib/run/record';
import { type Baseline, requestHash } from './baseline';
import { commonestShare, type Decision, decide, namedShare, runsToHold } from './decision';
import type { Demand } from './demand';
import type { Retirement } from './retirement';
import type { SuiteCase } from './suite';

/** What became of a demand or a case. 'not-judged': there was nothing to judge it by. */
export type Outcome = Decision | 'not-judged';

/** The share of runs that meet a demand, and what follows from it. */
export type ShareJudged = {
  kind: 'share';
  outcome: Decision;
  demand: Exclude<Demand, { kind: 'fingerprint' }>;
  matching: number[];
  compared: number;
  interval: [low: number, high: number];
  /** how many runs would do for it to hold, if all of them matched */
  enough: number;
  /** where texts part: from each other, or from the text that was wanted; null where none do, or none are compared */
  fork: Fork | null;
};

export type Judged =
  | ShareJudged
  | {
      kind: 'fingerprint';
      outcome: Decision;
      demand: Extract<Demand, { kind: 'fingerprint' }>;
      /** null stands for runs that came without one */
      fingerprints: { value: string | null; runs: number[] }[];
    }
  | { kind: 'not-judged'; outcome: 'not-judged'; demand: Demand; reason: NotJudged };

/** Why a demand was not judged. */
export type NotJudged =
  | { kind: 'nothing-compared' }
  | { kind: 'no-baseline'; file: string }
  /** the baseline is of another request */
  | { kind: 'not-comparable'; file: string }
  /** somebody stopped the check before the runs were made by which it is judged */
  | { kind: 'stopped' };

/** One case, judged. */
export type CaseResult = {
  id: string;
  line: number;
  outcome: Outcome;
  demands: Judged[];
  recipe: Recipe;
  /** the recipe in short */
  asked: Asked;
  /** the runs that were sent, or answered from a cache: of a case that ends early, not all that were planned */
  runs: OverRun[];
  counts: RunCounts;
  /** how the runs compare with each other */
  among: RunsVerdict;
  fingerprints: { value: string | null; runs: number[] }[];
  /** against the baseline's; null without a baseline, or where one side has none */
  fingerprintChanged: boolean | null;
  /** set if its model is shut down soon, as far as its service tells */
  retirement: Retirement | null;
  /** with how many runs it was judged before, if this check has added some to them; null if this is its first look, or paid for */
  judgedBefore: number | null;
};

/**
 * How many runs were planned, and what became of them: `planned` is `made`, `cached`, `saved` and `unsent` together. Of those that
 * were made, some are `compared`, some `failed`, some were `stopped` on the way; what is left gave nothing that counts.
 */
type RunCounts = {
  planned: number;
  /** sent, whatever became of them, and not answered from a cache */
  made: number;
  compared: number;
  failed: number;
  stopped: number;
  cached: number;
  /** not needed, since the case was decided without them */
  saved: number;
  /** not sent for another reason: somebody stopped the check, the server that was to send them did not, nothing could be judged */
  unsent: number;
  /** tries after the first of all runs, whether they came to an answer or not */
  retries: number;
};

/** The baselines of a suite by the files that its demands name. */
export type Baselines = ReadonlyMap<string, Baseline>;

/**
 * Judges the runs of a case so far. `tail` is how often an end of an interval may be wrong (`Looks`); since a case fails if any
 * of its demands does, those share it where it is the upper end. Runs that failed, were stopped or came from a cache are left
 * out of every share. `over` may hold runs that were stopped before they were sent.
 */
export function judgeCase(
  { id, line, recipe, demands }: SuiteCase,
  over: readonly OverRun[],
  baselines: Baselines,
  tail: number,
): CaseResult {
  const runs = over.filter(wasSent);
  const compared = runs.filter(isComparable);
  const shares = demands.filter(({ kind }) => kind !== 'fingerprint').length;
  const tails = { low: tail, high: tail / Math.max(shares, 1) };
  const judged = demands.map((demand) => judgeDemand(demand, recipe, compared, baselines, tails));
  const fingerprints = groupFingerprints(compared);
  const outcome = together(judged.map((each) => each.outcome));
  return {
    ...{ id, line, outcome, recipe, fingerprints, asked: askedOf(recipe) },
    demands: judged,
    runs,
    counts: countRuns(runs, recipe, outcome === 'fails' || outcome === 'holds' ? recipe.repeats - over.length : 0),
    among: judgeRuns(recipe, runs, modeOf(demands)),
    fingerprintChanged: changedSince(baselineOf(demands, baselines), fingerprints),
    retirement: null,
    judgedBefore: null,
  };
}

/**
 * A case whose runs somebody has stopped. It is left unjudged, though some of them may show something already: to look at it now and
 * once more when it goes on would be a look that nothing pays for.
 */
export const asStopped = ({ counts, ...result }: CaseResult): CaseResult => ({
  ...result,
  counts: { ...counts, saved: 0, unsent: counts.saved + counts.unsent },
  outcome: 'not-judged',
  demands: result.demands.map(({ demand }) => ({
    ...{ kind: 'not-judged', outcome: 'not-judged', demand, reason: { kind: 'stopped' } },
  })),
});

function countRuns(runs: readonly OverRun[], { repeats }: Recipe, saved: number): RunCounts {
  const reasons = runs.map((run) => reasonLeftOut(run)?.kind);
  const count = (kind: (typeof reasons)[number]) => reasons.filter((each) => each === kind).length;
  const cached = count('cached');
  return {
    ...{ planned: repeats, made: runs.length - cached, compared: count(undefined) },
    ...{ failed: count('failed'), stopped: count('stopped'), cached },
    ...{ saved, unsent: repeats - runs.length - saved },
    retries: runs.reduce((sum, { attempts = 0 }) => sum + Math.max(attempts - 1, 0), 0),
  };
}

/** A case fails if any demand does, and holds if all do. */
function together(outcomes: readonly Outcome[]): Outcome {
  const first = (['fails', 'not-judged', 'undecided'] as const).find((each) => outcomes.includes(each));
  return first ?? 'holds';
}

/** Whether more runs could change nothing: it fails, or each demand is decided, or cannot be judged at all. */
export const isSettled = ({ outcome, demands }: CaseResult): boolean =>
  outcome === 'fails' ||
  demands.every(
    (each) => each.outcome === 'holds' || (each.kind === 'not-judged' && each.reason.kind !== 'nothing-compared'),
  );

/** Runs are held against each other under the mode of the demand that they be equal, if there is one. */
const modeOf = (demands: readonly Demand[]): EqualityMode =>
  demands.find((demand) => demand.kind === 'equal')?.mode ?? 'exact';

function baselineOf(demands: readonly Demand[], baselines: Baselines): Baseline | undefined {
  const demand = demands.find(({ kind }) => kind === 'baseline');
  return demand?.kind === 'baseline' ? baselines.get(demand.file) : undefined;
}

function changedSince(baseline: Baseline | undefined, now: CaseResult['fingerprints']): boolean | null {
  const reported = now.flatMap(({ value }) => value ?? []);
  if (!baseline || baseline.fingerprints.length === 0 || reported.length === 0) return null;
  return reported.some((value) => !baseline.fingerprints.includes(value));
}

function judgeDemand(
  demand: Demand,
  recipe: Recipe,
  compared: readonly EndedRun[],
  baselines: Baselines,
  tails: Tails,
): Judged {
  const not = (reason: NotJudged): Judged => ({ kind: 'not-judged', outcome: 'not-judged', demand, reason });
  if (demand.kind === 'baseline') {
    const baseline = baselines.get(demand.file);
    if (!baseline) return not({ kind: 'no-baseline', file: demand.file });
    if (baseline.requestHash !== requestHash(recipe)) return not({ kind: 'not-comparable', file: demand.file });
    if (compared.length === 0) return not({ kind: 'nothing-compared' });
    return judgeNamed(demand, compared, meetsText(baseline.texts[0]?.text ?? '', demand.mode), tails);
  }
  if (compared.length === 0) return not({ kind: 'nothing-compared' });
  switch (demand.kind) {
    case 'fingerprint':
      return judgeFingerprints(demand, compared);
    case 'equal':
      return judgeEqual(demand, compared, tails);
    case 'text':
      return judgeNamed(demand, compared, meetsText(demand.text, demand.mode), tails);
    case 'json':
      return judgeNamed(demand, compared, meetsText(JSON.stringify(demand.value), 'json'), tails);
    case 'answer':
      return judgeNamed(demand, compared, meetsAnswer(demand), tails);
    case 'matches': {
      const pattern = patternOf(demand);
      return judgeNamed(demand, compared, { meets: (text) => pattern !== undefined && occursIn(text, pattern) }, tails);
    }
  }
}

/** How often either end of an interval may be wrong. */
type Tails = { low: number; high: number };

const endsOf = (
  interval: typeof namedShare,
  matching: number,
  compared: number,
  { low, high }: Tails,
): [low: number, high: number] => [interval(matching, compared, low)[0], interval(matching, compared, high)[1]];

/** What a run must give: whether a text is that, and, where it is a text, the text. */
type Wanted = { meets: (text: string) => boolean; text?: string; mode?: EqualityMode };

function meetsText(wanted: string, mode: EqualityMode): Wanted {
  const key = keyOf(wanted, mode);
  return { meets: (text) => key !== null && keyOf(text, mode) === key, text: wanted, mode };
}

/** The reference is an answer as it stands; a number is one however it is written. */
function meetsAnswer(demand: Extract<Demand, { kind: 'answer' }>): Wanted {
  const answer = patternOf(demand);
  const reference = String(demand.reference).trim();
  const wanted = answer ? reference : (keyOf(reference, 'answer') ?? reference);
  return { meets: (text) => keyOf(text, 'answer', answer ? { answer } : {}) === wanted };
}

/** Patterns have been read once, with the suite. */
function patternOf({ pattern }: { pattern?: string | undefined }): RegExp | undefined {
  const read = pattern === undefined ? null : parsePattern(pattern);
  return read?.ok ? read.value : undefined;
}

function judgeNamed(
  demand: ShareJudged['demand'],
  compared: readonly EndedRun[],
  { meets, text, mode = 'exact' }: Wanted,
  tails: Tails,
): ShareJudged {
  const matching = compared.filter((run) => meets(run.text)).map(({ run }) => run);
  const others = compared.filter(({ run }) => !matching.includes(run));
  const wanted = text === undefined || !isTextMode(mode) ? [] : [{ run: 0, text }];
  const interval = endsOf(namedShare, matching.length, compared.length, tails);
  return {
    ...{ kind: 'share', demand, matching, interval },
    compared: compared.length,
    outcome: decide(interval, demand.share),
    enough: runsToHold(demand.share, namedShare, tails.low),
    fork: wanted.length > 0 && others.length > 0 ? findFork(asCompared([...wanted, ...others], mode)) : null,
  };
}

function judgeEqual(
  demand: Extract<Demand, { kind: 'equal' }>,
  compared: readonly EndedRun[],
  tails: Tails,
): ShareJudged {
  const answer = patternOf(demand);
  const groups = groupByEquality(compared, demand.mode, answer ? { answer } : {});
  const matching = groups.find(({ key }) => key !== null)?.runs ?? [];
  const interval = endsOf(commonestShare, matching.length, compared.length, tails);
  return {
    ...{ kind: 'share', demand, matching, interval },
    compared: compared.length,
    outcome: decide(interval, demand.share),
    enough: runsToHold(demand.share, commonestShare, tails.low),
    fork: isTextMode(demand.mode) ? findFork(asCompared(compared, demand.mode)) : null,
  };
}

/** It is about these very runs, so it needs no interval; but two of them at least, and a fingerprint from each. */
function judgeFingerprints(demand: Extract<Demand, { kind: 'fingerprint' }>, compared: readonly EndedRun[]): Judged {
  const fingerprints = groupFingerprints(compared);
  const several = fingerprints.filter(({ value }) => value !== null).length > 1;
  const one = fingerprints.length === 1 && fingerprints[0]?.value !== null && compared.length > 1;
  const outcome = one ? 'holds' : 'undecided';
  return { kind: 'fingerprint', outcome: several ? 'fails' : outcome, demand, fingerprints };
}
