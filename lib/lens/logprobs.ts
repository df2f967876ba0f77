import type { TokenInfo } from '@/lib/run/events';
import { bytesOf, lengthOf, showBytes } from './bytes';
import type { Moment, Option } from './moment';

/** OpenAI's sentinel for a token that is as good as impossible. */
const impossible = -9999;

/** A token with its log-probability, chosen or listed beside the one that was. */
type TokenLogprob = Pick<TokenInfo, 'token' | 'logprob' | 'bytes'>;

/**
 * The moments of a run by the logprobs that its provider sent: the probabilities of the token and of the likeliest others,
 * before or after the provider's settings, which it does not say; neither chances nor the draw. Offsets lie between whole characters of the text: a
 * token that only begins a character covers nothing, the one that completes it covers all of it. A token that is not in
 * the text (a special one, or one that a stop sequence cut) covers nothing. Probabilities never add up to more than 1.
 */
export function fromLogprobs(tokens: readonly TokenInfo[], text: string): Moment[] {
  const offsets = tokenOffsets(tokens, text);
  return tokens.map((info, at) => {
    const token = tokenOf(info);
    const listed = info.top_logprobs.map(toOption);
    const options = listed.some((option) => option.token === token) ? listed : [...listed, toOption(info)];
    const sum = options.reduce((all, { probability }) => all + probability, 0);
    const fitting = sum > 1 ? options.map((option) => ({ ...option, probability: option.probability / sum })) : options;
    return {
      token,
      from: offsets[at] ?? text.length,
      to: offsets[at + 1] ?? text.length,
      truth: 'top',
      options: fitting.toSorted((a, b) => b.probability - a.probability),
      rest: { tokens: null, probability: Math.max(0, 1 - sum), chance: null },
      draw: null,
      given: false,
    };
  });
}

const toOption = (info: TokenLogprob): Option => ({
  token: tokenOf(info),
  probability: info.logprob <= impossible ? 0 : Math.min(1, Math.exp(info.logprob)),
  chance: null,
});

function tokenOf(info: TokenLogprob): string {
  const bytes = bytesOf(info);
  return bytes ? showBytes(bytes) : info.token;
}

/**
 * Where each token begins, as UTF-16 offsets, and where the last one ends. Tokens are followed through the text byte by
 * byte. A token that has lost its bytes is assumed to have those up to the next token that is found again.
 */
function tokenOffsets(tokens: readonly TokenLogprob[], text: string): number[] {
  const bytes = new TextEncoder().encode(text);
  /** by token, the index in `bytes` where it ends */
  const ends: number[] = [];
  let end = 0;
  let lost: number[] = [];
  const settle = (at: number) => {
    const last = lost.at(-1);
    if (last !== undefined) ends.fill(at, last);
    lost = [];
  };
  for (const [index, info] of tokens.entries()) {
    const known = bytesOf(info);
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

/** How many bytes one token can have lost: part of a character, and perhaps a few whole ones. */
const maxLost = 8;

/** The index at which `wanted` is found, from `from` to `range` bytes after it; else null. The text may end within it. */
function find(all: Uint8Array, wanted: readonly number[], from: number, range: number): number | null {
  const isAt = (at: number) => wanted.every((byte, index) => (all[at + index] ?? byte) === byte);
  for (let at = from; at <= from + range && at <= all.length; at++) if (isAt(at)) return at;
  return null;
}

/** By index in the bytes of a text, and for its end: the UTF-16 offset up to which characters are complete. */
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
