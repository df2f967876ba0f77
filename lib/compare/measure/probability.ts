import type { TokenInfo } from '@/lib/run/events';

/** Between 0 and 1: the lowest and the highest figure that several runs report. */
export type Probability = { low: number; high: number };

/** The probability of the tokens that make a text from one UTF-16 unit up to another; null if no token does. */
export type TokenOdds = (from: number, to: number) => number | null;

/**
 * Lays a run's tokens along its text. `odds(from, to)` takes all tokens with any part between the two places and multiplies
 * their probabilities, each given what came before. A character of several tokens is recognized by their bytes.
 *
 *     'the cat' from 'the' (logprob 0) and ' cat' (logprob -0.69)  →  odds(3, 5) = 0.5
 *
 * Null if the tokens do not begin with this very text: then nothing can be said of places in it. (They may go on after
 * it, where a stop sequence was cut off.)
 */
export function tokenOdds(text: string, tokens: readonly TokenInfo[]): TokenOdds | null {
  const places = unitsOfBytes(text);
  const spans: { from: number; to: number; logprob: number }[] = [];
  let at = 0;
  for (const { token, bytes, logprob } of tokens) {
    const own = bytes ?? [...encoder.encode(token)];
    const from = at;
    for (const byte of own) {
      if (at < places.bytes.length && places.bytes[at] !== byte) return null;
      at++;
    }
    if (at > from) spans.push({ from: places.start(from), to: places.end(at - 1), logprob });
  }
  if (at < places.bytes.length) return null;
  return (from, to) => {
    let [low, high] = [0, spans.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((spans[middle]?.to ?? 0) > from) high = middle;
      else low = middle + 1;
    }
    let sum: number | null = null;
    for (let span = spans[low]; span && span.from < to; span = spans[++low]) sum = (sum ?? 0) + span.logprob;
    return sum === null ? null : Math.min(1, Math.exp(sum));
  };
}

const encoder = new TextEncoder();

/** A text's bytes in UTF-8, and for each the UTF-16 unit at which its character begins, and that after its end. */
type Places = { bytes: Uint8Array; start: (byte: number) => number; end: (byte: number) => number };

function unitsOfBytes(text: string): Places {
  const bytes = encoder.encode(text);
  const starts = new Int32Array(bytes.length);
  let [at, unit] = [0, 0];
  for (const character of text) {
    const length = bytesIn(character.codePointAt(0) ?? 0);
    starts.fill(unit, at, at + length);
    at += length;
    unit += character.length;
  }
  const start = (byte: number): number => starts[byte] ?? text.length;
  return { bytes, start, end: (byte) => start(byte) + ((text.codePointAt(start(byte)) ?? 0) > 0xffff ? 2 : 1) };
}

/** In UTF-8. Half of a surrogate pair is encoded as U+FFFD, which takes three like all of its size. */
function bytesIn(codePoint: number): number {
  if (codePoint < 0x80) return 1;
  if (codePoint < 0x800) return 2;
  return codePoint < 0x10000 ? 3 : 4;
}

/** What several runs report, as one; null if none does. 0.41, 0.38 → { low: 0.38, high: 0.41 } */
export function joinProbabilities(reported: readonly (number | null)[]): Probability | null {
  const known = reported.filter((each) => each !== null);
  if (known.length === 0) return null;
  return known.reduce(({ low, high }, each) => ({ low: Math.min(low, each), high: Math.max(high, each) }), {
    low: 1,
    high: 0,
  });
}
