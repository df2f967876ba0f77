import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { cases } from '@/lib/cases.fixture';
import type { Passage } from './corpus';
import { trainOnCorpus } from './corpus.fixture';
import { type Counts, train } from './counts';
import { condition, type Distribution, distributionAfter, probabilityOf } from './model';
import { beginId, encode, endId, firstPieceId } from './vocabulary';

let model: Counts;
beforeAll(() => {
  model = trainOnCorpus();
});

const prompts = [
  '',
  'Write a haiku about spring.',
  'Tell me a joke about a robot!',
  'xylophone \u65e5\u672c',
  'the'.repeat(5000),
];

const idsOf = (text: string, from: Counts = model): number[] => encode(from.vocabulary, text);

/** All probabilities together: those listed, and what is left for the rest. */
const sumOf = (distribution: Distribution): number =>
  distribution.base.probability.reduce((sum, _, id) => sum + probabilityOf(distribution, id), 0);

describe('train', () => {
  const passages: Passage[] = [
    { form: 'list', keywords: ['cat'], text: 'The cat sat. The cat ran.' },
    { form: 'list', keywords: ['dog'], text: 'The dog sat.' },
  ];

  it('gives each different token one id, after those of begin, end and the bytes', () => {
    const { vocabulary } = train(passages);
    expect(vocabulary.pieces.slice(firstPieceId)).toEqual(['The', ' cat', ' sat', '.', ' The', ' ran', ' dog']);
  });

  it('lays the passages one after the other, each with its begin and end', () => {
    const { tokens, passageOf } = train(passages);
    const pieces = [...tokens].map((id) => (id >= firstPieceId ? id - firstPieceId + 2 : id));
    expect(pieces).toEqual([0, 0, 0, 2, 3, 4, 5, 6, 3, 7, 5, 1, 0, 0, 0, 2, 8, 4, 5, 1]);
    expect([...passageOf]).toEqual([...Array<number>(12).fill(0), ...Array<number>(8).fill(1)]);
  });

  it('gives the same model for the same corpus', () => {
    expect(train(passages)).toEqual(train(passages));
  });

  it('stays within the 16 bits in which ids and passages are stored', () => {
    expect(model.vocabulary.pieces.length).toBeLessThan(2 ** 16);
    expect(model.index.passages).toBeLessThan(2 ** 16);
  });
});

describe('condition', () => {
  it.each(prompts)('gives the end and every visible token a probability, 1 in all, for %o', (prompt) => {
    const { base } = condition(model, prompt);
    expect(base.probability[beginId]).toBe(0);
    expect(base.probability[endId]).toBeGreaterThan(0);
    expect(base.probability.slice(firstPieceId).every((probability) => probability > 0)).toBe(true);
    expect(base.probability.slice(endId + 1, firstPieceId).every((probability) => probability === 0)).toBe(true);
    expect(base.probability.reduce((sum, each) => sum + each, 0)).toBeCloseTo(1, 9);
  });

  it('ranks each token once, the likeliest first and of equals the lower id', () => {
    const { order, probability } = condition(model, 'Write a haiku about spring.').base;
    expect(new Set(order).size).toBe(model.vocabulary.pieces.length - firstPieceId + 1);
    for (const [at, id] of order.entries()) {
      const next = order[at + 1];
      if (next === undefined) break;
      const fall = (probability[id] ?? Number.NaN) - (probability[next] ?? Number.NaN);
      expect(fall > 0 || (fall === 0 && id < next)).toBe(true);
    }
  });

  it('moves towards the words of the passages that the prompt asks for', () => {
    const [robot = -1] = idsOf(' robot');
    const asked = condition(model, 'Tell me a joke about a robot.').base.probability[robot] ?? 0;
    const unasked = condition(model, 'Write a haiku about spring.').base.probability[robot] ?? 1;
    expect(asked).toBeGreaterThan(5 * unasked);
  });
});

describe('distributionAfter', () => {
  const contexts = [
    '',
    'The',
    'Pale petals',
    'on the soft green garden',
    'Once upon a time there was a',
    'Xyzzy',
    '.\n\n',
  ];

  it.each(prompts)('adds up to 1 after each of several contexts, conditioned on %o', (prompt) => {
    const conditioned = condition(model, prompt);
    for (const context of contexts) {
      expect(Math.abs(sumOf(distributionAfter(conditioned, idsOf(context))) - 1)).toBeLessThan(1e-9);
    }
  });

  it('adds up to 1 after any tokens, and rules out nothing but begin', () => {
    const conditioned = condition(model, 'Write a haiku about spring.');
    const anywhere = fc.nat({ max: model.tokens.length - 4 }).map((at) => [...model.tokens.slice(at, at + 3)]);
    const nonsense = fc.array(fc.integer({ min: 2, max: model.vocabulary.pieces.length - 1 }), { maxLength: 5 });
    fc.assert(
      fc.property(fc.oneof(anywhere, nonsense), (context) => {
        const distribution = distributionAfter(conditioned, context);
        expect(Math.abs(sumOf(distribution) - 1)).toBeLessThan(1e-9);
        expect(distribution.placeOf.has(beginId)).toBe(false);
        expect(distribution.scale).toBeGreaterThan(0);
        for (const probability of distribution.probability) expect(probability).toBeGreaterThan(0);
      }),
      { seed: 9, numRuns: cases(300) },
    );
  });

  it('looks back at no more than three tokens', () => {
    const conditioned = condition(model, 'Write a haiku about spring.');
    const context = idsOf('on the soft green garden');
    expect(distributionAfter(conditioned, context)).toEqual(distributionAfter(conditioned, context.slice(-3)));
    expect(distributionAfter(conditioned, context)).not.toEqual(distributionAfter(conditioned, context.slice(-1)));
  });

  it('leaves everything to the distribution without context if nothing like the context was seen', () => {
    const conditioned = condition(model, '');
    expect(distributionAfter(conditioned, [endId]).ids).toHaveLength(0);
    expect(distributionAfter(conditioned, [endId]).scale).toBe(1);
  });

  it('finds likeliest what it has seen most often', () => {
    const small = train([{ form: 'list', keywords: ['default'], text: `${'The cat sat. '.repeat(20)}The cat ran.` }]);
    const after = distributionAfter(condition(small, ''), idsOf('. The cat', small));
    const [sat = -1, ran = -1, stop = -1] = idsOf(' sat ran.', small);
    expect(probabilityOf(after, sat)).toBeGreaterThan(0.8);
    expect(probabilityOf(after, ran)).toBeGreaterThan(probabilityOf(after, stop));
  });

  it('gives the same numbers whatever was asked in between', () => {
    const context = idsOf('Pale petals');
    const before = distributionAfter(condition(model, 'spring'), context);
    distributionAfter(condition(model, 'robot'), context);
    expect(distributionAfter(condition(model, 'spring'), context)).toEqual(before);
  });
});
