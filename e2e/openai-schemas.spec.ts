import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { appUrl } from './support/addresses';
import { expect, test } from './support/test';

// Cut from OpenAI's own description of its API (openai/openai-openapi, MIT): four schemas and what they refer to.
const { $defs } = JSON.parse(readFileSync('e2e/support/openai-schemas.json', 'utf8'));
const ajv = new Ajv2020({ strict: false, validateFormats: false });
ajv.addSchema({ $id: 'openai', $defs });

/** What is wrong with a value, according to one of OpenAI's schemas; empty if nothing is. */
function problems(schema: string, value: unknown): string[] {
  // Compiled once and then cached: compiling for each chunk would keep this process from noticing closed connections.
  const validate = ajv.getSchema(`openai#/$defs/${schema}`);
  if (!validate) throw new Error(`There is no schema ${schema}.`);
  return validate(value) ? [] : (validate.errors ?? []).map((error) => `${error.instancePath} ${error.message}`);
}

const ask = (body: unknown, init: RequestInit = {}) =>
  fetch(`${appUrl}/v1/chat/completions`, { method: 'POST', body: JSON.stringify(body), ...init });
const messages = [{ role: 'user', content: 'Write a haiku about spring.' }];
const requests = [
  {},
  { seed: 7, logprobs: true, top_logprobs: 5 },
  { n: 3, temperature: 0, stop: ['\n'], user: 'someone' },
  { max_completion_tokens: 3, frequency_penalty: 1, presence_penalty: -1, logit_bias: { 300: 50 } },
];

const models = ['seedling-1', 'sapling-1'].flatMap((alone) => [alone, `${alone}-fleet`, `${alone}-batched`]);

for (const model of models)
  test(`${model} answers what OpenAI's schemas say, and the same text streamed and not`, async () => {
    for (const request of requests) {
      const body = { model, messages, seed: 3, ...request };
      const whole = await (await ask(body)).json();
      expect(problems('CreateChatCompletionResponse', whole)).toEqual([]);
      const stream = await (await ask({ ...body, stream: true, stream_options: { include_usage: true } })).text();
      const data = stream
        .split('\n\n')
        .filter(Boolean)
        .map((event) => event.replace(/^data: /, ''));
      expect(data.pop()).toBe('[DONE]');
      const chunks = data.map((event) => JSON.parse(event));
      for (const chunk of chunks) expect(problems('CreateChatCompletionStreamResponse', chunk)).toEqual([]);
      if (/-1$/.test(model))
        expect(textsOf(chunks)).toEqual(whole.choices.map((choice: Choice) => choice.message.content));
      expect(new Set(chunks.map((chunk) => chunk.system_fingerprint)).size).toBe(1);
      expect(chunks.at(-1).usage.total_tokens).toBeGreaterThan(0);
    }
  });

type Choice = { message: { content: string } };
type Chunk = { choices: { index: number; delta: { content?: string } }[] };

function textsOf(chunks: Chunk[]): string[] {
  const texts: string[] = [];
  for (const { choices } of chunks)
    for (const { index, delta } of choices) texts[index] = (texts[index] ?? '') + (delta.content ?? '');
  return texts;
}

test('the list of models is what the schema says', async () => {
  const list = await (await fetch(`${appUrl}/v1/models`)).json();
  expect(problems('ListModelsResponse', list)).toEqual([]);
  expect(list.data).toHaveLength(models.length);
});

const refused: [what: string, body: unknown, status: number, param: string | null, code: string | null][] = [
  ['no model', { messages }, 400, 'model', null],
  ['an unknown model', { model: 'gpt-9', messages }, 404, null, 'model_not_found'],
  ['an unknown parameter', { model: 'seedling-1', messages, colour: 'red' }, 400, 'colour', 'unknown_parameter'],
  ['a parameter it cannot follow', { model: 'seedling-1', messages, tools: [] }, 400, 'tools', 'unsupported_parameter'],
  ['no messages', { model: 'seedling-1' }, 400, 'messages', 'missing_required_parameter'],
  ['empty messages', { model: 'seedling-1', messages: [] }, 400, 'messages', 'empty_array'],
  ['a wrong type', { model: 'seedling-1', messages, temperature: 'hot' }, 400, 'temperature', 'invalid_type'],
  [
    'a value out of range',
    { model: 'seedling-1', messages, temperature: 2.5 },
    400,
    'temperature',
    'decimal_above_max_value',
  ],
  ['n out of range', { model: 'seedling-1', messages, n: 129 }, 400, 'n', 'integer_above_max_value'],
  ['top_logprobs without logprobs', { model: 'seedling-1', messages, top_logprobs: 2 }, 400, 'top_logprobs', null],
  ['stream_options without stream', { model: 'seedling-1', messages, stream_options: {} }, 400, 'stream_options', null],
  [
    'an image',
    { model: 'seedling-1', messages: [{ role: 'user', content: [{ type: 'image_url', image_url: { url: 'x' } }] }] },
    400,
    'messages[0].content',
    'invalid_value',
  ],
  [
    'more than a context holds',
    { model: 'sapling-1', messages: [{ role: 'user', content: 'and '.repeat(600) }] },
    400,
    'messages',
    'context_length_exceeded',
  ],
  [
    'an endless answer',
    { model: 'seedling-1', messages, n: 128, max_tokens: 4096 },
    400,
    'max_completion_tokens',
    'integer_above_max_value',
  ],
];

for (const [what, body, status, param, code] of refused)
  test(`the endpoint refuses ${what} in OpenAI's shape`, async () => {
    const response = await ask(body);
    expect(response.status).toBe(status);
    const answer = await response.json();
    expect(problems('ErrorResponse', answer)).toEqual([]);
    expect(answer.error).toMatchObject({ type: 'invalid_request_error', param, code });
    expect(response.headers.get('x-request-id')).toMatch(/^req_/);
  });

test('the endpoint refuses bad JSON, a large body and other methods in the same shape', async () => {
  const url = `${appUrl}/v1/chat/completions`;
  for (const [init, status] of [
    [{ method: 'POST', body: '{' }, 400],
    [{ method: 'POST', body: 'x'.repeat(1024 * 1024 + 1) }, 413],
    [{ method: 'GET' }, 405],
    [{ method: 'DELETE' }, 405],
  ] as const) {
    const response = await fetch(url, init);
    expect(response.status).toBe(status);
    expect(problems('ErrorResponse', await response.json())).toEqual([]);
  }
});

test('the endpoint is open to pages of other sites', async () => {
  const answer = await ask(
    { model: 'seedling-1', messages, max_tokens: 1 },
    { headers: { origin: 'https://class.example' } },
  );
  expect(answer.headers.get('access-control-allow-origin')).toBe('*');
  expect((await fetch(`${appUrl}/v1/chat/completions`, { method: 'OPTIONS' })).status).toBe(204);
});
