/*
 * Byte-pair pieces with byte fallback. A text is cut into words, each with the space before it; a word's bytes are
 * joined pair by pair, in the order in which training found the pairs, until no pair is left to join. Any bytes can be
 * written, since each byte is a piece itself.
 */

/** Marks between messages. They come after the bytes, and no text is cut into them. */
export const specials = ['<|end|>', '<|system|>', '<|user|>', '<|assistant|>', '<|text|>'] as const;
export type Special = (typeof specials)[number];

const bytes = 256;

/** Every digit is a piece of its own, so that sums can be learned digit by digit. */
const wordForm = / ?\p{L}+| ?\p{N}| ?[^\s\p{L}\p{N}]+|\n+|\s/gu;

export const wordsIn = (text: string): string[] => text.match(wordForm) ?? [];

export const idOf = (special: Special): number => bytes + specials.indexOf(special);

/** `merges` are pairs of ids; the pair at place n becomes the piece of id 256 + specials + n. */
export class Tokenizer {
  readonly merges: readonly (readonly [number, number])[];
  readonly pieces: readonly Uint8Array[];
  readonly #ranks = new Map<number, number>();
  readonly #words = new Map<string, number[]>();

  constructor(merges: readonly (readonly [number, number])[]) {
    this.merges = merges;
    const pieces = Array.from({ length: bytes }, (_, byte) => Uint8Array.of(byte));
    pieces.push(...specials.map((special) => new TextEncoder().encode(special)));
    for (const [left, right] of merges) {
      const [one, two] = [pieces[left], pieces[right]];
      if (!one || !two) throw new Error(`A merge of pieces that are not there: ${left} and ${right}`);
      this.#ranks.set(keyOf(left, right), pieces.length);
      pieces.push(Uint8Array.of(...one, ...two));
    }
    this.pieces = pieces;
  }

  encode(text: string): number[] {
    return wordsIn(text).flatMap((word) => this.#encodeWord(word));
  }

  decode(ids: readonly number[]): string {
    return new TextDecoder('utf-8', { ignoreBOM: true }).decode(
      Uint8Array.from(ids.flatMap((id) => [...(this.pieces[id] ?? [])])),
    );
  }

  #encodeWord(word: string): number[] {
    let ids = this.#words.get(word);
    if (!ids) {
      ids = this.#join([...new TextEncoder().encode(word)]);
      if (this.#words.size < 100_000) this.#words.set(word, ids);
    }
    return ids;
  }

  #join(ids: number[]): number[] {
    for (;;) {
      let [best, at] = [Number.POSITIVE_INFINITY, -1];
      for (let index = 0; index + 1 < ids.length; index++) {
        const rank = this.#ranks.get(keyOf(ids[index] ?? 0, ids[index + 1] ?? 0));
        if (rank !== undefined && rank < best) [best, at] = [rank, index];
      }
      if (at < 0) return ids;
      ids.splice(at, 2, best);
    }
  }
}

const keyOf = (left: number, right: number): number => left * 65_536 + right;

/** Finds the pairs to join in a corpus: always the commonest, and of equals the one whose ids are smaller. */
export function learnMerges(counts: ReadonlyMap<string, number>, size: number): [number, number][] {
  const encoder = new TextEncoder();
  const words = [...counts]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([word, count]) => ({ ids: [...encoder.encode(word)], count }));
  const pairs = new Map<number, number>();
  const holders = new Map<number, Set<number>>();
  const add = (at: number, sign: 1 | -1): void => {
    const { ids, count } = words[at] ?? { ids: [], count: 0 };
    for (let index = 0; index + 1 < ids.length; index++) {
      const key = keyOf(ids[index] ?? 0, ids[index + 1] ?? 0);
      pairs.set(key, (pairs.get(key) ?? 0) + sign * count);
      if (sign === 1) holders.set(key, (holders.get(key) ?? new Set()).add(at));
    }
  };
  for (const at of words.keys()) add(at, 1);
  const merges: [number, number][] = [];
  for (let id = bytes + specials.length; id < size; id++) {
    let [best, most] = [-1, 1];
    for (const [key, count] of pairs)
      if (count > most || (count === most && count > 1 && key < best)) [best, most] = [key, count];
    if (best < 0) break;
    const [left, right] = [Math.floor(best / 65_536), best % 65_536];
    merges.push([left, right]);
    for (const at of [...(holders.get(best) ?? [])].sort((a, b) => a - b)) {
      add(at, -1);
      merge(words[at]?.ids ?? [], left, right, id);
      add(at, 1);
    }
    pairs.delete(best);
  }
  return merges;
}

function merge(ids: number[], left: number, right: number, id: number): void {
  for (let index = 0; index + 1 < ids.length; index++) {
    if (ids[index] === left && ids[index + 1] === right) ids.splice(index, 2, id);
  }
}
