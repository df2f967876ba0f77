import type { Numbered } from '@/lib/api/event-stream';

const headers = {
  'content-type': 'text/event-stream; charset=utf-8',
  // no-transform and X-Accel-Buffering keep proxies from holding events back to compress or batch them.
  'cache-control': 'no-store, no-transform',
  'x-accel-buffering': 'no',
};

/** A reader that takes nothing for this long is dropped; it can come back with Last-Event-ID. */
const patienceMs = 15_000;

/** So many characters are written at a time, or one event that has more: a reader that does not read holds no more. */
const pieceLength = 64 * 1024;

function* framed(batch: readonly Numbered[]): Generator<string, undefined> {
  if (batch.length === 0) yield ': still here\n\n';
  let piece = '';
  for (const { seq, event } of batch) {
    piece += `id: ${seq}\ndata: ${JSON.stringify(event)}\n\n`;
    if (piece.length < pieceLength) continue;
    yield piece;
    piece = '';
  }
  if (piece !== '') yield piece;
}

/**
 * Sends batches of events as text/event-stream; an empty batch is a heartbeat. The stream pulls: while the reader does
 * not read, `batches` is not asked for more and nothing piles up.
 */
export function sseResponse(
  batches: (signal: AbortSignal) => AsyncGenerator<Numbered[]>,
  more: Record<string, string> = {},
): Response {
  const gone = new AbortController();
  const source = batches(gone.signal);
  // Two ways to end the source: the signal wakes it if it waits for events, the return ends it if it waits to be read.
  const endSource = () => {
    gone.abort();
    void source.return(undefined);
  };
  const encoder = new TextEncoder();
  let pieces: Iterator<string, undefined> | undefined;
  let patience: ReturnType<typeof setTimeout> | undefined;
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      clearTimeout(patience);
      let piece = pieces?.next();
      while (!piece || piece.done) {
        const next = await source.next();
        if (next.done) {
          if (!gone.signal.aborted) controller.close();
          return;
        }
        pieces = framed(next.value);
        piece = pieces.next();
      }
      controller.enqueue(encoder.encode(piece.value));
      patience = setTimeout(() => {
        endSource();
        controller.error(new Error('The reader did not read.'));
      }, patienceMs);
    },
    cancel() {
      clearTimeout(patience);
      endSource();
    },
  });
  return new Response(body, { headers: { ...headers, ...more } });
}
