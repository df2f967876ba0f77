import { groupTexts } from '@/lib/compare/align/groups';
import { isComparable } from '@/lib/compare/measure/comparable';
import { type Moment, type Option, shareOf } from '@/lib/lens/moment';
import { armRequest } from '@/lib/recipe/plan';
import type { ChatRequest, Recipe } from '@/lib/recipe/recipe';
import type { EndedRun } from '@/lib/run/record';
import { counted, listed, plural, sentences } from '@/lib/words/english';
import { sayWholePercent } from '@/lib/words/numbers';
import { tokenName } from '@/lib/words/token';
import type { Happened, Outcome, Prediction } from './lesson';

/*
 * What the captions of several lessons share. A lesson is prose as data and holds its own sentences; grammar (plurals,
 * lists, per cent, tokens) comes from lib/words.
 */

/** A run that can be compared, its recipe and request, and how its tokens were chosen ([] if that is not known). */
export type FinishedRun = { record: EndedRun; recipe: Recipe; request: ChatRequest; moments: readonly Moment[] };

export const choicesUnknown = 'How these words were chosen is not known.';

/** The runs that have finished, with all that a caption is made of. */
export const finishedRuns = ({ experiment: { recipe, runs }, moments }: Outcome): FinishedRun[] =>
  runs.filter(isComparable).map((record) => ({
    record,
    recipe,
    request: armRequest(recipe, record.arm),
    moments: moments.get(record.run) ?? [],
  }));

const nothingYet = (minRuns: number): string => `Nothing to tell yet: this takes ${counted(minRuns, 'finished run')}.`;

/**
 * Makes a caption of the runs that have finished, sentence by sentence. Nothing is said of runs that were stopped or
 * failed but how many they are; of fewer than `minRuns` finished runs nothing is said but that. `more` is what the caption
 * takes besides, such as the outcome before.
 *
 *     makeCaption(2, (runs) => [`${runs.length} runs.`])  →  of 5 runs, one stopped: '4 runs. 1 run is left out: it has no finished text.'
 */
export const makeCaption =
  <More extends unknown[]>(minRuns: number, captionOf: (runs: FinishedRun[], ...more: More) => string[]) =>
  (outcome: Outcome, ...more: More): string => {
    const finished = finishedRuns(outcome);
    if (finished.length < minRuns) return nothingYet(minRuns);
    return sentences(...captionOf(finished, ...more), describeLeftOut(outcome, finished));
  };

/** Makes the answer to a prediction's question in the same way; too few finished runs tell nothing. */
export const makeAnswer =
  (minRuns: number, answerOf: (runs: FinishedRun[]) => { answer: number | null; because: string[] }) =>
  (outcome: Outcome): Happened => {
    const finished = finishedRuns(outcome);
    if (finished.length < minRuns) return { answer: null, because: nothingYet(minRuns) };
    const { answer, because } = answerOf(finished);
    return { answer, because: sentences(...because, describeLeftOut(outcome, finished)) };
  };

/** An answer in the prediction's own words: '“Less”' or '2 texts'. */
const sayAnswer = (predict: Prediction, answer: number): string =>
  predict.kind === 'choice' ? `“${predict.options[answer]}”` : counted(answer, predict.unit);

/** What happened, as an answer to the question that was asked: '“Less”. At T 1 it has 43 %. At T 1.5 it has 28 %.' */
export function sayHappened(predict: Prediction, outcome: Outcome): string {
  const { answer, because } = predict.happened(outcome);
  return sentences(answer === null ? null : `${sayAnswer(predict, answer)}.`, because);
}

function describeLeftOut({ experiment }: Outcome, finished: readonly FinishedRun[]): string | null {
  const count = experiment.runs.length - finished.length;
  if (count === 0) return null;
  const why = plural(count, 'is left out: it has no finished text', 'are left out: they have no finished text');
  return `${counted(count, 'run')} ${why}.`;
}

/** The likeliest options with what the settings left of them: '“Once” 64 %, “It” 15 % and “There” 5 %'. */
export const barsText = (options: readonly Option[], maxBars = 3): string =>
  listed(options.slice(0, maxBars).map((option) => `${tokenName(option.token)} ${sayWholePercent(shareOf(option))}`));

/** The choices of the first token, by run; runs whose choices are not known are left out. */
export const firstChoices = (runs: readonly FinishedRun[]): (FinishedRun & { first: Moment })[] =>
  runs.flatMap((run) => (run.moments[0] ? [{ ...run, first: run.moments[0] }] : []));

/** How many texts there are, and how many runs gave the most common one. */
export function countTexts(runs: readonly FinishedRun[]): { texts: number; modal: number } {
  const groups = groupTexts(runs.map(({ record }) => record));
  return { texts: groups.length, modal: groups[0]?.runs.length ?? 0 };
}

/** 'All 5 runs gave the same text.' or '3 of 5 runs gave the most common text. There are 3 texts in all.' */
export function describeAgreement(runs: readonly FinishedRun[]): string {
  const { texts, modal } = countTexts(runs);
  const all = counted(runs.length, 'run');
  if (runs.length > 1 && texts === runs.length) return `The ${all} gave ${texts} different texts.`;
  if (texts === 1) return runs.length === 1 ? '1 run gave a text.' : `All ${all} gave the same text.`;
  return `${modal} of ${all} gave the most common text. There are ${texts} texts in all.`;
}

/**
 * Which seeds were sent: 'They share seed 42.', 'They have 5 seeds.', 'No seed was sent, so each run had a list of its
 * own.'
 */
export function describeSeeds(runs: readonly FinishedRun[]): string {
  const sent = new Set(runs.map(({ record }) => record.seed));
  const [only] = sent;
  if (sent.size > 1) return `They have ${counted(sent.size, 'seed')}.`;
  return only === null || only === undefined
    ? 'No seed was sent, so each run had a list of its own.'
    : `They share seed ${only}.`;
}

/** Whether the runs were sent at once. */
export const describeDispatch = (runs: readonly FinishedRun[]): string =>
  runs[0]?.recipe.dispatch === 'sequential' ? 'Sent one after the other.' : 'Sent all at once.';
