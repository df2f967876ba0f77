/*
 * Byte-pair pieces with byte fallback. A text is cut into words, each with the space before it; a word's bytes are
 * joined pair by pair, in the order in which training found the pairs, until no pair is left to join. Any bytes can be
 * written, since each byte is a piece itself.
 */

/** Marks between messages. They come after the bytes, and no text is cut into them. */
export const specials = ['<|end|>', '<|system|>', '<|user|>', '<|assistant|>', '<|text|>'] as const;
export type Special = (typeof specials)[number];

/** The bytes come first: their ids are themselves. */
export const bytePieces = 256;

/** Every digit is a piece of its own, so that sums can be learned digit by digit. */
const wordForm = / ?\p{L}+| ?\p{N}| ?[^\s\p{L}\p{N}]+|\n+|\s/gu;

export const wordsIn = (text: string): string[] => text.match(wordForm) ?? [];

export const idOf = (special: Special): number => bytePieces + specials.indexOf(special);

/** The id of the first piece that is joined from two others. */
export const firstMergedId = bytePieces + specials.length;

/** `merges` are pairs of ids; the pair at place n becomes the piece of id 256 + specials + n. */
export class Tokenizer {
  readonly merges: readonly (readonly [number, number])[];
  /** the bytes of each piece, by its id; a mark's are its name */
  readonly pieces: readonly Uint8Array[];
  readonly #ranks = new Map<number, number>();
  readonly #words = new Map<string, number[]>();

  constructor(merges: readonly (readonly [number, number])[]) {
    this.merges = merges;
    const pieces = Array.from({ length: bytePieces }, (_, byte) => Uint8Array.of(byte));
    pieces.push(...specials.map((special) => new TextEncoder().encode(special)));
    for (const [left, right] of merges) {
      const [one, two] = [pieces[left], pieces[right]];
      if (!one || !two) throw new Error(`A merge of pieces that are not there: ${left} and ${right}`);
      this.#ranks.set(keyOf(left, right), pieces.length);
      pieces.push(Uint8Array.of(...one, ...two));
    }
    this.pieces = pieces;
  }

  /** From pairs as they are stored: ids in digits, with a space between. */
  static read(stored: readonly string[]): Tokenizer {
    return new Tokenizer(
      stored.map((pair) => {
        const [left = 0, right = 0] = pair.split(' ').map(Number);
        return [left, right];
      }),
    );
  }

  /** The id of the piece that two pieces are joined to, if they are. */
  joined(left: number, right: number): number | undefined {
    return this.#ranks.get(keyOf(left, right));
  }

  /** The two pieces that a piece is joined from; none of a byte or a mark. */
  partsOf(id: number): readonly [number, number] | undefined {
    return this.merges[id - firstMergedId];
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
        const rank = this.joined(ids[index] ?? 0, ids[index + 1] ?? 0);
        if (rank !== undefined && rank < best) [best, at] = [rank, index];
      }
      if (at < 0) return ids;
      ids.splice(at, 2, best);
    }
  }
}

const keyOf = (left: number, right: number): number => left * 65_536 + right;
