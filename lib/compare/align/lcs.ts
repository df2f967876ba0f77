/**
 * The longest common subsequence of two lists of words, and which words it keeps: as many as can be kept in order.
 *
 * The plain way fills a table L, where L(i, j) is the most that the first i words of the baseline and the first j of the
 * text have in common. From one word of the baseline to the next L grows by 0 or 1, so a row of the table is one bit per
 * word of the baseline: 0 where L grows. A word of the text turns a row V into the next with M, the places at which the
 * baseline has that word (Crochemore, Iliopoulos, Pinzon and Reid, "A fast and practical bit-vector algorithm for the
 * longest common subsequence problem", 2001; Hyyrö, "Bit-parallel LCS-length computation revisited", 2004):
 *
 *     V' = (V + (V & M)) | (V & ~M)
 *
 *     baseline  the old red boat                  lowest bit first
 *                                      V     1 1 1 1      nothing yet
 *     text      the        M 1000      V'    0 1 1 1      'the' is kept
 *               new        M 0000      V'    0 1 1 1
 *               boat       M 0001      V'    0 1 1 0      two zeros: L = 2
 *
 * So thirty cells of the table cost one addition, however different the texts are; the carry goes on from lane to lane.
 * With its rows at hand the way is walked back from the end: equal words are kept, else a 1 leaves out the word of the
 * baseline, a 0 that of the text.
 */

/** A stretch that baseline and text have in common: so many words, from these places on. */
export type Shared = { base: number; text: number; length: number };

// Of 32 bits: twice a lane's value and a carry then still fit a small positive integer, which engines add fastest.
const laneBits = 30;
const allOnes = 2 ** laneBits - 1;

/** Lanes of rows that are held at once (4 MB). For longer alignments some rows are kept, and those between made again. */
const heldLanes = 2 ** 20;
/** Lanes that one alignment may go through: about half a second at worst, 38,000 words against as many. */
const maxLanes = 5e7;
/** Lanes that a growing alignment may hold (4 MB): 5,000 words against as many. */
const maxGrowingLanes = 2 ** 20;

const none: readonly number[] = [];

/**
 * Where a baseline has its words, for any number of texts to be aligned with it. A place of the baseline may have several
 * words, if it stands for several texts: the recurrence asks no more of a place than whether a word may stand there.
 */
export class WordIndex {
  /** the words as numbers, equal for equal words; of a place with several words the first */
  readonly ids: number[] = [];
  /** the other words of places that have several */
  readonly #others = new Map<number, number[]>();
  /** for each number the lanes that have the word, and the bits in them, by turns: lane, bits, lane, bits … */
  readonly places: number[][] = [];
  readonly #numbers = new Map<string, number>();

  constructor(words: Iterable<string> = []) {
    for (const word of words) this.add(word);
  }

  /** The word's number, a new one for a new word. */
  number(word: string): number {
    const known = this.#numbers.get(word);
    if (known !== undefined) return known;
    this.#numbers.set(word, this.places.length);
    return this.places.push([]) - 1;
  }

  /** The word's number, or -1 if the baseline has no such word. */
  find(word: string): number {
    const id = this.#numbers.get(word) ?? -1;
    return this.has(id) ? id : -1;
  }

  /** Whether a number belongs to a word of the baseline. */
  has(id: number): boolean {
    return (this.places[id] ?? none).length > 0;
  }

  /** Whether a place of the baseline has the word of a number. */
  hasAt(place: number, id: number): boolean {
    return this.ids[place] === id || (this.#others.get(place)?.includes(id) ?? false);
  }

  /** One more place at the baseline's end, which has a word, or any of several distinct ones. */
  add(word: string, others: readonly string[] = []): void {
    const id = this.number(word);
    const place = this.ids.push(id) - 1;
    this.#mark(place, id);
    if (others.length === 0) return;
    const ids = others.map((other) => this.number(other));
    this.#others.set(place, ids);
    for (const other of ids) this.#mark(place, other);
  }

  #mark(place: number, id: number): void {
    const lane = Math.floor(place / laneBits);
    const bit = 1 << (place % laneBits);
    const places = this.places[id];
    if (places === undefined) return;
    if (places.at(-2) === lane) places[places.length - 1] = (places.at(-1) ?? 0) | bit;
    else places.push(lane, bit);
  }
}

/**
 * Aligns a text, given as words, with a baseline. Exact, no other alignment keeps more words, as long as the text's words
 * times the baseline's lanes are no more than `max`, after equal ends are taken off: two texts of 38,000 words.
 * Beyond that the texts are parted at words that each has once, in the same order (as in Cohen's patience diff), or
 * else at equal shares of both, and the parts are aligned exactly: what is kept is still common to both and in order,
 * but it may not be the most. Takes O(n·m/30) steps, and a few megabytes.
 */
export function alignWords(baseline: WordIndex, words: readonly string[], max = maxLanes): Shared[] {
  const text = words.map((word) => baseline.find(word));
  const shared: Shared[] = [];
  alignWindow(
    { baseline, text, shared },
    { base: 0, baseEnd: baseline.ids.length, text: 0, textEnd: text.length },
    max,
  );
  return shared;
}

type Task = { baseline: WordIndex; text: readonly number[]; shared: Shared[] };
/** A part of the baseline and the part of the text that is aligned with it. */
type Window = { base: number; baseEnd: number; text: number; textEnd: number };

function alignWindow(task: Task, whole: Window, max: number): void {
  const start = sharedStart(task, whole);
  const rest = { ...whole, base: whole.base + start, text: whole.text + start };
  const end = sharedEnd(task, rest);
  const middle = { ...rest, baseEnd: rest.baseEnd - end, textEnd: rest.textEnd - end };
  append(task.shared, { base: whole.base, text: whole.text, length: start });
  if (middle.base < middle.baseEnd && middle.text < middle.textEnd) alignMiddle(task, middle, max);
  append(task.shared, { base: middle.baseEnd, text: middle.textEnd, length: end });
}

function alignMiddle(task: Task, window: Window, max: number): void {
  const rows: number[] = [];
  // A word that the baseline does not have leaves every row as it is.
  for (let at = window.text; at < window.textEnd; at++) if ((task.text[at] ?? -1) >= 0) rows.push(at);
  const lanes = Math.ceil(window.baseEnd / laneBits) - Math.floor(window.base / laneBits);
  if (lanes <= 2 || rows.length * lanes <= max) {
    for (const each of alignExactly(task, window, rows)) append(task.shared, each);
    return;
  }
  // Shares of a lane or two are exact whatever is left to go through.
  const windows = parted(task, window, Math.min(lanes, Math.ceil((rows.length * lanes) / Math.max(1, max))));
  const length = window.textEnd - window.text;
  for (const each of windows) alignWindow(task, each, Math.floor((max * (each.textEnd - each.text)) / length));
}

function sharedStart({ baseline, text }: Task, window: Window): number {
  const max = Math.min(window.baseEnd - window.base, window.textEnd - window.text);
  let length = 0;
  while (length < max && baseline.hasAt(window.base + length, text[window.text + length] ?? -1)) length++;
  return length;
}

function sharedEnd({ baseline, text }: Task, window: Window): number {
  const max = Math.min(window.baseEnd - window.base, window.textEnd - window.text);
  let length = 0;
  while (length < max && baseline.hasAt(window.baseEnd - 1 - length, text[window.textEnd - 1 - length] ?? -1)) length++;
  return length;
}

/** Appends a stretch, joined with the last one if it follows directly. */
function append(stretches: Shared[], next: Shared): void {
  const last = stretches.at(-1);
  if (next.length === 0) return;
  if (last && last.base + last.length === next.base && last.text + last.length === next.text)
    last.length += next.length;
  else stretches.push(next);
}

/**
 * Turns a row into the next one, between two lanes of the baseline; `at` is where the first of them is. Lanes without the
 * word change by a carry only. Returns the carry out of the last lane.
 */
function step(rows: Int32Array, at: number, first: number, end: number, places: readonly number[]): number {
  const shift = at - first;
  let carry = 0;
  let lane = first;
  for (let k = placeOf(first, places); k < places.length; k += 2) {
    const next = places[k] as number;
    if (next >= end) break;
    if (carry !== 0 && lane < next) carry = passOn(rows, shift + lane, shift + next);
    const value = rows[shift + next] as number;
    const bits = places[k + 1] as number;
    const sum = value + (value & bits) + carry;
    rows[shift + next] = (sum | (value & ~bits)) & allOnes;
    carry = sum >>> laneBits;
    lane = next + 1;
  }
  return carry === 0 ? 0 : passOn(rows, shift + lane, shift + end);
}

/** Adds a carry to lanes without the word. It ends in the first one that has a zero. */
function passOn(rows: Int32Array, from: number, to: number): number {
  for (let lane = from; lane < to; lane++) {
    const value = rows[lane] as number;
    rows[lane] = (value | (value + 1)) & allOnes;
    if (value !== allOnes) return 0;
  }
  return 1;
}

/** Where the places from a lane on begin. */
function placeOf(lane: number, places: readonly number[]): number {
  if ((places[0] ?? lane) >= lane) return 0;
  let [low, high] = [0, places.length / 2];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((places[2 * middle] ?? 0) < lane) low = middle + 1;
    else high = middle;
  }
  return 2 * low;
}

/**
 * The exact alignment of a window, over the text's words at `places`. Rows are made in blocks: a first pass keeps the row
 * that each block begins with, then the blocks are made whole and walked back, the last one first.
 */
function alignExactly({ baseline, text }: Task, window: Window, places: readonly number[]): Shared[] {
  const first = Math.floor(window.base / laneBits);
  const end = Math.ceil(window.baseEnd / laneBits);
  const lanes = end - first;
  const size = Math.max(1, Math.min(places.length, Math.floor(heldLanes / lanes) - 1));
  const rows = new Int32Array(lanes * (size + 1));
  const starts: Int32Array[] = [];
  const row = firstRow(lanes, window.base - first * laneBits);
  for (let from = 0; from < places.length; from += size) {
    starts.push(row.slice());
    // The last block needs no first pass.
    const to = from + size < places.length ? from + size : from;
    for (let k = from; k < to; k++) step(row, 0, first, end, baseline.places[text[places[k] ?? 0] ?? -1] ?? none);
  }
  const way: Way = { base: window.baseEnd, row: places.length, back: [] };
  for (let block = starts.length - 1; block >= 0; block--) {
    const from = block * size;
    rows.set(starts[block] ?? row);
    for (let k = from; k < way.row; k++) {
      const at = (k - from + 1) * lanes;
      rows.copyWithin(at, at - lanes, at);
      step(rows, at, first, end, baseline.places[text[places[k] ?? 0] ?? -1] ?? none);
    }
    const held = { rows, lanes, shift: first * laneBits, from };
    walkBack(way, held, { baseline, base: window.base, text, places });
  }
  return way.back.reverse();
}

/** Nothing is kept yet. What lies before the window does not count: its bits are 0, and stay 0. */
function firstRow(lanes: number, before: number): Int32Array {
  const row = new Int32Array(lanes).fill(allOnes);
  for (let lane = 0; lane * laneBits < before; lane++)
    row[lane] = before - lane * laneBits >= laneBits ? 0 : (allOnes << (before - lane * laneBits)) & allOnes;
  return row;
}

/** How far the walk back has come: before this word of the baseline and this row; what is kept, the last one first. */
type Way = { base: number; row: number; back: Shared[] };
/** Rows `from` and on, each of so many lanes; the first lane's first bit is word `shift` of the baseline. */
type Held = { rows: Int32Array; lanes: number; shift: number; from: number };
type Texts = { baseline: WordIndex; base: number; text: readonly number[]; places: readonly number[] };

function walkBack(way: Way, { rows, lanes, shift, from }: Held, { baseline, base, text, places }: Texts): void {
  let { base: i, row: j } = way;
  while (i > base && j > from) {
    const place = places[j - 1] ?? 0;
    const id = text[place] ?? -1;
    if (baseline.hasAt(i - 1, id)) {
      i--;
      j--;
      prepend(way.back, i, place);
    } else if (baseline.has(id) && isOne(rows, (j - from) * lanes, i - 1 - shift)) i--;
    else j--;
  }
  way.base = i;
  way.row = j;
}

function isOne(rows: Int32Array, at: number, bit: number): boolean {
  const lane = Math.floor(bit / laneBits);
  return (((rows[at + lane] ?? 0) >>> (bit - lane * laneBits)) & 1) === 1;
}

/** Adds a kept word to stretches that are listed from the last to the first. */
function prepend(back: Shared[], base: number, text: number): void {
  const next = back.at(-1);
  if (next && next.base === base + 1 && next.text === text + 1) {
    next.base = base;
    next.text = text;
    next.length++;
  } else back.push({ base, text, length: 1 });
}

/** Cuts a window before the words that each side has once and that keep their order; if there are none, into equal shares. */
function parted(task: Task, window: Window, shares: number): Window[] {
  const anchors = inOrder(onceInBoth(task, window));
  const cuts = anchors.length > 0 ? anchors : equalShares(window, shares);
  const all = [...cuts, { base: window.baseEnd, text: window.textEnd }];
  let { base, text } = window;
  return all.map((cut) => {
    const each = { base, baseEnd: cut.base, text, textEnd: cut.text };
    ({ base, text } = cut);
    return each;
  });
}

type Cut = { base: number; text: number };

function equalShares({ base, baseEnd, text, textEnd }: Window, shares: number): Cut[] {
  return Array.from({ length: shares - 1 }, (_, index) => ({
    base: base + Math.floor(((baseEnd - base) * (index + 1)) / shares),
    text: text + Math.floor(((textEnd - text) * (index + 1)) / shares),
  }));
}

function onceInBoth({ baseline, text }: Task, window: Window): Cut[] {
  const inBase = placesOfSingles(baseline.ids, window.base, window.baseEnd);
  const inText = placesOfSingles(text, window.text, window.textEnd);
  const cuts: Cut[] = [];
  for (const [id, place] of inText) {
    const base = inBase.get(id) ?? -1;
    // A cut at the very start would leave the window as it is.
    if (place >= 0 && base >= 0 && (base > window.base || place > window.text)) cuts.push({ base, text: place });
  }
  return cuts;
}

/** Where the words are that a list has once; -1 for those that it has more often. */
function placesOfSingles(ids: readonly number[], from: number, to: number): Map<number, number> {
  const places = new Map<number, number>();
  for (let at = from; at < to; at++) {
    const id = ids[at] ?? -1;
    if (id >= 0) places.set(id, places.has(id) ? -1 : at);
  }
  return places;
}

/** The longest series of cuts that rises on both sides, by patience sorting. They come in the order of the text. */
function inOrder(cuts: readonly Cut[]): Cut[] {
  type Card = { cut: Cut; under: Card | undefined };
  const piles: Card[] = [];
  for (const cut of cuts) {
    let [low, high] = [0, piles.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((piles[middle]?.cut.base ?? 0) < cut.base) low = middle + 1;
      else high = middle;
    }
    piles[low] = { cut, under: piles[low - 1] };
  }
  const series: Cut[] = [];
  for (let card: Card | undefined = piles.at(-1); card; card = card.under) series.push(card.cut);
  return series.reverse();
}

/**
 * The alignment of two texts that both only grow, as those of runs that go on do. A word more of the text adds a row; a
 * word more of the baseline adds a bit to each row, for which the carries into the last lane are kept. Always the same
 * alignment as that of `alignWords` for what there is so far.
 */
export class GrowingAlignment {
  readonly #baseline = new WordIndex();
  readonly #words: string[] = [];
  readonly #text: number[] = [];
  /** how many words are equal from the start; final once both go on beyond them */
  #start = 0;
  #rows: Int32Array | null = null;
  #lanes = 0;
  /** the last lane in which the baseline has words, and each row's carry into it */
  #top = 0;
  #carries = new Uint8Array(0);
  #made = 0;

  /** Adds words at the ends of the baseline and of the text. */
  extend(baseline: readonly string[], text: readonly string[]): void {
    for (const word of baseline) this.#baseline.add(word);
    for (const word of text) {
      this.#words.push(word);
      this.#text.push(this.#baseline.number(word));
    }
    const { ids } = this.#baseline;
    if (this.#rows === null)
      while (this.#start < ids.length && ids[this.#start] === this.#text[this.#start]) this.#start++;
    if (this.#start >= Math.min(ids.length, this.#text.length)) return;
    if (this.#tooSmall()) this.#makeRoom();
    else this.#widen();
    while (this.#rows !== null && this.#made < this.#text.length - this.#start) this.#addRow();
  }

  /** What both have in common so far. */
  shared(): Shared[] {
    const rest = Math.min(this.#baseline.ids.length, this.#text.length) - this.#start;
    const shared: Shared[] = [];
    append(shared, { base: 0, text: 0, length: this.#start });
    if (rest <= 0) return shared;
    if (this.#rows === null) return alignWords(this.#baseline, this.#words);
    for (const each of this.#walk(this.#rows)) append(shared, each);
    return shared;
  }

  #walk(rows: Int32Array): Shared[] {
    const places = Array.from({ length: this.#text.length - this.#start }, (_, index) => this.#start + index);
    const way: Way = { base: this.#baseline.ids.length, row: places.length, back: [] };
    const held = { rows, lanes: this.#lanes, shift: 0, from: 0 };
    walkBack(way, held, { baseline: this.#baseline, base: this.#start, text: this.#text, places });
    return way.back.reverse();
  }

  #tooSmall(): boolean {
    const lanes = Math.ceil(this.#baseline.ids.length / laneBits);
    const rows = this.#text.length - this.#start;
    return this.#rows === null || lanes > this.#lanes || rows > this.#carries.length;
  }

  /** Makes room for twice as much, so that this is rarely done; all rows are copied. */
  #makeRoom(): void {
    const lanes = Math.ceil(this.#baseline.ids.length / laneBits);
    const rows = this.#text.length - this.#start;
    this.#rows = null;
    if (lanes * rows > maxGrowingLanes) return;
    this.#lanes = 2 * lanes;
    this.#top = lanes - 1;
    this.#made = 0;
    this.#carries = new Uint8Array(2 * rows);
    this.#rows = new Int32Array(this.#lanes * (2 * rows + 1));
    this.#rows.set(firstRow(this.#lanes, this.#start));
  }

  #addRow(): void {
    if (this.#rows === null) return;
    const places = this.#baseline.places[this.#text[this.#start + this.#made] ?? -1] ?? none;
    const at = (this.#made + 1) * this.#lanes;
    this.#rows.copyWithin(at, at - this.#lanes, at);
    this.#carries[this.#made] = step(this.#rows, at, 0, this.#top, places);
    this.#made++;
    this.#turnLane(this.#rows, this.#made, this.#top);
  }

  /** Makes one lane of a row from that of the row before it and the carry into it. Returns the carry out of it. */
  #turnLane(rows: Int32Array, row: number, lane: number): number {
    const places = this.#baseline.places[this.#text[this.#start + row - 1] ?? -1] ?? none;
    const bits = lastBits(places, lane);
    const value = rows[(row - 1) * this.#lanes + lane] ?? 0;
    const sum = value + (value & bits) + (this.#carries[row - 1] ?? 0);
    rows[row * this.#lanes + lane] = (sum | (value & ~bits)) & allOnes;
    return sum >>> laneBits;
  }

  /** Adds to all rows what the baseline has grown by. */
  #widen(): void {
    if (this.#rows === null) return;
    const top = Math.ceil(this.#baseline.ids.length / laneBits) - 1;
    for (let lane = this.#top; lane <= top; lane++)
      for (let row = 1; row <= this.#made; row++) {
        const carry = this.#turnLane(this.#rows, row, lane);
        if (lane < top) this.#carries[row - 1] = carry;
      }
    this.#top = top;
  }
}

/** The bits of a lane near the end of a word's places. */
function lastBits(places: readonly number[], lane: number): number {
  for (let k = places.length - 2; k >= 0 && (places[k] ?? 0) >= lane; k -= 2)
    if (places[k] === lane) return places[k + 1] ?? 0;
  return 0;
}
