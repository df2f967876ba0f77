import { readFileSync } from 'node:fs';

/** What a fake server was sent. */
export type Received = { method: string; url: string; headers: Headers; text: string; body: unknown };
export type Reply = (received: Received, signal: AbortSignal) => Response | Promise<Response>;

/** A `fetch` that answers the first call with the first reply and so on; the last reply answers all calls after it. */
export function fakeServer(...replies: [Reply, ...Reply[]]): { fetch: typeof fetch; received: Received[] } {
  const received: Received[] = [];
  const send: typeof fetch = async (input, init) => {
    const request = new Request(input, init);
    const text = await request.text();
    const { method, url, headers } = request;
    const signal = init?.signal ?? new AbortController().signal;
    const call = { method, url, headers, text, body: text === '' ? undefined : (JSON.parse(text) as unknown) };
    received.push(call);
    signal.throwIfAborted();
    const reply = replies[Math.min(received.length, replies.length) - 1] ?? replies[0];
    return reply(call, signal);
  };
  return { fetch: send, received };
}

/** The text of a fixture: a stream as a server sends it. */
export const fixture = (name: string): string =>
  readFileSync(new URL(`./__fixtures__/${name}.chunks.txt`, import.meta.url), 'utf8');

const streamHeaders = { 'content-type': 'text/event-stream; charset=utf-8', 'x-request-id': 'req_fixture' };

/** Answers with a stream that comes in the given pieces, then ends. */
export const playing =
  (...pieces: (string | Uint8Array)[]): Reply =>
  (_, signal) =>
    openStream(signal, async function* () {
      yield* pieces;
    });

/** Answers with what `write` yields. Like a real one, the body fails as soon as the request is aborted. */
export function openStream(
  signal: AbortSignal,
  write: () => AsyncGenerator<string | Uint8Array>,
  headers: HeadersInit = streamHeaders,
): Response {
  const source = write();
  const encoder = new TextEncoder();
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      const fail = () => {
        controller.error(signal.reason);
        void source.return(undefined);
      };
      signal.addEventListener('abort', fail, { once: true });
    },
    async pull(controller) {
      const next = await source.next();
      if (signal.aborted) return;
      if (next.done) controller.close();
      else controller.enqueue(typeof next.value === 'string' ? encoder.encode(next.value) : next.value);
    },
    async cancel() {
      await source.return(undefined);
    },
  });
  return new Response(body, { headers });
}

/** Never answers; fails when the request is aborted, as a real `fetch` does. */
export const silent: Reply = (_, signal) =>
  new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason), { once: true }));

export const json =
  (status: number, body: unknown, headers: Record<string, string> = {}): Reply =>
  () =>
    Response.json(body, { status, headers });

/** OpenAI's error body, or what of it is given. */
export const refusing = (status: number, error: Record<string, unknown>, headers?: Record<string, string>): Reply =>
  json(
    status,
    { error: { message: 'No.', type: 'invalid_request_error', param: null, code: null, ...error } },
    headers,
  );

/** One `data:` event with a piece of text. */
export const textEvent = (content: string): string =>
  `data: ${JSON.stringify({ model: 'm', choices: [{ index: 0, delta: { content }, finish_reason: null }] })}\n\n`;

export const endEvents = `data: ${JSON.stringify({
  model: 'm',
  choices: [{ index: 0, delta: {}, finish_reason: 'stop' }],
})}\n\ndata: [DONE]\n\n`;
