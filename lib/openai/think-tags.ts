/** What a piece of text holds: answer, and reasoning that stood in `<think>` before it. */
type Split = { text: string; reasoning: string };

const opening = '<think>';
const closing = '</think>';

/**
 * Tells reasoning from the answer where a server leaves it in the text, between `<think>` and `</think>` at the very beginning. The
 * tags may come in pieces. The blank lines after them belong to neither. A text that begins otherwise is left as it is.
 */
export class ThinkTags {
  private state: 'start' | 'thinking' | 'gap' | 'answer' = 'start';
  /** what may be the beginning of a tag */
  private held = '';

  split(piece: string): Split {
    if (piece === '' || (this.state === 'answer' && this.held === '')) return { text: piece, reasoning: '' };
    const text = this.held + piece;
    this.held = '';
    if (this.state === 'start') return this.start(text);
    return this.state === 'gap' ? this.skipGap(text, '') : this.think(text);
  }

  /** What is still held when the text is over: the beginning of a tag that never became one. */
  rest(): Split {
    const held = this.held;
    this.held = '';
    return this.state === 'thinking' ? { text: '', reasoning: held } : { text: held, reasoning: '' };
  }

  private start(text: string): Split {
    const begun = text.trimStart();
    if (begun.startsWith(opening)) {
      this.state = 'thinking';
      return this.think(begun.slice(opening.length));
    }
    if (opening.startsWith(begun)) {
      this.held = text;
      return { text: '', reasoning: '' };
    }
    this.state = 'answer';
    return { text, reasoning: '' };
  }

  private think(text: string): Split {
    const end = text.indexOf(closing);
    if (end >= 0) {
      this.state = 'gap';
      return this.skipGap(text.slice(end + closing.length), text.slice(0, end));
    }
    const tag = partAtEnd(text, closing);
    this.held = text.slice(text.length - tag);
    return { text: '', reasoning: text.slice(0, text.length - tag) };
  }

  private skipGap(piece: string, reasoning: string): Split {
    const text = piece.trimStart();
    if (text !== '') this.state = 'answer';
    return { text, reasoning };
  }
}

/** How many characters at the end of a text may be the beginning of a tag. */
function partAtEnd(text: string, tag: string): number {
  for (let length = Math.min(tag.length - 1, text.length); length > 0; length--)
    if (tag.startsWith(text.slice(-length))) return length;
  return 0;
}
