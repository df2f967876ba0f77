import { type Arithmetic, exact } from './arithmetic';
import { drawsOf } from './draws';
import { type ConditionedModel, type Distribution, distributionAfter } from './model';
import { type SamplerSettings, sample, type Trace, temperTail, traceGiven } from './sampler';
import type { SegmentedToken } from './segment';
import { endId, type TokenId } from './vocabulary';

export type GenerateOptions = SamplerSettings & {
  /** any integer of 64 bits, with a sign or without */
  seed: number | bigint;
  /** which of a request's several texts this is (the API's n): each has draws of its own */
  choice?: number;
  maxTokens: number;
  stop: readonly string[];
  /** how the text begins: these tokens are given, not chosen, and are part of the text */
  prefill?: readonly SegmentedToken[];
  /** how the back end calculates */
  arithmetic?: Arithmetic;
};

/** One token of a text: how it was chosen, or that it was given, and the distribution that it came from. */
export type GeneratedToken = Trace & { token: string; given: boolean; distribution: Distribution };
export type Finish = 'stop' | 'length';

/**
 * Writes a text token by token and returns why it ended: 'stop' at the end of a text or before a stop sequence (which
 * is not part of the text), 'length' at `maxTokens`. The same model, options and arithmetic give the same tokens, and
 * without stop sequences a smaller `maxTokens` gives the first of them.
 *
 * The tokens of a `prefill` are yielded and counted like others, and each uses up one draw. So a text that is given its
 * own first tokens continues exactly as it did: after a given ` bee` in second place the third token has the draw that
 * it had when ` bee` was chosen.
 */
export function* generate(model: ConditionedModel, options: GenerateOptions): Generator<GeneratedToken, Finish> {
  const { pieces } = model.counts.vocabulary;
  const tail = temperTail(model.base, options.temperature || 1);
  const draws = drawsOf(options.seed, options.choice);
  const context: TokenId[] = [];
  const uses = new Map<TokenId, number>();
  const buffer = new StopBuffer(options.stop);
  for (let count = 0; count < options.maxTokens; count++) {
    const distribution = distributionAfter(model, context, options.arithmetic ?? exact);
    const u = draws.next().value;
    const given = options.prefill?.[count];
    const trace = given
      ? traceGiven(distribution, tail, options, u, uses, given.id)
      : sample(distribution, tail, options, u, uses);
    if (trace.id === endId) {
      yield* buffer.release();
      return 'stop';
    }
    context.push(trace.id);
    uses.set(trace.id, (uses.get(trace.id) ?? 0) + 1);
    const token = given?.token ?? pieces[trace.id] ?? '';
    const { released, stopped } = buffer.add({ ...trace, token, given: given !== undefined, distribution });
    yield* released;
    if (stopped) return 'stop';
  }
  yield* buffer.release();
  return 'length';
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
