import { createParser } from 'eventsource-parser';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cases } from '@/lib/cases.fixture';
import { readAnswer } from './answer';
import { readJson } from './json';
import { Tally } from './tally';

/** The values that are read of a stream that comes in pieces, with those that are alike made one. */
async function read(pieces: readonly Uint8Array<ArrayBuffer>[]): Promise<unknown[]> {
  const values: unknown[] = [];
  const body = new ReadableStream<Uint8Array<ArrayBuffer>>({
    start(controller) {
      for (const piece of pieces) controller.enqueue(piece);
      controller.close();
    },
  });
  for await (const part of readAnswer(body, new AbortController().signal)) values.push(...part.values);
  return values;
}

/** The values of all events of a stream, each parsed in full. */
function readEach(stream: string): unknown[] {
  const values: unknown[] = [];
  let done = false;
  const parser = createParser({
    onEvent: ({ data }) => {
      done ||= data.trim() === '[DONE]';
      if (!done) values.push(readJson(data));
    },
  });
  parser.feed(`${stream}\n\n`);
  return values;
}

/** All that is told of an answer by the values that were read of it. */
function told(values: readonly unknown[]) {
  const tally = new Tally();
  const deltas = values.map((value) => tally.add({ values: [value], plain: false }));
  deltas.push(tally.rest());
  const { fingerprints, model, usage, rawFinish, damaged, characters } = tally;
  return {
    text: deltas.map((delta) => delta?.text ?? '').join(''),
    reasoning: deltas.map((delta) => delta?.reasoning ?? '').join(''),
    tokens: deltas.flatMap((delta) => delta?.tokens ?? []),
    ...{ fingerprints, model, usage, rawFinish, damaged, characters, end: tally.end(), isAnswer: tally.chunks > 0 },
  };
}

const chunk = (delta: object, choice: object = {}, top: object = {}): object => ({
  id: 'chatcmpl-1',
  model: 'm',
  ...top,
  choices: [{ index: 0, delta, finish_reason: null, ...choice }],
});
const token = { token: 'a', logprob: -1, bytes: null, top_logprobs: [] };

/** What servers send for a text: some of it can be joined, some must not be. */
const shapes: ((text: string) => object)[] = [
  (content) => chunk({ content }),
  (content) => chunk({ role: 'assistant', content, reasoning_content: null }, { logprobs: null }),
  (reasoning_content) => chunk({ content: '', reasoning_content }),
  (reasoning) => chunk({ content: null, reasoning }),
  (text) => ({ model: 'm', choices: [{ text, index: 0 }] }),
  (text) => chunk({ content: [{ type: 'text', text }] }),
  (text) => chunk({ content: [{ type: 'thinking', thinking: [{ type: 'text', text }] }] }),
  (refusal) => chunk({ refusal }),
  (content) => chunk({ content, refusal: 'No.' }),
  (content) => chunk({ content, reasoning: 'why' }),
  (content) => chunk({ content }, { logprobs: { content: [token] } }),
  (reasoning) => chunk({ reasoning }, { logprobs: { content: [token] } }),
  (content) => chunk({ content }, { logprobs: { content: [{ ...token, logprob: null }] } }),
  (content) => chunk({ content, obfuscation: content }, {}, { note: content }),
  (content) => chunk({ content }, { finish_reason: content }),
  (content) => chunk({ content }, {}, { system_fingerprint: 'fp', usage: { prompt_tokens: 1, total_tokens: 2 } }),
  (model) => chunk({ content: '\uf8ff' }, {}, { model }),
  (content) => chunk({ content }, {}, { model: content }),
  () => chunk({}, { finish_reason: 'stop' }),
  () => ({ choices: [], usage: { prompt_tokens: 3, completion_tokens: 4, total_tokens: 7 } }),
];

const text = fc.oneof(
  fc.constantFrom(
    '',
    ' word',
    'm',
    'assistant',
    ':',
    ',',
    '"',
    '\\',
    '\n',
    '<think>',
    '</think>',
    '\n\n',
    '\ud83d',
    '\ude00',
    '\uf8ff',
  ),
  fc.string({ unit: 'grapheme', maxLength: 6 }),
  fc.string({ unit: 'binary', maxLength: 3 }),
);
const escapeAll = (json: string): string =>
  json.replace(/[^ -~]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
const stretch = fc
  .tuple(
    fc.constantFrom(...shapes),
    fc.array(text, { minLength: 1, maxLength: 8 }),
    fc.constantFrom('data: ', 'data:'),
    fc.boolean(),
  )
  .map(([shape, texts, field, escapes]) =>
    texts.map((each) => {
      const json = JSON.stringify(shape(each));
      return `${field}${escapes ? escapeAll(json) : json}\n\n`;
    }),
  );
const stray = fc
  .constantFrom(': still here\n\n', 'data: [DONE]\n\n', 'data: {"choices":\n\n', 'id: 7\n\n', 'data: NaN\n\n')
  .map((event) => [event]);
const events = fc
  .array(fc.oneof({ weight: 8, arbitrary: stretch }, stray), { maxLength: 8 })
  .map((all) => all.flat().join(''));

/** Something that goes wrong in a stream: at a place of so many thousandths, characters are replaced. */
const fault = fc.record({
  at: fc.nat(999),
  less: fc.nat(3),
  more: fc.constantFrom(
    '',
    '"',
    '\\',
    '\\u12',
    '\n',
    '\n\n',
    '\r\n',
    '\u0001',
    '{',
    '}',
    ',',
    'x',
    'data: ',
    '","content":"',
  ),
});
type Fault = { at: number; less: number; more: string };
const withFault = (stream: string, { at, less, more }: Fault): string => {
  const place = Math.floor((stream.length * at) / 1000);
  return stream.slice(0, place) + more + stream.slice(place + less);
};

const bytesOf = (stream: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(stream);

const cut = (bytes: Uint8Array<ArrayBuffer>, places: readonly number[]): Uint8Array<ArrayBuffer>[] => {
  const ends = places.map((at) => Math.floor((bytes.length * at) / 1000)).sort((a, b) => a - b);
  return [0, ...ends].map((start, index) => bytes.slice(start, ends[index] ?? bytes.length));
};

describe('events that are alike', () => {
  it('tell together what they tell one by one, whatever they are, however they come', async () => {
    await fc.assert(
      fc.asyncProperty(
        events,
        fc.array(fault, { maxLength: 2 }),
        fc.array(fc.nat(999), { maxLength: 6 }),
        async (sent, faults, places) => {
          // Half of a pair does not survive being sent, and a first line makes it a stream whatever follows.
          const stream = `: hello\n\n${faults.reduce(withFault, sent)}`.toWellFormed();
          expect(told(await read(cut(bytesOf(stream), places)))).toEqual(told(readEach(stream)));
        },
      ),
      { numRuns: cases(20_000), seed: 20261127 },
    );
  });

  it('are parsed as one', async () => {
    const word = (at: number) => `data: ${JSON.stringify(chunk({ content: ` word "${at}"` }))}\n\n`;
    const stream = Array.from({ length: 400 }, (_, at) => word(at)).join('');
    const values = await read([bytesOf(`data: ${JSON.stringify(chunk({ content: 'The' }))}\n\n${stream}`)]);
    expect(values).toHaveLength(2);
    expect(told(values).text).toBe(`The${Array.from({ length: 400 }, (_, at) => ` word "${at}"`).join('')}`);
  });
});
