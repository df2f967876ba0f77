import type { Backend } from '@/lib/seedling/backends';
import { drawsOf } from '@/lib/seedling/draws';
import { type GeneratedToken, generate } from '@/lib/seedling/generate';
import { conditioningText, prefillOf, type SeedlingRequest, toGenerateOptions } from '@/lib/seedling/request';
import { conditionOn, type Seedling } from '@/lib/seedling/seedling';
import { isWritable, segment } from '@/lib/seedling/segment';
import { endId } from '@/lib/seedling/vocabulary';
import { inputsAfter, listOptions, traceChoice } from './choice-inputs';
import type { Moment } from './moment';

/** What is known of a run of Seedling: its request, its text, why it ended (null if unknown), and its back end. */
export type SeedlingRun = {
  request: SeedlingRequest & { seed?: number | null | undefined };
  text: string;
  finish: string | null;
  backend: Backend;
};

/** How many options a moment has by default. */
const defaultOptions = 10;

/**
 * How each token of a run was chosen, and the end of the text if that was chosen too. Seedling writes the text again
 * from its seed, so numbers and draws are those of the run itself. Where no seed was sent, or it gives another text, the
 * tokens are read from the text: the numbers are still exact, the draws unknown, and the moments end before anything
 * that Seedling cannot have written.
 *
 * Null if the numbers cannot be known because the back end calculates according to its load. The run must have come from
 * these counts (see `parseFingerprint`).
 *
 *     retrace(seedling, { request, text: 'A bee', finish: 'length', backend })[1]
 *       →  { token: ' bee', from: 1, to: 5, truth: 'exact', draw: { u: 0.4362, from: 0.3866, to: 0.6692 }, given: false,
 *            options: [{ token: ' small', probability: 0.3866, chance: 0.3866 }, …], rest: { tokens: 2430, … } }
 */
export function retrace(seedling: Seedling, run: SeedlingRun, maxOptions = defaultOptions): Moment[] | null {
  if (!run.backend.steady) return null;
  return regenerate(seedling, run, maxOptions) ?? readFromText(seedling, run, maxOptions);
}

/** The moments by the run's seed, or null if the text that it gives does not begin with the run's. */
function regenerate(seedling: Seedling, run: SeedlingRun, maxOptions: number): Moment[] | null {
  const { request, text, backend } = run;
  if (typeof request.seed !== 'number') return null;
  // Without stop sequences, so that tokens come whole and the run's text is where they begin.
  const options = { ...toGenerateOptions(seedling.counts.vocabulary, request, request.seed), stop: [] };
  const generating = generate(conditionOn(seedling, conditioningText(request), backend), {
    ...options,
    arithmetic: () => backend.arithmetic(1),
  });
  const generated: GeneratedToken[] = [];
  for (let length = 0; length < text.length; ) {
    const step = generating.next();
    if (step.done || !continues(text.slice(length), step.value.token, countStops(request) > 0)) return null;
    generated.push(step.value);
    length += step.value.token.length;
  }
  const moments = toMoments(seedling, generated, text, maxOptions, true);
  const after = generating.next();
  if (!after.done || after.value !== 'stop') return moments;
  const u = drawsOf(request.seed).drop(generated.length).next().value ?? null;
  return [...moments, endMoment(seedling, run, generated, u, maxOptions)];
}

const countStops = ({ stop }: SeedlingRequest): number => (typeof stop === 'string' ? 1 : (stop?.length ?? 0));

/** Whether the rest of a text begins with a token, or, if a stop sequence may have cut it, is the beginning of one. */
const continues = (rest: string, token: string, mayBeCut: boolean): boolean =>
  rest.startsWith(token) || (mayBeCut && token.startsWith(rest));

/** The moments by the tokens of the text itself. */
function readFromText(seedling: Seedling, run: SeedlingRun, maxOptions: number): Moment[] {
  const { request, text, backend, finish } = run;
  const { vocabulary } = seedling.counts;
  const given = segment(vocabulary, prefillOf(request)).length;
  const pieces = segment(vocabulary, text);
  const foreign = pieces.findIndex((piece, at) => at >= given && !isWritable(vocabulary, piece));
  const prefill = foreign === -1 ? pieces : pieces.slice(0, foreign);
  const generated = generate(conditionOn(seedling, conditioningText(request), backend), {
    ...toGenerateOptions(vocabulary, request, 0),
    stop: [],
    prefill,
    maxTokens: prefill.length,
    arithmetic: () => backend.arithmetic(1),
  });
  const tokens = generated.map((each, at) => ({ ...each, given: at < given })).toArray();
  const moments = toMoments(seedling, tokens, text, maxOptions, false);
  const chosenEnd = foreign === -1 && finish === 'stop' && countStops(request) === 0;
  return chosenEnd ? [...moments, endMoment(seedling, run, tokens, null, maxOptions)] : moments;
}

function toMoments(
  { counts: { vocabulary } }: Seedling,
  generated: readonly GeneratedToken[],
  text: string,
  maxOptions: number,
  drawn: boolean,
): Moment[] {
  let end = 0;
  return generated.map(({ token, given, u, from, to, candidates, distribution }) => {
    const start = end;
    end = Math.min(start + token.length, text.length);
    return {
      token,
      from: start,
      to: end,
      truth: 'exact',
      ...listOptions(candidates(), vocabulary.pieces, distribution.base.order.length, new Set([token]), maxOptions),
      draw: drawn ? { u, from, to } : null,
      given,
    };
  });
}

/** The choice of ending after these tokens. */
function endMoment(
  seedling: Seedling,
  { request, text, backend }: SeedlingRun,
  generated: readonly GeneratedToken[],
  u: number | null,
  maxOptions: number,
): Moment {
  const before = generated.map(({ id }) => id);
  const inputs = inputsAfter(seedling, request, backend, before, u);
  const { from, to, candidates } = traceChoice(inputs);
  const { order } = inputs.distribution.base;
  return {
    token: inputs.pieces[endId] ?? '',
    from: text.length,
    to: text.length,
    truth: 'exact',
    ...listOptions(candidates(), inputs.pieces, order.length, new Set(['']), maxOptions),
    draw: u === null ? null : { u, from, to },
    given: false,
  };
}
