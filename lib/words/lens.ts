import type { ChoiceFact, KnownDraw, Legend, Precision, ReshapedFact, TakenToken } from '@/lib/lens/facts';
import type { LensFailure, NoMoments, TraceState } from '@/lib/lens/lens';
import type { ModelName } from '@/lib/lens/lens-model';
import type { Needle } from '@/lib/lens/needles';
import type { Sliders } from '@/lib/lens/reshaped';
import { capital, counted, firstFew, inSequence, listed, namedOf, plural, sentences } from './english';
import { digitsFor, sayPlace, sayWidth } from './numbers';
import { sayRuns } from './runs';
import { tokenName } from './token';

/** 'run 1', 'runs 2 and 3', 'runs 1, 2 and 4'; of more than six the first five: 'runs 1, 2, 3, 4, 5 and 4 others'. */
function namedRuns(runs: readonly number[]): string {
  const shown = runs.length > 6 ? [...runs.slice(0, 5), `${runs.length - 5} others`] : runs;
  return `${plural(runs.length, 'run')} ${listed(shown)}`;
}

/** Runs beside a bar, in few characters: 'run 3', 'runs 1, 2, 4', '12 runs'; under moved sliders 'run 3, as run'. */
export const sayTakenBy = (runs: readonly number[], moved: boolean): string =>
  `${runs.length > 4 ? counted(runs.length, 'run') : sayRuns(runs)}${moved ? ', as run' : ''}`;

/** 'took “lit”', or 'ended here'. */
const took = (token: string): string => (token === '' ? 'ended here' : `took ${tokenName(token)}`);

/**
 * What there is to say of one choice.
 *
 *     sayChoiceFact({ kind: 'near-tie', shares: [0.41, 0.38], … })  →  '41 % against 38 %: a near tie.'
 *     sayChoiceFact({ kind: 'taken', tokens: [{ token: ' lit', runs: [2, 3] }, { token: ' kept', runs: [1] }] })
 *       →  'Runs 2 and 3 took “lit”, run 1 took “kept”.'
 */
export function sayChoiceFact(fact: ChoiceFact): string {
  switch (fact.kind) {
    case 'near-tie': {
      const [first, second] = fact.shares;
      // Side by side at the start of the unit line, as their bars are.
      const widths = [
        { from: 0, to: first },
        { from: first, to: first + second },
      ].map((each) => sayWidth([each]));
      return `${widths.join(' against ')}: a near tie.`;
    }
    case 'taken':
      return sayTaken(fact.tokens);
    case 'given':
      return `The request gave ${tokenName(fact.token)}: nothing was chosen here.`;
  }
}

function sayTaken(tokens: readonly TakenToken[]): string {
  const [first, ...others] = tokens;
  if (first && others.length === 0 && first.runs.length > 1)
    return `${first.runs.length === 2 ? 'Both runs' : `All ${first.runs.length} runs`} ${took(first.token)}.`;
  const named = namedOf(tokens.length);
  const said = tokens.slice(0, named).map(({ token, runs }) => `${namedRuns(runs)} ${took(token)}`);
  const rest = tokens.slice(named);
  const more = `${counted(rest.flatMap(({ runs }) => runs).length, 'run')} took ${counted(rest.length, 'other token')}`;
  return `${capital(inSequence(rest.length > 0 ? [...said, more] : said))}.`;
}

/** Runs whose text had gone another way before this moment, or had ended; '' if there are none. */
export function sayElsewhere(runs: readonly number[]): string {
  if (runs.length === 0) return '';
  const who = runs.length > 6 ? counted(runs.length, 'run') : capital(sayRuns(runs));
  return `${who} ${plural(runs.length, 'has', 'have')} another history by now.`;
}

/**
 * What a strip is of: the label of its setting, '' if there is no other, and its runs; and the sliders, if they were moved.
 *
 *     'T 0: runs 1, 2'   'Under the sliders: T 0.4'   'T 0: runs 1, 2, under the sliders: T 0.4'   ''
 */
export function sayStrip(label: string, runs: readonly number[], moved: Sliders | null): string {
  const of = label === '' ? [] : [`${label}: ${sayRuns(runs)}`];
  return capital(inSequence(moved ? [...of, `under the sliders: ${saySliders(moved)}`] : of));
}

/** Settings that are not shown, by their labels. */
export const sayLeftChoices = (labels: readonly string[]): string =>
  `Not shown: ${firstFew(labels, (more) => `${more} more`)}. Choose one of their runs to see them.`;

/** The settings that sliders stand for: 'T 0.4 and top-p 0.9', 'T 2'. */
const saySliders = ({ temperature, top_p }: Sliders): string =>
  `T ${temperature}${top_p < 1 ? ` and top-p ${top_p}` : ''}`;

/** A needle in words: whose draw it is, of which strip, where it points, what it hits, and from where to where that is. */
type NeedleWords = { who: string; draw: string; hit: string; where: string };

/**
 * A needle of a strip: { who: 'T 1, run 3', draw: '0.601', hit: '“It”', where: '0.435 to 0.648' }, with more digits where it
 * would stand on the end of its stretch.
 */
export function sayNeedle({ runs, token, ...draw }: Needle, label: string, moved: boolean): NeedleWords {
  const digits = digitsFor(draw);
  const of = [moved ? 'under the sliders' : '', label, sayRuns(runs)].filter(Boolean);
  return {
    who: capital(of.join(', ')),
    draw: sayPlace(draw.u, digits),
    hit: tokenName(token),
    where: `${sayPlace(draw.from, digits)} to ${sayPlace(draw.to, digits)}`,
  };
}

/** What bars stand for. */
export function sayLegend(legend: Legend): string {
  switch (legend.kind) {
    case 'settled':
      return sentences(
        'Dashed: the model’s own. Filled: after the settings.',
        legend.inAll === null ? null : `${legend.inAll} tokens in all; the end of the text counts as one.`,
      );
    case 'reported':
      return 'As they were reported. Whether the settings had been applied is not known.';
    case 'estimated':
      return 'Dashed: as they were reported. Filled: estimated, as if the settings had not been applied yet.';
  }
}

/** What took an option out: its chance is 0. Null if it could hardly have come anyway. */
export function sayCut(probability: number, { temperature, top_p }: Sliders): string | null {
  if (probability === 0) return 'cannot come';
  if (temperature === 0) return 'cut by temperature 0';
  return top_p < 1 ? `cut by top-p ${top_p}` : null;
}

/** What the numbers of a moment are worth. */
export function sayPrecision(precision: Precision): string {
  if (precision.kind === 'exact')
    return (precision.imported ? recomputed : exactness)[precision.draw](modelNames[precision.model]);
  const top = precision.imported
    ? `Top ${precision.options}, as the imported file has them. The random draw is not known.`
    : `Top ${precision.options} from the provider. It does not reveal its random draw.`;
  return sentences(top, 'Bars after slider changes are estimates.');
}

const modelNames: Record<ModelName, string> = { seedling: 'Seedling', sapling: 'Sapling' };

const exactness: Record<KnownDraw, (model: string) => string> = {
  known: () => 'Exact: these are the real numbers and the real draw.',
  unknown: (model) =>
    `Exact: these are ${model}’s own numbers for this text. No seed was sent, so the draw is not known.`,
  unused: () => 'Exact: these are the real numbers. The request gave this token, so no draw chose it.',
};

/** Of imported runs: the numbers are the model's, whoever wrote the text. */
const recomputed: typeof exactness = {
  known: (model) => `Recomputed: ${model} gives this text for this request, with these numbers.`,
  unknown: (model) =>
    `Recomputed: these are ${model}’s own numbers for this text. No seed is known, so neither is the draw.`,
  unused: (model) => `Recomputed with ${model}. The request gave this token, so no draw chose it.`,
};

/** What the runs' own draws would have given under other settings. */
export function sayReshaped(fact: ReshapedFact): string {
  switch (fact.kind) {
    case 'given':
      return 'The request gave this token, so it comes under any settings.';
    case 'estimate':
      return 'Bars after slider changes are estimates.';
    case 'draw-unknown':
      return 'The bars are exact. The draw is not known, so neither is what would have come.';
    case 'one-token': {
      const outcome = fact.token === '' ? 'end here' : `give ${tokenName(fact.token)}`;
      const draws = plural(fact.runs, 'draw');
      return `With ${saySliders(fact.sliders)} the same ${draws} would${fact.unchanged ? ' still' : ''} ${outcome}.`;
    }
    case 'several-tokens': {
      const said = fact.tokens.map(({ token, runs }) => `${tokenName(token)} in ${sayRuns(runs)}`);
      const few = firstFew(said, (more) => counted(more, 'other token'));
      return `With ${saySliders(fact.sliders)} the same draws would give ${few}.`;
    }
  }
}

/** Why the lens has nothing to show of a run. */
export function sayTraceState(state: Exclude<TraceState, { kind: 'ready' }>): string {
  if (state.kind === 'loading')
    return state.fetching === 'sapling'
      ? 'Fetching Sapling, a few megabytes, and computing how each token was chosen.'
      : 'Working out how each token was chosen.';
  return state.kind === 'none' ? noMoments[state.why] : failures[state.why];
}

const noMoments: Record<NoMoments, string> = {
  'no-text': 'This run has no token to look at.',
  'request-unknown': 'What was asked is not known, so it cannot be recomputed.',
  'not-asked': 'Probabilities were not asked for. Tick Logprobs and run again.',
  'none-came':
    'Probabilities were asked for, but none came with this text. See it with a model inside: Seedling or Sapling.',
  'load-unknown':
    'This back end rounds according to its load, which was not recorded with this run. Run it again to look into it.',
  'not-reproduced':
    'The model that is named here does not give this text for this request. So the text was not made this way, and how it was made is not known.',
};

const failures: Record<LensFailure, string> = {
  unreachable: 'The numbers behind this model could not be fetched. Is the server running?',
  'other-version': 'This text names another version of the model, whose numbers are gone.',
  broken: 'How each token was chosen could not be worked out. Reload the page to try again.',
};
