import { readChunk } from './chunk';
import { readJson } from './json';

/** What an event is but for its text: all that stands before it, from "data:" on, and all after it, to the blank line. */
type Frame = { before: string; after: string };

/** How many events in a row may be found to have no frame, or one that none after them has, until no more are looked at. */
const maxMisses = 16;

/**
 * Reads events that are alike as one. Nearly all events of an answer differ in a few characters of text only, with the same 200
 * around them, and to parse each of them takes longer than all else that is done for an answer. So those that follow one another
 * are joined before they are parsed: one event, with their texts as they stand, escapes and all, one after the other. Since
 * whoever reads an answer only ever joins its texts, what is read of it is the same.
 */
export class AlikeEvents {
  private frame: Frame | null = null;
  private misses = 0;

  /** As many events as begin here and are like an earlier one, as one value; and where they end. Null if none is. */
  join(piece: string, from: number): { value: unknown; end: number } | null {
    if (!this.frame) return null;
    const { before, after } = this.frame;
    let texts = '';
    let end = from;
    for (;;) {
      const start = end + before.length;
      // Slices are compared several times faster than `startsWith` does.
      if (piece.slice(end, start) !== before) break;
      const stop = endOfText(piece, start);
      if (stop <= start || piece.slice(stop, stop + after.length) !== after) break;
      texts += piece.slice(start, stop);
      end = stop + after.length;
    }
    if (texts === '') return null;
    this.misses = 0;
    return { value: valueWith(this.frame, texts), end };
  }

  /** Takes note of an event that was like none before: what was sent, and the value that was read. */
  learn(event: string, value: unknown): void {
    if (++this.misses <= maxMisses) this.frame = frameOf(event, value) ?? this.frame;
  }
}

const valueWith = ({ before, after }: Frame, text: string): unknown =>
  readJson(before.slice('data:'.length) + text + after);

/** Stands in for a text that it is not part of. */
const mark = '\uf8ff';

/**
 * The frame of an event; null if it has none, or if events that have it may not be joined. The event itself is asked, with
 * another text in the place that may be that of its text: it must then say that text, and nothing else that would be lost.
 */
function frameOf(event: string, value: unknown): Frame | null {
  const chunk = readChunk(value);
  const text = `"${chunk ? chunk.text || chunk.reasoning : ''}"`;
  const at = event.indexOf(text);
  if (at < 0 || text.includes(mark) || !/^data:.*\n\n$/.test(event)) return null;
  const frame = { before: event.slice(0, at + 1), after: event.slice(at + text.length - 1) };
  const marked = readChunk(valueWith(frame, mark));
  const alone = marked && marked.text + marked.reasoning === mark && marked.tokens.length === 0;
  return alone ? frame : null;
}

const [quote, backslash, space] = [0x22, 0x5c, 0x20];
const escaped = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;

/** Where the JSON string that goes on at `from` ends; -1 if it is none, or goes on after the piece. */
function endOfText(piece: string, from: number): number {
  for (let at = from; at < piece.length; at++) {
    const code = piece.charCodeAt(at);
    if (code === quote) return at;
    if (code < space) return -1;
    if (code !== backslash) continue;
    escaped.lastIndex = at;
    if (!escaped.test(piece)) return -1;
    at = escaped.lastIndex - 1;
  }
  return -1;
}
