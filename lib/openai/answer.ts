import { createParser } from 'eventsource-parser';
import { AlikeEvents } from './alike';
import { readJson } from './json';

/**
 * What has come of an answer since the last part: values that were sent, in their order, and those that are alike but for their
 * text as one (see `AlikeEvents`). `done` is true once the server has said that nothing follows, and `plain` if it answered with
 * one JSON text in place of a stream.
 */
export type AnswerPart = { values: unknown[]; done: boolean; plain: boolean };

/** An answer that is too long, or has no form that can be read; what it begins with is in `text`. */
export class UnreadableAnswer extends Error {
  constructor(
    readonly kind: 'too-long' | 'not-json',
    readonly text: string,
  ) {
    super(kind);
  }
}

/** The longest single event or plain answer, and the most of a whole stream, in UTF-16 units. */
const maxEvent = 8 * 1024 * 1024;
const maxStream = 64 * 1024 * 1024;

/**
 * Reads the body of an answer: a text/event-stream, whatever its content type says, or one JSON text. One part is given for each
 * piece that arrives and holds something, so that a fast stream costs little. It ends when it is aborted. Throws what the body
 * throws, or UnreadableAnswer.
 */
export async function* readAnswer(
  body: ReadableStream<Uint8Array<ArrayBuffer>>,
  signal: AbortSignal,
): AsyncGenerator<AnswerPart, void> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  const leave = () => void reader.cancel().catch(() => undefined);
  if (signal.aborted) leave();
  signal.addEventListener('abort', leave, { once: true });
  const answer = new Answer();
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read()) {
      answer.feed(decoder.decode(next.value, { stream: true }));
      const part = answer.take();
      if (part) yield part;
      if (answer.done) return;
    }
    if (signal.aborted) return;
    answer.feed(decoder.decode());
    answer.end();
    const part = answer.take();
    if (part) yield part;
  } finally {
    signal.removeEventListener('abort', leave);
    // Nobody waits for it: a body may take its time.
    if (answer.done) void endOf(reader).finally(leave);
    else leave();
  }
}

/** How long a body may take to end once the server has said that nothing follows. */
const endMs = 1000;

/** Resolves when a body has ended, or did not: a connection can be used again only if its answer was read to the end. */
async function endOf(reader: ReadableStreamDefaultReader<unknown>): Promise<void> {
  const late = Promise.withResolvers<void>();
  const timer = setTimeout(late.resolve, endMs).unref();
  await Promise.race([reader.read().catch(() => undefined), late.promise]);
  clearTimeout(timer);
}

/** An answer as far as it has come. */
class Answer {
  done = false;
  private values: unknown[] = [];
  private length = 0;
  /** how much has come since the last event */
  private pending = 0;
  /** the text of a plain answer; null once it is known to be a stream */
  private plain: string | null = '';
  private readonly alike = new AlikeEvents();
  /** whether what comes next begins an event */
  private betweenEvents = true;
  private readonly parser = createParser({
    onEvent: ({ data }) => {
      this.pending = 0;
      if (data.trim() === '[DONE]') this.done = true;
      else if (!this.done) this.values.push(readJson(data));
    },
  });

  feed(piece: string): void {
    this.length += piece.length;
    this.pending += piece.length;
    if (this.plain === null) this.read(piece);
    else this.begin(this.plain + piece);
    if (this.pending > maxEvent || this.length > maxStream) throw new UnreadableAnswer('too-long', '');
  }

  /** The body is over. */
  end(): void {
    if (this.plain === null)
      this.parser.feed('\n\n'); // an event that no blank line follows
    else if (this.plain.trim() !== '') this.endPlain(this.plain);
  }

  private endPlain(text: string): void {
    const value = readJson(text);
    if (value === undefined) throw new UnreadableAnswer('not-json', text);
    this.values.push(value);
    this.done = true;
  }

  /** What has come since the last time; null if that is nothing. */
  take(): AnswerPart | null {
    const { values, done } = this;
    if (values.length === 0 && !done) return null;
    this.values = [];
    return { values, done, plain: this.plain !== null };
  }

  private begin(text: string): void {
    this.plain = isStream(text) ? null : text;
    if (this.plain === null) this.read(text);
  }

  private read(piece: string): void {
    for (let at = 0; at < piece.length && !this.done; ) {
      const joined = this.betweenEvents ? this.alike.join(piece, at) : null;
      if (joined) {
        this.pending = 0;
        this.values.push(joined.value);
        at = joined.end;
        continue;
      }
      const blankLine = piece.indexOf('\n\n', at);
      const end = blankLine < 0 ? piece.length : blankLine + 2;
      this.parse(piece.slice(at, end), blankLine >= 0);
      at = end;
    }
  }

  /** Parses a piece of the stream in full. */
  private parse(piece: string, endsEvent: boolean): void {
    const before = this.values.length;
    this.parser.feed(piece);
    if (this.betweenEvents && endsEvent && this.values.length > before) this.alike.learn(piece, this.values.at(-1));
    this.betweenEvents = endsEvent;
  }
}

/** Whether a text that has begun to arrive is a stream of events: neither JSON nor HTML. */
function isStream(begun: string): boolean {
  const [first] = begun.trimStart();
  return first !== undefined && !'{[<"'.includes(first) && begun.includes('\n');
}
