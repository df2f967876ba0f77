import { describe, expect, it } from 'vitest';
import { judgeRuns } from '@/lib/compare/measure/judge';
import { refusedParameter } from '@/lib/compare/measure/refusal';
import { statusOf } from '@/lib/compare/measure/run-status';
import { fakeServer, openStream, type Reply } from '@/lib/openai/fake-server.fixture';
import { openAiProvider } from '@/lib/openai/provider';
import { type Dialect, dialectOf } from '@/lib/recipe/dialect';
import { plan } from '@/lib/recipe/plan';
import type { ChatRequest, Recipe } from '@/lib/recipe/recipe';
import type { RunEvent } from '@/lib/run/events';
import { applyEvent, type Experiment } from '@/lib/run/fold';
import { collect } from '@/lib/run/provider.contract';
import { aRecipe, aRequest } from '@/lib/run/records.fixture';
import { sayStatus } from '@/lib/words/run-status';
import { sayVerdict } from '@/lib/words/verdict';

/*
 * What servers are known to send, from the reports of those who use them: each row is a server, and the whole outcome of two runs
 * against it: the record, the verdict on top of the page, and the status under a column.
 */

const asking = (request: Partial<ChatRequest>): Recipe =>
  aRecipe({ provider: 'openai', request: aRequest({ model: 'm', ...request }), repeats: 2 });
const usual = asking({ seed: 7 });

type Ran = { experiment: Experiment; sent: string[] };

/** Two runs of a recipe on a server, and the texts of the bodies that it was sent. */
async function runOn(reply: Reply, recipe: Recipe = usual, dialect?: Dialect): Promise<Ran> {
  const server = fakeServer(reply);
  const provider = openAiProvider({
    ...{ apiKey: 'none', baseURL: 'http://fake.invalid/v1', maxRetries: 0 },
    ...{ fetch: server.fetch, dialect },
  });
  const runs = plan(recipe);
  const events: RunEvent[] = [{ type: 'experiment-start', id: 'x', recipe, runs }];
  for (const spec of runs) {
    events.push({ type: 'run-start', run: spec.run });
    const call = { spec, request: recipe.request, signal: new AbortController().signal, queuedMs: 0 };
    events.push(...(await collect(provider.run(call))));
  }
  events.push({ type: 'experiment-end', id: 'x' });
  const experiment = events.reduce<Experiment | null>(applyEvent, null);
  if (!experiment) throw new Error('Nothing ran.');
  return { experiment, sent: server.received.map(({ text }) => text) };
}

const streamOf =
  (...lines: string[]): Reply =>
  (_, signal) =>
    openStream(signal, async function* () {
      yield lines.map((line) => `${line}\n\n`).join('');
    });
const answering =
  (status: number, body: string, type = 'application/json'): Reply =>
  () =>
    new Response(body, { status, headers: { 'content-type': type } });

const data = (value: unknown): string => `data: ${JSON.stringify(value)}`;
const chunk = (delta: object, more: object = {}, top: object = {}): string =>
  data({ model: 'm', ...top, choices: [{ index: 0, delta, finish_reason: null, ...more }] });
const text = (content: unknown): string => chunk({ content });
const stop = chunk({}, { finish_reason: 'stop' });
const done = 'data: [DONE]';
const usage = { prompt_tokens: 4, completion_tokens: 2, total_tokens: 6 };
const usageChunk = (counts: unknown): string => data({ model: 'm', choices: [], usage: counts });
const finishing = (word: unknown): Reply => streamOf(text('Soft rain'), chunk({}, { finish_reason: word }), done);
const token = (logprob: number | null, top: object[] = []) => ({
  token: 'Soft',
  logprob,
  bytes: null,
  top_logprobs: top,
});
const withLogprobs = (...content: unknown[]): string => chunk({ content: 'Soft' }, { logprobs: { content } });

const identical = '2 of 2 runs identical.';
const read = { status: 'ended', text: 'Soft rain', finish: 'stop' };

type Row = [name: string, reply: Reply, record: object, verdict: string | RegExp, status: RegExp];

/** Answers that are read, whatever is odd beside their text. */
const odd: Row[] = [
  ...[
    'eos',
    'eos_token',
    'end',
    'end_turn',
    'STOP',
    'stop_sequence',
    'stop_token',
    'complete',
    'COMPLETE',
    'end_of_text',
  ].map(
    (word): Row => [
      `the finish reason ${word}`,
      finishing(word),
      { ...read, rawFinish: word },
      identical,
      /^Done, 2 words/,
    ],
  ),
  ...['max_tokens', 'MAX_TOKENS', 'model_length', 'max_output_tokens', 'token_limit'].map(
    (word): Row => [
      `the finish reason ${word}`,
      finishing(word),
      { ...read, finish: 'length', rawFinish: word },
      identical,
      /^Cut at the token limit/,
    ],
  ),
  ...['SAFETY', 'RECITATION', 'PROHIBITED_CONTENT'].map(
    (word): Row => [
      `the finish reason ${word}`,
      finishing(word),
      { status: 'ended', finish: 'content_filter', rawFinish: word },
      'No run counts.',
      /^Withheld by a content filter/,
    ],
  ),
  ...['abort', 'insufficient_system_resource', 'network_error'].map(
    (word): Row => [
      `the finish reason ${word}`,
      finishing(word),
      { status: 'ended', finish: 'error', rawFinish: word },
      'No run counts.',
      /./,
    ],
  ),
  [
    'a finish reason that nobody knows',
    finishing('banana'),
    { ...read, rawFinish: 'banana', notes: ['unknown_finish_reason'] },
    identical,
    /^Done/,
  ],
  ['a finish reason that is a number', finishing(3), { ...read, notes: ['no_finish_reason'] }, identical, /^Done/],
  [
    'an empty finish reason on each chunk',
    streamOf(chunk({ content: 'Soft rain' }, { finish_reason: '' }), stop, done),
    read,
    identical,
    /^Done/,
  ],
  [
    'no finish reason before [DONE]',
    streamOf(text('Soft rain'), done),
    { ...read, notes: ['no_finish_reason'] },
    identical,
    /^Done/,
  ],
  [
    'no finish reason before usage',
    streamOf(text('Soft rain'), usageChunk(usage)),
    { ...read, usage, notes: ['no_finish_reason'] },
    identical,
    /^Done/,
  ],
  ['no [DONE]', streamOf(text('Soft rain'), stop), read, identical, /^Done/],
  [
    'no blank line after the last event',
    () => new Response(`${text('Soft rain')}\n\n${stop}`),
    read,
    identical,
    /^Done/,
  ],
  [
    'lines that end with CR LF',
    () => new Response(`${text('Soft rain')}\r\n\r\n${stop}\r\n\r\n`),
    read,
    identical,
    /^Done/,
  ],
  [
    'events without a space after the colon',
    streamOf(text('Soft rain').replace('data: ', 'data:'), stop, done),
    read,
    identical,
    /^Done/,
  ],
  [
    'comments between events',
    streamOf(': OPENROUTER PROCESSING', text('Soft rain'), ': ping', stop, done),
    read,
    identical,
    /^Done/,
  ],
  ['named events', streamOf(`event: message\n${text('Soft rain')}`, stop, done), read, identical, /^Done/],
  [
    'an event that is null',
    streamOf('data: null', text('Soft rain'), 'data: null', stop, done),
    read,
    identical,
    /^Done/,
  ],
  [
    'an empty event',
    streamOf('data: ', text('Soft rain'), stop, done),
    { status: 'failed', text: 'Soft rain' },
    'No run finished.',
    /broke off/,
  ],
  [
    'a ping that is an object',
    streamOf(data({ type: 'ping' }), text('Soft rain'), stop, done),
    read,
    identical,
    /^Done/,
  ],
  ['garbage after the end', streamOf(text('Soft rain'), stop, done, 'data: garbage'), read, identical, /^Done/],
  ['garbage after the finish reason', streamOf(text('Soft rain'), stop, 'data: garbage'), read, identical, /^Done/],
  [
    'a first chunk without choices',
    streamOf(data({ model: '', choices: [], prompt_filter_results: [] }), text('Soft rain'), stop, done),
    read,
    identical,
    /^Done/,
  ],
  [
    'a last chunk without a delta',
    streamOf(text('Soft rain'), data({ model: 'm', choices: [{ index: 0, finish_reason: 'stop' }] })),
    read,
    identical,
    /^Done/,
  ],
  [
    'choices that are null',
    streamOf(text('Soft rain'), stop, data({ model: 'm', choices: null, usage })),
    { ...read, usage },
    identical,
    /^Done/,
  ],
  [
    'a delta with null content',
    streamOf(chunk({ role: 'assistant', content: null }), text('Soft rain'), stop, done),
    read,
    identical,
    /^Done/,
  ],
  [
    'what llama.cpp sends beside it',
    streamOf(
      chunk({ role: 'assistant', content: null }, {}, { id: 'chatcmpl-a', system_fingerprint: 'b11669-Debian' }),
      chunk(
        { content: 'Soft rain' },
        {},
        { id: 'chatcmpl-a', system_fingerprint: 'b11669-Debian', timings: { cache_n: 0 } },
      ),
      stop,
      data({
        model: 'm',
        choices: [],
        usage,
        system_fingerprint: 'b11669-Debian',
        timings: { predicted_per_second: 703.2 },
      }),
      done,
    ),
    { ...read, usage, fingerprints: ['b11669-Debian'] },
    identical,
    /^Done/,
  ],
  [
    'content in parts',
    streamOf(text([{ type: 'text', text: 'Soft' }]), text([{ type: 'text', text: ' rain' }]), stop, done),
    read,
    identical,
    /^Done/,
  ],
  [
    'a model that is null',
    streamOf(text('Soft rain').replace('"model":"m"', '"model":null'), stop, done),
    read,
    identical,
    /^Done/,
  ],
  [
    'a fingerprint that is a number',
    streamOf(chunk({ content: 'Soft rain' }, {}, { system_fingerprint: 42 }), stop, done),
    { ...read, fingerprints: ['42'] },
    identical,
    /^Done/,
  ],
  [
    'a fingerprint on the last chunk only',
    streamOf(text('Soft rain'), chunk({}, { finish_reason: 'stop' }, { system_fingerprint: 'fp_1' })),
    { ...read, fingerprints: ['fp_1'] },
    identical,
    /^Done/,
  ],
  [
    'a fingerprint that is an object',
    streamOf(chunk({ content: 'Soft rain' }, {}, { system_fingerprint: {} }), stop),
    { ...read, fingerprints: [] },
    identical,
    /^Done/,
  ],
  ...(
    [
      ["a seed that is Groq's", { x_groq: { id: 'req_1', seed: 4242 } }, {}, 4242],
      ["a seed that is Together's", {}, { seed: 7 }, 7],
      ['a seed beside the choices', { seed: '12345678901234567890' }, {}, '12345678901234567890'],
    ] as const
  ).map(
    ([name, top, more, servedSeed]): Row => [
      name,
      streamOf(chunk({ content: 'Soft rain' }, more, top), stop, done),
      { ...read, seed: 7, servedSeed },
      identical,
      /^Done/,
    ],
  ),
  [
    'usage without a total',
    streamOf(text('Soft rain'), stop, usageChunk({ prompt_tokens: 4, completion_tokens: 2 })),
    { ...read, usage, notes: ['usage_incomplete'] },
    identical,
    /^Done/,
  ],
  [
    'usage without the prompt',
    streamOf(text('Soft rain'), stop, usageChunk({ completion_tokens: 2, total_tokens: 6 })),
    { ...read, usage, notes: ['usage_incomplete'] },
    identical,
    /^Done/,
  ],
  [
    'usage with nulls',
    streamOf(text('Soft rain'), stop, usageChunk({ prompt_tokens: null, completion_tokens: 2, total_tokens: null })),
    { ...read, usage: null, notes: ['usage_incomplete'] },
    identical,
    /^Done/,
  ],
  [
    'usage with fractions',
    streamOf(text('Soft rain'), stop, usageChunk({ prompt_tokens: 3.6, completion_tokens: 2, total_tokens: 6 })),
    { ...read, usage, notes: ['usage_incomplete'] },
    identical,
    /^Done/,
  ],
  [
    'usage with negative counts',
    streamOf(text('Soft rain'), stop, usageChunk({ prompt_tokens: -1, completion_tokens: 2, total_tokens: 6 })),
    { ...read, usage, notes: ['usage_incomplete'] },
    identical,
    /^Done/,
  ],
  [
    'usage of details alone',
    streamOf(text('Soft rain'), stop, usageChunk({ prompt_tokens_details: { cached_tokens: 3 } })),
    { ...read, usage: null, notes: ['usage_incomplete'] },
    identical,
    /^Done/,
  ],
  [
    'usage that is a text',
    streamOf(text('Soft rain'), stop, usageChunk('much')),
    { ...read, usage: null },
    identical,
    /^Done/,
  ],
  [
    'usage that grows with each chunk',
    streamOf(
      chunk({ content: 'Soft' }, {}, { usage: { prompt_tokens: 4, completion_tokens: 1, total_tokens: 5 } }),
      chunk({ content: ' rain' }, {}, { usage }),
      stop,
    ),
    { ...read, usage },
    identical,
    /^Done/,
  ],
  [
    'usage with null details',
    streamOf(
      text('Soft rain'),
      stop,
      usageChunk({ ...usage, prompt_tokens_details: null, completion_tokens_details: null }),
    ),
    { ...read, usage },
    identical,
    /^Done/,
  ],
  [
    'usage with the tokens of reasoning',
    streamOf(text('Soft rain'), stop, usageChunk({ ...usage, completion_tokens_details: { reasoning_tokens: 1 } })),
    { ...read, usage: { ...usage, completion_tokens_details: { reasoning_tokens: 1 } } },
    identical,
    /^Done/,
  ],
  [
    'a logprob that is null',
    streamOf(withLogprobs(token(null)), text(' rain'), stop),
    {
      ...read,
      tokens: [{ token: 'Soft', logprob: -9999, bytes: null, top_logprobs: [] }],
      notes: ['logprobs_incomplete'],
    },
    identical,
    /^Done/,
  ],
  [
    'a logprob that is -Infinity',
    streamOf(
      withLogprobs(token(-1, [{ token: 'x', logprob: '@', bytes: null }])).replace('"@"', '-Infinity'),
      text(' rain'),
      stop,
    ),
    { ...read, notes: ['logprobs_incomplete'] },
    identical,
    /^Done/,
  ],
  [
    'a logprob that is NaN',
    streamOf(withLogprobs(token(null)).replace('"logprob":null', '"logprob":NaN'), text(' rain'), stop),
    { ...read, notes: ['logprobs_incomplete'] },
    identical,
    /^Done/,
  ],
  [
    'the word -Infinity in a text',
    streamOf(text('-Infinity, NaN'), stop),
    { status: 'ended', text: '-Infinity, NaN' },
    identical,
    /^Done/,
  ],
  [
    'logprobs without alternatives',
    streamOf(withLogprobs({ token: 'Soft', logprob: -1 }), text(' rain'), stop),
    { ...read, tokens: [{ token: 'Soft', logprob: -1, bytes: null, top_logprobs: [] }] },
    identical,
    /^Done/,
  ],
  [
    'logprobs in the old form',
    streamOf(chunk({ content: 'Soft rain' }, { logprobs: { tokens: ['Soft'], token_logprobs: [-1] } }), stop),
    read,
    identical,
    /^Done/,
  ],
  [
    'logprobs that are a number',
    streamOf(chunk({ content: 'Soft rain' }, { logprobs: -1 }), stop),
    read,
    identical,
    /^Done/,
  ],
  [
    'a token without a logprob entry',
    streamOf(withLogprobs({ logprob: -1 }), text(' rain'), stop),
    read,
    identical,
    /^Done/,
  ],
  [
    'one JSON answer in place of a stream',
    answering(
      200,
      JSON.stringify({
        object: 'chat.completion',
        model: 'm',
        usage,
        choices: [{ message: { role: 'assistant', content: 'Soft rain' }, finish_reason: 'stop' }],
      }),
    ),
    { ...read, usage, notes: ['not_streamed'] },
    identical,
    /^Done/,
  ],
  [
    'one JSON answer with the type of a stream',
    answering(
      200,
      JSON.stringify({ model: 'm', choices: [{ message: { content: 'Soft rain' }, finish_reason: 'stop' }] }),
      'text/event-stream',
    ),
    { ...read, notes: ['not_streamed'] },
    identical,
    /^Done/,
  ],
  [
    'one JSON answer with the text alone',
    answering(200, JSON.stringify({ model: 'm', choices: [{ text: 'Soft rain', finish_reason: 'stop' }] })),
    { ...read, notes: ['not_streamed'] },
    identical,
    /^Done/,
  ],
  ['a stream with the type of JSON', answering(200, `${text('Soft rain')}\n\n${stop}\n\n`), read, identical, /^Done/],
  [
    'a stream with the type of plain text',
    answering(200, `${text('Soft rain')}\n\n${stop}\n\n`, 'text/plain'),
    read,
    identical,
    /^Done/,
  ],
  [
    'a refusal of the model',
    streamOf(chunk({ refusal: 'I cannot.' }), stop),
    { status: 'ended', finish: 'refusal', text: 'I cannot.' },
    'No run counts.',
    /^Declined/,
  ],
];

/** Reasoning, in each form that it comes in. */
const thinking: Row[] = [
  [
    'reasoning_content',
    streamOf(chunk({ reasoning_content: 'Well.' }), text('Soft rain'), stop),
    { ...read, reasoning: 'Well.' },
    identical,
    /^Done, 2 words/,
  ],
  [
    'reasoning',
    streamOf(chunk({ reasoning: 'Well.' }), text('Soft rain'), stop),
    { ...read, reasoning: 'Well.' },
    identical,
    /^Done, 2 words/,
  ],
  [
    'both names for one thing',
    streamOf(chunk({ reasoning: 'Well.', reasoning_content: 'Well.' }), text('Soft rain'), stop),
    { ...read, reasoning: 'Well.' },
    identical,
    /^Done/,
  ],
  [
    'thinking parts',
    streamOf(
      text([{ type: 'thinking', thinking: [{ type: 'text', text: 'Well.' }] }]),
      text([{ type: 'text', text: 'Soft rain' }]),
      stop,
    ),
    { ...read, reasoning: 'Well.' },
    identical,
    /^Done/,
  ],
  [
    'tags in the text',
    streamOf(text('<think>We'), text('ll.</thi'), text('nk>\n\nSoft'), text(' rain'), stop),
    { ...read, reasoning: 'Well.' },
    identical,
    /^Done/,
  ],
  [
    'tags that never close',
    streamOf(text('<think>Well.'), chunk({}, { finish_reason: 'length' })),
    { status: 'ended', text: '', reasoning: 'Well.', finish: 'length' },
    '2 of 2 runs returned no text.',
    /^Cut/,
  ],
  [
    'tags in a whole answer',
    answering(
      200,
      JSON.stringify({
        model: 'm',
        choices: [{ message: { content: '<think>Well.</think>Soft rain' }, finish_reason: 'stop' }],
      }),
    ),
    { ...read, reasoning: 'Well.' },
    identical,
    /^Done/,
  ],
  [
    'all tokens',
    streamOf(
      chunk({ reasoning_content: 'Well.' }),
      chunk({}, { finish_reason: 'length' }),
      usageChunk({ ...usage, completion_tokens: 60 }),
    ),
    { status: 'ended', text: '', finish: 'length' },
    '2 of 2 runs returned no text.',
    /^Cut at 60 tokens/,
  ],
  [
    'all tokens, in secret',
    streamOf(
      chunk({ content: '' }),
      chunk({}, { finish_reason: 'length' }),
      usageChunk({ ...usage, completion_tokens: 60, completion_tokens_details: { reasoning_tokens: 60 } }),
    ),
    { status: 'ended', text: '', finish: 'length' },
    '2 of 2 runs returned no text.',
    /^Cut at 60 tokens/,
  ],
  [
    'tags, as llama.cpp with --reasoning-format none',
    streamOf(
      chunk({ role: 'assistant', content: null }),
      text('<think> garden'),
      text(' at'),
      text('</think>'),
      text('Soft rain'),
      stop,
    ),
    { ...read, reasoning: ' garden at' },
    identical,
    /^Done, 2 words/,
  ],
  [
    'logprobs of its tokens',
    streamOf(
      chunk({ reasoning_content: 'Well.' }, { logprobs: { content: [{ token: 'Well.', logprob: -1 }] } }),
      withLogprobs(token(-1)),
      text(' rain'),
      stop,
    ),
    {
      ...{ ...read, reasoning: 'Well.', notes: ['reasoning_logprobs'] },
      tokens: [{ token: 'Soft', logprob: -1, bytes: null, top_logprobs: [] }],
    },
    identical,
    /^Done/,
  ],
  [
    'reasoning that is null',
    streamOf(chunk({ reasoning_content: null, content: 'Soft rain' }), stop),
    read,
    identical,
    /^Done/,
  ],
];

const failing = (code: string, status: number | null, message: RegExp, param: string | null = null) => ({
  status: 'failed',
  error: { code, status, param, message: expect.stringMatching(message) },
});
const said = (body: unknown, status = 400): Reply => answering(status, JSON.stringify(body));

/** Refusals, in each form that they come in: what was said is quoted. */
const refused: Row[] = [
  [
    'OpenAI',
    said({ error: { message: 'Bad seed.', param: 'seed', code: null } }),
    failing('bad_request', 400, /Bad seed\./, 'seed'),
    'No run finished.',
    /^Failed/,
  ],
  ['a text', said({ error: 'Bad seed.' }), failing('bad_request', 400, /Bad seed\./), 'No run finished.', /^Failed/],
  [
    'flat',
    said({ object: 'error', message: 'Bad seed.', param: 'seed' }),
    failing('bad_request', 400, /Bad seed\./, 'seed'),
    'No run finished.',
    /^Failed/,
  ],
  [
    'Mistral',
    said({ detail: [{ loc: ['body', 'seed'], msg: 'Extra inputs are not permitted' }] }, 422),
    failing('bad_request', 422, /seed: Extra inputs/, 'seed'),
    'No run finished.',
    /^Failed/,
  ],
  [
    'Mistral, nested',
    said({ message: { detail: [{ loc: ['body', 'seed'], msg: 'Extra inputs' }] } }, 422),
    failing('bad_request', 422, /seed: Extra inputs/, 'seed'),
    'No run finished.',
    /^Failed/,
  ],
  [
    'FastAPI',
    said({ detail: 'seed must be positive' }),
    failing('bad_request', 400, /seed must be positive/),
    'No run finished.',
    /^Failed/,
  ],
  [
    'Google',
    said([{ error: { code: 400, message: 'Unknown name "seed"' } }]),
    failing('bad_request', 400, /Unknown name "seed"/),
    'No run finished.',
    /^Failed/,
  ],
  [
    'OpenRouter',
    said({
      error: {
        message: 'Provider returned error',
        code: 400,
        metadata: { raw: '{"error":{"message":"no seed here"}}' },
      },
    }),
    failing('bad_request', 400, /no seed here/),
    'No run finished.',
    /^Failed/,
  ],
  [
    'plain text',
    answering(400, 'seed is no integer', 'text/plain'),
    failing('bad_request', 400, /seed is no integer/),
    'No run finished.',
    /^Failed/,
  ],
  [
    'a page',
    answering(502, '<html><head><title>502 Bad Gateway</title></head></html>', 'text/html'),
    failing('server_error', 502, /502 Bad Gateway/),
    'No run finished.',
    /^Failed/,
  ],
  [
    'nothing',
    answering(500, ''),
    failing('server_error', 500, /^The provider's server failed \(500\)\.$/),
    'No run finished.',
    /^Failed/,
  ],
  [
    'an error with the status 200',
    said({ object: 'error', message: 'The model `m` does not exist.' }, 200),
    failing('model_not_found', null, /does not exist/),
    'No run finished.',
    /^Failed/,
  ],
  [
    'an error with the status 200, nested',
    said({ error: { message: 'Slow down.', code: 429 } }, 200),
    failing('rate_limited', 429, /Slow down\./),
    'No run finished.',
    /^Failed/,
  ],
  [
    'an error in the stream',
    streamOf(text('Soft'), data({ error: { message: 'Overloaded.' } })),
    { ...failing('server_error', null, /Overloaded\./), text: 'Soft', servedModel: 'm' },
    'No run finished.',
    /^Failed/,
  ],
  [
    'a text as the error in the stream',
    streamOf(data({ error: 'Input validation error', error_type: 'validation' })),
    failing('server_error', null, /Input validation error/),
    'No run finished.',
    /^Failed/,
  ],
  [
    'an error event',
    streamOf(`event: error\n${data({ type: 'error', error: { type: 'overloaded_error', message: 'Overloaded.' } })}`),
    failing('server_error', null, /Overloaded\./),
    'No run finished.',
    /^Failed/,
  ],
  [
    'a page with the status 200',
    answering(200, '<!doctype html><title>Log in</title>', 'text/html'),
    failing('not_a_stream', null, /Log in/),
    'No run finished.',
    /^Failed/,
  ],
  [
    'a wrong path',
    answering(404, '404 page not found', 'text/plain'),
    failing('not_found', 404, /nothing at \/v1\/chat\/completions/),
    'No run finished.',
    /^Failed/,
  ],
  [
    'a wrong path, as JSON',
    said({ detail: 'Not Found' }, 404),
    failing('not_found', 404, /Is the base URL right/),
    'No run finished.',
    /^Failed/,
  ],
  [
    'a wrong model',
    said({ error: { message: "The model 'm' does not exist." } }, 404),
    failing('model_not_found', 404, /There is no such model/),
    'No run finished.',
    /^Failed/,
  ],
  [
    'a wrong model with the status 400',
    said({ error: { message: 'Model m not found' } }),
    failing('model_not_found', 400, /There is no such model/),
    'No run finished.',
    /^Failed/,
  ],
  [
    'a wrong region',
    said(
      {
        error: { message: 'Country, region, or territory not supported', code: 'unsupported_country_region_territory' },
      },
      403,
    ),
    failing('region_refused', 403, /does not serve this region/),
    'No run finished.',
    /^Failed/,
  ],
  [
    'a wrong key',
    said({ error: { message: 'Incorrect API key provided' } }, 401),
    failing('key_refused', 401, /The key was refused/),
    'No run finished.',
    /^Failed/,
  ],
  [
    'too many requests',
    said({ error: { message: 'Slow down.' } }, 429),
    failing('rate_limited', 429, /Too many requests/),
    'No run finished.',
    /^Failed/,
  ],
  [
    'an empty budget',
    said({ error: { message: 'Pay first.', code: 'insufficient_quota' } }, 429),
    failing('quota_exhausted', 429, /budget/),
    'No run finished.',
    /^Failed/,
  ],
  [
    'a failure after a fingerprint',
    streamOf(chunk({ content: 'Soft' }, {}, { system_fingerprint: 'fp_1' }), data({ error: { message: 'Gone.' } })),
    { ...failing('server_error', null, /Gone\./), text: 'Soft', servedModel: 'm', fingerprints: ['fp_1'] },
    'No run finished.',
    /^Failed/,
  ],
  [
    'llama.cpp, of a key',
    said({ error: { message: 'Invalid API Key', type: 'authentication_error', code: 401 } }, 401),
    failing('key_refused', 401, /The key was refused \(401\)\..*Invalid API Key/),
    'No run finished.',
    /^Failed/,
  ],
  [
    'llama.cpp, of a path',
    said({ error: { message: 'File Not Found', type: 'not_found_error', code: 404 } }, 404),
    failing('not_found', 404, /nothing at \/v1\/chat\/completions.*File Not Found/),
    'No run finished.',
    /^Failed/,
  ],
  [
    'llama.cpp, of a value',
    said({ error: { code: 400, message: "Field 'temperature': type must be number, but is string", type: 'x' } }),
    failing('bad_request', 400, /Field 'temperature': type must be number/),
    'No run finished.',
    /^Failed/,
  ],
  [
    'llama.cpp, of a prompt that is too long',
    said({
      error: {
        ...{ code: 400, message: 'request (6323 tokens) exceeds the available context size (512 tokens)' },
        ...{ type: 'exceed_context_size_error', n_prompt_tokens: 6323, n_ctx: 512 },
      },
    }),
    failing('bad_request', 400, /6323 tokens\) exceeds the available context size/),
    'No run finished.',
    /^Failed/,
  ],
  [
    'llama.cpp, while it loads',
    said({ error: { code: 503, message: 'Loading model', type: 'unavailable_error' } }, 503),
    failing('server_error', 503, /Loading model/),
    'No run finished.',
    /^Failed/,
  ],
  [
    'Azure, of six logprobs',
    said({ error: { message: "Invalid value for 'top_logprobs': must be less than or equal to 5.", code: null } }),
    failing('bad_request', 400, /less than or equal to 5/),
    'No run finished.',
    /^Failed/,
  ],
  [
    'Mistral, of a name that it does not know',
    said({ detail: [{ loc: ['body', 'max_completion_tokens'], msg: 'Extra inputs are not permitted' }] }, 422),
    failing('bad_request', 422, /max_completion_tokens: Extra inputs/, 'max_completion_tokens'),
    'No run finished.',
    /^Failed/,
  ],
  [
    'OpenAI, of streams to organisations it has not verified',
    said({
      error: {
        ...{ message: 'Your organization must be verified to stream this model.', type: 'invalid_request_error' },
        ...{ param: 'stream', code: 'unsupported_value' },
      },
    }),
    failing('bad_request', 400, /must be verified to stream/, 'stream'),
    'No run finished.',
    /^Failed/,
  ],
  [
    'an answer that breaks off',
    streamOf(chunk({ content: 'Soft' }, {}, { system_fingerprint: 'fp_1' })),
    { ...failing('cut_off', null, /broke off/), text: 'Soft', servedModel: 'm', fingerprints: ['fp_1'] },
    'No run finished.',
    /^Failed/,
  ],
  [
    'an answer of nothing',
    answering(200, ''),
    failing('not_a_stream', null, /held no chat completion/),
    'No run finished.',
    /^Failed/,
  ],
];

describe.each([
  ['an answer with', odd],
  ['reasoning as', thinking],
  ['a refusal like that of', refused],
])('%s', (_, rows) => {
  it.each(rows)('%s', async (_, reply, record, verdict, status) => {
    const { runs, recipe: asked, running } = (await runOn(reply)).experiment;
    for (const run of runs) expect(run).toMatchObject(record);
    const { sentence } = sayVerdict(judgeRuns(asked, runs));
    expect(sentence).toMatch(verdict instanceof RegExp ? verdict : new RegExp(`^${verdict.replaceAll('.', '\\.')}`));
    for (const run of runs) expect(sayStatus(statusOf(run, { running }))).toMatch(status);
  });
});

it.each([2 ** 60, 'lucky', null, 4.2])('a seed that is told as %j is not kept', async (seed) => {
  const { runs } = (await runOn(streamOf(chunk({ content: 'Soft rain' }, { seed }), stop))).experiment;
  for (const run of runs) expect(run).not.toHaveProperty('servedSeed');
});

type Asking = [
  name: string,
  request: Partial<ChatRequest>,
  dialect: Dialect | undefined,
  sent: RegExp,
  not: RegExp | null,
];

const openAi = dialectOf('openai');
const long = '18446744073709551615';

/** Requests that servers of their kind need, and what goes over the wire for them. */
const wanted: Asking[] = [
  ['a seed that no number holds', { seed: long }, openAi, /"seed":18446744073709551615\b/, /"seed":"/],
  ['the least seed of 64 bits', { seed: '-9223372036854775808' }, openAi, /"seed":-9223372036854775808\b/, null],
  ['no seed', { seed: null }, openAi, /"model":"m"/, /seed/],
  ['a server that calls it random_seed', { seed: 7 }, dialectOf('mistral'), /"random_seed":7\b/, /"seed"/],
  [
    'a long seed that is called random_seed',
    { seed: long },
    dialectOf('mistral'),
    /"random_seed":18446744073709551615\b/,
    null,
  ],
  [
    'a random_seed that the user sets',
    { seed: 7, extra_body: { random_seed: 8 } },
    dialectOf('mistral'),
    /"random_seed":8\b/,
    /:7\b/,
  ],
  [
    'a server that reads max_tokens only',
    { max_completion_tokens: 60 },
    dialectOf('ollama'),
    /"max_tokens":60\b/,
    /max_completion_tokens/,
  ],
  ['a user who writes max_tokens', { max_tokens: 60 }, openAi, /"max_tokens":60\b/, /max_completion_tokens/],
  ['a server that tells usage unasked', {}, dialectOf('mistral'), /"stream":true/, /stream_options/],
  ['a user who wants no stream options', { stream_options: {} }, openAi, /"stream":true/, /stream_options/],
  [
    'stream options of a gateway’s own',
    { stream_options: { include_usage: false, x: 1 } },
    openAi,
    /"stream_options":\{"include_usage":false,"x":1\}/,
    null,
  ],
  ['a temperature beyond OpenAI’s', { temperature: 5 }, dialectOf('llama.cpp'), /"temperature":5\b/, null],
  ['more alternatives than OpenAI gives', { logprobs: true, top_logprobs: 50 }, undefined, /"top_logprobs":50\b/, null],
];

describe('a request with', () => {
  it.each(wanted)('%s', async (_, request, dialect, written, not) => {
    const { experiment, sent } = await runOn(streamOf(text('Soft rain'), stop, done), asking(request), dialect);
    expect(experiment.runs).toMatchObject([read, read]);
    for (const body of sent) {
      expect(body).toMatch(written);
      if (not) expect(body).not.toMatch(not);
    }
  });
});

const mistral = dialectOf('mistral');

/** Refusals that name a parameter otherwise than the API does, and the parameter of the request that each is about. */
const naming: [name: string, dialect: Dialect, refusal: unknown, key: string | null][] = [
  ['its own name for it', mistral, { message: 'No.', param: 'random_seed' }, 'seed'],
  ['its own name, in a place', mistral, { detail: [{ loc: ['body', 'random_seed'], msg: 'Not positive' }] }, 'seed'],
  ['its own name in its words alone', mistral, { message: 'random_seed must not be negative' }, 'seed'],
  ['its own name for the limit', mistral, { message: 'No.', param: 'max_tokens' }, 'max_completion_tokens'],
  ['two of its own names', mistral, { message: 'random_seed and max_tokens are too large' }, null],
  ['a place in the body', openAi, { error: { message: 'No.', param: 'body.seed' } }, 'seed'],
  ['a place in a group of settings', openAi, [{ error: { message: 'No.', param: 'generation_config.seed' } }], 'seed'],
  ['an entry of a list', openAi, { errors: [{ message: 'No.', param: 'seed' }] }, 'seed'],
  ['a part of it', openAi, { message: 'No.', param: 'logit_bias.50256' }, 'logit_bias'],
  [
    'a part of what was sent unasked',
    openAi,
    { detail: [{ loc: ['body', 'stream_options', 'include_usage'], msg: 'No.' }] },
    'stream_options',
  ],
  [
    'a name that the operator has set',
    dialectOf(undefined, { names: { temperature: 'heat' } }),
    { message: 'heat is too high' },
    'temperature',
  ],
];

it.each(naming)('a refusal that has %s marks the parameter', async (_, dialect, body, key) => {
  const recipe = asking({ seed: 7, temperature: 1, max_completion_tokens: 60, logit_bias: { 50256: 1 } });
  const { runs } = (await runOn(said(body), recipe, dialect)).experiment;
  const [run] = runs;
  if (run?.status !== 'failed') throw new Error('It was not refused.');
  expect(refusedParameter(run.error, recipe.request)).toBe(key);
});

describe('an answer in one piece', () => {
  const whole = answering(
    200,
    JSON.stringify({ model: 'm', choices: [{ message: { content: 'Soft rain' }, finish_reason: 'stop' }], usage }),
  );

  it.each<[string, Partial<ChatRequest>, Dialect | undefined]>([
    ['the user', { seed: 7, stream: false }, openAi],
    ['the server', { seed: 7 }, dialectOf('unstreamed')],
  ])('as %s wants it is read, and nothing about it is odd', async (_, request, dialect) => {
    const { experiment, sent } = await runOn(whole, asking(request), dialect);
    for (const body of sent) expect(body).toMatch(/"stream":false/);
    for (const body of sent) expect(body).not.toMatch(/stream_options/);
    expect(experiment.runs).toMatchObject([read, read]);
    for (const run of experiment.runs) expect(run).not.toHaveProperty('notes');
    expect(sayVerdict(judgeRuns(experiment.recipe, experiment.runs)).sentence).toBe(identical);
  });

  it('is waited for, and the page says so', () => {
    const [spec] = plan(usual);
    if (!spec) throw new Error('Nothing is planned.');
    const waiting = { ...spec, status: 'running', text: '', streamed: false } as const;
    expect(sayStatus(statusOf(waiting, { running: true }))).toBe('Waiting for the whole answer');
  });
});

it('are at least ninety', () => {
  expect(odd.length + thinking.length + refused.length).toBeGreaterThanOrEqual(90);
});
