import {
  asCompared,
  type EqualityGroup,
  type EqualityMode,
  type EqualityOptions,
  groupByEquality,
  isTextMode,
  sayMode,
} from '@/lib/compare/align/equality';
import { type Fork, type ForkVariant, findFork } from '@/lib/compare/align/fork';
import { groupTexts, type RunText } from '@/lib/compare/align/groups';
import { countWords, splitWords } from '@/lib/compare/align/words';
import { armRequest } from '@/lib/recipe/plan';
import type { Recipe } from '@/lib/recipe/recipe';
import { isOver, type RunRecord } from '@/lib/run/record';
import { isComparable, whyLeftOut } from './comparable';

/** What is said on top of the columns: one sentence, what stands behind it, and whether it is good news. */
export type Verdict = { sentence: string; detail: string; tone: 'same' | 'differ' | 'open' };

/**
 * The verdict on runs that are over, in the words of field/ux.md 3.7: "3 of 5 runs identical, 2 variants. First
 * difference at word 37." Runs that are left out are named, with the reason. A mode other than the exact one is always
 * part of the sentence: "5 of 5 runs identical, ignoring case and punctuation." Words are counted in what is compared.
 */
export function describeRuns(
  recipe: Recipe,
  runs: readonly RunRecord[],
  mode: EqualityMode = 'exact',
  options: EqualityOptions = {},
): Verdict {
  const compared = runs.filter(isComparable);
  const rest = leftOutSentence(runs.filter((run) => !isComparable(run)));
  if (compared.length === 0) return { ...describeNothing(runs), tone: 'open' };
  const verdict = describeOn(mode, compared, runs.length, options);
  const limited = compared.filter((run) => run.finish === 'length').length;
  const limits = new Set((recipe.arms ?? [{}]).map((_, arm) => armRequest(recipe, arm).max_completion_tokens));
  const [limit] = limits.size === 1 ? limits : [];
  return {
    sentence: [verdict.sentence, rest].filter(Boolean).join(' '),
    detail: [verdict.detail, limitSentence(limited, compared.length, limit)].filter(Boolean).join(' '),
    tone: verdict.tone,
  };
}

/** The provisional verdict while runs are going on, over what every run has reached (see frontier.ts). */
export function describeProgress(reached: readonly RunText[], runs: readonly RunRecord[]): Verdict {
  const open = runs.filter((run) => !isOver(run)).length;
  const detail = `${open} of ${runs.length} still running.`;
  const fork = findFork(reached);
  if (fork)
    return {
      sentence: `Forked at word ${fork.word}.`,
      detail: `${sayVariants(fork.variants)} ${detail}`,
      tone: 'differ',
    };
  const words = countWords(splitWords(reached[0]?.text ?? ''));
  if (words === 0 || reached.length < 2)
    return { sentence: `Running ${runs.length} ${plural(runs.length, 'run')}.`, detail, tone: 'open' };
  return {
    sentence: `Identical so far: ${words} ${plural(words, 'word')} in ${reached.length} runs.`,
    detail,
    tone: 'open',
  };
}

function describeOn(mode: EqualityMode, texts: readonly RunText[], planned: number, options: EqualityOptions): Verdict {
  const n = texts.length;
  if (n === 1 && planned === 1) return { sentence: '1 run. Make at least 2 to compare.', detail: '', tone: 'open' };
  if (n === 1) return { sentence: 'Only 1 run counts: nothing to compare it with.', detail: '', tone: 'open' };
  if (isTextMode(mode)) return describeTexts(mode, texts, planned);
  return describeValues(mode, groupByEquality(texts, mode, options), n, planned);
}

function describeTexts(mode: EqualityMode, written: readonly RunText[], planned: number): Verdict {
  const texts = mode === 'exact' ? written : asCompared(written, mode);
  const n = texts.length;
  const ignoring = sayMode[mode];
  const kind = n === planned ? 'runs' : 'finished runs';
  const groups = groupTexts(texts);
  const fork = findFork(texts);
  if (!fork) {
    const words = countWords(splitWords(texts[0]?.text ?? ''));
    return {
      sentence: `${n} of ${n} ${kind} identical${ignoring}.`,
      detail: [`${words} ${plural(words, 'word')} each.`, sayWritten(written)].filter(Boolean).join(' '),
      tone: 'same',
    };
  }
  const largest = groups[0]?.runs.length ?? 0;
  const detail = sayVariants(fork.variants);
  const where = fork.word === 1 ? 'They differ from the first word.' : `First difference at word ${fork.word}.`;
  if (mode === 'exact' && sameWords(groups))
    return {
      sentence: `${groups.length} variants in ${n} ${kind}: same words, different spacing.`,
      detail,
      tone: 'differ',
    };
  const stopped = stopsShort(fork, groups.length, ignoring);
  if (stopped) return { sentence: stopped, detail: `${groups.length} variants in ${n} ${kind}.`, tone: 'differ' };
  if (largest === 1)
    return { sentence: `${n} different texts in ${n} ${kind}${ignoring}. ${where}`, detail, tone: 'differ' };
  return {
    sentence: `${largest} of ${n} ${kind} identical${ignoring}, ${groups.length} variants. ${where}`,
    detail,
    tone: 'differ',
  };
}

/** How many texts there are as they were written, if a mode makes one of several. */
function sayWritten(written: readonly RunText[]): string {
  const texts = new Set(written.map(({ text }) => text)).size;
  return texts > 1 ? `As written they are ${texts} texts.` : '';
}

/** The verdict on what the texts hold: their JSON values or their answers. A text without one agrees with none. */
function describeValues(mode: EqualityMode, groups: readonly EqualityGroup[], n: number, planned: number): Verdict {
  const kind = n === planned ? 'runs' : 'finished runs';
  const [a, noun] = mode === 'json' ? ['a', 'JSON value'] : ['an', 'answer'];
  const values = groups.filter(({ key }) => key !== null);
  const largest = values[0]?.runs.length ?? 0;
  const variants = values.length > 1 ? `, ${values.length} variants` : '';
  const missing = sayMissing(groups, noun);
  if (values.length === 0) return { sentence: `None of ${n} ${kind} has ${a} ${noun}.`, detail: '', tone: 'open' };
  if (values.length === 1 && largest === 1)
    return { sentence: `Only 1 of ${n} ${kind} has ${a} ${noun}.`, detail: missing, tone: 'open' };
  const sentence =
    largest === 1
      ? `${values.length} different ${noun}s in ${n} ${kind}.`
      : `${largest} of ${n} ${kind} identical${sayMode[mode]}${variants}.`;
  return {
    sentence: [sentence, missing].filter(Boolean).join(' '),
    detail:
      mode === 'json' ? sayLetters(values) : sayVariants(values.map(({ key, runs }) => ({ text: short(key), runs }))),
    tone: largest === n ? 'same' : 'differ',
  };
}

function sayMissing(groups: readonly EqualityGroup[], noun: string): string {
  const runs = groups.filter(({ key }) => key === null).flatMap((group) => group.runs);
  return runs.length > 0 ? `${capital(sayRuns(runs))} ${runs.length === 1 ? 'has' : 'have'} no ${noun}.` : '';
}

/** Which letter stands for which runs, where the values are too long to be named. */
function sayLetters(groups: readonly EqualityGroup[]): string {
  if (groups.length < 2) return '';
  const shown = groups.slice(0, 4).map(({ letter, runs }) => `${letter} in ${sayRuns(runs)}`);
  return `${shown.join('; ')}${groups.length > 4 ? `; ${groups.length - 4} more` : ''}.`;
}

const short = (text: string | null): string | null => {
  const characters = [...(text ?? '')];
  return characters.length > 60 ? `${characters.slice(0, 60).join('')}…` : text;
};

const plural = (count: number, noun: string): string => (count === 1 ? noun : `${noun}s`);

/** 1, 2 and 4 → "runs 1, 2, 4"; many are cut short. */
export function sayRuns(runs: readonly number[]): string {
  if (runs.length === 1) return `run ${runs[0]}`;
  const shown = runs.slice(0, 8).join(', ');
  return `runs ${shown}${runs.length > 8 ? ` and ${runs.length - 8} more` : ''}`;
}

function sayVariants(variants: Fork['variants']): string {
  const plain = variants.map(({ text }) => text?.trim() || null);
  const drawSpace = new Set(plain).size < variants.length || variants.some(({ text }) => text?.trim() === '');
  const shown = variants.slice(0, 4).map(({ text, runs }) => `${sayVariant(text, drawSpace)} in ${sayRuns(runs)}`);
  const more = variants.length > 4 ? `; ${variants.length - 4} more ${plural(variants.length - 4, 'reading')}` : '';
  return `${shown.join('; ')}${more}.`;
}

/** Two texts, one the beginning of the other: nothing differs but that some runs stop. */
function stopsShort({ word, variants }: Fork, texts: number, ignoring: string): string | null {
  const ending = variants.find(({ text }) => text === null);
  const going = variants.find(({ text }) => text !== null);
  if (!ending || !going || texts !== 2 || word === 1) return null;
  const stop = ending.runs.length === 1 ? 'stops' : 'stop';
  const others = going.runs.length === 1 ? `${sayRuns(going.runs)} goes on` : 'the others go on';
  return `${capital(sayRuns(ending.runs))} ${stop} at word ${word - 1}; ${others}. Same text up to there${ignoring}.`;
}

/** A sentence's beginning: "runs 2, 3" → "Runs 2, 3" */
export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** White space is drawn where it is what tells the readings apart. */
function sayVariant(text: ForkVariant['text'], drawSpace: boolean): string {
  if (text === null) return 'end of text';
  return `“${drawSpace ? text.replaceAll('\n', '↵').replaceAll(' ', '␣') : text.trim()}”`;
}

/** Whether texts that are not equal are so but for their spacing. */
function sameWords([first, ...others]: readonly { text: string }[]): boolean {
  const words = withoutSpacing(first?.text ?? '');
  return others.every(({ text }) => withoutSpacing(text) === words);
}

const withoutSpacing = (text: string): string => text.split(/\s+/u).filter(Boolean).join(' ');

/** Runs that are left out, those of one reason together: "Run 3 failed: rate limit. Runs 4, 5 were stopped." */
export function leftOutSentence(runs: readonly RunRecord[]): string {
  return [...Map.groupBy(runs, whyLeftOut)]
    .map(
      ([why, those]) => `${capital(sayRuns(those.map(({ run }) => run)))} ${those.length === 1 ? why : inPlural(why)}`,
    )
    .join(' ');
}

const inPlural = (why: string): string => why.replace(/^was /, 'were ').replace(/^has /, 'have ');

/** No run is left to compare: that none gave any text is another matter than that none finished. */
function describeNothing(runs: readonly RunRecord[]): Pick<Verdict, 'sentence' | 'detail'> {
  const silent =
    runs.length > 0 && runs.every((run) => run.status === 'ended' && run.finish !== 'aborted' && run.text === '');
  const kept = runs.some((run) => run.status === 'ended' && run.cached);
  if (!silent) return { sentence: kept ? 'No run counts.' : 'No run finished.', detail: leftOutSentence(runs) };
  const finishes = [...new Set(runs.map((run) => (run.status === 'ended' ? run.finish : '')))].join(', ');
  return {
    sentence: `${runs.length} of ${runs.length} ${plural(runs.length, 'run')} returned no text.`,
    detail: `Finish reason: ${finishes}.`,
  };
}

function limitSentence(limited: number, compared: number, limit: number | undefined): string {
  if (limited === 0) return '';
  const at = limit === undefined ? 'the token limit' : `the ${limit}-token limit`;
  const some = `${limited} of ${compared} ${limited === 1 ? 'was' : 'were'}`;
  const all = compared === 1 ? 'It was' : 'All were';
  const who = limited === compared ? all : some;
  return `${who} cut at ${at}.`;
}
