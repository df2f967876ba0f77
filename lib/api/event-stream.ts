import { EventSourceParserStream } from 'eventsource-parser/stream';
import { parse } from 'valibot';
import { RunEvent as Event } from '@/lib/run/check';
import type { RunEvent } from '@/lib/run/events';

/** An event with its place in the experiment's log, counted from 1. */
export type Numbered = { seq: number; event: RunEvent };

/** What happens in an experiment, as it happens. Throws if the connection breaks. */
export type EventStream = AsyncGenerator<Numbered, void>;

/**
 * Reads a text/event-stream. Throws if the connection breaks or an event is no RunEvent. Leaving it early cancels the
 * stream.
 */
export async function* readEvents(body: ReadableStream<Uint8Array<ArrayBuffer>>): EventStream {
  const messages = body.pipeThrough(new TextDecoderStream()).pipeThrough(new EventSourceParserStream());
  const reader = messages.getReader();
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read())
      yield { seq: Number(next.value.id), event: parse(Event, JSON.parse(next.value.data)) };
  } finally {
    await reader.cancel();
  }
}
