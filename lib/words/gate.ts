import type { ApiProblem } from '@/lib/api/problem';
import type { ForkVariant } from '@/lib/compare/align/fork';
import type { CaseResult, Judged, NotJudged, Outcome, ShareJudged } from '@/lib/gate/judge';
import type { FileFault, FileProblem, NotAskable } from '@/lib/gate/problem';
import type { Retirement } from '@/lib/gate/retirement';
import { sayApiProblem } from './api-problem';
import { sayAsked } from './asked';
import { alternatives, counted, firstFew, inSequence, plural, sentences } from './english';
import { sayPatternProblem } from './equality';
import { sayFork } from './fork';
import { sayLeftOut } from './left-out';
import { sayPercent } from './numbers';
import { recipeProblemSentence } from './problems';
import { sayDay } from './time';
import { sayMode } from './verdict';

/** An outcome as it stands after a case's name. */
export const sayOutcome: Readonly<Record<Outcome, string>> = {
  holds: 'holds',
  fails: 'fails',
  undecided: 'undecided',
  'not-judged': 'not judged',
};

/** Why there is nothing of a case. */
export const notBegunSaid = 'The check was stopped before it began.';

/**
 * The cases of a suite, counted: "20 cases: 17 hold, 1 fails, 1 undecided, 1 not begun." Those that there are none of are not named.
 */
export function sayCounts(outcomes: readonly Outcome[], notBegun = 0): string {
  const count = (outcome: Outcome) => outcomes.filter((each) => each === outcome).length;
  const said = [
    [count('holds'), plural(count('holds'), 'holds', 'hold')],
    [count('fails'), plural(count('fails'), 'fails', 'fail')],
    [count('undecided'), sayOutcome.undecided],
    [count('not-judged'), sayOutcome['not-judged']],
    [notBegun, 'not begun'],
  ].flatMap(([number, word]) => (number ? [`${number} ${word}`] : []));
  return `${counted(outcomes.length + notBegun, 'case')}: ${inSequence(said) || 'none'}.`;
}

/** What was found of one demand: what runs gave, how sure that is, what was wanted, and where texts part. */
function sayJudged(judged: Judged): string {
  switch (judged.kind) {
    case 'not-judged':
      return sayNotJudged(judged.reason);
    case 'fingerprint':
      return sayFingerprints(judged);
    case 'share':
      return sentences(sayShare(judged), saySides(judged), sayEnough(judged));
  }
}

/** "6 of 10 runs are equal as JSON values: 31–83 %, and 90 % are wanted." */
function sayShare({ demand, matching, compared, interval }: ShareJudged): string {
  const met =
    demand.kind === 'equal' && matching.length < 2
      ? sayNoneEqual(demand, compared)
      : `${matching.length} of ${counted(compared, 'run')} ${sayMet(demand, matching.length)}`;
  return `${met}: ${sayInterval(interval)}, and ${sayPercent(demand.share)} are wanted.`;
}

/** The range of a share: "31–83 %". */
export function sayInterval(interval: readonly [low: number, high: number]): string {
  const [low, high] = interval.map(floored);
  return low === high ? `${low} %` : `${low}–${high} %`;
}

const sayNoneEqual = ({ mode }: Extract<ShareJudged['demand'], { kind: 'equal' }>, compared: number): string =>
  compared === 1 ? 'Only 1 run to compare' : `No two of ${compared} runs are equal${sayMode[mode]}`;

/** In per cent with one digit, rounded down: so an end lies on the same side of what is wanted as it does in truth. */
const floored = (share: number): number => Math.floor(share * 1000 + 1e-9) / 10;

function sayMet(demand: ShareJudged['demand'], count: number): string {
  const give = plural(count, 'gives', 'give');
  switch (demand.kind) {
    case 'equal':
      return `${plural(count, 'is', 'are')} equal${sayMode[demand.mode]}`;
    case 'text':
      return `${give} the expected text${sayMode[demand.mode]}`;
    case 'baseline':
      return `${give} the ${isStored(demand.file) ? 'stored' : 'accepted'} text${sayMode[demand.mode]}`;
    case 'answer':
      return `${give} the answer “${demand.reference}”`;
    case 'json':
      return `${give} the expected JSON value`;
    case 'matches':
      return `${plural(count, 'matches', 'match')} /${demand.pattern}/`;
  }
}

/** Whether a baseline is what a permalink has stored: nobody has accepted that. */
const isStored = (file: string): boolean => /^https?:/.test(file);

/** "They part at word 12: “approved” in 6 runs; “denied” in 4 runs." The text that was wanted is no run. */
function saySides({ demand, fork }: ShareJudged): string {
  if (!fork) return '';
  const who = demand.kind === 'equal' ? 'They part' : 'The others part from it';
  const sides = fork.variants.map(({ text, runs }) => {
    const made = runs.filter((run) => run > 0).length;
    const where = made < runs.length ? ['the text'] : [];
    return `${sayVariant(text)} in ${[...where, ...(made > 0 ? [counted(made, 'run')] : [])].join(' and ')}`;
  });
  return `${who} ${sayFork(fork)}: ${firstFew(sides, (more) => counted(more, 'more reading'))}.`;
}

const sayVariant = (text: ForkVariant['text']): string => (text === null ? 'end of text' : `“${text.trim()}”`);

function sayEnough({ outcome, compared, enough }: ShareJudged): string {
  if (outcome !== 'undecided') return '';
  if (compared < enough) return `Too few to tell: ${enough} would do if all of them did.`;
  return 'Too close to tell: more runs would narrow the range.';
}

function sayFingerprints({ outcome, fingerprints }: Extract<Judged, { kind: 'fingerprint' }>): string {
  if (outcome === 'holds') return sayReported(fingerprints);
  const without = fingerprints.find(({ value }) => value === null)?.runs.length ?? 0;
  const missing = without > 0 ? `${counted(without, 'run came', 'runs came')} without a fingerprint.` : '';
  const isOneRun = missing === '' && fingerprints.length === 1;
  return isOneRun ? 'One run alone shows nothing of fingerprints.' : sentences(sayReported(fingerprints), missing);
}

/** "2 fingerprints: fp_a in 20 runs; fp_b in 20 runs."; '' if none was reported. */
function sayReported(fingerprints: CaseResult['fingerprints']): string {
  const named = fingerprints.flatMap(({ value, runs }) =>
    value === null ? [] : [`${value} in ${counted(runs.length, 'run')}`],
  );
  if (named.length === 0) return '';
  const list = firstFew(named, (more) => `${more} more`);
  return named.length === 1 ? `One fingerprint: ${list}.` : `${named.length} fingerprints: ${list}.`;
}

function sayNotJudged(reason: NotJudged): string {
  switch (reason.kind) {
    case 'nothing-compared':
      return 'No run has a text that counts.';
    case 'no-baseline':
      if (isStored(reason.file)) return 'None of its stored runs has a text that counts.';
      return `There is no baseline at ${reason.file} yet: \`seedbed accept\` makes one.`;
    case 'stopped':
      return 'It was stopped before it could be judged.';
    case 'not-comparable':
      return `Not comparable: the baseline at ${reason.file} is of another request.`;
  }
}

/** What else there is to say of a case: runs that do not count, retries, runs that were not needed, another fingerprint. */
function sayAside({ among, counts, runs, fingerprintChanged, retirement, judgedBefore }: CaseResult): string {
  const { retries, saved, unsent } = counts;
  return sentences(
    sayLeftOut(among.leftOut),
    unsent > 0 ? `${counted(unsent, 'run was', 'runs were')} not sent.` : '',
    saidByFirst(runs),
    retries > 0 ? `${counted(retries, 'retry', 'retries')}.` : '',
    saved > 0 ? `Decided after ${counted(runs.length, 'run')}: ${saved} saved.` : '',
    judgedBefore === null ? '' : sayJudgedBefore(judgedBefore),
    fingerprintChanged ? 'Not the fingerprint of the baseline answered.' : '',
    retirement && sayRetirement(retirement),
  );
}

const sayJudgedBefore = (runs: number): string =>
  `Judged before with ${counted(runs, 'run')}, which is not paid for: each look more adds up to 2.5 % to how often either answer is wrong.`;

/** What the first run that failed was told: the name of a failure alone does not say what to mend. */
function saidByFirst(runs: CaseResult['runs']): string {
  const first = runs.find((run) => run.status === 'failed');
  return first ? `Run ${first.run}: “${first.error.message}”` : '';
}

/** "Its model is shut down on 14 Jan 2027, in 48 days." */
function sayRetirement({ day, inDays }: Retirement): string {
  const date = sayDay(`${day}T00:00:00Z`);
  if (inDays > 0) return `Its model is shut down on ${date}, in ${counted(inDays, 'day')}.`;
  return `Its model was to be shut down on ${date}.`;
}

/** What was asked, and who answered, of a case that somebody will want to look into. */
function sayBehind({ outcome, demands, fingerprints, asked }: CaseResult): string {
  if (outcome === 'holds') return '';
  const isSaid = demands.some(({ kind }) => kind === 'fingerprint');
  const [, ...settings] = sayAsked(asked).toReversed();
  return sentences(isSaid ? '' : sayReported(fingerprints), `Asked: ${settings.toReversed().join(', ')}.`);
}

/** Everything that is to say of a case's runs, in one line. What is the same of several demands is said once. */
export const sayCase = (result: CaseResult): string =>
  sentences(...new Set(result.demands.map(sayJudged)), sayAside(result), sayBehind(result));

/** What is wrong with a file, after its name: "7:5 cases.0.runs: must be a number from 1 to 1000." */
export const sayFileProblem = ({ line, column, field, fault }: FileProblem): string =>
  `${line}:${column} ${field === '' ? '' : `${field}: `}${sayFileFault(fault)}`;

function sayFileFault(fault: FileFault): string {
  if (isPlain(fault)) return plainFaults[fault.kind];
  switch (fault.kind) {
    case 'not-read':
      return `this is neither YAML nor JSON: ${fault.reason}`;
    case 'wrong-type':
      return `must be ${sayType(fault.expected)}.`;
    case 'out-of-range':
      return sayRange(fault);
    case 'not-one-of':
      return `must be ${alternatives(fault.options.map((option) => JSON.stringify(option)))}.`;
    case 'double-id':
      return `another case is called so, in line ${fault.line}.`;
    case 'either-or':
    case 'no-effect':
      return sayBeside(fault);
    case 'no-such-file':
      return `${fault.path} cannot be read: ${fault.reason}.`;
    case 'pattern':
      return sayPatternProblem(fault.problem);
    case 'recipe':
      return recipeProblemSentence(fault.problem);
    default:
      return sayNotAskable(fault);
  }
}

/** Why a recipe cannot be run here, and what to do about it. */
export function sayNotAskable(fault: NotAskable): string {
  switch (fault.kind) {
    case 'no-provider':
      return `there is no provider "${fault.provider}" here; known: ${fault.known.join(', ')}. ${sayHowAdded(fault)}`;
    case 'no-model':
      return `${fault.provider} has no model "${fault.model}"; known: ${fault.known.join(', ')}.`;
    case 'no-key':
      return `${fault.provider} is asked with a key: its keyVariable in seedbed.config.json names the environment variable that has it.`;
  }
}

const sayHowAdded = ({ provider }: { provider: string }): string =>
  provider === openAi
    ? 'OPENAI_API_KEY or OPENAI_BASE_URL in the environment adds it.'
    : 'An entry in seedbed.config.json adds one.';

/** The provider that a key in the environment is enough for. */
const openAi = 'openai';

/** Why a server does not make the runs of a recipe. Where it wants a key, that is not for its page to take: the command sends it none. */
export function sayServerProblem(problem: ApiProblem, provider: string): string {
  if (problem.kind !== 'refused' || problem.code !== 'key_needed') return sayApiProblem(problem);
  const key = provider === openAi ? 'OPENAI_API_KEY' : 'the variable that its keyVariable in seedbed.config.json names';
  return `It has no key for ${provider}, and yours is not sent to it. Leave out --server to ask ${provider} from here, with the key in ${key}.`;
}

/** Faults of which all is said by their kind. */
const plainFaults = {
  missing: 'is missing.',
  inexact: 'is a whole number beyond ±9007199254740991, where numbers are no longer exact.',
  'unknown-field': 'is no field that is known here.',
  'not-an-id': 'must be a name of letters, digits, _ . and -, up to 100.',
  'not-a-time': 'must be a time in UTC, as in 2026-11-27T12:00:00Z.',
  'other-hash': 'is not the hash of the request in this file: one of them was changed by hand.',
};

type PlainFault = Extract<FileFault, { kind: keyof typeof plainFaults }>;

const isPlain = (fault: FileFault): fault is PlainFault => fault.kind in plainFaults;

/** What is wrong with a field because of another. */
const sayBeside = (fault: Extract<FileFault, { kind: 'either-or' | 'no-effect' }>): string =>
  fault.kind === 'either-or' ? `cannot be given beside ${fault.other}.` : `has no effect without ${fault.needed}.`;

const types: Record<string, string> = {
  object: 'an object',
  record: 'an object',
  array: 'a list',
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
};

const sayType = (expected: string): string =>
  alternatives(expected.split(' or ').map((each) => types[each] ?? `a ${each}`));

const units = { number: null, entries: ['entry', 'entries'], characters: ['character', 'characters'] } as const;

function sayRange({ min, max, of }: Extract<FileFault, { kind: 'out-of-range' }>): string {
  const unit = units[of];
  const bound = (value: number) => (unit ? counted(value, unit[0], unit[1]) : String(value));
  const least = min === null ? [] : [`at least ${bound(min)}`];
  const most = max === null ? [] : [`at most ${bound(max)}`];
  return `must ${unit ? 'have' : 'be'} ${[...least, ...most].join(' and ')}.`;
}
