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

/** The longest word that is kept, in UTF-16 units: engines cut longer ones as views, which would keep the whole text. */
const maxKept = 12;

/** The id of the first piece that is joined from two others. */
export const firstMergedId = bytePieces + specials.length;

/** `merges` are pairs of ids; the pair at place n becomes the piece of id 256 + specials + n. */
export class Tokenizer {
  readonly merges: readonly (readonly [number, number])[];
  /** the bytes of each piece, by its id; a mark's are its name */
  readonly pieces: readonly Uint8Array[];
  /** bytes of the longest piece */
  readonly longest: number;
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
    this.longest = pieces.reduce((most, { length }) => Math.max(most, length), 0);
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
      if (word.length <= maxKept && this.#words.size < 100_000) this.#words.set(word, ids);
    }
    return ids;
  }

  /** The pair that was found first, wherever it is, then the next: a long word takes a pass for each pair, not for each place. */
  #join(ids: number[]): number[] {
    for (let joined = ids; ; ) {
      let best = Number.POSITIVE_INFINITY;
      for (let at = 0; at + 1 < joined.length; at++)
        best = Math.min(best, this.joined(joined[at] ?? 0, joined[at + 1] ?? 0) ?? best);
      const parts = this.partsOf(best);
      if (!parts) return joined;
      joined = joinAll(joined, parts, best);
    }
  }
}

/** Ids with each of these pairs, from the left, as one. */
function joinAll(ids: readonly number[], [left, right]: readonly [number, number], piece: number): number[] {
  const joined: number[] = [];
  for (let at = 0; at < ids.length; at++) {
    const pair = ids[at] === left && ids[at + 1] === right;
    joined.push(pair ? piece : (ids[at] ?? 0));
    if (pair) at++;
  }
  return joined;
}

const keyOf = (left: number, right: number): number => left * 65_536 + right;
