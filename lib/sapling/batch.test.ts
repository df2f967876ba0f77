import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { cases } from '@/lib/cases.fixture';
import { defined } from '@/lib/defined';
import { anySettings, describeGenerate, write as writeText } from '@/lib/seedling/generate.contract';
import { probabilityOf } from '@/lib/seedling/model';
import { type Finish, type GeneratedToken, Writing, type WritingOptions } from '@/lib/seedling/writing';
import { type Arithmetic, bfloat16, float16, float32, splitSums } from './arithmetic';
import { readArtifact } from './artifact';
import { makeArtifact, shippedArtifact, smallConfig } from './artifact.fixture';
import { Batch, type Order, toOrder } from './batch';
import { promptOf } from './chat';
import { Sapling } from './sapling';
import { idOf } from './tokenizer';
import { twinOf } from './twin.fixture';

const artifact = readArtifact(makeArtifact());
const readWithTwin = twinOf(artifact);
let sapling: Sapling;
beforeAll(() => {
  sapling = new Sapling(artifact);
});

const options = { seed: 74, temperature: 1, top_p: 1, maxTokens: 30, stop: [] };

function orderOf(changes: Partial<WritingOptions> = {}, content = 'Hi', begun = '', arithmetic = float32): Order {
  const messages = [{ role: 'user', content }, ...(begun === '' ? [] : [{ role: 'assistant', content: begun }])];
  const prompt = promptOf(sapling.tokenizer, messages, sapling.network.config.context);
  if (!prompt.ok) throw new Error('too long');
  return { prompt: prompt.value, options: { ...options, ...changes }, arithmetic };
}

/** A model of a longer context, so that texts end by themselves. */
const long = new Batch(new Sapling(readArtifact(makeArtifact({ ...smallConfig, context: 512 }, 21))));

describeGenerate('Sapling', ({ prefill = [], ...settings }) => {
  const { prompt, arithmetic } = orderOf();
  return long.write({ prompt: { ...prompt, begun: prefill.map(({ id }) => id) }, options: settings, arithmetic });
});

const write = ({ prompt, options: settings, arithmetic }: Order) =>
  writeText(() => new Batch(sapling).write({ prompt, options: settings, arithmetic }));

/** Writes texts in turn, a token each; number n begins when n × `apart` tokens have been read of the first. */
function writeTogether(orders: readonly Order[], apart: number): ReturnType<typeof write>[] {
  const batch = new Batch(sapling);
  const texts = orders.map((order) => ({ writing: batch.write(order), tokens: Array.of<GeneratedToken>() }));
  const ended = new Map<number, Finish>();
  for (let turn = 0; ended.size < texts.length; turn++)
    for (const [number, { writing, tokens }] of texts.entries()) {
      if (number * apart > turn || ended.has(number)) continue;
      const step = writing.next();
      if (step.done) ended.set(number, step.value);
      else tokens.push(step.value);
    }
  return texts.map(({ tokens }, number) => ({
    tokens: tokens.map(({ id, u, from, to, token }) => ({ id, u, from, to, token })),
    text: tokens.map(({ token }) => token).join(''),
    finish: defined(ended.get(number)),
  }));
}

const runs = (all: number) => ({ seed: 18, numRuns: cases(all) });

describe('a text', () => {
  it('is chosen from what the twin works out, by the draws of its seed', () => {
    const order = orderOf();
    const { tokens } = write(order);
    const read = [...order.prompt.asked, ...tokens.map(({ id }) => id)];
    const { scores } = readWithTwin(read, float32);
    const writing = new Writing(() => '', idOf('<|end|>'), options);
    for (const [at, { id, u, from, to }] of tokens.entries()) {
      const after = scores[order.prompt.asked.length - 1 + at] ?? [];
      const [chosen] = writing.take(sapling.distribution(Float32Array.from(after), writing.context));
      expect(chosen).toMatchObject({ id, u, from, to });
    }
    expect(tokens.length).toBeGreaterThan(5);
  });

  it('differs by the prompt', () => {
    const texts = Array.from({ length: 20 }, (_, number) => write(orderOf({}, `Hi ${number}`)).text);
    expect(new Set(texts).size).toBeGreaterThan(17);
  });

  it('ends with length where its context does', () => {
    const bias = new Map([[idOf('<|end|>'), -100]]);
    const { prompt, ...rest } = orderOf({ maxTokens: 500, bias });
    const { tokens, finish } = write({ prompt, ...rest });
    expect({ finish, tokens: tokens.length + prompt.asked.length }).toEqual({ finish: 'length', tokens: 96 });
  });

  it('ends before a stop sequence, and where the model ends it', () => {
    const bias = new Map([[idOf('<|end|>'), -100]]);
    const free = write(orderOf({ bias })).text;
    const stop = free.slice(6, 9);
    expect(write(orderOf({ bias, stop: [stop] }))).toMatchObject({
      text: free.slice(0, free.indexOf(stop)),
      finish: 'stop',
    });
    expect(write(orderOf({ bias: new Map([[idOf('<|end|>'), 100]]) }))).toMatchObject({ text: '', finish: 'stop' });
  });

  it('has no marks in it, and is well-formed', () => {
    for (let seed = 0; seed < 40; seed++) {
      const { tokens, text } = write(orderOf({ seed, temperature: 2 }));
      expect(tokens.some(({ id }) => id >= 256 && id <= 260)).toBe(false);
      expect(text.isWellFormed() && !text.includes('\ufffd')).toBe(true);
    }
  });

  it('tells the probability of each token, before the settings', () => {
    const [token] = new Batch(sapling).write(orderOf({ temperature: 0.5, top_p: 0.5 }));
    const all = [...(token?.candidates() ?? [])];
    expect(all.reduce((sum, { probability }) => sum + probability, 0)).toBeCloseTo(1, 12);
    expect(token && probabilityOf(token.distribution, token.id)).toBe(
      all.find(({ id }) => id === token?.id)?.probability,
    );
  });
});

describe('twenty thousand draws', () => {
  const draws = 20_000;

  /**
   * Pearson's chi-square of the first tokens of so many seeds, over all tokens that are expected five times or more and the
   * others together, and how many degrees of freedom it has.
   */
  function chiSquare(model: Sapling, content: string): { square: number; freedom: number } {
    const prompt = promptOf(model.tokenizer, [{ role: 'user', content }], model.network.config.context);
    if (!prompt.ok) throw new Error('too long');
    const { distribution } = model.readPrompt(prompt.value.asked, float32);
    const counts = new Map<number, number>();
    for (let seed = 0; seed < draws; seed++) {
      const [token] = new Writing(() => '', idOf('<|end|>'), { ...options, seed }).take(distribution);
      const id = token?.id ?? idOf('<|end|>');
      counts.set(id, (counts.get(id) ?? 0) + 1);
    }
    const expected = [...distribution.probability].map((probability, id) => ({ id, count: probability * draws }));
    const often = expected.filter(({ count }) => count >= 5);
    const found = often.map(({ id, count }) => ({ count, found: counts.get(id) ?? 0 }));
    const sum = (of: 'count' | 'found') => found.reduce((all, each) => all + each[of], 0);
    const others = { count: draws - sum('count'), found: draws - sum('found') };
    const square = [...found, others].reduce((all, each) => all + (each.found - each.count) ** 2 / each.count, 0);
    return { square, freedom: often.length };
  }

  /** So much more than its degrees of freedom comes once in 10,000 times. */
  const most = (freedom: number) => freedom + 3.72 * Math.sqrt(2 * freedom);

  it('follow the distribution of random weights', () => {
    const { square, freedom } = chiSquare(sapling, 'Hi');
    expect(freedom).toBeGreaterThan(30);
    expect(square).toBeLessThan(most(freedom));
  });

  const file = shippedArtifact();
  it.runIf(file)('follow the distribution of the weights that ship', () => {
    if (!file) return;
    const { square, freedom } = chiSquare(new Sapling(readArtifact(file)), 'Name an animal.');
    expect(freedom).toBeGreaterThan(30);
    expect(square).toBeLessThan(most(freedom));
  });
});

describe('a text that is given its own beginning', () => {
  it('goes on as it did, wherever it is cut', () => {
    fc.assert(
      fc.property(anySettings, fc.double({ min: 0, max: 1, noNaN: true }), (any, share) => {
        const free = write(orderOf(any));
        let cut = Math.round(share * free.tokens.length);
        // A character of several tokens is not cut.
        while (cut > 0 && free.tokens[cut - 1]?.token === '') cut--;
        const begun = free.tokens
          .slice(0, cut)
          .map(({ token }) => token)
          .join('');
        expect(write(orderOf(any, 'Hi', begun)).text).toBe(free.text);
        expect(write(orderOf(any, 'Hi', begun)).tokens.map(({ id }) => id)).toEqual(free.tokens.map(({ id }) => id));
      }),
      runs(300),
    );
  });
});

describe('texts that are written together', () => {
  const ways: Arithmetic[] = [float32, bfloat16, float16, splitSums(1), splitSums(5)];

  it('are those that are written alone, however many they are and whenever they come', () => {
    const any = fc.array(fc.tuple(anySettings, fc.constantFrom('Hi', 'Ho', 'What?'), fc.constantFrom(...ways)), {
      minLength: 1,
      maxLength: 30,
    });
    fc.assert(
      fc.property(any, fc.nat({ max: 3 }), (all, apart) => {
        const orders = all.map(([changes, content, arithmetic]) => orderOf(changes, content, '', arithmetic));
        expect(writeTogether(orders, apart)).toEqual(orders.map(write));
      }),
      runs(40),
    );
  });

  it('can be left out, and give their memory back', () => {
    const batch = new Batch(sapling);
    const round = () => {
      const texts = Array.from({ length: 20 }, (_, seed) => batch.write(orderOf({ seed })));
      for (const text of texts) text.next();
      expect(batch.size).toBeGreaterThan(10);
      for (const text of texts) text.return('stop');
      expect(batch.size).toBe(0);
    };
    round();
    const before = sapling.network.bytes;
    for (let turn = 0; turn < 10; turn++) round();
    expect(sapling.network.bytes).toBe(before);
  });

  it('are not written far ahead of their readers', () => {
    const batch = new Batch(sapling);
    const bias = new Map([[idOf('<|end|>'), -100]]);
    const [slow, quick] = [1, 2].map((seed) => batch.write(orderOf({ seed, bias })));
    slow?.next();
    expect([...(quick ?? [])]).toHaveLength(30);
    expect([...(slow ?? [])]).toHaveLength(29);
    expect(batch.size).toBe(0);
  });
});

describe('back ends', () => {
  const scoresOf = (arithmetic: Arithmetic) => {
    const { prompt } = orderOf();
    return readWithTwin(prompt.asked, arithmetic).scores.at(-1) ?? [];
  };

  it('have scores of their own, each near to those of float32', () => {
    const exact = scoresOf(float32);
    const furthest = (arithmetic: Arithmetic) =>
      Math.max(...scoresOf(arithmetic).map((score, id) => Math.abs(score - (exact[id] ?? 0))));
    const split = furthest({ ...float32, parts: 16 });
    const [half, brain] = [furthest(float16), furthest(bfloat16)];
    expect(split).toBeGreaterThan(0);
    expect(half).toBeGreaterThan(10 * split);
    expect(brain).toBeGreaterThan(2 * half);
    expect(brain).toBeLessThan(1);
  });
});

describe('a request', () => {
  const way = { seed: 7n, choice: 2, arithmetic: bfloat16 };

  it('is an order, with the defaults of the API', () => {
    const messages = [
      { role: 'user', content: 'Hi' },
      { role: 'assistant', content: 'Ho' },
    ];
    expect(toOrder(sapling, { messages, stop: '.', logit_bias: { 65: 5 } }, way)).toMatchObject({
      ok: true,
      value: {
        prompt: { begun: [72, 111] },
        options: {
          seed: 7n,
          choice: 2,
          temperature: 1,
          top_p: 1,
          maxTokens: 256,
          stop: ['.'],
          bias: new Map([[65, 5]]),
        },
        arithmetic: bfloat16,
      },
    });
  });

  it('is refused if it is too long', () => {
    const messages = [{ role: 'user', content: 'x'.repeat(100) }];
    expect(toOrder(sapling, { messages }, way)).toEqual({
      ok: false,
      error: { kind: 'too-long', tokens: 102, context: 96 },
    });
  });
});
