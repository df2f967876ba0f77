import type { Backend } from '@/lib/seedling/backends';
import { drawsOf } from '@/lib/seedling/draws';
import { generate, type Written } from '@/lib/seedling/generate';
import { beginningOf, promptOf, type SeedlingRequest, toGenerateOptions } from '@/lib/seedling/request';
import { recallPrompt, type Seedling } from '@/lib/seedling/seedling';
import { isWritable, segment } from '@/lib/seedling/segment';
import { endId } from '@/lib/seedling/vocabulary';
import type { Moment } from './moment';
import { listOptions, traceOf, wholeAfter } from './whole';

/** What is known of a run of Seedling: what was asked, what came, why it ended (null if unknown), and who calculated. */
export type SeedlingRun = {
  request: SeedlingRequest & { seed?: number | null | undefined };
  text: string;
  finish: string | null;
  backend: Backend;
};

/** How many options a moment has unless told otherwise. */
const someOptions = 10;

/**
 * How each token of a run was chosen, and the end of the text if that was chosen too. Seedling writes the text again
 * from its seed: the numbers are those by which it was written, the draws too. Where no seed was sent, or it gives
 * another text, the tokens are read off the text: the numbers are still exact, the draws unknown. Then the moments end
 * before what Seedling cannot have written.
 *
 * Null if the numbers cannot be known: the back end calculates by its load. The run must have come from these counts
 * (see `readFingerprint`).
 *
 *     retrace(seedling, { request, text: 'A bee', finish: 'length', backend })[1]
 *       →  { token: ' bee', from: 1, to: 5, truth: 'exact', draw: { u: 0.4362, from: 0.3866, to: 0.6692 }, given: false,
 *            options: [{ token: ' small', probability: 0.3866, chance: 0.3866 }, …], rest: { tokens: 2430, … } }
 */
export function retrace(seedling: Seedling, run: SeedlingRun, most = someOptions): Moment[] | null {
  if (!run.backend.steady) return null;
  return writeAgain(seedling, run, most) ?? readOff(seedling, run, most);
}

/** The moments by the run's seed, or null if what it gives does not begin with the run's text. */
function writeAgain(seedling: Seedling, run: SeedlingRun, most: number): Moment[] | null {
  const { request, text, backend } = run;
  if (typeof request.seed !== 'number') return null;
  // Without stop sequences: tokens come whole, and the text is a beginning of what they say.
  const ask = { ...toGenerateOptions(seedling.counts.vocabulary, request, request.seed), stop: [] };
  const writing = generate(recallPrompt(seedling, promptOf(request), backend), {
    ...ask,
    arithmetic: () => backend.arithmetic(1),
  });
  const written: Written[] = [];
  for (let length = 0; length < text.length; ) {
    const step = writing.next();
    if (step.done || !agrees(step.value.token, text.slice(length), stopsOf(request) > 0)) return null;
    written.push(step.value);
    length += step.value.token.length;
  }
  const moments = toMoments(seedling, written, text, most, true);
  const after = writing.next();
  if (!after.done || after.value !== 'stop') return moments;
  const u = drawsOf(request.seed).drop(written.length).next().value ?? null;
  return [...moments, endOf(seedling, run, written, u, most)];
}

const stopsOf = ({ stop }: SeedlingRequest): number => (typeof stop === 'string' ? 1 : (stop?.length ?? 0));

/** Whether a token is the next of the text; its last one may go on behind the text, if a stop sequence cut it. */
const agrees = (token: string, text: string, mayBeCut: boolean): boolean =>
  text.startsWith(token) || (mayBeCut && token.startsWith(text));

/** The moments by the text's own tokens. */
function readOff(seedling: Seedling, run: SeedlingRun, most: number): Moment[] {
  const { request, text, backend, finish } = run;
  const { vocabulary } = seedling.counts;
  const given = segment(vocabulary, beginningOf(request)).length;
  const pieces = segment(vocabulary, text);
  const foreign = pieces.findIndex((piece, at) => at >= given && !isWritable(vocabulary, piece));
  const beginning = foreign === -1 ? pieces : pieces.slice(0, foreign);
  const ask = { ...toGenerateOptions(vocabulary, request, 0), stop: [], beginning, maxTokens: beginning.length };
  const conditioned = recallPrompt(seedling, promptOf(request), backend);
  const written = [...generate(conditioned, { ...ask, arithmetic: () => backend.arithmetic(1) })];
  const told = written.map((each, at) => ({ ...each, given: at < given }));
  const moments = toMoments(seedling, told, text, most, false);
  const chosenEnd = foreign === -1 && finish === 'stop' && stopsOf(request) === 0;
  return chosenEnd ? [...moments, endOf(seedling, run, written, null, most)] : moments;
}

function toMoments(
  { counts: { vocabulary } }: Seedling,
  written: readonly Written[],
  text: string,
  most: number,
  drawn: boolean,
): Moment[] {
  let end = 0;
  return written.map(({ token, given, u, from, to, candidates, distribution }) => {
    const start = end;
    end = Math.min(start + token.length, text.length);
    return {
      token,
      from: start,
      to: end,
      truth: 'exact',
      ...listOptions(candidates(), vocabulary.pieces, distribution.base.order.length, new Set([token]), most),
      draw: drawn ? { u, from, to } : null,
      given,
    };
  });
}

/** The choice to end there. */
function endOf(
  seedling: Seedling,
  { request, text, backend }: SeedlingRun,
  written: readonly Written[],
  u: number | null,
  most: number,
): Moment {
  const before = written.map(({ id }) => id);
  const whole = wholeAfter(seedling, request, backend, before, u);
  const { from, to, candidates } = traceOf(whole);
  const { order } = whole.distribution.base;
  return {
    token: whole.pieces[endId] ?? '',
    from: text.length,
    to: text.length,
    truth: 'exact',
    ...listOptions(candidates(), whole.pieces, order.length, new Set(['']), most),
    draw: u === null ? null : { u, from, to },
    given: false,
  };
}
