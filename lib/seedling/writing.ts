import { drawsOf } from './draws';
import type { Distribution } from './model';
import { type SamplerSettings, sample, type Trace, temperTail, traceGiven } from './sampler';
import type { SegmentedToken } from './segment';
import type { TokenId } from './vocabulary';

export type WritingOptions = SamplerSettings & {
  /** any integer of 64 bits, with a sign or without */
  seed: number | bigint;
  /** which of a request's several texts this is (the API's n): each has draws of its own */
  choice?: number;
  maxTokens: number;
  stop: readonly string[];
  /** how the text begins: these tokens are given, not chosen, and are part of the text */
  prefill?: readonly SegmentedToken[];
};

/** One token of a text: how it was chosen, or that it was given, and the distribution that it came from. */
export type GeneratedToken = Trace & { token: string; given: boolean; distribution: Distribution };
export type Finish = 'stop' | 'length';

/**
 * A text that is being written, by whatever model: it is given one distribution after another and chooses a token from
 * each, until the text ends. `finish` says why it has: 'stop' at the end of a text or before a stop sequence (which is not
 * part of the text), 'length' at `maxTokens`. The same distributions and options give the same tokens, and without stop
 * sequences a smaller `maxTokens` gives the first of them.
 *
 * The tokens of a `prefill` are written and counted like others, and each uses up one draw. So a text that is given its
 * own first tokens continues exactly as it did: after a given ` bee` in second place the third token has the draw that
 * it had when ` bee` was chosen.
 */
export class Writing {
  finish: Finish | null;
  /** the tokens so far */
  readonly context: TokenId[] = [];
  readonly #options: WritingOptions;
  readonly #textOf: (id: TokenId) => string;
  readonly #endId: TokenId;
  readonly #draws: Generator<number, never>;
  readonly #uses = new Map<TokenId, number>();
  readonly #buffer: StopBuffer;

  /** `textOf` is asked for the text of each token in turn, `endId` is the token that ends a text. */
  constructor(textOf: (id: TokenId) => string, endId: TokenId, options: WritingOptions) {
    this.#textOf = textOf;
    this.#endId = endId;
    this.#options = options;
    this.#draws = drawsOf(options.seed, options.choice);
    this.#buffer = new StopBuffer(options.stop);
    this.finish = options.maxTokens > 0 ? null : 'length';
  }

  /** Chooses the next token, and gives those that are now certain to be part of the text. */
  take(distribution: Distribution): GeneratedToken[] {
    const options = this.#options;
    const tail = temperTail(distribution.base, options.temperature || 1);
    const u = this.#draws.next().value;
    const given = options.prefill?.[this.context.length];
    const trace = given
      ? traceGiven(distribution, tail, options, u, this.#uses, given.id)
      : sample(distribution, tail, options, u, this.#uses);
    if (trace.id === this.#endId) return this.#end('stop');
    this.context.push(trace.id);
    this.#uses.set(trace.id, (this.#uses.get(trace.id) ?? 0) + 1);
    const token = given?.token ?? this.#textOf(trace.id);
    const { released, stopped } = this.#buffer.add({ ...trace, token, given: given !== undefined, distribution });
    if (stopped) this.finish = 'stop';
    else if (this.context.length === options.maxTokens) released.push(...this.#end('length'));
    return released;
  }

  #end(finish: Finish): GeneratedToken[] {
    this.finish = finish;
    return this.#buffer.release();
  }
}

/** Holds tokens back while they could be the beginning of a stop sequence. */
class StopBuffer {
  private waiting: GeneratedToken[] = [];
  private readonly stop: readonly string[];

  constructor(stop: readonly string[]) {
    this.stop = stop;
  }

  /** Takes a token; gives the tokens that are now certain to be part of the text, and whether a stop sequence is complete. */
  add(token: GeneratedToken): { released: GeneratedToken[]; stopped: boolean } {
    if (this.stop.length === 0) return { released: [token], stopped: false };
    this.waiting.push(token);
    const text = this.waiting.map((each) => each.token).join('');
    const found = this.stop.map((stop) => text.indexOf(stop)).filter((at) => at >= 0);
    if (found.length > 0) return { released: truncate(this.release(), Math.min(...found)), stopped: true };
    const safe = text.length - this.openEnd(text);
    const released: GeneratedToken[] = [];
    for (let length = 0; this.waiting[0] && length + this.waiting[0].token.length <= safe; ) {
      length += this.waiting[0].token.length;
      released.push(...this.waiting.splice(0, 1));
    }
    return { released, stopped: false };
  }

  /** Gives everything that is still held back. */
  release(): GeneratedToken[] {
    return this.waiting.splice(0);
  }

  /** The length of the longest end of the text that could be the beginning of a stop sequence. */
  private openEnd(text: string): number {
    const ends = this.stop.map((stop) => {
      let length = Math.min(stop.length - 1, text.length);
      while (length > 0 && !text.endsWith(stop.slice(0, length))) length--;
      return length;
    });
    return Math.max(0, ...ends);
  }
}

/** The first `length` characters (UTF-16) of the tokens, the last token shortened if need be. */
function truncate(tokens: readonly GeneratedToken[], length: number): GeneratedToken[] {
  let left = length;
  return tokens.flatMap((token) => {
    const text = token.token.slice(0, left);
    left -= text.length;
    return text === '' ? [] : [{ ...token, token: text }];
  });
}
