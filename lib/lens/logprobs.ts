import type { TokenInfo } from '@/lib/run/events';
import { bytesOf, labelOf, lengthOf } from './bytes';
import type { Moment, Option } from './moment';

/** OpenAI's sentinel for a token that is as good as impossible. */
const impossible = -9999;

type Told = Pick<TokenInfo, 'token' | 'logprob' | 'bytes'>;

/**
 * The moments of a run by the logprobs that its provider sent: its own probabilities, before the settings, of the token
 * and of the likeliest others; neither chances nor the draw. A token keeps to whole characters of the text: one that
 * only begins a character shows nothing of it, the one that completes it all of it. A token that the text does not hold
 * (a special one, say, or what a stop sequence cut) shows nothing. Probabilities never sum up to more than 1.
 */
export function fromLogprobs(tokens: readonly TokenInfo[], text: string): Moment[] {
  const places = placesOf(tokens, text);
  return tokens.map((info, at) => {
    const token = tokenOf(info);
    const listed = info.top_logprobs.map(toOption);
    const options = listed.some((option) => option.token === token) ? listed : [...listed, toOption(info)];
    const sum = options.reduce((all, { probability }) => all + probability, 0);
    const fitting = sum > 1 ? options.map((option) => ({ ...option, probability: option.probability / sum })) : options;
    return {
      token,
      from: places[at] ?? text.length,
      to: places[at + 1] ?? text.length,
      truth: 'top',
      options: fitting.toSorted((a, b) => b.probability - a.probability),
      rest: { tokens: null, probability: Math.max(0, 1 - sum), chance: null },
      draw: null,
      given: false,
    };
  });
}

const toOption = (told: Told): Option => ({
  token: tokenOf(told),
  probability: told.logprob <= impossible ? 0 : Math.min(1, Math.exp(told.logprob)),
  chance: null,
});

function tokenOf(told: Told): string {
  const bytes = bytesOf(told);
  return bytes ? labelOf(bytes) : told.token;
}

/**
 * Where each token begins, as UTF-16 offsets, and where the last one ends. Bytes are followed through the text. A token
 * that has lost its bytes is taken to have those that lie before the next one that is found again.
 */
function placesOf(tokens: readonly Told[], text: string): number[] {
  const bytes = new TextEncoder().encode(text);
  /** by token, the place in `bytes` where it ends */
  const ends: number[] = [];
  let end = 0;
  let lost: number[] = [];
  const settle = (at: number) => {
    const last = lost.at(-1);
    if (last !== undefined) ends.fill(at, last);
    lost = [];
  };
  for (const [index, told] of tokens.entries()) {
    const known = bytesOf(told);
    const at = known && find(bytes, known, end, lost.length * maxLost);
    if (known === null) lost.push(index);
    else if (at !== null) {
      settle(at);
      end = Math.min(at + known.length, bytes.length);
    }
    ends.push(end);
  }
  if (bytes.length - end <= lost.length * maxLost) settle(bytes.length);
  const offsets = offsetsOf(bytes);
  return [0, ...ends].map((byte) => offsets[byte] ?? text.length);
}

/** A token that lost bytes has part of a character, and perhaps some whole ones besides. */
const maxLost = 8;

/** Where bytes stand, at a place or up to so many bytes after it; or null. The text may end within them. */
function find(all: Uint8Array, wanted: readonly number[], from: number, range: number): number | null {
  const stands = (at: number) => wanted.every((byte, index) => (all[at + index] ?? byte) === byte);
  for (let at = from; at <= from + range && at <= all.length; at++) if (stands(at)) return at;
  return null;
}

/** By place among the bytes of a text, and for its end: the UTF-16 offset up to which whole characters have come. */
function offsetsOf(bytes: Uint8Array): number[] {
  const offsets: number[] = [];
  let offset = 0;
  for (let at = 0; at < bytes.length; ) {
    const length = lengthOf(bytes[at] ?? 0);
    for (let inside = 0; inside < length; inside++) offsets.push(offset);
    offset += length === 4 ? 2 : 1;
    at += length;
  }
  return [...offsets, offset];
}
