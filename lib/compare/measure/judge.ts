import {
  asCompared,
  type EqualityGroup,
  type EqualityMode,
  type EqualityOptions,
  groupByEquality,
  isTextMode,
} from '@/lib/compare/align/equality';
import { type Fork, findFork } from '@/lib/compare/align/fork';
import { type Group, groupTexts, type RunText } from '@/lib/compare/align/groups';
import { countWords, splitWords } from '@/lib/compare/align/words';
import { armRequest, tokenLimitOf } from '@/lib/recipe/plan';
import type { Recipe } from '@/lib/recipe/recipe';
import type { EndedRun, RunRecord } from '@/lib/run/record';
import { findLeftOut, isComparable } from './comparable';
import { groundOf } from './ground';
import { findReasoning, spentOnReasoning } from './reasoning';
import type { Finding, ProgressVerdict, RunsVerdict } from './verdict';

/**
 * The verdict on runs that are over, by their exact texts or under another mode. Where a mode looks at texts, words are
 * counted in what it compares.
 *
 *     'the cat sat', 'the cat ran', 'the cat sat'
 *       →  { kind: 'differ', compared: 3, planned: 3, texts: 2, largest: 2, fork: { word: 3, … }, … }
 */
export function judgeRuns(
  recipe: Recipe,
  runs: readonly RunRecord[],
  mode: EqualityMode = 'exact',
  options: EqualityOptions = {},
): RunsVerdict {
  const compared = runs.filter(isComparable);
  const cut = compared.filter((run) => run.finish === 'length');
  return {
    ...(compared.length === 0 ? findNothing(runs) : findAmong(compared, mode, options)),
    mode,
    compared: compared.length,
    planned: runs.length,
    leftOut: findLeftOut(runs),
    ground: groundOf(recipe, compared, mode, options),
    reasoning: findReasoning(compared),
    atLimit: { runs: cut.map(({ run }) => run), limit: limitOf(recipe, cut) },
  };
}

/** The token limit, if all arms send the same one, and no run was cut before it: there a context was full. */
function limitOf(recipe: Recipe, cut: readonly EndedRun[]): number | null {
  const limits = new Set((recipe.arms ?? [{}]).map((_, arm) => tokenLimitOf(armRequest(recipe, arm))));
  const [limit] = limits;
  if (limits.size > 1 || limit == null) return null;
  return cut.some(({ usage }) => usage !== null && usage.completion_tokens < limit) ? null : limit;
}

/** The provisional verdict while runs are going on, over what every run has reached (see frontier.ts). */
export function judgeProgress(reached: readonly RunText[], runs: readonly RunRecord[]): ProgressVerdict {
  const inState = (state: RunRecord['status']) => runs.filter(({ status }) => status === state).length;
  const counts = { planned: runs.length, going: inState('running'), waiting: inState('queued') };
  const fork = findFork(reached);
  if (fork) return { kind: 'forked', ...counts, fork };
  const words = wordsOf(reached[0]);
  if (words === 0 || reached.length < 2) return { kind: 'running', ...counts };
  return { kind: 'identical-so-far', ...counts, words, compared: reached.length };
}

const wordsOf = (text: RunText | undefined): number => countWords(splitWords(text?.text ?? ''));

function findAmong(texts: readonly EndedRun[], mode: EqualityMode, options: EqualityOptions): Finding {
  if (texts.length === 1) return { kind: 'only-one' };
  if (isTextMode(mode)) return findInTexts(texts, mode);
  const exactTexts = new Set(texts.map(({ text }) => text)).size;
  return { ...findInValues(groupByEquality(texts, mode, options)), exactTexts };
}

function findInTexts(exactTexts: readonly EndedRun[], mode: EqualityMode): Finding {
  const texts = mode === 'exact' ? exactTexts : asCompared(exactTexts, mode);
  const fork = findFork(texts);
  if (!fork)
    return {
      kind: 'identical',
      words: wordsOf(texts[0]),
      exactTexts: new Set(exactTexts.map(({ text }) => text)).size,
    };
  const groups = groupTexts(texts);
  if (mode === 'exact' && sameWords(groups)) return { kind: 'spacing-only', texts: groups.length, fork };
  const short = stopsShort(fork, groups.length) ?? cutInsideWord(fork, groups, exactTexts);
  if (short) return { kind: 'stops-short', texts: groups.length, ...short };
  return { kind: 'differ', texts: groups.length, largest: groups[0]?.runs.length ?? 0, fork };
}

/** A text without a JSON value or an answer agrees with none. */
function findInValues(groups: readonly EqualityGroup[]) {
  const values = groups.flatMap(({ letter, key, runs }) => (key === null ? [] : [{ letter, value: key, runs }]));
  return {
    kind: 'values' as const,
    values,
    without: groups.filter(({ key }) => key === null).flatMap(({ runs }) => runs),
  };
}

type Short = Omit<Extract<Finding, { kind: 'stops-short' }>, 'kind' | 'texts'>;

/** Two texts, one the beginning of the other: they differ only in that some runs stop. */
function stopsShort({ word, differs, variants }: Fork, texts: number): Short | null {
  const stopping = variants.find(({ text }) => text === null)?.runs;
  const going = variants.find(({ text }) => text !== null)?.runs;
  return stopping && going && texts === 2 && differs === 'word' && word > 1
    ? { lastWord: word - 1, insideWord: false, stopping, going }
    : null;
}

/** Two texts, one the beginning of the other, whose runs were all cut at the token limit: a token may end inside a word. */
function cutInsideWord({ word }: Fork, groups: readonly Group[], runs: readonly EndedRun[]): Short | null {
  const [short, long, ...others] = groups.toSorted((a, b) => a.text.length - b.text.length);
  if (!short || !long || others.length > 0 || !long.text.startsWith(short.text)) return null;
  const stopping = new Set(short.runs);
  const cut = runs.every(({ run, finish }) => !stopping.has(run) || finish === 'length');
  return cut && word > 1 ? { lastWord: word - 1, insideWord: true, stopping: short.runs, going: long.runs } : null;
}

/** Whether texts that differ are equal but for their spacing. */
function sameWords([first, ...others]: readonly { text: string }[]): boolean {
  const words = withoutSpacing(first?.text ?? '');
  return others.every(({ text }) => withoutSpacing(text) === words);
}

const withoutSpacing = (text: string): string => text.split(/\s+/u).filter(Boolean).join(' ');

/** No run is left to compare: either none gave any text, or none finished. */
function findNothing(runs: readonly RunRecord[]): Finding {
  const ended = runs.filter((run) => run.status === 'ended');
  const silent = ended.length === runs.length && ended.every((run) => run.finish !== 'aborted' && run.text === '');
  if (runs.length === 0 || !silent)
    return {
      kind: 'nothing-compared',
      cached: ended.some((run) => run.cached),
      ended: ended.some((run) => run.finish !== 'aborted'),
    };
  const finishes = [...new Set(ended.map(({ finish }) => finish))];
  return { kind: 'no-text', finishes, reasoned: spentOnReasoning(ended) };
}
