import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type Seedling, seedlingModel } from '@/lib/openai/serve';
import { chatCompletions, getSeedlingModel, listSeedlingModels, preflight } from './chat-completions';
import { loadSeedling } from './seedling';

let seedling: Seedling;
beforeAll(() => {
  seedling = loadSeedling();
});

const ask = {
  model: seedlingModel,
  messages: [{ role: 'user', content: 'Write a haiku about spring.' }],
  seed: 74,
  max_completion_tokens: 30,
};

const send = (body: BodyInit, headers: Record<string, string> = {}): Promise<Response> =>
  chatCompletions(
    seedling,
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

describe('POST /v1/chat/completions', () => {
  it('answers in one piece', async () => {
    const response = await post(ask);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toContain('application/json');
    expect(await response.json()).toMatchObject({
      id: expect.stringMatching(/^chatcmpl-[\w-]{16}$/),
      object: 'chat.completion',
      model: seedlingModel,
      system_fingerprint: seedling.fingerprint,
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

  it('gives five equal texts with a seed, and not five equal ones without', async () => {
    const { seed, ...unseeded } = ask;
    expect(seed).toBe(74);
    const five = (body: object) => Promise.all(Array.from({ length: 5 }, () => textOf(body)));
    expect(new Set(await five(ask)).size).toBe(1);
    expect(new Set(await five(unseeded)).size).toBeGreaterThan(1);
    expect(new Set(await five({ ...ask, seed: null })).size).toBeGreaterThan(1);
  });

  it('gives each answer an id of its own and the present time', async () => {
    const before = Math.floor(Date.now() / 1000);
    const [first, second] = [await answer(ask), await answer(ask)];
    expect(first.id).not.toBe(second.id);
    expect(first.created).toBeGreaterThanOrEqual(before);
    expect(first.created).toBeLessThanOrEqual(Math.ceil(Date.now() / 1000));
  });

  it('names each request, and may be asked by any page', async () => {
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
    ['an unknown parameter', JSON.stringify({ ...ask, logprobs: true }), {}, 400, 'unknown_parameter'],
    ['a temperature too high', JSON.stringify({ ...ask, temperature: 3 }), {}, 400, 'above_max_value'],
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

  it.each(['fast', '', '-1', '0', '1e9', 'Infinity'])('passes over the pace %j', async (pace) => {
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

describe('GET /v1/models', () => {
  it('lists Seedling, and shows it by name', async () => {
    const { data } = z.object({ data: z.array(z.unknown()) }).parse(await listSeedlingModels().json());
    expect(data).toEqual([{ id: 'seedling-1', object: 'model', created: 1_790_000_000, owned_by: 'seedbed' }]);
    expect([await getSeedlingModel('seedling-1').json()]).toEqual(data);
  });

  it.each(['gpt-4.1', '', '../x', '__proto__'])('knows no model %j', async (name) => {
    const response = getSeedlingModel(name);
    expect(response.status).toBe(404);
    expect(await response.json()).toMatchObject({ error: { code: 'model_not_found', param: null } });
  });
});

describe('OPTIONS', () => {
  it('lets pages of other sites ask', () => {
    const response = preflight();
    expect(response.status).toBe(204);
    expect(response.headers.get('access-control-allow-origin')).toBe('*');
    expect(response.headers.get('access-control-allow-methods')).toContain('POST');
    expect(response.headers.get('access-control-allow-headers')).toBe('*');
  });
});
