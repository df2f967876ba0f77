import type { EqualityMode } from '@/lib/compare/align/equality';
import type { ForkVariant } from '@/lib/compare/align/fork';
import type { ExpectedVerdict, FoundValue, ProgressVerdict, RunsVerdict, Verdict } from '@/lib/compare/measure/verdict';
import type { PlaybackStep } from '@/lib/run/fold';
import { capital, counted, firstFew, inSequence, plural, sentences } from './english';
import { sayFork } from './fork';
import { sayLeftOut } from './left-out';
import { sayRuns } from './runs';

/** The mode as it stands in a verdict after "5 of 5 runs identical"; nothing on the exact one. */
export const sayMode: Readonly<Record<EqualityMode, string>> = {
  exact: '',
  whitespace: ', ignoring white space',
  'case-punctuation': ', ignoring case and punctuation',
  json: ' as JSON values',
  answer: ' in the extracted answer',
};

/** What is said on top of the columns: one sentence, then what stands behind it, '' if there is no more to say. */
type VerdictWords = { sentence: string; detail: string };

/**
 * A verdict in words: "3 of 5 runs identical, 2 variants. First difference at word 37." Runs that are left out are named,
 * with the reason. A mode other than the exact one is always part of the sentence: "5 of 5 runs identical, ignoring case
 * and punctuation." In a playback nothing is said to run.
 */
export function sayVerdict(verdict: Verdict, playback?: PlaybackStep): VerdictWords {
  switch (verdict.kind) {
    case 'comparing':
      return { sentence: `Comparing ${counted(verdict.planned, 'run')}.`, detail: '' };
    case 'running':
    case 'identical-so-far':
    case 'forked':
      return sayProgress(verdict, playback);
    case 'expected':
      return sayExpected(verdict);
    default:
      return sayRunsVerdict(verdict);
  }
}

function sayProgress(verdict: ProgressVerdict, playback?: PlaybackStep): VerdictWords {
  const going = playback ? sayPlaybackStep(playback) : sayStillGoing(verdict);
  switch (verdict.kind) {
    case 'running':
      return { sentence: sayGoing(verdict.planned, playback), detail: going };
    case 'identical-so-far':
      return {
        sentence: `Identical so far: ${counted(verdict.words, 'word')} in ${verdict.compared} runs.`,
        detail: going,
      };
    case 'forked':
      return {
        sentence: `Forked ${sayFork(verdict.fork)}.`,
        detail: sentences(sayVariants(verdict.fork.variants), going),
      };
  }
}

/** "3 of 8 still running, 4 waiting for their turn." */
function sayStillGoing({ planned, going, waiting }: ProgressVerdict): string {
  const turn = `waiting for ${plural(waiting, 'its', 'their')} turn`;
  if (waiting === 0) return `${going} of ${planned} still running.`;
  return going === 0
    ? `${waiting} of ${planned} ${turn}.`
    : `${going} of ${planned} still running, ${waiting} ${turn}.`;
}

/** What so many runs do: "Running 5 runs." or "Replaying 5 runs." */
export const sayGoing = (runs: number, playback?: PlaybackStep): string =>
  `${playback ? 'Replaying' : 'Running'} ${counted(runs, 'run')}.`;

/** "Replay: token 3 of 40." */
const sayPlaybackStep = ({ step, of, unit }: PlaybackStep): string => `Replay: ${unit} ${step} of ${of}.`;

function sayExpected({ mode, matching, compared, among }: ExpectedVerdict): VerdictWords {
  const { sentence, detail } = sayVerdict(among);
  const noun = plural(compared, 'run matches', 'runs match');
  return {
    sentence: `${matching.length} of ${compared} ${noun} the expected text${sayMode[mode]}.`,
    detail: sentences(sentence, detail),
  };
}

function sayRunsVerdict(verdict: RunsVerdict): VerdictWords {
  const { sentence, detail } = sayFinding(verdict);
  const leftOut = sayLeftOut(verdict.leftOut);
  if (verdict.kind === 'no-text') return { sentence, detail };
  if (verdict.kind === 'nothing-compared') return { sentence, detail: leftOut };
  return {
    sentence: sentences(sentence, leftOut),
    detail: sentences(detail, sayReasoning(verdict), sayLimit(verdict)),
  };
}

function sayFinding(finding: RunsVerdict): VerdictWords {
  switch (finding.kind) {
    case 'nothing-compared':
      return { sentence: finding.ended ? 'No run counts.' : 'No run finished.', detail: '' };
    case 'no-text':
      return {
        sentence: `${finding.planned} of ${counted(finding.planned, 'run')} returned no text.`,
        detail:
          finding.reasoned === null ? `Finish reason: ${inSequence(finding.finishes)}.` : saySpent(finding.reasoned),
      };
    case 'only-one':
      return { sentence: sayOnlyOne(finding.planned), detail: '' };
    case 'identical':
      return sayIdentical(finding);
    case 'spacing-only':
      return {
        sentence: `${finding.texts} variants in ${sayCompared(finding)}: same words, different spacing.`,
        detail: sayVariants(finding.fork.variants),
      };
    case 'stops-short':
      return sayStopsShort(finding);
    case 'differ':
      return sayDiffer(finding);
    case 'values':
      return sayValues(finding);
  }
}

type Found<Kind extends RunsVerdict['kind']> = Extract<RunsVerdict, { kind: Kind }>;

type Counted = Pick<RunsVerdict, 'compared' | 'planned' | 'leftOut'>;

/** What equal or different answers were reasoned from: "Same answer, 3 different reasonings." */
function sayReasoning({ kind, reasoning, compared }: RunsVerdict): string {
  if (!reasoning || reasoning.runs < 2) return '';
  const { runs, texts } = reasoning;
  const who = runs === compared ? '' : ` in the ${runs} runs that have any`;
  if (texts === 1)
    return `${kind === 'identical' ? 'The reasoning is the same, too' : 'The reasoning is the same'}${who}.`;
  return kind === 'identical'
    ? `Same answer, ${texts} different reasonings${who}.`
    : `${texts} different reasonings${who}.`;
}

const saySpent = (tokens: number): string =>
  tokens === 0
    ? 'The token limit was reached while they reasoned. Raise max tokens.'
    : `All ${counted(tokens, 'token')} went to reasoning. Raise max tokens.`;

/** "5 runs", or where others are left out "4 finished runs", or, if some of those finished too, "4 runs that count" */
function sayCompared({ compared, planned, leftOut }: Counted): string {
  if (compared === planned) return `${compared} runs`;
  const unfinished = leftOut.every(({ reason: { kind } }) => unfinishedKinds.includes(kind));
  return unfinished ? `${compared} finished runs` : `${compared} runs that count`;
}

const unfinishedKinds: readonly string[] = ['failed', 'unfinished', 'stopped'];

const sayOnlyOne = (planned: number): string =>
  planned === 1 ? '1 run. Make at least 2 to compare.' : 'Only 1 run counts: nothing to compare it with.';

function sayIdentical(finding: Found<'identical'>): VerdictWords {
  const { compared, words, exactTexts, mode } = finding;
  return {
    sentence: `${compared} of ${sayCompared(finding)} identical${sayMode[mode]}.`,
    detail: sentences(`${counted(words, 'word')} each.`, sayAsWritten(exactTexts)),
  };
}

const sayAsWritten = (exactTexts: number): string => (exactTexts > 1 ? `As written they are ${exactTexts} texts.` : '');

function sayStopsShort(finding: Found<'stops-short'>): VerdictWords {
  const { stopping, going, lastWord, insideWord, mode, texts } = finding;
  const where = insideWord ? `inside word ${lastWord + 1}` : `at word ${lastWord}`;
  const stop = insideWord ? plural(stopping.length, 'was cut', 'were cut') : plural(stopping.length, 'stops', 'stop');
  const others = plural(going.length, `${sayRuns(going)} goes on`, 'the others go on');
  return {
    sentence: `${capital(sayRuns(stopping))} ${stop} ${where}; ${others}. Same text up to there${sayMode[mode]}.`,
    detail: `${texts} variants in ${sayCompared(finding)}.`,
  };
}

function sayDiffer(finding: Found<'differ'>): VerdictWords {
  const { compared, texts, largest, fork, mode } = finding;
  const many =
    largest === 1
      ? `${compared} different texts in ${sayCompared(finding)}${sayMode[mode]}.`
      : `${largest} of ${sayCompared(finding)} identical${sayMode[mode]}, ${texts} variants.`;
  return { sentence: sentences(many, `First difference ${sayFork(fork)}.`), detail: sayVariants(fork.variants) };
}

function sayValues(finding: Found<'values'>): VerdictWords {
  const { values, without, mode, exactTexts } = finding;
  const [a, noun] = mode === 'json' ? ['a', 'JSON value'] : ['an', 'answer'];
  const missing =
    without.length > 0 ? `${capital(sayRuns(without))} ${plural(without.length, 'has', 'have')} no ${noun}.` : '';
  const largest = values[0]?.runs.length ?? 0;
  if (values.length === 0) return { sentence: `None of ${sayCompared(finding)} has ${a} ${noun}.`, detail: '' };
  if (values.length === 1 && largest === 1)
    return { sentence: `Only 1 of ${sayCompared(finding)} has ${a} ${noun}.`, detail: missing };
  const variants = values.length > 1 ? `, ${values.length} variants` : '';
  const sentence =
    largest === 1
      ? `${values.length} different ${noun}s in ${sayCompared(finding)}.`
      : `${largest} of ${sayCompared(finding)} identical${sayMode[mode]}${variants}.`;
  const named =
    mode === 'json'
      ? sayLetters(values)
      : sayVariants(values.map(({ value, runs }) => ({ text: shorten(value), runs })));
  return {
    sentence: sentences(sentence, missing),
    detail: sentences(named, values.length === 1 ? sayAsWritten(exactTexts) : null),
  };
}

/** Which letter stands for which runs, where the values are too long to be named. */
function sayLetters(values: readonly FoundValue[]): string {
  if (values.length < 2) return '';
  const said = values.map(({ letter, runs }) => `${letter} in ${sayRuns(runs)}`);
  return `${firstFew(said, (more) => `${more} more`)}.`;
}

/** "“Queens” in runs 1, 2, 4; “New” in runs 3, 5." */
function sayVariants(variants: readonly ForkVariant[]): string {
  const plain = variants.map(({ text }) => text?.trim() || null);
  const drawSpace = new Set(plain).size < variants.length || variants.some(({ text }) => text?.trim() === '');
  const said = variants.map(({ text, runs }) => `${sayVariant(text, drawSpace)} in ${sayRuns(runs)}`);
  return `${firstFew(said, (more) => counted(more, 'more reading'))}.`;
}

/** White space is drawn where it is what tells the variants apart. */
function sayVariant(text: ForkVariant['text'], drawSpace: boolean): string {
  if (text === null) return 'end of text';
  return `“${drawSpace ? text.replaceAll('\n', '↵').replaceAll(' ', '␣') : text.trim()}”`;
}

const maxCharacters = 60;

function shorten(value: string): string {
  const characters = [...value];
  return characters.length > maxCharacters ? `${characters.slice(0, maxCharacters).join('')}…` : value;
}

/** "2 of 3 were cut at the 120-token limit." */
function sayLimit({ compared, atLimit: { runs, limit } }: RunsVerdict): string {
  if (runs.length === 0) return '';
  const at = limit === null ? 'the token limit' : `the ${limit}-token limit`;
  const all = plural(compared, 'It was', 'All were');
  const some = `${runs.length} of ${compared} ${plural(runs.length, 'was', 'were')}`;
  return `${runs.length === compared ? all : some} cut at ${at}.`;
}
