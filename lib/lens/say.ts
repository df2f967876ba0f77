import type { Moment, Option } from './moment';
import type { Reshaped, Sliders } from './reshape';

/** What a run chose at the place that the lens shows. Runs count from 1. */
export type Chosen = { run: number; token: string };

/** Two options this close, in points of 100, are a near tie if runs took both. */
export const nearTiePoints = 5;

/** A token in a sentence: in quotation marks without the space before it; a space or line break by name. */
export function sayToken(token: string): string {
  if (token === '\n') return 'a line break';
  if (token.trim() === '') return 'a space';
  return `“${token.trim()}”`;
}

/** 0.4136 as `41 %`; what would round to 0 or 100 without being it is `under 1 %` or `over 99 %`. */
export function sayShare(share: number): string {
  const percent = Math.round(share * 100);
  if (percent === 0 && share > 0) return 'under 1 %';
  if (percent === 100 && share < 1 - 1e-9) return 'over 99 %';
  return `${percent} %`;
}

/**
 * What there is to say of one place, from its options and from what the runs took there. Shares are those after the
 * settings where they are known, else the model's own.
 *
 *     sayMoment(options, [{ run: 1, token: ' kept' }, { run: 2, token: ' lit' }, { run: 3, token: ' lit' }])
 *       →  ['41 % against 38 %: a near tie.', 'Run 1 took “kept”, runs 2 and 3 took “lit”.']
 */
export function sayMoment(options: readonly Option[], chosen: readonly Chosen[]): string[] {
  const tie = findNearTie(options, chosen);
  const tied = tie ? [`${sayShare(shareOf(tie[0]))} against ${sayShare(shareOf(tie[1]))}: a near tie.`] : [];
  return [...tied, ...sayChosen(chosen)];
}

/** The two likeliest options if they are within `nearTiePoints` of each other and runs took both; else null. */
export function findNearTie(options: readonly Option[], chosen: readonly Chosen[]): [Option, Option] | null {
  const [first, second] = options.toSorted((a, b) => shareOf(b) - shareOf(a));
  if (!first || !second || (shareOf(first) - shareOf(second)) * 100 > nearTiePoints) return null;
  const taken = new Set(chosen.map(({ token }) => token));
  return taken.has(first.token) && taken.has(second.token) ? [first, second] : null;
}

const shareOf = ({ probability, chance }: Option): number => chance ?? probability;

/** Who chose what, the most frequent first. */
function sayChosen(chosen: readonly Chosen[]): string[] {
  const runsOf = Map.groupBy(chosen, ({ token }) => token);
  const groups = [...runsOf].toSorted(([, a], [, b]) => b.length - a.length);
  const [only] = groups;
  if (!only) return [];
  if (groups.length === 1) {
    const all = chosen.length === 2 ? 'Both runs' : `All ${chosen.length} runs`;
    return [`${chosen.length === 1 ? sayRuns(chosen) : all} ${took(only[0])}.`];
  }
  const parts = groups.map(([token, runs], at) => {
    const who = sayRuns(runs);
    return `${at === 0 ? who : who.toLowerCase()} ${took(token)}`;
  });
  return [`${parts.join(', ')}.`];
}

const took = (token: string): string => (token === '' ? 'ended here' : `took ${sayToken(token)}`);

/** `Run 1`, `Runs 2 and 3`, `Runs 1, 2 and 4`, and of more than six the first five and how many others. */
function sayRuns(chosen: readonly Chosen[]): string {
  const runs = chosen.map(({ run }) => String(run));
  if (runs.length === 1) return `Run ${runs[0]}`;
  const named = runs.length > 6 ? runs.slice(0, 5) : runs.slice(0, -1);
  const last = runs.length > 6 ? `${runs.length - 5} others` : runs.at(-1);
  return `Runs ${named.join(', ')} and ${last}`;
}

/** What the numbers are worth: of one moment, or of a run that has none (null). */
export function sayTruth(moment: Moment | null): string {
  if (!moment) return 'This model does not send probabilities.';
  if (moment.truth === 'top') {
    const top = `Top ${moment.options.length} from the provider. It does not reveal its random draw.`;
    return `${top} Bars after slider changes are estimates.`;
  }
  if (moment.draw) return 'Exact: these are the real numbers and the real draw.';
  return 'Exact: these are the real numbers. The draw is not known.';
}

/** What the same draw would have given under other settings, or null if the draw is not known. */
export function sayReshaped(moment: Moment, { would }: Reshaped, { temperature, top_p }: Sliders): string | null {
  if (!would) return null;
  const settings = `With T ${temperature}${top_p < 1 ? ` and top-p ${top_p}` : ''}`;
  const still = would.token === moment.token ? ' still' : '';
  return `${settings} the same draw would${still} ${would.token === '' ? 'end here' : `give ${sayToken(would.token)}`}.`;
}
