import type { Distribution } from '@/lib/seedling/model';
import type { Arithmetic } from './arithmetic';
import type { Sapling } from './sapling';

/**
 * How a token came about, inside: what each head of each layer looked at (a weight for each token before it, 1 in all), and
 * what the next token would be drawn from if the network ended after a layer. The last of these is what it was drawn
 * from.
 */
export type Look = { attention: Float32Array[][]; guesses: Distribution[] };

/**
 * Looks into the choice of the token that comes after a prompt and the tokens written so far. Reading the streams of inner
 * layers with the output matrix is nostalgebraist's "logit lens" (2020).
 */
export function look(
  sapling: Sapling,
  asked: readonly number[],
  written: readonly number[],
  arithmetic: Arithmetic,
): Look {
  const { network } = sapling;
  const attention: Float32Array[][] = [];
  const streams: Float32Array[] = [];
  // The last token is read again, since nothing of what it looked at was kept.
  const unread = written.length > 0 ? written : asked;
  const cache = written.length > 0 ? sapling.readPrompt(asked, arithmetic).cache.fork() : network.newCache();
  const readings = unread.map((token) => ({ cache, token, scored: false }));
  network.read(readings, arithmetic, (layer, seen) => {
    attention[layer] = seen.attention;
    streams[layer] = seen.stream;
  });
  cache.release();
  const guesses = network.score(streams, arithmetic).map((scores) => sapling.distribution(scores, written));
  return { attention, guesses };
}
