// A stand-in for OpenAI: speaks its Chat Completions wire format over HTTP and misbehaves on request.
// What it does is chosen by the model's name; what a call answers may depend on its number among the calls with the
// same messages, so tests that use prompts of their own do not disturb each other.
//
//   node e2e/support/stub-upstream.ts PORT
//
// GET /calls answers what it has been asked: [{ text, body, authorization, startedAt, closedEarlyAt }], `text` as it came.

import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';

type Body = {
  model: string;
  messages: unknown;
  seed?: number;
  temperature?: number;
  top_p?: number;
  logprobs?: boolean;
  top_logprobs?: number;
  stream?: boolean;
  stream_options?: { include_usage?: boolean };
};
type Call = { text: string; body: Body; authorization: string; startedAt: number; closedEarlyAt: number | null };

/** How a call is answered: with a text, word by word, or else with an error, or with a page that is no API at all. */
type Answer = {
  text?: string;
  /** what comes before the text, and apart from it */
  reasoning?: string;
  fingerprint?: string | null;
  headers?: Record<string, string>;
  /** between two words */
  everyMs?: number;
  /** in the middle of the text */
  breakOff?: boolean;
  status?: number;
  error?: object;
  html?: string;
  /** how many tokens are told for each; by default three */
  alternatives?: number;
};

const key = 'sk-stub-key-for-tests';
const calls: Call[] = [];
const count = (body: Body): number =>
  calls.filter((call) => JSON.stringify(call.body.messages) === JSON.stringify(body.messages)).length;

const common = 'The quick brown fox jumps over the lazy dog and runs home';
const variants = [
  common,
  common,
  common.replace('fox jumps', 'cat jumps'),
  common,
  `${common.replace('home', 'away')} again`,
];
const hostile =
  '<script>document.title="owned"</script><b>bold</b> &amp; 👩‍👩‍👧‍👦 مرحبا \u202Eabc\u202C \u0007bell \u0000nul [link](javascript:alert(1))';

/** A text that is the same for the same number, and hardly for two. */
const numbered = (number: number): string => `The town of Number ${number} has no streets, only stairs`;
const greedy = 'The town of Plain has a clock without hands';
/** What a server that samples says: of the seed if there is one, else another text each time. */
const sampled = (n: number, { seed, temperature, top_p = 1 }: Body): string =>
  temperature === 0 || top_p < 0.1 ? greedy : numbered(seed ?? 1000 + n);
const refusal = (param: string, message: string): Answer => ({
  status: 400,
  error: { message, type: 'invalid_request_error', param, code: 'unsupported_value' },
});

/** model → (number of the call, what it asks) → how to answer */
const models: Record<string, (call: number, body: Body) => Answer> = {
  'stub-seeds': (n, body) => ({ text: sampled(n, body) }),
  'stub-drops-seeds': (n, { seed: _, ...body }) => ({ text: sampled(n, body) }),
  'stub-one-seed': (n, body) => ({ text: sampled(n, { ...body, seed: 1 }) }),
  'stub-reasoning': (n, body) =>
    body.temperature === undefined
      ? { text: sampled(n, body) }
      : refusal('temperature', "Unsupported parameter: 'temperature' is not supported with this model."),
  'stub-five-logprobs': (n, body) =>
    (body.top_logprobs ?? 0) > 5
      ? refusal('top_logprobs', "Invalid 'top_logprobs': must be at most 5.")
      : { text: sampled(n, body), alternatives: 5 },
  'stub-verified-only': (_, { stream }) =>
    stream
      ? refusal('stream', 'Your organization must be verified to stream this model.')
      : { text: common, everyMs: 100 },
  'stub-same': () => ({ text: common }),
  'stub-variants': (n) => ({ text: variants[(n - 1) % variants.length] ?? common }),
  'stub-fingerprints': (n) => ({
    text: n % 2 ? common : `${common} today`,
    fingerprint: n % 2 ? 'fp_stub_alpha' : 'fp_stub_beta',
  }),
  'stub-cached': (n) => ({ text: common, headers: { 'cf-aig-cache-status': n < 3 ? 'MISS' : 'HIT' } }),
  'stub-no-fingerprint': () => ({ text: common, fingerprint: null }),
  'stub-endless': () => ({ text: 'word '.repeat(5000), everyMs: 30 }),
  'stub-slow': () => ({ text: common, everyMs: 60 }),
  'stub-limited': (n) =>
    n === 3
      ? {
          status: 429,
          error: {
            message: 'Rate limit reached for sk-secret1234567890',
            type: 'requests',
            param: null,
            code: 'rate_limit_exceeded',
          },
        }
      : { text: common },
  'stub-asks-to-wait': (n) =>
    n === 1
      ? { status: 429, error: { message: 'Slower.' }, headers: { 'x-should-retry': 'true', 'retry-after': '120' } }
      : { text: common },
  'stub-no-temperature': () => ({
    status: 400,
    error: {
      message: "Unsupported value: 'temperature' does not support 0 with this model.",
      type: 'invalid_request_error',
      param: 'temperature',
      code: 'unsupported_value',
    },
  }),
  'stub-cut-off': (n) => ({ text: common, breakOff: n === 2 }),
  'stub-html': () => ({ html: '<!doctype html><title>Log in</title>' }),
  'stub-reasons': (n) => ({ text: common, reasoning: n % 2 ? 'First a fox.' : 'First a dog.' }),
  'stub-hostile': () => ({ text: hostile }),
  'stub-repeats-key': () => ({ text: `You sent ${key} , didn’t you? In Base64 it is ${btoa(key)} .` }),
};

const server = createServer(async (request, response) => {
  const url = new URL(request.url ?? '/', 'http://stub');
  if (url.pathname === '/calls') return json(response, 200, calls);
  if (request.headers.authorization !== `Bearer ${key}`)
    return json(response, 401, {
      error: {
        message: 'Incorrect API key provided.',
        type: 'invalid_request_error',
        param: null,
        code: 'invalid_api_key',
      },
    });
  if (url.pathname === '/v1/models')
    return json(response, 200, {
      object: 'list',
      data: Object.keys(models).map((id) => ({
        ...{ id, object: 'model', created: 1, owned_by: 'stub' },
        shutdown_date: id === 'stub-reasoning' ? '2027-01-14' : null,
      })),
    });
  if (url.pathname !== '/v1/chat/completions')
    return json(response, 404, {
      error: { message: 'Not found', type: 'invalid_request_error', param: null, code: null },
    });
  const text = await read(request);
  const body: Body = JSON.parse(text);
  const call: Call = {
    text,
    body,
    authorization: request.headers.authorization,
    startedAt: Date.now(),
    closedEarlyAt: null,
  };
  calls.push(call);
  response.on('close', () => {
    if (!response.writableEnded) call.closedEarlyAt = Date.now();
  });
  const model = models[body.model];
  if (!model)
    return json(response, 404, {
      error: {
        message: `The model '${body.model}' does not exist`,
        type: 'invalid_request_error',
        param: null,
        code: 'model_not_found',
      },
    });
  await answer(response, body, model(count(body), body));
});

async function answer(response: ServerResponse, body: Body, how: Answer): Promise<unknown> {
  const {
    text = '',
    reasoning,
    fingerprint = 'fp_stub_alpha',
    everyMs = 0,
    status,
    error,
    html,
    breakOff,
    headers = {},
    alternatives = 3,
  } = how;
  if (status) return json(response, status, { error }, { 'x-should-retry': 'false', ...headers });
  if (html) {
    response.writeHead(200, { 'content-type': 'text/html' });
    return response.end(html);
  }
  const requestId = `req_stub_${calls.length}`;
  if (!body.stream) {
    if (everyMs) await wait(everyMs);
    const message = { role: 'assistant', content: text, refusal: null };
    const choices = [{ index: 0, message, logprobs: null, finish_reason: 'stop' }];
    return json(response, 200, { id: requestId, object: 'chat.completion', model: body.model, choices });
  }
  response.writeHead(200, { 'content-type': 'text/event-stream', 'x-request-id': requestId, ...headers });
  const head = {
    id: `chatcmpl-${calls.length}`,
    object: 'chat.completion.chunk',
    created: 1_780_000_000,
    model: `${body.model}-2026-01-01`,
    system_fingerprint: fingerprint,
  };
  const send = (choices: object[], usage: object | null = null) =>
    response.write(`data: ${JSON.stringify({ ...head, choices, usage })}\n\n`);
  const choice = (delta: object, finish_reason: string | null = null, logprobs: object | null = null) => [
    { index: 0, delta, logprobs, finish_reason },
  ];
  send(choice({ role: 'assistant', content: '', refusal: null }));
  if (reasoning) send(choice({ reasoning_content: reasoning }));
  const tokens = text.match(/\s*\S+/g) ?? [];
  for (const token of breakOff ? tokens.slice(0, 4) : tokens) {
    if (response.destroyed) return;
    if (everyMs) await wait(everyMs);
    send(
      choice(
        { content: token },
        null,
        body.logprobs ? { content: [logprobOf(token, alternatives)], refusal: null } : null,
      ),
    );
  }
  if (breakOff) {
    await wait(100); // so that what was sent has left
    return response.destroy();
  }
  send(choice({}, 'stop'));
  if (body.stream_options?.include_usage)
    send([], { prompt_tokens: 9, completion_tokens: tokens.length, total_tokens: 9 + tokens.length });
  response.end('data: [DONE]\n\n');
}

/** A token that had 60 %, one other with 30 %, and the rest that could not come: the API's sentinel. */
function logprobOf(token: string, alternatives: number): object {
  const entry = (text: string, logprob: number) => ({
    token: text,
    logprob,
    bytes: [...new TextEncoder().encode(text)],
  });
  const top_logprobs = [
    entry(token, Math.log(0.6)),
    entry(' other', Math.log(0.3)),
    ...Array.from({ length: alternatives - 2 }, (_, at) => entry(` never${at || ''}`, -9999)),
  ];
  return { ...entry(token, Math.log(0.6)), top_logprobs };
}

function json(response: ServerResponse, status: number, value: unknown, headers: Record<string, string> = {}): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(JSON.stringify(value));
}

async function read(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request.setEncoding('utf8')) text += chunk;
  return text;
}

server.listen(Number(process.argv[2]), '127.0.0.1');
