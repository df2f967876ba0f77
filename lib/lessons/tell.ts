import { groupTexts } from '@/lib/compare/align/groups';
import { isComparable } from '@/lib/compare/measure/comparable';
import type { Moment, Option } from '@/lib/lens/moment';
import { sayShare, sayToken } from '@/lib/lens/say';
import { armRequest } from '@/lib/recipe/plan';
import type { ChatRequest } from '@/lib/recipe/recipe';
import type { EndedRun } from '@/lib/run/record';
import type { Outcome } from './lesson';

/** A run that can be compared, what was asked for it, and how its tokens were chosen ([] if that is not known). */
export type ToldRun = { record: EndedRun; request: ChatRequest; moments: readonly Moment[] };

export const noNumbers = 'How these words were chosen is not known.';

/**
 * A caption over the runs that have finished, sentence by sentence. It never speaks of runs that were stopped or failed,
 * but says how many there are; with fewer than `least` finished runs it says only that.
 *
 *     tellRuns(2, (runs) => [`${runs.length} runs.`])  →  of 5 runs, one stopped: '4 runs. 1 run is left out: it has no finished text.'
 */
export const tellRuns =
  (least: number, say: (runs: ToldRun[]) => string[]) =>
  ({ experiment, moments }: Outcome): string => {
    const { recipe, runs } = experiment;
    const told = runs.filter(isComparable).map((record) => ({
      record,
      request: armRequest(recipe, record.arm),
      moments: moments.get(record.run) ?? [],
    }));
    if (told.length < least) return `Nothing to tell yet: this takes ${sayCount(least, 'finished run')}.`;
    const missing = runs.length - told.length;
    const why = missing === 1 ? 'is left out: it has no finished text' : 'are left out: they have no finished text';
    return [...say(told), ...(missing > 0 ? [`${sayCount(missing, 'run')} ${why}.`] : [])].join(' ');
  };

/** `1 run`, `5 runs`. */
export const sayCount = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;

/** A draw or an end of a segment, from 0 to 1: `0.60`. */
export const sayDraw = (u: number): string => u.toFixed(2);

/** `“a”`, `“a” and “b”`, `“a”, “b” and “c”`. */
export const sayList = (parts: readonly string[]): string =>
  parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`;

/** The likeliest options with what the settings left of them: `“Once” 64 %, “It” 15 % and “There” 5 %`. */
export const sayBars = (options: readonly Option[], most = 3): string =>
  sayList(options.slice(0, most).map((option) => `${sayToken(option.token)} ${sayShare(chanceOf(option))}`));

/** What the settings left of an option, or the model's own probability where that is not known. */
export const chanceOf = ({ chance, probability }: Option): number => chance ?? probability;

/** The choices of the first token, by run; runs whose choices are not known are not among them. */
export const firstChoices = (runs: readonly ToldRun[]): (ToldRun & { first: Moment })[] =>
  runs.flatMap((run) => (run.moments[0] ? [{ ...run, first: run.moments[0] }] : []));

/** How many texts there are and how many runs gave the most common one. */
export function countTexts(runs: readonly ToldRun[]): { texts: number; modal: number } {
  const groups = groupTexts(runs.map(({ record }) => record));
  return { texts: groups.length, modal: groups[0]?.runs.length ?? 0 };
}

/** `5 of 5 runs gave the same text.` or `3 of 5 runs gave the same text; there are 3 texts in all.` */
export function saySame(runs: readonly ToldRun[]): string {
  const { texts, modal } = countTexts(runs);
  const all = sayCount(runs.length, 'run');
  if (runs.length > 1 && texts === runs.length) return `The ${all} gave ${texts} different texts.`;
  if (texts === 1) return runs.length === 1 ? '1 run gave a text.' : `All ${all} gave the same text.`;
  return `${modal} of ${all} gave the most common text. There are ${texts} texts in all.`;
}

/** Whose draws they had: `They share seed 42.`, `They have 5 seeds.`, `No seed was sent.` */
export function saySeeds(runs: readonly ToldRun[]): string {
  const sent = new Set(runs.map(({ record }) => record.seed));
  const [only] = sent;
  if (sent.size > 1) return `They have ${sayCount(sent.size, 'seed')}.`;
  return only === null || only === undefined
    ? 'No seed was sent, so each run had a list of its own.'
    : `They share seed ${only}.`;
}
