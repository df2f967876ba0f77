import { drawsOf } from './draws';
import { type Conditioned, distributionAfter, endId, type TokenId } from './model';
import { type Choice, choose, type Settings, temperTail } from './sampler';

export type Ask = Settings & { seed: number; choice?: number; maxTokens: number; stop: readonly string[] };

/** One token of a text as it is written. */
export type Written = Choice & { token: string };
export type Finish = 'stop' | 'length';

/**
 * Writes a text token by token and returns why it ended: 'stop' at the end of a text or before a stop sequence (which
 * is not part of the text), 'length' at `maxTokens`. The same conditioned model and the same ask give the same tokens,
 * and a smaller `maxTokens` gives a beginning of them.
 */
export function* generate(conditioned: Conditioned, ask: Ask): Generator<Written, Finish> {
  const { vocabulary } = conditioned.model;
  const tail = temperTail(conditioned.base, ask.temperature || 1);
  const draws = drawsOf(ask.seed, ask.choice);
  const context: TokenId[] = [];
  const held = new StopHold(ask.stop);
  for (let count = 0; count < ask.maxTokens; count++) {
    const choice = choose(distributionAfter(conditioned, context), tail, ask, draws.next().value);
    if (choice.id === endId) {
      yield* held.release();
      return 'stop';
    }
    context.push(choice.id);
    const { written, stopped } = held.add({ ...choice, token: vocabulary[choice.id] ?? '' });
    yield* written;
    if (stopped) return 'stop';
  }
  yield* held.release();
  return 'length';
}

/** Holds tokens back while they could be the beginning of a stop sequence. */
class StopHold {
  private waiting: Written[] = [];
  constructor(private readonly stop: readonly string[]) {}

  /** Takes a token; gives the tokens that are now sure to be part of the text, and whether a stop sequence is complete. */
  add(token: Written): { written: Written[]; stopped: boolean } {
    this.waiting.push(token);
    const text = this.waiting.map((each) => each.token).join('');
    const found = this.stop.map((stop) => text.indexOf(stop)).filter((at) => at >= 0);
    if (found.length > 0) return { written: cut(this.release(), Math.min(...found)), stopped: true };
    const safe = text.length - this.openEnd(text);
    const written: Written[] = [];
    for (let length = 0; this.waiting[0] && length + this.waiting[0].token.length <= safe; ) {
      length += this.waiting[0].token.length;
      written.push(...this.waiting.splice(0, 1));
    }
    return { written, stopped: false };
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
