import { bytePieces, idOf, specials, type Tokenizer } from './tokenizer';

/**
 * Which tokens a text can go on with so that it is read back as the very tokens that it was written in. Byte-pair pieces
 * can spell a word in many ways, and the tokenizer reads only one of them; the others are ruled out here, so that a text
 * which is given its own beginning goes on exactly. So are marks within a text, and bytes that are no UTF-8. (Vieira et al.
 * 2025, "Language Models over Canonical Byte-Pair Encodings", has what that does to a model: next to nothing.)
 */
export class Canon {
  readonly #tokenizer: Tokenizer;
  /** by token, what may not follow it */
  readonly #after = new Map<number, Uint16Array>();
  /** whether a text, or a character, can begin with a piece */
  readonly #begins: readonly boolean[];
  /** whether any merge is across a border between two bytes, at 256 × the one before it + the one after it */
  readonly #joins = new Uint8Array(bytePieces * bytePieces);

  constructor(tokenizer: Tokenizer) {
    this.#tokenizer = tokenizer;
    this.#begins = tokenizer.pieces.map(isText);
    for (const [left, right] of tokenizer.merges) this.#joins[this.#border(left, right)] = 1;
  }

  /** The tokens that may not come next in an answer which has these. */
  ruledOut(tokens: readonly number[]): Uint16Array {
    const last = tokens.at(-1) ?? -1;
    const open = this.#openBytes(tokens);
    const known = open.length === 0 ? this.#after.get(last) : undefined;
    if (known) return known;
    const ruledOut = Uint16Array.from(this.#tokenizer.pieces.keys()).filter((id) => !this.#mayFollow(last, open, id));
    if (open.length === 0) this.#after.set(last, ruledOut);
    return ruledOut;
  }

  #mayFollow(last: number, open: readonly number[], id: number): boolean {
    if (id >= bytePieces && id < bytePieces + specials.length) return id === idOf('<|end|>') && open.length === 0;
    const fits = open.length === 0 ? this.#begins[id] === true : this.#ends(open, id);
    return fits && (last < 0 || this.#areApart(last, id));
  }

  /** Whether a piece goes on with an open character. */
  #ends(open: readonly number[], id: number): boolean {
    const bytes = this.#tokenizer.pieces[id] ?? [];
    return isWithin(bytes[0]) && isText([...open, ...bytes]);
  }

  #border(left: number, right: number): number {
    const { pieces } = this.#tokenizer;
    return bytePieces * (pieces[left]?.at(-1) ?? 0) + (pieces[right]?.[0] ?? 0);
  }

  /** The bytes of a character that the tokens end within. */
  #openBytes(tokens: readonly number[]): number[] {
    const bytes: number[] = [];
    for (let at = tokens.length - 1; at >= 0 && bytes.length < 4; at--)
      bytes.unshift(...(this.#tokenizer.pieces[tokens[at] ?? 0] ?? []));
    const start = bytes.findLastIndex((byte) => !isWithin(byte));
    const first = bytes[start] ?? 0;
    const open = bytes.slice(start);
    return open.length < lengthFrom(first) ? open : [];
  }

  /**
   * Whether the tokenizer leaves two pieces side by side apart. It does unless some merge would have joined what is on both
   * sides of the border before either piece was complete; going back through their merges, the latest first, finds
   * it (as in github/rust-gems, crates/bpe, `is_valid_token_pair`).
   */
  #areApart(left: number, right: number): boolean {
    if (this.#joins[this.#border(left, right)] === 0) return true;
    let [one, two, limit] = [left, right, Number.POSITIVE_INFINITY];
    for (;;) {
      const joined = this.#tokenizer.joined(one, two);
      if (joined !== undefined && joined < limit) return false;
      const [, oneEnd] = this.#tokenizer.partsOf(one) ?? [];
      const [twoBegin] = this.#tokenizer.partsOf(two) ?? [];
      if (oneEnd !== undefined && (one > two || twoBegin === undefined)) [limit, one] = [one, oneEnd];
      else if (twoBegin !== undefined) [limit, two] = [two + 1, twoBegin];
      else return true;
    }
  }
}

/** Whether a byte of UTF-8 is neither a character nor the first of one. */
const isWithin = (byte = 0): boolean => (byte & 0xc0) === 0x80;

/** Whether bytes are text, of which the last character may be open. */
function isText(bytes: Iterable<number>): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(Uint8Array.from(bytes), { stream: true });
    return true;
  } catch {
    return false;
  }
}

/** Bytes of a character of UTF-8, by its first. */
function lengthFrom(first: number): number {
  if (first < 0xc0) return 1;
  if (first < 0xe0) return 2;
  return first < 0xf0 ? 3 : 4;
}
