import type { Seed } from '@/lib/recipe/seed';
import { drawsOf } from '@/lib/seedling/draws';
import { prefillOf, type SeedlingRequest, toWritingOptions } from '@/lib/seedling/request';
import type { SegmentedToken } from '@/lib/seedling/segment';
import type { Finish, GeneratedToken } from '@/lib/seedling/writing';
import { inputsAfter, listOptions, traceChoice } from './choice-inputs';
import type { LensModel, PromptedModel } from './lens-model';
import type { Moment } from './moment';

/** What is known of a run of a model: its request, its text, and why it ended (null if unknown). */
export type ModelRun = {
  request: SeedlingRequest & { seed?: Seed | null | undefined };
  text: string;
  finish: string | null;
};

/**
 * How each token of a run was chosen, or why that cannot be known:
 * `not-reproduced`: the request, with its seed if it has one, gives another text, so this one was not made that way.
 */
export type Retraced = { kind: 'ready'; moments: Moment[] } | { kind: 'none'; why: 'not-reproduced' };

/** A model with the prompt of a run. */
type Prompted = LensModel & PromptedModel;

/** How many options a moment has by default. */
const defaultOptions = 10;

/**
 * How each token of a run was chosen, and the end of the text if that was chosen too. The model writes the text again
 * from its seed, so numbers and draws are those of the run itself. Where no seed was sent, the tokens are read from the
 * text, unless the temperature is 0, at which no draw matters: the numbers are exact, the draws unknown. The run must be
 * one of this very model and back end (see `sourceOf`).
 *
 *     retrace(model, { request, text: 'A bee', finish: 'length' }).moments[1]
 *       →  { token: ' bee', from: 1, to: 5, truth: 'exact', draw: { u: 0.4362, from: 0.3866, to: 0.6692 }, given: false,
 *            options: [{ token: ' small', probability: 0.3866, chance: 0.3866 }, …], rest: { tokens: 2430, … } }
 */
export function retrace(model: LensModel, run: ModelRun, maxOptions = defaultOptions): Retraced {
  const answering = model.prompt(run.request);
  if (!answering) return { kind: 'none', why: 'not-reproduced' };
  const prompted = { ...model, ...answering };
  const { temperature } = run.request;
  const moments =
    isDrawn(run) || temperature === 0 ? regenerate(prompted, run, maxOptions) : readFromText(prompted, run, maxOptions);
  return moments ? { kind: 'ready', moments } : { kind: 'none', why: 'not-reproduced' };
}

/** Whether the run's draws follow from its seed. */
const isDrawn = ({ request: { seed } }: ModelRun): boolean => seed !== undefined && seed !== null;

/** The moments by the run's seed, which may be missing at temperature 0; null if it gives another text. */
function regenerate(prompted: Prompted, run: ModelRun, maxOptions: number): Moment[] | null {
  const { request, text } = run;
  const drawn = isDrawn(run);
  const seed = BigInt(request.seed ?? 0);
  const prefill = prompted.segment(prefillOf(request));
  // Without stop sequences, so that tokens come whole and the run's text is where they begin.
  const generating = prompted.write({ ...toWritingOptions(request, seed, 0), prefill, stop: [] }, text);
  const generated: GeneratedToken[] = [];
  let after = generating.next();
  // A token that only begins a character adds nothing to the text yet.
  for (let length = 0; !after.done && (length < text.length || after.value.token === ''); after = generating.next()) {
    const { token } = after.value;
    if (!continues(text.slice(length), token, mayBeCut(run))) return null;
    generated.push(after.value);
    length += token.length;
  }
  if (join(generated).length < text.length) return null;
  const moments = toMoments(prompted, generated, text, maxOptions, drawn);
  const next = after;
  const ended = next.done ? next.value : null;
  const beyond = () => join(generated).slice(text.length) + (next.done ? '' : next.value.token + join(generating));
  if (!endsAsRecorded(run, ended, beyond)) return null;
  if (ended !== 'stop') return moments;
  const u = drawn ? (drawsOf(seed).drop(generated.length).next().value ?? null) : null;
  return [...moments, endMoment(prompted, run, generated, u, maxOptions)];
}

const stopsOf = ({ stop }: SeedlingRequest): readonly string[] => (typeof stop === 'string' ? [stop] : (stop ?? []));

const join = (tokens: Iterable<GeneratedToken>): string => [...tokens].map(({ token }) => token).join('');

/**
 * Whether a text ends as its record says. `ended` is how the model ended it there, null if it goes on, `beyond` gives what it
 * then writes: a stop sequence, if one cut the text.
 */
function endsAsRecorded({ request, finish }: ModelRun, ended: Finish | null, beyond: () => string): boolean {
  if (finish === 'length') return ended === 'length';
  if (finish !== 'stop' || ended === 'stop') return true;
  const stops = stopsOf(request);
  const next = stops.length > 0 ? beyond() : '';
  return stops.some((stop) => next.startsWith(stop));
}

/** Whether a text may end within a token: cut by a stop sequence, or by whoever stopped it. */
const mayBeCut = ({ request, finish }: ModelRun): boolean =>
  stopsOf(request).length > 0 || (finish !== 'stop' && finish !== 'length');

/** Whether the rest of a text begins with a token, or, if it may be cut, is the beginning of one. */
const continues = (rest: string, token: string, isCut: boolean): boolean =>
  rest.startsWith(token) || (isCut && token.startsWith(rest));

/** The moments by the tokens of the text itself; null if it has one that the model cannot write. */
function readFromText(prompted: Prompted, run: ModelRun, maxOptions: number): Moment[] | null {
  const { request, text, finish } = run;
  if (!text.startsWith(prefillOf(request)) && !prefillOf(request).startsWith(text)) return null;
  const given = prompted.segment(prefillOf(request)).length;
  const tokens = prompted.segment(text);
  const isWritable = ({ id, token }: SegmentedToken) => prompted.pieces[id] === token;
  const foreign = tokens.findIndex((each, at) => at >= given && !isWritable(each));
  if (foreign !== -1 && !(mayBeCut(run) && foreign === tokens.length - 1)) return null;
  const prefill = foreign === -1 ? tokens : tokens.slice(0, foreign);
  const options = { ...toWritingOptions(request, 0, 0), stop: [], prefill, maxTokens: prefill.length };
  const generated = [...prompted.write(options, text)].map((each, at) => ({ ...each, given: at < given }));
  const moments = toMoments(prompted, generated, text, maxOptions, false);
  const chosenEnd = finish === 'stop' && !mayBeCut(run);
  return chosenEnd ? [...moments, endMoment(prompted, run, generated, null, maxOptions)] : moments;
}

function toMoments(
  { pieces }: Prompted,
  generated: readonly GeneratedToken[],
  text: string,
  maxOptions: number,
  drawn: boolean,
): Moment[] {
  let end = 0;
  return generated.map(({ id, token: written, given, u, from, to, candidates, distribution }) => {
    const start = end;
    end = Math.min(start + written.length, text.length);
    // A given token may be one that the model has no piece for.
    const token = pieces[id] || written;
    return {
      token,
      from: start,
      to: end,
      truth: 'exact',
      ...listOptions(candidates(), distribution, pieces, new Set([token]), maxOptions),
      draw: drawn ? { u, from, to } : null,
      given,
    };
  });
}

/** The choice of ending after these tokens. */
function endMoment(
  prompted: Prompted,
  { request, text }: ModelRun,
  generated: readonly GeneratedToken[],
  u: number | null,
  maxOptions: number,
): Moment {
  const { pieces, endId } = prompted;
  const before = generated.map(({ id }) => id);
  const inputs = inputsAfter(prompted, request, before, u);
  const { from, to, candidates } = traceChoice(inputs);
  return {
    token: pieces[endId] ?? '',
    from: text.length,
    to: text.length,
    truth: 'exact',
    ...listOptions(candidates(), inputs.distribution, pieces, new Set(['']), maxOptions),
    draw: u === null ? null : { u, from, to },
    given: false,
  };
}
