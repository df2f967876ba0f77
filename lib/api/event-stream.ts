import { EventSourceParserStream } from 'eventsource-parser/stream';
import { object, parse, string } from 'valibot';
import { RunEvent as Event } from '@/lib/run/check';
import type { RunEvent } from '@/lib/run/events';

/** An event with its place in the experiment's log, counted from 1. */
export type Numbered = { seq: number; event: RunEvent };

/** What happens in an experiment, as it happens. Throws if the connection breaks. */
export type EventStream = AsyncGenerator<Numbered, void>;

/**
 * Reads a text/event-stream. Throws if the connection breaks or an event is no RunEvent; passes over events of types that are
 * not known here, which a later server may send. Leaving it early cancels the stream.
 */
export async function* readEvents(body: ReadableStream<Uint8Array<ArrayBuffer>>): EventStream {
  const messages = body.pipeThrough(new TextDecoderStream()).pipeThrough(new EventSourceParserStream());
  const reader = messages.getReader();
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read())
      yield* eventIn(next.value.id, JSON.parse(next.value.data));
  } finally {
    await reader.cancel();
  }
}

const known = new Set<string>(Event.options.map(({ entries }) => entries.type.literal));
const OfSomeType = object({ type: string() });

function eventIn(id: string | undefined, value: unknown): Numbered[] {
  const isLater = !known.has(parse(OfSomeType, value).type);
  return isLater ? [] : [{ seq: Number(id), event: parse(Event, value) }];
}
