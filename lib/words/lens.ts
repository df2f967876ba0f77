import type { MomentFact, Precision, ReshapedFact } from '@/lib/lens/facts';
import type { LensFailure, TraceState } from '@/lib/lens/lens';
import { capital, counted, inSequence, listed, plural, sentences } from './english';
import { sayWholePercent } from './numbers';
import { sayRuns } from './runs';

/** A token in a sentence: in quotation marks without the space before it; a space, a line break and the end by name. */
export function tokenName(token: string): string {
  if (token === '') return 'the end';
  if (token === '\n') return 'a line break';
  return token.trim() === '' ? 'a space' : `“${token.trim()}”`;
}

/** 'run 1', 'runs 2 and 3', 'runs 1, 2 and 4'; of more than six the first five: 'runs 1, 2, 3, 4, 5 and 4 others'. */
function namedRuns(runs: readonly number[]): string {
  const shown = runs.length > 6 ? [...runs.slice(0, 5), `${runs.length - 5} others`] : runs;
  return `${plural(runs.length, 'run')} ${listed(shown)}`;
}

/** Runs beside a bar, in few characters: 'run 3', 'runs 1, 2, 4', '12 runs'. */
export const sayRunsBriefly = (runs: readonly number[]): string =>
  runs.length > 4 ? counted(runs.length, 'run') : sayRuns(runs);

/** 'took “lit”', or 'ended here'. */
const took = (token: string): string => (token === '' ? 'ended here' : `took ${tokenName(token)}`);

/**
 * What there is to say of one moment in all runs.
 *
 *     sayMomentFact({ kind: 'near-tie', shares: [0.41, 0.38], … })  →  '41 % against 38 %: a near tie.'
 *     sayMomentFact({ kind: 'taken', tokens: [{ token: ' lit', runs: [2, 3] }, { token: ' kept', runs: [1] }] })
 *       →  'Runs 2 and 3 took “lit”, run 1 took “kept”.'
 */
export function sayMomentFact(fact: MomentFact): string {
  switch (fact.kind) {
    case 'near-tie':
      return `${fact.shares.map(sayWholePercent).join(' against ')}: a near tie.`;
    case 'taken': {
      const [first, ...others] = fact.tokens;
      if (first && others.length === 0 && first.runs.length > 1)
        return `${first.runs.length === 2 ? 'Both runs' : `All ${first.runs.length} runs`} ${took(first.token)}.`;
      return `${capital(inSequence(fact.tokens.map(({ token, runs }) => `${namedRuns(runs)} ${took(token)}`)))}.`;
    }
    case 'elsewhere': {
      const { runs } = fact;
      const who = runs.length > 6 ? counted(runs.length, 'run') : capital(sayRuns(runs));
      return `${who} ${plural(runs.length, 'has', 'have')} another history by now.`;
    }
  }
}

/** What the numbers of a moment are worth. */
export function sayPrecision(precision: Precision): string {
  switch (precision.kind) {
    case 'none':
      return 'This model does not send probabilities.';
    case 'provider': {
      const top = `Top ${precision.options} from the provider. It does not reveal its random draw.`;
      return sentences(top, 'Bars after slider changes are estimates.');
    }
    case 'exact':
      return precision.drawKnown
        ? 'Exact: these are the real numbers and the real draw.'
        : 'Exact: these are the real numbers. The draw is not known.';
  }
}

/** Of more runs than these it is not said what each would have taken. */
const maxRunsNamed = 8;

/** What the runs' own draws would have given under other settings. */
export function sayReshaped(fact: ReshapedFact): string {
  switch (fact.kind) {
    case 'estimate':
      return 'Bars after slider changes are estimates.';
    case 'one-token': {
      const { temperature, top_p } = fact.sliders;
      const settings = `With T ${temperature}${top_p < 1 ? ` and top-p ${top_p}` : ''}`;
      const outcome = fact.token === '' ? 'end here' : `give ${tokenName(fact.token)}`;
      return `${settings} the same draw would${fact.unchanged ? ' still' : ''} ${outcome}.`;
    }
    case 'several-tokens': {
      const { temperature, top_p } = fact.sliders;
      const named = fact.runs.slice(0, maxRunsNamed).map(({ run, token }) => `${tokenName(token)} in run ${run}`);
      return `With T ${temperature} and top-p ${top_p} the same draws would give ${inSequence(named)}.`;
    }
  }
}

/** Why the lens has nothing to show of a run. */
export function sayTraceState(state: Exclude<TraceState, { kind: 'ready' }>): string {
  if (state.kind === 'loading') return 'Working out how each token was chosen.';
  if (state.kind === 'none')
    return sentences(
      sayPrecision({ kind: 'none' }),
      'Tick Logprobs and run again, or see it with Seedling, the model inside.',
    );
  return failures[state.why];
}

const failures: Record<LensFailure, string> = {
  unreachable: 'The numbers behind Seedling could not be fetched. Is the server running?',
  'other-version': 'Another version of Seedling made this text; its numbers are gone.',
  broken: 'How each token was chosen could not be worked out. Reload the page to try again.',
};
