import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { cases } from '@/lib/cases.fixture';
import type { ChatRequest } from '@/lib/recipe/recipe';
import type { ProviderEvent, RunCall } from '@/lib/run/provider';
import { collect, providerContract } from '@/lib/run/provider.contract';
import { Endpoint } from '@/lib/run/schema';
import { defaultTimeLimits } from './deadline';
import {
  endEvents,
  fakeServer,
  fixture,
  json,
  openStream,
  playing,
  type Reply,
  refusing,
  silent,
  textEvent,
} from './fake-server.fixture';
import { openAiProvider, type Service } from './provider';

const request: ChatRequest = {
  model: 'gpt-4.1-nano',
  messages: [{ role: 'user', content: 'Write a haiku.' }],
  seed: 74,
};

const callFor = (changes: Partial<RunCall> = {}): RunCall => ({
  spec: { run: 3, arm: 0, repeat: 1, seed: 74, model: 'gpt-4.1-nano' },
  request,
  signal: new AbortController().signal,
  queuedMs: 0,
  ...changes,
});

const providerOver = (send: typeof fetch, options: Partial<Service> = {}) =>
  openAiProvider({ apiKey: 'none', baseURL: 'http://fake.invalid/v1', maxRetries: 0, fetch: send, ...options });

const run = (reply: Reply, options: Partial<Service> = {}): Promise<ProviderEvent[]> =>
  collect(providerOver(fakeServer(reply).fetch, options).run(callFor()));

const textOf = (events: readonly ProviderEvent[]): string =>
  events.map((event) => (event.type === 'text-delta' ? event.text : '')).join('');

const play = (name: string): Promise<ProviderEvent[]> => run(playing(fixture(name)));

providerContract('an OpenAI-compatible service', () => {
  const slowly: Reply = (_, signal) =>
    openStream(signal, async function* () {
      yield textEvent('Soft');
      await new Promise<never>(() => {});
    });
  const send: Reply = (received, signal) => {
    const { model } = received.body as ChatRequest;
    if (model === 'slow') return slowly(received, signal);
    if (model === 'unknown') return refusing(404, { code: 'model_not_found' })(received, signal);
    return playing(fixture('openai-text'))(received, signal);
  };
  return {
    provider: providerOver(fakeServer(send).fetch),
    answered: request,
    slow: { request: { ...request, model: 'slow' } },
    refused: { ...request, model: 'unknown' },
  };
});

describe('an answer', () => {
  it.each([
    ['openai-text', 'Soft rain on the café roof\n🌱', 'gpt-4.1-nano-2025-04-14', ['fp_de604bd877'], [13, 9, 22]],
    ['azure-text', 'Soft rain', 'gpt-5-nano-2025-08-07', [], [13, 2, 15]],
    ['llamacpp-text', 'Soft rain', 'tiny', ['b11669-Debian'], [4, 2, 6]],
    ['llamacpp-b4748-text', 'Soft rain', 'tiny', ['b4748-Debian'], [4, 2, 6]],
    ['ollama-text', 'Soft rain', 'llama3.2', ['fp_ollama'], [27, 2, 29]],
    ['vllm-text', 'Soft rain', 'meta-llama/Llama-3.1-8B', ['vllm-0.20.0-tp1-3fa94c01'], [4, 2, 6]],
    ['groq-text', 'Soft rain', 'llama-3.1-8b-instant', ['fp_f8b414701e'], [4, 2, 6]],
    ['deepseek-text', 'Soft rain', 'deepseek-chat', ['fp_eaab8d114b_prod0820_fp8_kvcache'], [4, 3, 7]],
    ['mistral-parts', 'Soft rain', 'magistral-small', [], [4, 3, 7]],
    ['openrouter-comments', 'Soft rain', 'meta-llama/llama-3.1-8b', [], [4, 2, 6]],
  ])(
    'in the shape of %s is read',
    async (name, text, model, fingerprints, [prompt_tokens, completion_tokens, total_tokens]) => {
      const events = await play(name);
      expect(textOf(events)).toBe(text);
      expect(events.at(-1)).toMatchObject({
        type: 'run-end',
        run: 3,
        finish: 'stop',
        model,
        fingerprints,
        usage: { prompt_tokens, completion_tokens, total_tokens },
        requestId: 'req_fixture',
        attempts: 1,
      });
    },
  );

  it('reports how much of the prompt came from a cache', async () => {
    expect((await play('openai-text')).at(-1)).toMatchObject({
      usage: { prompt_tokens_details: { cached_tokens: 0 } },
    });
    expect((await play('vllm-text')).at(-1)).not.toHaveProperty('usage.prompt_tokens_details.cached_tokens');
  });

  it.each([
    [{ 'cf-aig-cache-status': 'HIT' }, true],
    [{ 'x-portkey-cache-status': 'SEMANTIC HIT' }, true],
    [{ 'x-cache': 'TCP_HIT from edge' }, true],
    [{ 'cache-status': 'edge; hit; ttl=30' }, true],
    [{ 'cf-aig-cache-status': 'MISS' }, false],
    [{ 'x-portkey-cache-status': 'SEMANTIC MISS' }, false],
    [{ 'cf-cache-status': 'DYNAMIC', 'cache-control': 'no-store' }, false],
    [{ 'cache-status': 'edge; fwd=miss', 'x-kind': 'hit' }, false],
  ])('with the headers %j came from a cache: %j', async (headers, cached) => {
    const reply: Reply = (_, signal) =>
      openStream(
        signal,
        async function* () {
          yield fixture('openai-text');
        },
        { 'content-type': 'text/event-stream', ...headers },
      );
    const end = (await run(reply)).at(-1);
    if (cached) expect(end).toMatchObject({ type: 'run-end', cached: true });
    else expect(end).not.toHaveProperty('cached');
  });

  it.each([
    ['3', 3],
    ['0', undefined],
    ['many', undefined],
    ['1e3', undefined],
    ['', undefined],
  ])('takes %j for how many requests were in flight as %j', async (said, inFlight) => {
    const reply: Reply = (_, signal) =>
      openStream(
        signal,
        async function* () {
          yield fixture('openai-text');
        },
        { 'content-type': 'text/event-stream', 'x-seedbed-in-flight': said },
      );
    expect((await run(reply)).at(-1)).toHaveProperty('type', 'run-end');
    expect((await run(reply)).map((event) => 'inFlight' in event && event.inFlight).at(-1)).toBe(inFlight ?? false);
  });

  it('keeps every fingerprint that it saw, once', async () => {
    expect((await play('openai-two-fingerprints')).at(-1)).toMatchObject({
      fingerprints: ['fp_1827dd0c55', 'fp_cbf1785567'],
    });
  });

  it('does not lose a fingerprint to a null that follows', async () => {
    expect((await play('openai-null-after-fingerprint')).at(-1)).toMatchObject({ fingerprints: ['fp_1827dd0c55'] });
  });

  it.each([
    ['openai-length', 'length', 'Soft rain'],
    ['azure-content-filter', 'content_filter', 'Soft'],
    ['openai-tool-calls', 'tool_calls', ''],
    ['openai-refusal', 'refusal', "I'm sorry, I can't help with that."],
  ])('in the shape of %s ends with %s', async (name, finish, text) => {
    const events = await play(name);
    expect(events.at(-1)).toMatchObject({ type: 'run-end', finish });
    expect(textOf(events)).toBe(text);
  });

  it('passes on the tokens of each chunk with their logprobs', async () => {
    const events = await play('openai-logprobs');
    expect(textOf(events)).toBe('Soft café');
    expect(events.flatMap((event) => (event.type === 'text-delta' ? (event.tokens ?? []) : []))).toEqual([
      {
        token: 'Soft',
        logprob: -0.12,
        bytes: [83, 111, 102, 116],
        top_logprobs: [
          { token: 'Soft', logprob: -0.12, bytes: [83, 111, 102, 116] },
          { token: 'Warm', logprob: -2.5, bytes: [87, 97, 114, 109] },
        ],
      },
      {
        token: ' café',
        logprob: -1.5,
        bytes: [32, 99, 97, 102, 195, 169],
        top_logprobs: [
          { token: ' rain', logprob: -0.9, bytes: [32, 114, 97, 105, 110] },
          { token: ' café', logprob: -1.5, bytes: [32, 99, 97, 102, 195, 169] },
        ],
      },
    ]);
  });

  it('may lack the bytes of a token and of its alternatives, and the alternatives', async () => {
    const chunk = (logprobs: object) =>
      `data: ${JSON.stringify({ choices: [{ index: 0, delta: { content: 'a' }, finish_reason: null, logprobs }] })}\n\n`;
    const events = await run(
      playing(
        chunk({ content: [{ token: 'a', logprob: -1 }] }),
        chunk({ content: [{ token: 'a', logprob: -1, top_logprobs: [{ token: 'b', logprob: -2 }] }] }),
        endEvents,
      ),
    );
    expect(textOf(events)).toBe('aa');
    expect(events.at(-1)).toMatchObject({ type: 'run-end', finish: 'stop' });
  });

  it('may lack, or have as null, whatever a run does not need', async () => {
    const chunks = [
      {},
      { choices: null },
      { choices: [{}] },
      { choices: [{ delta: null, finish_reason: null, logprobs: null }] },
      { choices: [{ delta: { content: 'a' } }] },
      { choices: [{ delta: { content: null, refusal: null }, logprobs: { content: null } }] },
      { choices: [{ finish_reason: 'stop' }], model: null, system_fingerprint: null, usage: null },
    ];
    const events = await run(playing(...chunks.map((chunk) => `data: ${JSON.stringify(chunk)}\n\n`)));
    expect(textOf(events)).toBe('a');
    expect(events.at(-1)).toMatchObject({
      type: 'run-end',
      finish: 'stop',
      model: 'gpt-4.1-nano',
      fingerprints: [],
      usage: null,
    });
  });

  it('is the same however its bytes are cut', async () => {
    const bytes = new TextEncoder().encode(fixture('openai-text'));
    const whole = await play('openai-text');
    const oneByOne = Array.from(bytes, (byte) => Uint8Array.of(byte));
    expect(textOf(await run(playing(...oneByOne)))).toBe(textOf(whole));
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(fc.nat({ max: bytes.length }), { maxLength: 40 }), async (cuts) => {
        const borders = [0, ...cuts.toSorted((a, b) => a - b), bytes.length];
        const pieces = borders.slice(1).map((border, at) => bytes.slice(borders[at], border));
        const events = await run(playing(...pieces));
        expect(textOf(events)).toBe(textOf(whole));
        expect({ ...events.at(-1), timing: null }).toEqual({ ...whole.at(-1), timing: null });
      }),
      { seed: 16, numRuns: cases(40) },
    );
  });

  it('joins a character whose two halves come in two chunks', async () => {
    const events = await run(playing(textEvent('\ud83c'), textEvent('\udf31'), endEvents));
    expect(textOf(events)).toBe('🌱');
  });

  it('ends at [DONE], and what follows is not read', async () => {
    const events = await run(playing(textEvent('a'), endEvents, textEvent('b'), endEvents, 'data: nonsense\n\n'));
    expect(textOf(events)).toBe('a');
    expect(events.at(-1)).toMatchObject({ type: 'run-end', finish: 'stop' });
  });

  it('may be empty', async () => {
    expect(await run(playing(endEvents))).toMatchObject([
      { type: 'run-end', finish: 'stop', timing: { firstTextMs: null }, fingerprints: [], usage: null },
    ]);
  });

  it('counts as cut off if its stream ends without a finish_reason', async () => {
    const [before = ''] = fixture('openai-text').split(/^data: .*"finish_reason":"stop"/m);
    const events = await run(playing(before));
    expect(textOf(events)).toBe('Soft rain on the café roof\n🌱');
    expect(events.at(-1)).toMatchObject({ type: 'run-error', error: { code: 'cut_off', retryable: true } });
  });

  it('that does not say why it ended is whole once the server has said that nothing follows', async () => {
    const [before = ''] = fixture('openai-text').split(/^data: .*"finish_reason":"stop"/m);
    const events = await run(playing(before, 'data: [DONE]\n\n'));
    expect(textOf(events)).toBe('Soft rain on the café roof\n🌱');
    expect(events.at(-1)).toMatchObject({ type: 'run-end', finish: 'stop', notes: ['no_finish_reason'] });
    expect(events.at(-1)).not.toHaveProperty('rawFinish');
  });

  it('also counts as cut off if its bytes end inside an event, and its text is kept', async () => {
    const text = textOf(await play('openai-text'));
    const stream = fixture('openai-text');
    for (const where of ['"content":" rain', '"content":" the', '"finish_reason":"sto']) {
      const events = await run(playing(stream.slice(0, stream.indexOf(where) + 12)));
      expect(events.at(-1)).toMatchObject({ type: 'run-error', error: { code: 'cut_off', retryable: true } });
      expect(textOf(events)).not.toBe('');
      expect(text.startsWith(textOf(events))).toBe(true);
    }
  });

  it.each([
    ['nothing', () => new Response('')],
    [
      'a web page',
      () => new Response('<!doctype html>\n<p>Log in to the network', { headers: { 'content-type': 'text/html' } }),
    ],
    ['one JSON object of another kind', () => Response.json({ id: 'x', hello: 'world' })],
    ['events of another kind', () => new Response('data: {"choices":"none"}\n\n')],
    ['events that are not objects', () => new Response('data: 7\n\n')],
  ])('of status 200 that holds %s is no answer', async (_, reply) => {
    expect(await run(reply)).toMatchObject([{ type: 'run-error', error: { code: 'not_a_stream', retryable: false } }]);
  });

  it('with a damaged chunk is an error, and its text is kept', async () => {
    const events = await play('malformed-json');
    expect(textOf(events)).toBe('Soft');
    expect(events.at(-1)).toMatchObject({
      type: 'run-error',
      error: { code: expect.stringMatching(/^(not_a_stream|cut_off)$/), status: null },
    });
  });

  it('with an error in its stream is an error, and its text is kept', async () => {
    const events = await play('error-in-stream');
    expect(textOf(events)).toBe('Soft');
    expect(events.at(-1)).toMatchObject({
      type: 'run-error',
      error: {
        code: 'server_error',
        status: null,
        retryable: true,
        message: expect.stringContaining('Sorry about that!'),
      },
    });
  });

  it('whose connection breaks is an error, and its text is kept', async () => {
    const events = await run((_, signal) =>
      openStream(signal, async function* () {
        yield textEvent('Soft');
        throw new TypeError('terminated');
      }),
    );
    expect(textOf(events)).toBe('Soft');
    expect(events.at(-1)).toMatchObject({ type: 'run-error', error: { code: 'connection_failed', retryable: true } });
  });

  it('that is far too long is cut at 256 Ki characters, and its connection is closed', async () => {
    let closed = false;
    const events = await run((_, signal) =>
      openStream(signal, async function* () {
        try {
          for (let piece = 0; piece < 100; piece++) yield textEvent('x'.repeat(64 * 1024));
        } finally {
          closed = true;
        }
      }),
    );
    expect(events.at(-1)).toMatchObject({ type: 'run-error', error: { code: 'too_long', retryable: false } });
    expect(textOf(events).length).toBeLessThanOrEqual(320 * 1024);
    await vi.waitFor(() => expect(closed).toBe(true));
  });
});

describe('an answer in which letters of the key stand', () => {
  const chunk = (key: string) => ({
    model: `${key}/llama3`,
    system_fingerprint: `fp_${key}`,
    choices: [{ index: 0, delta: { content: `I am ${key}.` }, finish_reason: `eos ${key}` }],
  });
  const runWith = (apiKey: string) =>
    run(
      (_, signal) =>
        openStream(
          signal,
          async function* () {
            yield `data: ${JSON.stringify(chunk(apiKey))}\n\ndata: [DONE]\n\n`;
          },
          { 'content-type': 'text/event-stream', 'x-request-id': `req_${apiKey}` },
        ),
      { apiKey },
    );

  it.each(['ollama', 'any', 'fp', 'llama', 'e'])('is kept as it came if the key is a word: %s', async (key) => {
    const events = await runWith(key);
    expect(textOf(events)).toBe(`I am ${key}.`);
    expect(events.at(-1)).toMatchObject({
      model: `${key}/llama3`,
      fingerprints: [`fp_${key}`],
      finish: 'stop',
      rawFinish: `eos ${key}`,
      notes: ['unknown_finish_reason'],
      requestId: `req_${key}`,
    });
  });

  it('has it in its text alone if the key can be nothing else', async () => {
    const events = await runWith('canary74the-operators-own-key');
    expect(JSON.stringify(events.at(-1))).not.toContain('canary');
    expect(events.at(-1)).toMatchObject({ model: '[key]/llama3', fingerprints: ['fp_[key]'], requestId: 'req_[key]' });
    expect(textOf(events)).toBe('I am canary74the-operators-own-key.');
  });
});

describe('a refusal', () => {
  const lasting = { retryable: false };
  const passing = { retryable: true };
  it.each([
    [
      400,
      { message: "Invalid 'temperature': too big.", param: 'temperature' },
      { code: 'bad_request', param: 'temperature', ...lasting },
    ],
    [
      401,
      { message: 'Incorrect API key provided.', code: 'invalid_api_key' },
      { code: 'key_refused', param: null, ...lasting },
    ],
    [403, { message: 'Country not supported.' }, { code: 'region_refused', param: null, ...lasting }],
    [403, { message: 'Not allowed.' }, { code: 'key_refused', param: null, ...lasting }],
    [
      404,
      { message: 'The model `x` does not exist.', code: 'model_not_found' },
      { code: 'model_not_found', param: null, ...lasting },
    ],
    [
      404,
      { message: 'model "x" not found, try pulling it first', code: null },
      { code: 'model_not_found', param: null, ...lasting },
    ],
    [404, { message: 'Not Found' }, { code: 'not_found', param: null, ...lasting }],
    [408, { message: 'Too slow.' }, { code: 'server_error', param: null, ...passing }],
    [409, { message: 'Conflict.' }, { code: 'server_error', param: null, ...passing }],
    [422, { message: 'Unprocessable.', param: 'seed' }, { code: 'bad_request', param: 'seed', ...lasting }],
    [429, { message: 'Slow down.', code: 'rate_limit_exceeded' }, { code: 'rate_limited', param: null, ...passing }],
    [429, { message: 'Pay first.', code: 'insufficient_quota' }, { code: 'quota_exhausted', param: null, ...lasting }],
    [500, { message: 'Sorry.' }, { code: 'server_error', param: null, ...passing }],
    [503, { message: 'Overloaded.', code: 'server_is_overloaded' }, { code: 'server_error', param: null, ...passing }],
  ])('of status %d with %o is given its code', async (status, upstream, expected) => {
    const events = await run(refusing(status, upstream));
    expect(events).toMatchObject([{ type: 'run-error', error: { ...expected, status } }]);
    expect(JSON.stringify(events)).toContain(JSON.stringify(upstream.message).slice(1, -1));
  });

  it.each([
    ['a code that is a number and no param, as llama.cpp sends', { error: { code: 400, message: 'Bad.', type: 'x' } }],
    ['a param that is an object', { error: { message: 'Bad.', param: { a: 1 }, code: null } }],
    [
      'a list around the error, as Gemini sends',
      [{ error: { code: 400, message: 'Bad.', status: 'INVALID_ARGUMENT' } }],
    ],
    ['text instead of an object', 'Bad.'],
    ['a message that is an object', { error: { message: { deep: true } } }],
  ])('may have %s', async (_, body) => {
    expect(await run(json(400, body))).toMatchObject([
      { type: 'run-error', error: { code: 'bad_request', status: 400, param: null, retryable: false } },
    ]);
  });

  it('of a path that is wrong names the path', async () => {
    const page = () => new Response('404 page not found', { status: 404 });
    expect(await run(page, { baseURL: 'http://fake.invalid/wrong/?api-version=1' })).toMatchObject([
      {
        error: {
          code: 'not_found',
          message:
            'The provider has nothing at /wrong/chat/completions. Is the base URL right? The provider says: 404 page not found',
        },
      },
    ]);
  });

  it('of a path with the key in it masks the key there', async () => {
    const apiKey = '0f1e2d3c4b5a69788796a5b4c3d2e1f0';
    const page = () => new Response('404 page not found', { status: 404 });
    const events = await run(page, { apiKey, baseURL: `http://fake.invalid/${apiKey}/v1` });
    expect(events).toMatchObject([{ error: { message: expect.stringContaining('/v1/chat/completions') } }]);
    expect(JSON.stringify(events)).not.toContain(apiKey);
  });

  it('may be a web page', async () => {
    const page = () => new Response('<h1>502 Bad Gateway</h1>', { status: 502 });
    expect(await run(page)).toMatchObject([{ type: 'run-error', error: { code: 'server_error', status: 502 } }]);
  });

  it.each([
    ['sk-proj-abcDEF123_456-789'],
    ['sk-proj-********************abcd'],
    ['sk-or-v1-0123456789abcdef'],
    ['xai-0123456789abcdef'],
    ['gsk_0123456789abcdefABCDEF'],
    ['AIzaSyA0123456789abcdef'],
    ['Bearer abcdef.0123456789'],
  ])('does not repeat the key %s', async (key) => {
    const events = await run(
      refusing(401, { message: `Incorrect API key provided: ${key}. Find yours at example.com.` }),
    );
    expect(JSON.stringify(events)).not.toContain(key.replace('Bearer ', ''));
    expect(JSON.stringify(events)).toContain('Incorrect API key provided');
  });

  it('does not repeat the key that was sent, whatever it looks like', async () => {
    const apiKey = '0f1e2d3c4b5a69788796a5b4c3d2e1f0';
    const events = await run(refusing(401, { message: `No account for ${apiKey}.` }), { apiKey });
    expect(JSON.stringify(events)).not.toContain(apiKey);
  });

  it('keeps its words though one of them is the key', async () => {
    const [event] = await run(refusing(503, { message: 'ollama is not running' }), { apiKey: 'ollama' });
    expect(event).toMatchObject({ error: { message: expect.stringContaining('The provider says: ollama is not') } });
  });

  it('is cut if it is too long to show', async () => {
    const [event] = await run(refusing(400, { message: 'x'.repeat(10_000) }));
    expect(event?.type === 'run-error' && event.error.message.length).toBeLessThan(600);
  });
});

describe('a retry', () => {
  const failing = refusing(500, { message: 'Sorry.' }, { 'retry-after-ms': '1' });

  it('is counted in the attempts', async () => {
    const { fetch, received } = fakeServer(failing, failing, playing(fixture('openai-text')));
    const events = await collect(providerOver(fetch, { maxRetries: 2 }).run(callFor()));
    expect(events.at(-1)).toMatchObject({ type: 'run-end', finish: 'stop', attempts: 3 });
    expect(received.map(({ body }) => body)).toEqual(Array(3).fill(received[0]?.body));
  });

  it('is told before its wait and after it', async () => {
    const limited = refusing(429, {}, { 'retry-after-ms': '2' });
    const { fetch } = fakeServer(limited, failing, playing(textEvent('a'), endEvents));
    const events = await collect(providerOver(fetch, { maxRetries: 2 }).run(callFor()));
    const wait = { type: 'run-wait', run: 3, asked: true };
    expect(events.slice(0, -1)).toEqual([
      { ...wait, attempt: 2, ms: 2, code: 'rate_limited' },
      { ...wait, attempt: 2, ms: 0, code: 'rate_limited' },
      { ...wait, attempt: 3, ms: 1, code: 'server_error' },
      { ...wait, attempt: 3, ms: 0, code: 'server_error' },
      { type: 'text-delta', run: 3, text: 'a' },
    ]);
  });

  it('ends with its wait if the run is stopped meanwhile', async () => {
    const stop = new AbortController();
    const { fetch, received } = fakeServer(refusing(429, {}, { 'retry-after': '55' }));
    const events: ProviderEvent[] = [];
    for await (const event of providerOver(fetch, { maxRetries: 2 }).run(callFor({ signal: stop.signal }))) {
      events.push(event);
      stop.abort();
    }
    expect(events).toMatchObject([
      { type: 'run-wait', attempt: 2, ms: 55_000, asked: true },
      { type: 'run-end', finish: 'aborted', attempts: 1 },
    ]);
    expect(received.length).toBe(1);
  });

  it('is not made when all tries are used up, which the error counts', async () => {
    const { fetch, received } = fakeServer(failing);
    const events = await collect(providerOver(fetch, { maxRetries: 2 }).run(callFor()));
    expect(events.at(-1)).toMatchObject({
      ...{ type: 'run-error', attempts: 3 },
      error: { code: 'server_error', status: 500 },
    });
    expect(received.length).toBe(3);
  });

  it('is made if there is no connection, and not if the answer does not come in time', async () => {
    const { fetch } = fakeServer(() => Promise.reject(new TypeError('fetch failed')), playing(fixture('openai-text')));
    vi.spyOn(Math, 'random').mockReturnValue(1);
    const events = await collect(providerOver(fetch, { maxRetries: 1 }).run(callFor()));
    expect(events[0]).toEqual({
      ...{ type: 'run-wait', run: 3, attempt: 2, ms: 375, asked: false },
      code: 'connection_failed',
    });
    expect(events.at(-1)).toMatchObject({ type: 'run-end', attempts: 2 });
    const slow = fakeServer(silent);
    await collect(providerOver(slow.fetch, { maxRetries: 2, limits: { connectMs: 20 } }).run(callFor()));
    expect(slow.received.length).toBe(1);
    vi.restoreAllMocks();
  });

  it('is counted for each run separately', async () => {
    const { fetch } = fakeServer(failing, playing(fixture('openai-text')));
    const provider = providerOver(fetch, { maxRetries: 2 });
    const first = await collect(provider.run(callFor()));
    const second = await collect(provider.run(callFor()));
    expect([first.at(-1), second.at(-1)]).toMatchObject([{ attempts: 2 }, { attempts: 1 }]);
  });

  it('is not made where the request itself is refused, nor once text has arrived', async () => {
    for (const reply of [refusing(400, {}), refusing(401, {}), refusing(404, {}), playing(textEvent('a'))]) {
      const { fetch, received } = fakeServer(reply);
      await collect(providerOver(fetch, { maxRetries: 2 }).run(callFor()));
      expect(received.length).toBe(1);
    }
  });

  it('is not made after an abort', async () => {
    const stop = new AbortController();
    const { fetch, received } = fakeServer((_, signal) => {
      stop.abort();
      return refusing(
        500,
        {},
        { 'retry-after-ms': '1' },
      )({ method: '', url: '', headers: new Headers(), text: '{}', body: {} }, signal);
    });
    const events = await collect(providerOver(fetch, { maxRetries: 2 }).run(callFor({ signal: stop.signal })));
    expect(events).toMatchObject([{ type: 'run-end', finish: 'aborted', attempts: 1 }]);
    expect(received.length).toBe(1);
  });
});

describe('a connection that cannot be made', () => {
  it('is a retryable error', async () => {
    const events = await run(() => Promise.reject(new TypeError('fetch failed')));
    expect(events).toMatchObject([
      { type: 'run-error', error: { code: 'connection_failed', status: null, retryable: true } },
    ]);
  });
});

describe('time limits', () => {
  afterEach(() => {
    vi.useRealTimers();
  });

  const limits = { connectMs: 1000, firstTextMs: 20, silenceMs: 20, totalMs: 1000 };

  it('make an answer that does not go on a stalled one, and keep its text', async () => {
    const events = await run(
      (_, signal) =>
        openStream(signal, async function* () {
          yield textEvent('Soft');
          await new Promise<never>(() => {});
        }),
      { limits },
    );
    expect(textOf(events)).toBe('Soft');
    expect(events.at(-1)).toMatchObject({ type: 'run-error', error: { code: 'stalled', retryable: true } });
    expect(events.at(-1)).toHaveProperty('error.message', 'Then nothing came for 0.02 s. What had arrived is kept.');
  });

  it('make an answer of nothing but comments and empty chunks a stalled one', async () => {
    const events = await run(
      (_, signal) =>
        openStream(signal, async function* () {
          while (true) {
            yield `: PROCESSING\n\n${textEvent('')}`;
            await new Promise((resolve) => setImmediate(resolve));
          }
        }),
      { limits },
    );
    expect(events).toMatchObject([
      { type: 'run-error', error: { code: 'stalled', message: 'No text came within 0.02 s.' } },
    ]);
  });

  it('make a server that sends no headers one that did not answer in time', async () => {
    const events = await run(silent, { limits: { ...limits, connectMs: 20, firstTextMs: 1000 } });
    expect(events).toMatchObject([
      {
        type: 'run-error',
        error: { code: 'timed_out', retryable: true, message: 'The provider did not begin to answer within 0.02 s.' },
      },
    ]);
  });

  it('end a run that lasts too long even if text keeps coming', async () => {
    const events = await run(
      (_, signal) =>
        openStream(signal, async function* () {
          while (true) {
            yield textEvent('x');
            await new Promise((resolve) => setImmediate(resolve));
          }
        }),
      { limits: { connectMs: 1000, firstTextMs: 1000, silenceMs: 1000, totalMs: 30 } },
    );
    expect(events.at(-1)).toMatchObject({
      ...{ type: 'run-error' },
      error: { code: 'stalled', message: 'The answer was not complete after 0.03 s. What had arrived is kept.' },
    });
  });

  it('let slow text through, and end a run after 120 seconds of silence', async () => {
    vi.useFakeTimers();
    const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
    const running = run((_, signal) =>
      openStream(signal, async function* () {
        await wait(590_000);
        yield textEvent('Soft');
        await wait(119_000);
        yield textEvent(' rain');
        await new Promise<never>(() => {});
      }),
    );
    let over = false;
    void running.then(() => {
      over = true;
    });
    await vi.advanceTimersByTimeAsync(590_000 + 119_000 + 119_900);
    expect(over).toBe(false);
    await vi.advanceTimersByTimeAsync(200);
    const events = await running;
    expect(textOf(events)).toBe('Soft rain');
    expect(events.at(-1)).toMatchObject({ type: 'run-error', error: { code: 'stalled' } });
    expect(defaultTimeLimits).toEqual({
      ...{ connectMs: 300_000, firstTextMs: 600_000 },
      ...{ silenceMs: 120_000, totalMs: 3_600_000 },
    });
  });

  it('let a model reason for as long as it says something', async () => {
    vi.useFakeTimers();
    const thought = `data: ${JSON.stringify({ choices: [{ index: 0, delta: { reasoning_content: 'Hm. ' } }] })}\n\n`;
    const running = run((_, signal) =>
      openStream(signal, async function* () {
        for (let minute = 0; minute < 15; minute++) {
          yield thought;
          await new Promise((resolve) => setTimeout(resolve, 60_000));
        }
        yield textEvent('Yes.');
        yield 'data: [DONE]\n\n';
      }),
    );
    await vi.advanceTimersByTimeAsync(15 * 60_000);
    const events = await running;
    expect(textOf(events)).toBe('Yes.');
    expect(events.at(-1)).toMatchObject({ type: 'run-end', finish: 'stop' });
  });

  it('wait for an answer in one piece as long as for a whole one', async () => {
    vi.useFakeTimers();
    const limits = { connectMs: 1000, firstTextMs: 1000, silenceMs: 1000, totalMs: 60_000 };
    const late =
      (ms: number): Reply =>
      async (received, signal) => {
        await new Promise((resolve) => setTimeout(resolve, ms));
        signal.throwIfAborted();
        return json(200, { choices: [{ message: { content: 'Soft rain' }, finish_reason: 'stop' }] })(received, signal);
      };
    const whole = callFor({ request: { ...request, stream: false } });
    const [soon, never] = [50_000, 70_000].map((ms) =>
      collect(providerOver(fakeServer(late(ms)).fetch, { limits }).run(whole)),
    );
    await vi.advanceTimersByTimeAsync(70_000);
    expect(await soon).toMatchObject([
      { type: 'text-delta', text: 'Soft rain' },
      { type: 'run-end', finish: 'stop' },
    ]);
    expect(await never).toMatchObject([
      { error: { code: 'stalled', message: 'The answer was not complete after 60 s. What had arrived is kept.' } },
    ]);
  });

  it('leave no timer behind, however a run ends', async () => {
    vi.useFakeTimers();
    await play('openai-text');
    await run(refusing(400, {}));
    const provider = providerOver(fakeServer(playing(fixture('openai-text'))).fetch);
    await collect(provider.run(callFor({ signal: AbortSignal.abort() })));
    expect(vi.getTimerCount()).toBe(0);
  });

  it('leave no timer behind when the caller stops reading', async () => {
    vi.useFakeTimers();
    const provider = providerOver(fakeServer(playing(fixture('openai-text'))).fetch);
    for await (const event of provider.run(callFor())) if (event.type === 'text-delta') break;
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe('the request', () => {
  const full: ChatRequest = {
    model: 'gpt-4.1-nano',
    messages: [
      { role: 'system', content: 'Be brief.' },
      { role: 'user', content: 'Write a haiku.' },
    ],
    seed: -74,
    temperature: 0,
    top_p: 0.5,
    max_completion_tokens: 60,
    stop: ['\n\n'],
    frequency_penalty: 0.1,
    presence_penalty: -0.1,
    logit_bias: { '50256': -100 },
    reasoning_effort: 'minimal',
    logprobs: true,
    top_logprobs: 2,
  };

  it.each([
    ['few', request],
    ['all', full],
  ])('holds exactly the parameters of the recipe, %s, and asks for a stream with usage', async (_, parameters) => {
    const { fetch, received } = fakeServer(playing(fixture('openai-text')));
    const provider = providerOver(fetch, { apiKey: 'my-key' });
    await collect(provider.run(callFor({ request: parameters, caller: { visitor: 'v1', experiment: 'e1' } })));
    expect(received).toMatchObject([{ method: 'POST', url: 'http://fake.invalid/v1/chat/completions' }]);
    expect(received[0]?.body).toEqual({ ...parameters, stream: true, stream_options: { include_usage: true } });
    expect(received[0]?.headers.get('authorization')).toBe('Bearer my-key');
    expect([...(received[0]?.headers.keys() ?? [])].filter((name) => name.startsWith('x-seedling'))).toEqual([]);
  });

  it.each<[string, Partial<Service>, Record<string, string | null>, string]>([
    ['as Bearer', {}, { authorization: 'Bearer my-key', 'api-key': null }, ''],
    [
      'as Azure wants it',
      { header: 'api-key', apiVersion: '2024-10-21' },
      { authorization: null, 'api-key': 'my-key' },
      '?api-version=2024-10-21',
    ],
    ['not at all', { header: 'none' }, { authorization: null, 'api-key': null }, ''],
    ['not at all if there is none', { apiKey: '' }, { authorization: null, 'api-key': null }, ''],
    [
      'not at all if there is none, whatever the header',
      { apiKey: '', header: 'api-key' },
      { authorization: null, 'api-key': null },
      '',
    ],
  ])('carries the key %s', async (_, options, expected, query) => {
    const { fetch, received } = fakeServer(playing(fixture('openai-text')), json(200, { data: [] }));
    const provider = providerOver(fetch, { apiKey: 'my-key', ...options });
    await collect(provider.run(callFor()));
    await provider.models();
    expect(received.map(({ url }) => url)).toEqual(
      ['chat/completions', 'models'].map((path) => `http://fake.invalid/v1/${path}${query}`),
    );
    for (const { headers } of received)
      for (const [name, value] of Object.entries(expected)) expect(headers.get(name)).toBe(value);
  });

  it('says what only this service is told in headers, not in the body', async () => {
    const { fetch, received } = fakeServer(playing(fixture('openai-text')));
    const headersOf = ({ pace, caller }: RunCall) => ({ 'x-pace': `${pace} for ${caller?.experiment}` });
    await collect(
      providerOver(fetch, { headersOf }).run(callFor({ pace: 20, caller: { visitor: 'v1', experiment: 'e1' } })),
    );
    expect(received[0]?.headers.get('x-pace')).toBe('20 for e1');
    expect(received[0]?.body).toEqual({ ...request, stream: true, stream_options: { include_usage: true } });
  });
});

describe('what an upstream sends without end', () => {
  const long = (length: number) => 'n'.repeat(length);
  const chunk = (fields: object) =>
    `data: ${JSON.stringify({ choices: [{ index: 0, delta: { content: 'a' } }], ...fields })}\n\n`;

  it('is kept as names of at most 300 characters', async () => {
    const names = { model: long(1_000_000), system_fingerprint: long(1_000_000) };
    const { fetch } = fakeServer((_, signal) =>
      openStream(
        signal,
        async function* () {
          yield chunk(names);
          yield chunk({ choices: [{ index: 0, delta: {}, finish_reason: long(1_000_000) }] });
        },
        { 'x-request-id': long(10_000) },
      ),
    );
    expect((await collect(providerOver(fetch).run(callFor()))).at(-1)).toMatchObject({
      type: 'run-end',
      model: long(300),
      fingerprints: [long(300)],
      requestId: long(300),
      rawFinish: long(300),
    });
  });

  it.each([
    [20, 20, 16_384],
    [80, 80, 4096],
    [110, 100, 3276],
  ])('is kept as at most 16 fingerprints, and of %i alternatives %i of %i tokens', async (sent, kept, count) => {
    const token = { token: 'a', logprob: -1, top_logprobs: Array(sent).fill({ token: 'b', logprob: -2 }) };
    const logprobs = { content: [{ ...token, bytes: Array(2000).fill(97) }, ...Array(499).fill(token)] };
    const chunks = Array.from({ length: 40 }, (_, at) =>
      chunk({ system_fingerprint: `fp_${at}`, choices: [{ index: 0, delta: { content: 'a' }, logprobs }] }),
    );
    const events = await collect(providerOver(fakeServer(playing(...chunks, endEvents)).fetch).run(callFor()));
    const tokens = events.flatMap((event) => (event.type === 'text-delta' ? (event.tokens ?? []) : []));
    expect(tokens).toHaveLength(count);
    expect(tokens[0]?.top_logprobs).toHaveLength(kept);
    expect(tokens[0]?.bytes).toBeNull();
    expect(events.at(-1)).toMatchObject({ type: 'run-end', notes: ['logprobs_incomplete'] });
    expect(events.at(-1)).toHaveProperty('fingerprints.length', 16);
  });

  it('is cut off, as one event or as one answer', async () => {
    const piece = 'x'.repeat(1024 * 1024);
    for (const start of ['data: ', '{"choices":"', '<html>']) {
      let pieces = 0;
      const { fetch } = fakeServer((_, signal) =>
        openStream(signal, async function* () {
          yield start;
          for (; pieces < 400; pieces++) yield piece;
        }),
      );
      const [event] = await collect(providerOver(fetch).run(callFor()));
      expect(event).toMatchObject({ type: 'run-error', error: { code: 'too_long' } });
      expect(pieces).toBeLessThan(20);
    }
  });

  it('is not followed to another host, and the run says so', async () => {
    const { fetch, received } = fakeServer(json(307, {}, { location: 'https://elsewhere.example/v1' }));
    const [event] = await collect(providerOver(fetch, { maxRetries: 2 }).run(callFor()));
    expect(received).toHaveLength(1);
    expect(event).toMatchObject({
      type: 'run-error',
      error: {
        code: 'redirected',
        status: 307,
        retryable: false,
        message:
          'The provider redirects, and is not followed there (307). The provider says: Location: https://elsewhere.example',
      },
    });
  });
});

describe('where calls are sent', () => {
  const sentTo = (baseURL: string | undefined) => openAiProvider({ apiKey: 'none', baseURL, maxRetries: 0 }).endpoint;

  it('is the address of the service without user information, query and fragment', () => {
    expect(sentTo('http://127.0.0.1:8281/v1')).toEqual({ origin: 'http://127.0.0.1:8281', path: '/v1' });
    expect(sentTo('https://anna:secret@GATEWAY.example:443/openai/v1/?api-version=2024-10-21#top')).toEqual({
      origin: 'https://gateway.example',
      path: '/openai/v1',
    });
    expect(sentTo('http://localhost:8080')).toEqual({ origin: 'http://localhost:8080', path: '' });
  });

  it('does not hold a key that stands in its path', () => {
    const apiKey = 'canary74the-operators-own-key';
    const { endpoint } = openAiProvider({ apiKey, baseURL: `https://gateway.example/${apiKey}/v1`, maxRetries: 0 });
    expect(Endpoint.parse(endpoint)).toEqual({ origin: 'https://gateway.example', path: '/[key]/v1' });
    const plain = openAiProvider({ apiKey: 'ollama', baseURL: 'http://localhost/ollama/v1', maxRetries: 0 });
    expect(plain.endpoint?.path).toBe('/ollama/v1');
  });

  it("is OpenAI's own if there is no other", () => {
    expect(sentTo(undefined)).toEqual({ origin: 'https://api.openai.com', path: '/v1' });
  });
});

describe('the list of models', () => {
  const listOf = async (reply: Parameters<typeof fakeServer>[0], change = {}) => {
    const listed = await providerOver(fakeServer(reply).fetch, change).models();
    return listed.ok ? listed.value : [];
  };

  it('comes from the service', async () => {
    const models = [
      { id: 'b', object: 'model' },
      { id: 'a', object: 'model', shutdown_date: '2027-01-14' },
    ];
    const { fetch, received } = fakeServer(json(200, { object: 'list', data: models, models: [{ name: 'c' }] }));
    expect(await providerOver(fetch).models()).toEqual({
      ok: true,
      value: [
        { id: 'b', shutdownDate: null },
        { id: 'a', shutdownDate: '2027-01-14' },
      ],
    });
    expect(received).toMatchObject([{ method: 'GET', url: 'http://fake.invalid/v1/models' }]);
  });

  it.each(['shutdown_date', 'deprecation', 'expiration_date'])('has the day when a model goes, as %s', async (name) => {
    const data = [
      { id: 'a', [name]: '2027-01-14T12:00:00Z' },
      { id: 'b', [name]: null },
    ];
    const models = await listOf(json(200, { data }));
    expect(models.map(({ shutdownDate }) => shutdownDate)).toEqual(['2027-01-14', null]);
  });

  it('does not hold the key', async () => {
    const apiKey = 'canary74the-operators-own-key';
    const data = [{ id: `for ${apiKey}`, object: 'model' }];
    expect(await listOf(json(200, { object: 'list', data }), { apiKey })).toEqual([
      { id: 'for [key]', shutdownDate: null },
    ]);
  });

  it('has at most 1000 models, and none whose name no recipe may have', async () => {
    const data = [{ id: 'x'.repeat(201) }, { id: 7 }, ...Array.from({ length: 1500 }, (_, at) => ({ id: `m${at}` }))];
    const models = await listOf(json(200, { data }));
    expect(models).toHaveLength(998);
    expect(models[0]?.id).toBe('m0');
  });

  it('is asked for once, and not waited for', async () => {
    vi.useFakeTimers();
    const { fetch, received } = fakeServer(silent);
    const models = providerOver(fetch, { maxRetries: 2 }).models();
    await vi.advanceTimersByTimeAsync(5000);
    expect(await models).toMatchObject({ error: { code: 'timed_out', message: expect.stringContaining('5 s') } });
    expect(received).toHaveLength(1);
  });

  it('has prices where the service lists them for every call alike', async () => {
    const pricing = { prompt: '0.0000005', completion: '0.000002', request: '0.01', image: '9' };
    const data = [
      { id: 'a', pricing },
      { id: 'b', pricing: { ...pricing, request: undefined, internal_reasoning: '0.000003' } },
      { id: 'c', pricing: { ...pricing, prompt: '-1' } },
      { id: 'd', pricing: { ...pricing, completion: 'free' } },
      { id: 'e', pricing: {} },
    ];
    const models = await providerOver(fakeServer(json(200, { data })).fetch).models();
    expect(models.ok && models.value.map(({ price }) => price)).toEqual([
      { sentToken: 0.0000005, writtenToken: 0.000002, call: 0.01 },
      { sentToken: 0.0000005, writtenToken: 0.000003, call: 0 },
      ...[undefined, undefined, undefined],
    ]);
  });

  it('may be a bare list, and have entries without an id', async () => {
    const models = await listOf(json(200, [{ id: 'b' }, { name: 'x' }, null, { id: 'a' }]));
    expect(models.map(({ id }) => id)).toEqual(['b', 'a']);
  });

  it.each<[string, Parameters<typeof fakeServer>[0], string, RegExp]>([
    ['something else', json(200, { models: [] }), 'no_list', /no list of models/],
    ['a page', () => new Response('<!doctype html><title>Log in</title>'), 'no_list', /no list of models/],
    ['nothing', () => new Response(null), 'no_list', /no list of models/],
    ['a failure', refusing(500, {}), 'server_error', /server failed \(500\)/],
    ['a wrong key', refusing(401, { message: 'Incorrect API key.' }), 'key_refused', /\(401\).*Incorrect API key/],
    ['a wrong path', json(404, { detail: 'no models here' }), 'not_found', /nothing at \/v1\/models/],
    [
      'no connection',
      () => {
        throw new TypeError('fetch failed');
      },
      'connection_failed',
      /could not be reached/,
    ],
  ])('is not to be had from a service that answers with %s, and says why', async (_, reply, code, message) => {
    const listed = await providerOver(fakeServer(reply).fetch).models();
    expect(listed).toMatchObject({ ok: false, error: { code, message: expect.stringMatching(message) } });
  });
});
