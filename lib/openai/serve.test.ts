import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { cases } from '@/lib/cases.fixture';
import { Usage } from '@/lib/run/schema';
import { seedlingModels } from '@/lib/seedling/backends';
import { trainOnCorpus } from '@/lib/seedling/corpus.fixture';
import { fingerprintOf, type Seedling } from '@/lib/seedling/seedling';
import { encode } from '@/lib/seedling/vocabulary';
import type { CompletionRequest } from './completion-request';
import { seedlingWriter } from './seedling-writer';
import { complete, describeModel, type Envelope, streamChunks } from './serve';
import { Tally } from './tally';

const [exact, fleet] = seedlingModels;
let seedling: Seedling;
beforeAll(() => {
  seedling = { counts: trainOnCorpus(), hash: 'test', prompts: new Map() };
});

const request: CompletionRequest = {
  model: exact.id,
  messages: [{ role: 'user', content: 'Write a haiku about spring.' }],
  temperature: 0.8,
  max_completion_tokens: 40,
};
const envelope: Envelope = { id: 'chatcmpl-1', created: 1_790_000_000 };

// The shapes that OpenAI's OpenAPI description requires (CreateChatCompletionResponse and its stream), nothing more and
// nothing less.
const counts = z.record(z.string(), z.literal(0));
const usage = z.strictObject({
  prompt_tokens: z.int(),
  completion_tokens: z.int(),
  total_tokens: z.int(),
  prompt_tokens_details: counts,
  completion_tokens_details: counts,
});
const head = {
  id: z.literal(envelope.id),
  created: z.literal(envelope.created),
  model: z.literal(exact.id),
  service_tier: z.literal('default'),
  system_fingerprint: z.literal('fp_seedling_test_exact'),
};
const finish = z.enum(['stop', 'length']);
const Completion = z.strictObject({
  ...head,
  object: z.literal('chat.completion'),
  choices: z.tuple([
    z.strictObject({
      index: z.literal(0),
      message: z.strictObject({
        role: z.literal('assistant'),
        content: z.string(),
        refusal: z.null(),
        annotations: z.tuple([]),
      }),
      logprobs: z.null(),
      finish_reason: finish,
    }),
  ]),
  usage,
});
const Delta = z.union([
  z.strictObject({ role: z.literal('assistant'), content: z.literal(''), refusal: z.null() }),
  z.strictObject({ content: z.string().min(1) }),
  z.strictObject({}),
]);
const Chunk = z.strictObject({
  ...head,
  object: z.literal('chat.completion.chunk'),
  choices: z
    .array(z.strictObject({ index: z.literal(0), delta: Delta, logprobs: z.null(), finish_reason: finish.nullable() }))
    .max(1),
  usage: usage.nullable().optional(),
});

function last<T>(work: Generator<unknown, T>): T {
  for (let step = work.next(); ; step = work.next()) if (step.done) return step.value;
}

const completed = (asked: CompletionRequest, seed = 74) =>
  last(complete(seedlingWriter(seedling, asked, { seed, backend: exact.backends[0], inFlight: 1 }), asked, envelope));

const streamed = (asked: CompletionRequest, seed = 74) =>
  streamChunks(seedlingWriter(seedling, asked, { seed, backend: exact.backends[0], inFlight: 1 }), asked, envelope);

const answer = (changes: Partial<CompletionRequest> = {}, seed = 74) =>
  Completion.parse(completed({ ...request, ...changes }, seed));

const stream = (changes: Partial<CompletionRequest> = {}, seed = 74) =>
  streamed({ ...request, stream: true, ...changes }, seed)
    .map((chunk) => Chunk.parse(chunk))
    .toArray();

describe('complete', () => {
  it('answers in the shape that OpenAI describes', () => {
    const { choices } = answer();
    expect(choices[0].message.content).not.toBe('');
  });

  it('counts the tokens of all messages and of the answer', () => {
    const messages: CompletionRequest['messages'] = [
      { role: 'system', content: 'Be brief.' },
      { role: 'user', content: 'Hi there!' },
    ];
    const { usage, choices } = answer({ messages });
    const prompt = messages.flatMap(({ content }) => encode(seedling.counts.vocabulary, content));
    expect(usage.prompt_tokens).toBe(prompt.length);
    expect(usage.completion_tokens).toBe(encode(seedling.counts.vocabulary, choices[0].message.content).length);
    expect(usage.total_tokens).toBe(usage.prompt_tokens + usage.completion_tokens);
  });

  it('repeats for the same seed and differs for others', () => {
    expect(answer({}, 5)).toEqual(answer({}, 5));
    const texts = Array.from({ length: 10 }, (_, seed) => answer({}, seed).choices[0].message.content);
    expect(new Set(texts).size).toBeGreaterThan(5);
  });

  it('ends with length at the limit, max_completion_tokens before max_tokens', () => {
    expect(answer({ max_completion_tokens: 3, max_tokens: 20 })).toMatchObject({
      choices: [{ finish_reason: 'length' }],
      usage: { completion_tokens: 3 },
    });
    expect(answer({ max_completion_tokens: null, max_tokens: 2 }).usage.completion_tokens).toBe(2);
  });

  it("follows the words of all messages but the assistant's", () => {
    const user = { role: 'user' as const, content: 'Go on.' };
    const alone = answer({ messages: [user] });
    const after = answer({ messages: [{ role: 'assistant', content: 'robots, jokes, computers' }, user] });
    const told = answer({ messages: [{ role: 'system', content: 'robots, jokes, computers' }, user] });
    expect(after.choices).toEqual(alone.choices);
    expect(told.choices).not.toEqual(alone.choices);
  });

  it("continues a last message of the assistant's, which is part of the answer and counted once", () => {
    const limit = { max_completion_tokens: 30 };
    const whole = answer(limit);
    const text = whole.choices[0].message.content;
    const beginning = { role: 'assistant' as const, content: text.slice(0, text.indexOf(' ', 8)) };
    const messages = [...request.messages, beginning];
    expect(answer({ ...limit, messages })).toEqual(whole);
    expect(answer({ messages, max_completion_tokens: 1 }).usage.completion_tokens).toBe(1);
    const chunks = stream({ ...limit, messages }).flatMap(({ choices: [choice] }) =>
      choice && 'content' in choice.delta ? choice.delta.content : [],
    );
    expect(chunks.join('')).toBe(text);
  });

  it('also begins with given words that it does not know, and reports them as impossible', () => {
    const content = 'Zyzzyva \u{1f331} quilp';
    const messages = [...request.messages, { role: 'assistant' as const, content }];
    expect(answer({ messages }).choices[0].message.content.startsWith(content)).toBe(true);
    const Answer = z.object({
      choices: z.array(
        z.object({ logprobs: z.object({ content: z.array(z.object({ token: z.string(), logprob: z.number() })) }) }),
      ),
    });
    const [choice] = Answer.parse(completed({ ...request, messages, logprobs: true })).choices;
    expect(choice?.logprobs.content.slice(0, 3)).toEqual([
      { token: 'Zyzzyva', logprob: -9999 },
      { token: ' \u{1f331}', logprob: -9999 },
      { token: ' quilp', logprob: -9999 },
    ]);
  });

  it('takes temperature and top_p as 1 where they are absent or null', () => {
    const plain = answer({ temperature: 1, top_p: 1 });
    expect(answer({ temperature: undefined, top_p: undefined })).toEqual(plain);
    expect(answer({ temperature: null, top_p: null })).toEqual(plain);
  });

  it('stops before a stop sequence, given as a text or as a list', () => {
    const free = answer().choices[0].message.content;
    const stop = free.slice(10, 14);
    const stopped = answer({ stop });
    expect(stopped.choices[0]).toMatchObject({ finish_reason: 'stop' });
    expect(stopped.choices[0].message.content).toBe(free.slice(0, free.indexOf(stop)));
    expect(answer({ stop: [stop] })).toEqual(stopped);
  });
});

describe('streamChunks', () => {
  it('gives a role chunk, text chunks, a finish chunk, and no usage unless requested', () => {
    const chunks = stream();
    const choices = chunks.map((chunk) => chunk.choices[0]);
    expect(choices[0]).toMatchObject({ delta: { role: 'assistant', content: '' }, finish_reason: null });
    for (const choice of choices.slice(1, -1))
      expect(choice).toMatchObject({ delta: { content: expect.any(String) }, finish_reason: null });
    expect(choices.at(-1)).toMatchObject({ delta: {}, finish_reason: expect.stringMatching(/^(stop|length)$/) });
    for (const chunk of chunks) expect(chunk).not.toHaveProperty('usage');
  });

  it('gives usage in one more chunk without choices if requested, and null before it', () => {
    const chunks = stream({ stream_options: { include_usage: true } });
    const last = chunks.at(-1);
    expect(last?.choices).toEqual([]);
    expect(last?.usage).toEqual(answer().usage);
    for (const chunk of chunks.slice(0, -1)) {
      expect(chunk.usage).toBeNull();
      expect(chunk.choices.length).toBe(1);
    }
    expect(chunks.slice(0, -1).map(({ choices }) => choices)).toEqual(stream().map(({ choices }) => choices));
  });

  it('gives one chunk for each token', () => {
    const texts = stream().flatMap(({ choices }) =>
      choices.flatMap(({ delta }) => ('content' in delta ? delta.content : [])),
    );
    const ids = encode(seedling.counts.vocabulary, texts.join(''));
    expect(texts.slice(1)).toEqual(ids.map((id) => seedling.counts.vocabulary.pieces[id]));
  });

  it('gives the same answer as in one piece, whatever the request', () => {
    const anyChanges = fc.record({
      temperature: fc.double({ min: 0.05, max: 2, noNaN: true }),
      top_p: fc.double({ min: 0, max: 1, noNaN: true }),
      max_completion_tokens: fc.integer({ min: 1, max: 30 }),
      stop: fc.option(fc.constantFrom('\n', ' the', ['e', 'sp'], [' on the', '.'])),
      messages: fc
        .constantFrom('Write a haiku about spring.', 'Tell me a joke.', '')
        .map((content) => [{ role: 'user' as const, content }]),
    });
    fc.assert(
      fc.property(anyChanges, fc.maxSafeInteger(), (changes, seed) => {
        const whole = answer(changes, seed);
        const chunks = stream({ ...changes, stream_options: { include_usage: true } }, seed);
        const tally = new Tally();
        const text = chunks.map((chunk) => tally.add({ values: [chunk], plain: false })?.text ?? '').join('');
        expect(text).toBe(whole.choices[0].message.content);
        expect(tally.end()).toEqual({ finish: whole.choices[0].finish_reason });
        expect(tally).toMatchObject({
          usage: Usage.parse(whole.usage),
          model: whole.model,
          fingerprints: new Set([whole.system_fingerprint]),
        });
      }),
      { seed: 18, numRuns: cases(40) },
    );
  });

  it('generates no further than it is read', () => {
    const chunks = streamed({ ...request, max_completion_tokens: 4096, temperature: 2 });
    expect(chunks.take(3).toArray().length).toBe(3);
    expect(chunks.next().done).toBe(true);
  });
});

describe('logprobs', () => {
  const Logprob = z.strictObject({ token: z.string(), logprob: z.number(), bytes: z.array(z.int()) });
  const WithTop = Logprob.extend({ top_logprobs: z.array(Logprob) });
  const Answer = z.object({
    choices: z.array(
      z.object({ message: z.object({ content: z.string() }), logprobs: z.object({ content: z.array(WithTop) }) }),
    ),
  });
  const choicesFor = (changes: Partial<CompletionRequest>) =>
    Answer.parse(completed({ ...request, logprobs: true, ...changes })).choices;

  it("are the model's own, for tokens that join to the text, with the likeliest alternatives first", () => {
    const [choice] = choicesFor({ top_logprobs: 5, temperature: 1.5 });
    const tokens = choice?.logprobs.content ?? [];
    expect(tokens.map(({ token }) => token).join('')).toBe(choice?.message.content);
    for (const { token, bytes, logprob, top_logprobs } of tokens) {
      expect(new TextDecoder().decode(Uint8Array.from(bytes))).toBe(token);
      expect(logprob).toBeLessThan(0);
      const chances = top_logprobs.map((each) => Math.exp(each.logprob));
      expect(chances).toEqual(chances.toSorted((a, b) => b - a));
      expect(chances.reduce((sum, chance) => sum + chance, 0)).toBeLessThanOrEqual(1);
    }
  });

  it('do not change the text, and are not changed by temperature and bias', () => {
    expect(choicesFor({})[0]?.message.content).toBe(answer().choices[0].message.content);
    const first = (changes: Partial<CompletionRequest>) =>
      choicesFor({ top_logprobs: 3, max_completion_tokens: 1, ...changes })[0];
    const top = (changes: Partial<CompletionRequest>) => first(changes)?.logprobs.content[0]?.top_logprobs;
    expect(top({ temperature: 2, logit_bias: { '300': 5 } })).toEqual(top({}));
  });
});

describe('choices', () => {
  it('differ from each other, and each is repeatable', () => {
    const texts = (n: number) =>
      z
        .object({ choices: z.array(z.object({ message: z.object({ content: z.string() }) })) })
        .parse(completed({ ...request, n, temperature: 1 }))
        .choices.map(({ message }) => message.content);
    expect(new Set(texts(6)).size).toBeGreaterThan(4);
    expect(texts(3)).toEqual(texts(6).slice(0, 3));
  });
});

describe('the models', () => {
  it("are described in OpenAI's shape", () => {
    expect(describeModel(exact, 1_790_000_000)).toEqual({
      id: 'seedling-1',
      object: 'model',
      created: 1_790_000_000,
      owned_by: 'seedbed',
    });
  });

  it('have a fingerprint for each back end', () => {
    const fingerprints = seedlingModels.flatMap(({ backends }) =>
      backends.map((each) => fingerprintOf(seedling, each)),
    );
    expect(new Set(fingerprints).size).toBe(5);
    expect(fleet?.backends).toHaveLength(3);
  });
});
