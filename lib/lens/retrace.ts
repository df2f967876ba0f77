import type { Seed } from '@/lib/recipe/seed';
import type { Backend } from '@/lib/seedling/backends';
import { drawsOf } from '@/lib/seedling/draws';
import { generate } from '@/lib/seedling/generate';
import { conditioningText, prefillOf, type SeedlingRequest, toGenerateOptions } from '@/lib/seedling/request';
import { conditionOn, type Seedling } from '@/lib/seedling/seedling';
import { isWritable, segment } from '@/lib/seedling/segment';
import { endId } from '@/lib/seedling/vocabulary';
import type { Finish, GeneratedToken } from '@/lib/seedling/writing';
import { inputsAfter, listOptions, traceChoice } from './choice-inputs';
import type { Moment } from './moment';

/** What is known of a run of Seedling: its request, its text, why it ended (null if unknown), and its back end. */
export type SeedlingRun = {
  request: SeedlingRequest & { seed?: Seed | null | undefined };
  text: string;
  finish: string | null;
  backend: Backend;
};

/**
 * How each token of a run was chosen, or why that cannot be known:
 * `not-reproduced`: the request, with its seed if it has one, gives another text, so this one was not made that way.
 * `load-unknown`: the back end calculates according to its load, which nobody recorded.
 */
export type Retraced = { kind: 'ready'; moments: Moment[] } | { kind: 'none'; why: 'not-reproduced' | 'load-unknown' };

/** How many options a moment has by default. */
const defaultOptions = 10;

/**
 * How each token of a run was chosen, and the end of the text if that was chosen too. Seedling writes the text again
 * from its seed, so numbers and draws are those of the run itself. Where no seed was sent, the tokens are read from the
 * text, unless the temperature is 0, at which no draw matters: the numbers are exact, the draws unknown. The run must name
 * these counts (see `parseFingerprint`).
 *
 *     retrace(seedling, { request, text: 'A bee', finish: 'length', backend }).moments[1]
 *       →  { token: ' bee', from: 1, to: 5, truth: 'exact', draw: { u: 0.4362, from: 0.3866, to: 0.6692 }, given: false,
 *            options: [{ token: ' small', probability: 0.3866, chance: 0.3866 }, …], rest: { tokens: 2430, … } }
 */
export function retrace(seedling: Seedling, run: SeedlingRun, maxOptions = defaultOptions): Retraced {
  if (!run.backend.steady) return { kind: 'none', why: 'load-unknown' };
  const { temperature } = run.request;
  const moments =
    isDrawn(run) || temperature === 0 ? regenerate(seedling, run, maxOptions) : readFromText(seedling, run, maxOptions);
  return moments ? { kind: 'ready', moments } : { kind: 'none', why: 'not-reproduced' };
}

/** Whether the run's draws follow from its seed. */
const isDrawn = ({ request: { seed } }: SeedlingRun): boolean => seed !== undefined && seed !== null;

/** The moments by the run's seed, which may be missing at temperature 0; null if it gives another text. */
function regenerate(seedling: Seedling, run: SeedlingRun, maxOptions: number): Moment[] | null {
  const { request, text, backend } = run;
  const drawn = isDrawn(run);
  const seed = BigInt(request.seed ?? 0);
  // Without stop sequences, so that tokens come whole and the run's text is where they begin.
  const options = { ...toGenerateOptions(seedling.counts.vocabulary, request, seed), stop: [] };
  const generating = generate(conditionOn(seedling, conditioningText(request), backend), {
    ...options,
    arithmetic: backend.arithmetic(1),
  });
  const generated: GeneratedToken[] = [];
  for (let length = 0; length < text.length; ) {
    const step = generating.next();
    if (step.done || !continues(text.slice(length), step.value.token, mayBeCut(run))) return null;
    generated.push(step.value);
    length += step.value.token.length;
  }
  const moments = toMoments(seedling, generated, text, maxOptions, drawn);
  const after = generating.next();
  const ended = after.done ? after.value : null;
  const beyond = () => join(generated).slice(text.length) + (after.done ? '' : after.value.token + join(generating));
  if (!endsAsRecorded(run, ended, beyond)) return null;
  if (ended !== 'stop') return moments;
  const u = drawn ? (drawsOf(seed).drop(generated.length).next().value ?? null) : null;
  return [...moments, endMoment(seedling, run, generated, u, maxOptions)];
}

const stopsOf = ({ stop }: SeedlingRequest): readonly string[] => (typeof stop === 'string' ? [stop] : (stop ?? []));

const join = (tokens: Iterable<GeneratedToken>): string => [...tokens].map(({ token }) => token).join('');

/**
 * Whether a text ends as its record says. `ended` is how Seedling ended it there, null if it goes on, `beyond` gives what it
 * then writes: a stop sequence, if one cut the text.
 */
function endsAsRecorded({ request, finish }: SeedlingRun, ended: Finish | null, beyond: () => string): boolean {
  if (finish === 'length') return ended === 'length';
  if (finish !== 'stop' || ended === 'stop') return true;
  const stops = stopsOf(request);
  const next = stops.length > 0 ? beyond() : '';
  return stops.some((stop) => next.startsWith(stop));
}

/** Whether a text may end within a token: cut by a stop sequence, or by whoever stopped it. */
const mayBeCut = ({ request, finish }: SeedlingRun): boolean =>
  stopsOf(request).length > 0 || (finish !== 'stop' && finish !== 'length');

/** Whether the rest of a text begins with a token, or, if it may be cut, is the beginning of one. */
const continues = (rest: string, token: string, isCut: boolean): boolean =>
  rest.startsWith(token) || (isCut && token.startsWith(rest));

/** The moments by the tokens of the text itself; null if it has one that Seedling cannot write. */
function readFromText(seedling: Seedling, run: SeedlingRun, maxOptions: number): Moment[] | null {
  const { request, text, backend, finish } = run;
  const { vocabulary } = seedling.counts;
  if (!text.startsWith(prefillOf(request)) && !prefillOf(request).startsWith(text)) return null;
  const given = segment(vocabulary, prefillOf(request)).length;
  const pieces = segment(vocabulary, text);
  const foreign = pieces.findIndex((piece, at) => at >= given && !isWritable(vocabulary, piece));
  if (foreign !== -1 && !(mayBeCut(run) && foreign === pieces.length - 1)) return null;
  const prefill = foreign === -1 ? pieces : pieces.slice(0, foreign);
  const generated = generate(conditionOn(seedling, conditioningText(request), backend), {
    ...toGenerateOptions(vocabulary, request, 0),
    stop: [],
    prefill,
    maxTokens: prefill.length,
    arithmetic: backend.arithmetic(1),
  });
  const tokens = generated.map((each, at) => ({ ...each, given: at < given })).toArray();
  const moments = toMoments(seedling, tokens, text, maxOptions, false);
  const chosenEnd = finish === 'stop' && !mayBeCut(run);
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
