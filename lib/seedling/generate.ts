import { type Arithmetic, exact } from './arithmetic';
import { drawsOf } from './draws';
import { type Conditioned, type Distribution, distributionAfter } from './model';
import { place, type Settings, sample, type Trace, temperTail } from './sampler';
import type { Piece } from './segment';
import { endId, type TokenId } from './vocabulary';

export type GenerateOptions = Settings & {
  /** any safe integer */
  seed: number;
  /** which of several texts of one request: each has draws of its own */
  choice?: number;
  maxTokens: number;
  stop: readonly string[];
  /** how the text begins: these tokens are given, not chosen, and the text contains them */
  beginning?: readonly Piece[];
  /** how the back end calculates at this very moment */
  arithmetic?: () => Arithmetic;
};

/** One token of a text as it is written, with how it was chosen (or that it was given) and from what. */
export type Written = Trace & { token: string; given: boolean; distribution: Distribution };
export type Finish = 'stop' | 'length';

/**
 * Writes a text token by token and returns why it ended: 'stop' at the end of a text or before a stop sequence (which
 * is not part of the text), 'length' at `maxTokens`. The same conditioned model, ask and arithmetic give the same
 * tokens, and without stop sequences a smaller `maxTokens` gives a beginning of them.
 *
 * The tokens of a `beginning` are yielded and counted like others, and each uses up one draw. So a text that is given
 * its own first tokens goes on exactly as it did: the seed that wrote ` bee` second has the same draw for the third.
 */
export function* generate(conditioned: Conditioned, ask: GenerateOptions): Generator<Written, Finish> {
  const { pieces } = conditioned.counts.vocabulary;
  const tail = temperTail(conditioned.base, ask.temperature || 1);
  const draws = drawsOf(ask.seed, ask.choice);
  const context: TokenId[] = [];
  const written = new Map<TokenId, number>();
  const held = new StopHold(ask.stop);
  for (let count = 0; count < ask.maxTokens; count++) {
    const distribution = distributionAfter(conditioned, context, ask.arithmetic?.() ?? exact);
    const u = draws.next().value;
    const given = ask.beginning?.[count];
    const trace = given
      ? place(distribution, tail, ask, u, written, given.id)
      : sample(distribution, tail, ask, u, written);
    if (trace.id === endId) {
      yield* held.release();
      return 'stop';
    }
    context.push(trace.id);
    written.set(trace.id, (written.get(trace.id) ?? 0) + 1);
    const token = given?.token ?? pieces[trace.id] ?? '';
    const { sure, stopped } = held.add({ ...trace, token, given: given !== undefined, distribution });
    yield* sure;
    if (stopped) return 'stop';
  }
  yield* held.release();
  return 'length';
}

/** Holds tokens back while they could be the beginning of a stop sequence. */
class StopHold {
  private waiting: Written[] = [];
  private readonly stop: readonly string[];

  constructor(stop: readonly string[]) {
    this.stop = stop;
  }

  /** Takes a token; gives the tokens that are now sure to be part of the text, and whether a stop sequence is complete. */
  add(token: Written): { sure: Written[]; stopped: boolean } {
    if (this.stop.length === 0) return { sure: [token], stopped: false };
    this.waiting.push(token);
    const text = this.waiting.map((each) => each.token).join('');
    const found = this.stop.map((stop) => text.indexOf(stop)).filter((at) => at >= 0);
    if (found.length > 0) return { sure: cut(this.release(), Math.min(...found)), stopped: true };
    const safe = text.length - this.openEnd(text);
    const sure: Written[] = [];
    for (let length = 0; this.waiting[0] && length + this.waiting[0].token.length <= safe; ) {
      length += this.waiting[0].token.length;
      sure.push(...this.waiting.splice(0, 1));
    }
    return { sure, stopped: false };
  }

  /** Gives everything that is still held. */
  release(): Written[] {
    return this.waiting.splice(0);
  }

  /** The length of the longest end of the text that begins a stop sequence. */
  private openEnd(text: string): number {
    const starts = this.stop.flatMap((stop) =>
      Array.from({ length: stop.length }, (_, length) => stop.slice(0, length)),
    );
    return Math.max(0, ...starts.filter((start) => text.endsWith(start)).map((start) => start.length));
  }
}

/** Tokens up to a number of characters, the last one shortened if need be. */
function cut(tokens: readonly Written[], length: number): Written[] {
  let left = length;
  return tokens.flatMap((token) => {
    const kept = token.token.slice(0, left);
    left -= kept.length;
    return kept === '' ? [] : [{ ...token, token: kept }];
  });
}
