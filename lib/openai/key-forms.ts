/*
 * The forms in which a key can stand in a text: as it is, in capitals or spelt with something between its characters; each character
 * as a number (hexadecimal, decimal, as in URLs, JSON and HTML), also mixed; backwards; in Base64, whatever stands before and
 * after it there. Only ASCII letters and digits are compared, without case, so that separators and quotes hide nothing. A key
 * of the length that we ask for does not stand anywhere by chance.
 *
 * The forms are one automaton, since what has come of an answer may end in the middle of any of them.
 */

/** From a state, where each letter or digit leads; the last state of each form is `found`. */
type State = { next: Map<string, State[]>; depth: number; found: boolean };

/** Between two letters or digits of a form there may be so many other characters. */
const maxBetween = 40;
/** So many forms may have begun at once. A key that is not made of a few letters over and over again has hardly two. */
const maxOpen = 64;
/** A text that ends with so many letters and digits of a form ends with a part of the key. */
const tellingPart = 12;

const isSignificant = (code: number): boolean => (code >= 48 && code <= 57) || (code >= 97 && code <= 122);

/** One character in the small form in which it is compared; '' if it is not. */
function significant(character: string): string {
  const small = character.length === 1 ? character.toLowerCase() : '';
  return small.length === 1 && isSignificant(small.charCodeAt(0)) ? small : '';
}

/** A part of a text, and whether it is the key. */
export type Stretch = { text: string; key: boolean };

/** The forms of one key. */
export class KeyForms {
  private readonly first: State = { next: new Map(), depth: 0, found: false };

  /** The key is ASCII. */
  constructor(key: string) {
    const spelt = [...key].map(spellings);
    this.add(spelt);
    this.add(spelt.toReversed());
    for (const form of base64Forms(key)) this.add([...form].map((character) => [significant(character)]));
  }

  /** A reader of a text that comes in pieces. */
  reader(): KeyReader {
    return new KeyReader(this.first);
  }

  /** A whole text in stretches. */
  read(text: string): Stretch[] {
    const reader = this.reader();
    return [...reader.read(text), ...reader.end()];
  }

  /** Adds a form: for each of its places the texts that may stand there, '' if nothing need. */
  private add(places: readonly (readonly string[])[]): void {
    let here: State[] = [this.first];
    for (const [at, texts] of places.entries()) {
      const after: State = { next: new Map(), depth: at + 1, found: at + 1 === places.length };
      const written = texts.filter((text) => text !== '');
      for (const state of here) for (const text of written) lead(state, text, after);
      here = written.length < texts.length ? [...here, after] : [after];
      if (after.found) for (const state of here) state.found ||= state !== this.first;
    }
  }
}

/** Makes a text lead from one state to another. */
function lead(from: State, text: string, to: State): void {
  let here = from;
  for (const character of text.slice(0, -1)) {
    const state: State = { next: new Map(), depth: from.depth, found: false };
    here.next.set(character, [...(here.next.get(character) ?? []), state]);
    here = state;
  }
  const last = text.slice(-1);
  here.next.set(last, [...(here.next.get(last) ?? []), to]);
}

/** 's' as s, 73 (also after x, 0x, u, u00 and 25) or 115; '-' in the same ways, or as anything that is not compared. */
function spellings(character: string): string[] {
  const code = character.charCodeAt(0);
  const hex = code.toString(16).padStart(2, '0');
  const numbers = [hex, `x${hex}`, `0x${hex}`, `u${hex}`, `u00${hex}`, `25${hex}`, String(code)];
  return [significant(character), ...numbers];
}

/** What of a key's Base64 does not depend on the bytes around it, for each of the three ways in which they can fall. */
function base64Forms(key: string): string[] {
  return [0, 1, 2].map((before) => {
    const whole = btoa('\0'.repeat(before) + key);
    return whole.slice(Math.ceil((before * 8) / 6), Math.floor(((before + key.length) * 8) / 6));
  });
}

/** Reads a text piece by piece, and holds back what may be the beginning of a key. */
class KeyReader {
  private held = '';
  /** where a form may stand that has begun, with the place in `held` where it began */
  private open = new Map<State, number>();
  private between = 0;

  constructor(private readonly first: State) {}

  read(piece: string): Stretch[] {
    const stretches: Stretch[] = [];
    let at = this.held.length;
    this.held += piece;
    for (; at < this.held.length; at++) {
      const began = this.step(significant(this.held.charAt(at)), at);
      if (began === null) continue;
      stretches.push({ text: this.held.slice(0, began), key: false });
      stretches.push({ text: this.held.slice(began, at + 1), key: true });
      this.held = this.held.slice(at + 1);
      this.open = new Map();
      at = -1;
    }
    const safe = Math.min(this.held.length, ...this.open.values());
    stretches.push({ text: this.held.slice(0, safe), key: false });
    this.held = this.held.slice(safe);
    for (const [state, began] of this.open) this.open.set(state, began - safe);
    return stretches.filter(({ text }) => text !== '');
  }

  /** The text is over: what is left, of which a long enough beginning of a key is one. */
  end(): Stretch[] {
    const telling = [...this.open].filter(([{ depth }]) => depth >= tellingPart).map(([, began]) => began);
    const from = Math.min(this.held.length, ...telling);
    const stretches = [
      { text: this.held.slice(0, from), key: false },
      { text: this.held.slice(from), key: true },
    ];
    this.held = '';
    this.open = new Map();
    return stretches.filter(({ text }) => text !== '');
  }

  /** Takes in the character at `at`; where a key began that ends with it, or null. */
  private step(character: string, at: number): number | null {
    if (character === '') {
      this.between++;
      if (this.between > maxBetween && this.open.size > 0) this.open = new Map();
      return null;
    }
    this.between = 0;
    if (this.open.size === 0 && !this.first.next.has(character)) return null;
    const next = new Map<State, number>();
    let found: number | null = null;
    const follow = (state: State, began: number) => {
      for (const to of state.next.get(character) ?? []) {
        next.set(to, Math.min(began, next.get(to) ?? began));
        if (to.found) found = Math.min(began, found ?? began);
      }
    };
    for (const [state, began] of this.open) follow(state, began);
    if (next.size < maxOpen) follow(this.first, at);
    this.open = next;
    return found;
  }
}
