import { EventEmitter } from 'node:events';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { err, ok } from '@/lib/result';
import { addressHeader } from './address';
import type { Allowance } from './allowance';
import {
  chatCompletions,
  getBuiltInModel,
  listBuiltInModels,
  type ModelEndpoint,
  senderHeader,
  unknownEndpoint,
  unlessLeft,
  v1Methods,
  visitorHeader,
} from './chat-completions';
import { makeEndpoint } from './endpoint.fixture';
import type { Asked } from './sapling-engine';
import { type EnginePort, SaplingThread } from './sapling-thread';
import { Turns } from './turns';

let endpoint: ModelEndpoint;
beforeAll(() => {
  endpoint = makeEndpoint();
});

const haiku = {
  model: 'seedling-1',
  messages: [{ role: 'user', content: 'Write a haiku about spring.' }],
  seed: 74,
  max_completion_tokens: 30,
};

const ask = haiku;

const send = (body: BodyInit, headers: Record<string, string> = {}): Promise<Response> =>
  chatCompletions(
    endpoint,
    new Request('http://seedling.invalid/v1/chat/completions', { method: 'POST', body, headers }),
  );

const post = (body: object, headers?: Record<string, string>) => send(JSON.stringify(body), headers);

const Completion = z.object({
  id: z.string(),
  created: z.int(),
  choices: z.tuple([z.object({ message: z.object({ content: z.string() }), finish_reason: z.string() })]),
});
const answer = async (body: object) => Completion.parse(await (await post(body)).json());
const textOf = async (body: object) => (await answer(body)).choices[0].message.content;

const Chunk = z.object({
  id: z.string(),
  created: z.int(),
  choices: z.array(z.object({ delta: z.object({ content: z.string().optional() }) })),
});

/** The text of a stream's chunks. */
const streamedText = (stream: string): string =>
  stream
    .split('\n\n')
    .filter((line) => line.startsWith('data: {'))
    .map((line) => Chunk.parse(JSON.parse(line.slice('data: '.length))).choices[0]?.delta.content ?? '')
    .join('');

describe.each(['seedling-1', 'sapling-1'])('POST /v1/chat/completions for %s', (model) => {
  const ask = { ...haiku, model };

  it('answers in one piece', async () => {
    const response = await post(ask);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toContain('application/json');
    expect(await response.json()).toMatchObject({
      id: expect.stringMatching(/^chatcmpl-[\w-]{16}$/),
      object: 'chat.completion',
      model,
      system_fingerprint: expect.stringMatching(/^fp_(seedling_\w{8}_exact|sapling_\w{9}_f32)$/),
      choices: [{ index: 0, message: { role: 'assistant' } }],
    });
  });

  it('streams the same text, each chunk an event of its own, [DONE] the last', async () => {
    const response = await post({ ...ask, stream: true });
    expect(response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
    const events = (await response.text()).split('\n\n');
    expect(events.slice(-2)).toEqual(['data: [DONE]', '']);
    const chunks = events.slice(0, -2).map((event) => {
      expect(event).toMatch(/^data: \{[^\n]*\}$/);
      return Chunk.parse(JSON.parse(event.slice('data: '.length)));
    });
    expect(chunks.map(({ choices }) => choices[0]?.delta.content ?? '').join('')).toBe(await textOf(ask));
    expect(new Set(chunks.map(({ id, created }) => `${id} ${created}`)).size).toBe(1);
  });

  it('continues a last message of the assistant’s as the text that began with it did', async () => {
    const text = await textOf(ask);
    const assistant = { role: 'assistant', content: text.slice(0, text.indexOf(' ', 6)) };
    expect(await textOf({ ...ask, messages: [...ask.messages, assistant] })).toBe(text);
    const other = { role: 'assistant', content: 'A robot' };
    expect(await textOf({ ...ask, messages: [...ask.messages, other] })).toMatch(/^A robot./);
  });

  it('gives five equal texts with a seed, and not five equal ones without', async () => {
    const { seed, ...unseeded } = ask;
    expect(seed).toBe(74);
    const five = (body: object) => Promise.all(Array.from({ length: 5 }, () => textOf(body)));
    expect(new Set(await five(ask)).size).toBe(1);
    expect(new Set(await five(unseeded)).size).toBeGreaterThan(1);
    expect(new Set(await five({ ...ask, seed: null })).size).toBeGreaterThan(1);
  });

  it('gives each answer an id of its own and the current time', async () => {
    const before = Math.floor(Date.now() / 1000);
    const [first, second] = [await answer(ask), await answer(ask)];
    expect(first.id).not.toBe(second.id);
    expect(first.created).toBeGreaterThanOrEqual(before);
    expect(first.created).toBeLessThanOrEqual(Math.ceil(Date.now() / 1000));
  });

  it('names each request, and answers pages of any site', async () => {
    const responses = [await post(ask), await post({ ...ask, stream: true }), await post({})];
    const ids = responses.map(({ headers }) => headers.get('x-request-id'));
    for (const id of ids) expect(id).toMatch(/^req_[0-9a-f]{32}$/);
    expect(new Set(ids).size).toBe(3);
    for (const { headers } of responses) {
      expect(headers.get('access-control-allow-origin')).toBe('*');
      expect(headers.get('cache-control')).toBe('no-store');
      expect(headers.get('openai-version')).toBe('2020-10-01');
    }
    await responses[1]?.body?.cancel();
  });

  it('comes to its end however little a turn has time for', async () => {
    const whole = await textOf(ask);
    // Each look at the clock is 20 ms after the last: a turn is over after one step.
    let now = 0;
    vi.spyOn(performance, 'now').mockImplementation(() => (now += 20));
    const text = await (await post({ ...ask, stream: true })).text();
    vi.restoreAllMocks();
    expect(text).toContain('data: [DONE]');
    expect(streamedText(text.replace('data: [DONE]', ''))).toBe(whole);
  });

  it('says how long it took', async () => {
    expect(Number((await post(ask)).headers.get('openai-processing-ms'))).toBeGreaterThan(0);
  });

  it.each([
    ['malformed JSON', '{"model":', {}, 400, null],
    ['no body', '', {}, 400, null],
    ['null', 'null', {}, 400, null],
    ['a list', '[]', {}, 400, null],
    ['bytes that are not UTF-8', Uint8Array.of(0x22, 0xff, 0x22), {}, 400, null],
    ['a body over 1 MiB', `"${'x'.repeat(1024 * 1024)}"`, {}, 413, 'request_too_large'],
    ['a compressed body', '{}', { 'content-encoding': 'gzip' }, 415, null],
    ['no model', '{"messages":[]}', {}, 400, null],
    ['an unknown model', JSON.stringify({ ...ask, model: 'gpt-4.1' }), {}, 404, 'model_not_found'],
    ['an unknown parameter', JSON.stringify({ ...ask, colour: 'red' }), {}, 400, 'unknown_parameter'],
    ['a temperature too high', JSON.stringify({ ...ask, temperature: 3 }), {}, 400, 'integer_above_max_value'],
  ] as const)("refuses %s with OpenAI's four keys", async (_, body, headers, status, code) => {
    const response = await send(body, headers);
    expect(response.status).toBe(status);
    expect(await response.json()).toEqual({
      error: {
        message: expect.stringMatching(/\w/),
        type: 'invalid_request_error',
        param: expect.toSatisfy((param: unknown) => param === null || typeof param === 'string'),
        code,
      },
    });
  });

  it('does not repeat the whole of a very long model name', async () => {
    const response = await post({ ...ask, model: 'x'.repeat(100_000) });
    expect(response.status).toBe(404);
    expect((await response.text()).length).toBeLessThan(1000);
  });

  it('writes no faster than it is asked to', async () => {
    const began = performance.now();
    const text = await (
      await post({ ...ask, max_completion_tokens: 5, stream: true }, { 'x-seedling-pace': '50' })
    ).text();
    const chunks = text.split('\n\n').length - 1;
    expect(performance.now() - began).toBeGreaterThan((chunks - 1) * 15);
  });

  it.each(['fast', '', '-1', '0', '1e9', 'Infinity'])('ignores the pace %j', async (pace) => {
    const response = await post({ ...ask, stream: true }, { 'x-seedling-pace': pace });
    expect(await response.text()).toContain('data: [DONE]');
  });

  it('writes no further than it is read, and stops when its reader leaves', async () => {
    const response = await post({ ...ask, max_completion_tokens: 4096, temperature: 2, stream: true });
    const reader = response.body?.getReader();
    await reader?.read();
    await reader?.cancel();
    expect(await reader?.read()).toEqual({ value: undefined, done: true });
  });
});

describe.each([
  {
    model: 'seedling-1-batched',
    prompt: 'Describe a coffee mug.',
    seed: 74,
    temperature: 0,
    max_completion_tokens: 30,
  },
  { model: 'sapling-1-batched', prompt: 'Tell me a story.', seed: 1, temperature: 1, max_completion_tokens: 20 },
])('the load on the back end of $model', ({ prompt, ...settings }) => {
  /** Asks for so many texts at once; each request comes while all before it are under way. */
  const together = async (count: number, headers: Record<string, string> = {}): Promise<string[]> => {
    const request = { ...ask, ...settings, stream: true, messages: [{ role: 'user', content: prompt }] };
    const responses = await Promise.all(Array.from({ length: count }, () => post(request, headers)));
    return Promise.all(responses.map(async (response) => streamedText(await response.text())));
  };

  it('moves the texts of one seed apart when its requests come together', async () => {
    expect(new Set(await together(8)).size).toBeGreaterThan(1);
  });

  it('is told with each answer, since the text hangs on it', async () => {
    const request = { ...ask, ...settings, stream: true, messages: [{ role: 'user', content: prompt }] };
    const told = async (changes: object) => {
      const responses = await Promise.all([1, 2, 3].map(() => post({ ...request, ...changes })));
      await Promise.all(responses.map((response) => response.text()));
      return responses.map(({ headers }) => headers.get('x-seedbed-in-flight'));
    };
    expect((await told({})).sort()).toEqual(['1', '2', '3']);
    expect(await told({ model: settings.model.replace('-batched', '') })).toEqual([null, null, null]);
  });

  it('is that of the sender alone: whoever else asks moves nothing', async () => {
    const alone = await together(8, { 'x-seedling-sender': 'one' });
    const [one, other] = await Promise.all([
      together(8, { 'x-seedling-sender': 'one' }),
      together(8, { 'x-seedling-sender': 'other' }),
      together(40),
    ]);
    expect([one, other]).toEqual([alone, alone]);
    expect(endpoint.inFlight.size).toBe(0);
  });

  it('is that of an address, where no experiment is named', async () => {
    const [a] = await Promise.all([
      together(8, { 'x-seedbed-address': 'a' }),
      together(8, { 'x-seedbed-address': 'b' }),
    ]);
    expect(a).toEqual(await together(8));
  });
});

describe('how many requests share a back end', () => {
  const inFlight = (): number => [...endpoint.inFlight.values()].reduce((sum, count) => sum + count, 0);

  it('counts an answer in one piece while it is worked out', async () => {
    const working = post({ ...ask, n: 8, max_completion_tokens: 500, logit_bias: { 1: -100 } });
    await vi.waitFor(() => expect(inFlight()).toBe(1), { interval: 0 });
    await working;
    expect(inFlight()).toBe(0);
  });

  it('counts a stream until it has been read, or left', async () => {
    const [read, left] = [await post({ ...ask, stream: true }), await post({ ...ask, stream: true })];
    expect(inFlight()).toBe(2);
    await read.text();
    expect(inFlight()).toBe(1);
    await left.body?.cancel();
    expect(inFlight()).toBe(0);
  });

  it('gives the logprobs of as many tokens as one choice may have, unless they are streamed', async () => {
    const many = { ...ask, n: 2, max_completion_tokens: 2049, logprobs: true, logit_bias: { 1: -100 } };
    const response = await post(many);
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({
      error: {
        param: 'max_completion_tokens',
        message: 'n × max_completion_tokens may be at most 4096 for logprobs that are not streamed.',
      },
    });
    const streamed = await post({ ...many, stream: true });
    expect(streamed.status).toBe(200);
    await streamed.body?.cancel();
  });

  it('lets a short answer be over before a long one that came first', async () => {
    const gone = new AbortController();
    const endless = { ...ask, n: 8, max_completion_tokens: 4096, temperature: 2, logit_bias: { 1: -100 } };
    const body = JSON.stringify(endless);
    let over = false;
    const long = chatCompletions(
      endpoint,
      new Request('http://seedling.invalid/v1/chat/completions', { method: 'POST', body, signal: gone.signal }),
    ).finally(() => {
      over = true;
    });
    expect((await post(ask, { [senderHeader]: 'b' })).status).toBe(200);
    expect(over).toBe(false);
    gone.abort();
    await expect(long).rejects.toThrow();
  });

  it('has no answer for whoever has left, and fails only where something failed', async () => {
    const leaving = new AbortController();
    const failing = unlessLeft(() => Promise.reject(new Error('broken')));
    const request = new Request('http://seedling.invalid/', { signal: leaving.signal });
    await expect(failing(request)).rejects.toThrow('broken');
    leaving.abort();
    expect((await failing(request)).status).toBe(499);
  });

  it('does not count what was refused or given up', async () => {
    await post({ ...ask, model: 'gpt-4.1' });
    await post({ ...ask, temperature: 3 });
    const gone = new AbortController();
    const body = JSON.stringify({ ...ask, n: 8, max_completion_tokens: 4096, logit_bias: { 1: -100 } });
    const address = 'http://seedling.invalid/v1/chat/completions';
    const request = new Request(address, { method: 'POST', body, signal: gone.signal });
    const working = chatCompletions(endpoint, request);
    await vi.waitFor(() => expect(inFlight()).toBe(1), { interval: 0 });
    gone.abort();
    await expect(working).rejects.toThrow();
    expect(inFlight()).toBe(0);
  });
});

describe('limits', () => {
  const address = 'http://seedling.invalid/v1/chat/completions';

  it('give turns by visitor and experiment, and by address whatever visitor a caller from the network names', async () => {
    const turns = new Turns();
    const take = vi.spyOn(turns, 'take');
    for (const headers of [new Headers(), new Headers({ [addressHeader]: '192.0.2.1' })]) {
      headers.set(senderHeader, 'a');
      headers.set(visitorHeader, 'anna');
      const request = new Request(address, { method: 'POST', body: JSON.stringify(ask), headers });
      await (await chatCompletions({ ...endpoint, turns }, request)).text();
    }
    const takers = take.mock.calls.map(([{ visitor, experiment }]) => `${visitor}, ${experiment}`);
    expect([...new Set(takers)]).toEqual(['anna, a', '192.0.2.1, a']);
  });

  it('tell a sender that asks too often to wait, before its body is read', async () => {
    const request = new Request('http://seedling.invalid/', { method: 'POST', body: JSON.stringify(ask) });
    const response = await chatCompletions({ ...endpoint, rateLimit: async () => 7 }, request);
    expect(response.status).toBe(429);
    expect(response.headers.get('retry-after')).toBe('7');
    expect(await response.json()).toMatchObject({ error: { code: 'rate_limit_exceeded', param: null } });
    expect(request.bodyUsed).toBe(false);
  });

  it('count the prompt and what may be written, and afterwards what was', async () => {
    const [asked, used]: [number[], number[]] = [[], []];
    const allowance: Allowance = async (_, tokens) => {
      asked.push(tokens);
      return ok((all) => used.push(all));
    };
    const body = { ...ask, messages: [{ role: 'user', content: 'a'.repeat(40) }], max_completion_tokens: 50, n: 2 };
    for (const stream of [false, true]) {
      const request = new Request(address, { method: 'POST', body: JSON.stringify({ ...body, stream }) });
      await (await chatCompletions({ ...endpoint, allowance }, request)).text();
    }
    expect(asked).toEqual([110, 110]);
    for (const all of used) expect(all).toBeGreaterThan(10);
    expect(used.length).toBe(2);
  });

  it('refuse what has no room, in OpenAI’s format, and say when to ask again', async () => {
    const refusal = {
      status: 429,
      code: 'limit_reached',
      message: 'One address may use 5 tokens an hour.',
      retryAfter: 9,
    };
    const request = new Request(address, { method: 'POST', body: JSON.stringify(ask) });
    const response = await chatCompletions({ ...endpoint, allowance: async () => err(refusal) }, request);
    expect([response.status, response.headers.get('retry-after')]).toEqual([429, '9']);
    const error = { message: refusal.message, type: 'tokens', param: null, code: 'rate_limit_exceeded' };
    expect(await response.json()).toEqual({ error });
  });

  it('hold for all choices of a request together', async () => {
    const response = await post({ ...ask, n: 9, max_completion_tokens: 4096 });
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ error: { param: 'max_completion_tokens' } });
    expect((await post({ ...ask, n: 9, max_completion_tokens: 1 })).status).toBe(200);
  });
});

describe('Sapling', () => {
  it('refuses what is longer than its context, in OpenAI’s words', async () => {
    const messages = [{ role: 'user', content: 'the '.repeat(600) }];
    const response = await post({ ...ask, model: 'sapling-1', messages, stream: true });
    expect(response.status).toBe(400);
    expect(await response.json()).toEqual({
      error: {
        message: expect.stringMatching(
          /^This model's maximum context length is 512 tokens. However, your messages resulted in at least 60\d tokens\./,
        ),
        type: 'invalid_request_error',
        param: 'messages',
        code: 'context_length_exceeded',
      },
    });
    expect(endpoint.inFlight.size).toBe(0);
  });

  it('writes all choices of a request, those of a stream side by side', async () => {
    const body = { ...ask, model: 'sapling-1', n: 10, max_completion_tokens: 6 };
    const Choices = z.object({
      choices: z.array(z.object({ index: z.int(), message: z.object({ content: z.string() }) })),
    });
    const { choices } = Choices.parse(await (await post(body)).json());
    expect(choices.map(({ index }) => index)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    const streamed = Array<string>(10).fill('');
    const order: number[] = [];
    const Part = z.object({
      choices: z.tuple([z.object({ index: z.int(), delta: z.object({ content: z.string().optional() }) })]),
    });
    for (const line of (await (await post({ ...body, stream: true })).text()).split('\n\n').slice(0, -2)) {
      const { index, delta } = Part.parse(JSON.parse(line.slice('data: '.length))).choices[0];
      streamed[index] += delta.content ?? '';
      order.push(index);
    }
    expect(streamed).toEqual(choices.map(({ message }) => message.content));
    expect(new Set(streamed).size).toBeGreaterThan(5);
    expect(order.slice(8, 16)).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
  });

  it('has logprobs whose bytes join to the text, letters of several tokens too', async () => {
    const content = 'Ünïcödé 🌱';
    const messages = [...ask.messages, { role: 'assistant', content }];
    const body = { ...ask, model: 'sapling-1', messages, logprobs: true, top_logprobs: 3 };
    const Answer = z.object({
      choices: z.tuple([
        z.object({
          message: z.object({ content: z.string() }),
          logprobs: z.object({
            content: z.array(z.object({ bytes: z.array(z.int()), top_logprobs: z.array(z.unknown()) })),
          }),
        }),
      ]),
    });
    const [{ message, logprobs }] = Answer.parse(await (await post(body)).json()).choices;
    const bytes = Uint8Array.from(logprobs.content.flatMap((token) => token.bytes));
    expect(new TextDecoder('utf-8', { fatal: true }).decode(bytes)).toBe(message.content);
    expect(message.content.startsWith(content)).toBe(true);
    for (const { top_logprobs } of logprobs.content) expect(top_logprobs).toHaveLength(3);
  });

  it('says so when it breaks off, before an answer and within one', async () => {
    const ports: (EventEmitter & EnginePort)[] = [];
    const sapling = new SaplingThread(() => {
      const port = Object.assign(new EventEmitter(), {
        postMessage: vi.fn((asked: Asked) => asked),
        ...{ terminate: vi.fn(), ref: vi.fn(), unref: vi.fn() },
      });
      ports.push(port);
      return port;
    });
    const ofBroken = (stream: boolean) =>
      chatCompletions(
        { ...endpoint, sapling },
        new Request('http://seedling.invalid/', {
          method: 'POST',
          body: JSON.stringify({ ...ask, model: 'sapling-1', stream }),
        }),
      );
    const before = ofBroken(false);
    await vi.waitFor(() => expect(ports).toHaveLength(1));
    ports[0]?.emit('error', new Error('out of memory'));
    expect((await before).status).toBe(503);
    expect(await (await before).json()).toMatchObject({ error: { type: 'server_error', code: 'engine_lost' } });
    const within = ofBroken(true);
    await vi.waitFor(() => expect(ports).toHaveLength(2));
    ports[1]?.emit('message', { kind: 'taken', id: 2 });
    ports[1]?.emit('message', { kind: 'wrote', id: 2, parts: ['{}'], tokens: 1, over: false });
    const text = (await within).text();
    ports[1]?.emit('exit', 1);
    expect(await text).toMatch(/data: \{"error":\{"message":"Sapling broke off[^\n]*\}\n\n$/);
    expect(endpoint.inFlight.size).toBe(0);
  });
});

describe.each(['seedling-1-fleet', 'sapling-1-fleet'])('the fleet %s', (model) => {
  it('answers from one of three back ends, with equal texts for equal fingerprints', async () => {
    const Answer = Completion.extend({ system_fingerprint: z.string() });
    const answers = new Map<string, Set<string>>();
    for (let time = 0; time < 30; time++) {
      const { system_fingerprint, choices } = Answer.parse(await (await post({ ...ask, model })).json());
      const texts = answers.get(system_fingerprint) ?? new Set();
      answers.set(system_fingerprint, texts.add(choices[0].message.content));
    }
    expect(answers.size).toBe(3);
    expect([...answers.values()].map(({ size }) => size)).toEqual([1, 1, 1]);
  });
});

describe('other methods', () => {
  it('are refused in OpenAI’s format', async () => {
    const { DELETE } = v1Methods({ GET: listBuiltInModels });
    const response = await DELETE(new Request('http://localhost/v1/models?x=1', { method: 'DELETE' }), null);
    expect(response.status).toBe(405);
    expect(response.headers.get('allow')).toBe('GET, HEAD, OPTIONS');
    expect(await response.json()).toMatchObject({
      error: { message: expect.stringContaining('DELETE on /v1/models.'), param: null, code: 'method_not_supported' },
    });
  });
});

describe('GET /v1/models', () => {
  it('lists the models inside, and shows each by name', async () => {
    const { data } = z.object({ data: z.array(z.unknown()) }).parse(await listBuiltInModels().json());
    expect(data).toHaveLength(6);
    expect(data[0]).toEqual({ id: 'seedling-1', object: 'model', created: expect.any(Number), owned_by: 'seedbed' });
    expect(await getBuiltInModel('seedling-1').json()).toEqual(data[0]);
  });

  it.each(['gpt-4.1', '', '../x', '__proto__'])('knows no model %j', async (name) => {
    const response = getBuiltInModel(name);
    expect(response.status).toBe(404);
    expect(await response.json()).toMatchObject({ error: { code: 'model_not_found', param: null } });
  });
});

describe('OPTIONS', () => {
  it('lets pages of other sites ask', () => {
    const response = v1Methods({ POST: unknownEndpoint }).OPTIONS();
    expect(response.status).toBe(204);
    expect(response.headers.get('access-control-allow-origin')).toBe('*');
    expect(response.headers.get('access-control-allow-methods')).toContain('POST');
    expect(response.headers.get('access-control-allow-headers')).toBe('*');
  });
});
