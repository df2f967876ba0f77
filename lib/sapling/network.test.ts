import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { cases } from '@/lib/cases.fixture';
import golden from './__fixtures__/golden-shipped.json' with { type: 'json' };
import { type Arithmetic, bfloat16, float16, float32, splitSums } from './arithmetic';
import { readArtifact } from './artifact';
import { makeArtifact, shippedArtifact, smallConfig } from './artifact.fixture';
import { Network, type Reading } from './network';
import { twinOf } from './twin.fixture';

const artifact = readArtifact(makeArtifact());
const readWithTwin = twinOf(artifact);
let network: Network;
beforeAll(() => {
  network = new Network(artifact);
});

const text = fc.array(fc.nat({ max: 271 }), { minLength: 1, maxLength: 24 });
const ways: [string, Arithmetic][] = [
  ['float32', float32],
  ['bfloat16', bfloat16],
  ['float16', float16],
  ['float32 in parts', { format: 'float32', parts: 5 }],
  ['bfloat16 in parts', splitSums(3)],
];

/** The scores after each token of a text, read with the network in pieces of these lengths. */
function readText(
  by: Network,
  tokens: readonly number[],
  arithmetic: Arithmetic,
  pieces = [tokens.length],
): number[][] {
  const cache = by.newCache();
  const scores: Float32Array[] = [];
  for (let at = 0, turn = 0; at < tokens.length; turn++) {
    const piece = tokens.slice(at, at + (pieces[turn % pieces.length] ?? 1));
    scores.push(
      ...by.read(
        piece.map((token) => ({ cache, token, scored: true })),
        arithmetic,
      ),
    );
    at += piece.length;
  }
  cache.release();
  return scores.map((each) => [...each]);
}

const bitsOf = (scores: readonly (readonly number[])[]): number[][] =>
  scores.map((each) => [...new Uint32Array(Float32Array.from(each).buffer)]);

/** Where two ways part first: after which token, in which score, and in which bit of it, counted from the last. */
function partAt(by: Network, tokens: readonly number[], one: Arithmetic, other: Arithmetic) {
  const [a = [], b = []] = [one, other].map((way) => bitsOf(readText(by, tokens, way)));
  for (const [place, scores] of a.entries()) {
    const score = scores.findIndex((bits, id) => bits !== b[place]?.[id]);
    if (score >= 0) return { place, score, bit: 31 - Math.clz32((scores[score] ?? 0) ^ (b[place]?.[score] ?? 0)) };
  }
  return null;
}

/** The scores after each token of texts that are read side by side, a token of each in every pass, as a batch does. */
function readSideBySide(by: Network, texts: readonly (readonly number[])[], arithmetic: Arithmetic): number[][][] {
  const columns = texts.map((tokens) => ({ tokens, cache: by.newCache(), scores: Array.of<number[]>() }));
  for (let place = 0; columns.some(({ tokens }) => place < tokens.length); place++) {
    const going = columns.filter(({ tokens }) => place < tokens.length);
    const readings = going.map(({ tokens, cache }) => ({ cache, token: tokens[place] ?? 0, scored: true }));
    for (const [at, scores] of by.read(readings, arithmetic).entries()) going[at]?.scores.push([...scores]);
  }
  for (const { cache } of columns) cache.release();
  return columns.map(({ scores }) => scores);
}

describe('a whole pass', () => {
  it.each(ways)('gives the very bits of the twin in %s', (_, arithmetic) => {
    fc.assert(
      fc.property(text, (tokens) => {
        const expected = readWithTwin(tokens, arithmetic).scores;
        expect(bitsOf(readText(network, tokens, arithmetic))).toEqual(bitsOf(expected));
      }),
      { seed: 18, numRuns: cases(60) },
    );
  });

  it('is the same whether a text is read at once or bit by bit', () => {
    fc.assert(
      fc.property(text, fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1 }), (tokens, pieces) => {
        for (const [, arithmetic] of ways)
          expect(bitsOf(readText(network, tokens, arithmetic, pieces))).toEqual(
            bitsOf(readText(network, tokens, arithmetic)),
          );
      }),
      { seed: 18, numRuns: cases(60) },
    );
  });

  it('is the same whatever else is read with it, for any number of texts', () => {
    const texts = fc.array(text, { minLength: 1, maxLength: 70 });
    fc.assert(
      fc.property(texts, (all) => {
        const caches = all.map(() => network.newCache());
        const readings = all.flatMap((tokens, at): Reading[] =>
          tokens.flatMap((token, place) => {
            const cache = caches[at];
            return cache ? [{ cache, token, scored: place === tokens.length - 1 }] : [];
          }),
        );
        const together = network.read(readings, float32).map((each) => [...each]);
        for (const cache of caches) cache.release();
        expect(bitsOf(together)).toEqual(bitsOf(all.map((tokens) => readText(network, tokens, float32).at(-1) ?? [])));
      }),
      { seed: 18, numRuns: cases(50) },
    );
  });

  describe('with sums in another number of parts', () => {
    // Wide enough for bfloat16 to show it.
    const wide = new Network(readArtifact(makeArtifact({ ...smallConfig, width: 128, layers: 4, hidden: 256 })));
    const tokens = Array.from({ length: 60 }, (_, place) => 65 + (place % 26));

    it('parts in float32 at the first token, in one of the last bits of a score', () => {
      expect(partAt(wide, tokens, float32, { ...float32, parts: 16 })).toEqual({ place: 0, score: 0, bit: 5 });
    });

    it('parts in bfloat16 some tokens later, for one and for two requests in flight', () => {
      expect(partAt(wide, tokens, splitSums(1), splitSums(2))).toEqual({ place: 26, score: 0, bit: 19 });
    });

    it('is that of the steady back end where so much is in flight that nothing is split', () => {
      expect(partAt(wide, tokens, splitSums(16), bfloat16)).toBeNull();
    });
  });

  it('reads no text longer than its context', () => {
    const tokens = Array.from({ length: 96 }, () => 65);
    expect(readText(network, tokens, float32)).toHaveLength(96);
    expect(() => readText(network, [...tokens, 65], float32)).toThrow('96');
  });
});

describe('what a pass looked at', () => {
  it('is what the twin looked at, in each layer and head', () => {
    const tokens = [1, 2, 3, 70, 80, 90, 100, 110, 120, 130, 140, 150, 160, 170, 180, 190, 200, 210];
    const cache = network.newCache();
    const seen: number[][][] = [];
    network.read(
      tokens.map((token) => ({ cache, token, scored: false })),
      float32,
      (layer, { attention }) => {
        seen[layer] = attention.map((each) => [...each]);
      },
    );
    const { attention } = readWithTwin(tokens, float32);
    expect(seen).toEqual(attention.map((heads) => heads.map((places) => places.at(-1))));
  });

  it('ends in the stream that the scores are made of', () => {
    const cache = network.newCache();
    let last: Float32Array = new Float32Array();
    const scores = network.read([{ cache, token: 5, scored: true }], float32, (_, { stream }) => {
      last = stream;
    });
    expect(network.score([last], float32)).toEqual(scores);
  });
});

describe('the cache', () => {
  it('gives its pages back, and a fork goes on by itself', () => {
    const small = new Network(artifact);
    const tokens = Array.from({ length: 40 }, (_, at) => at);
    const cache = small.newCache();
    small.read(
      tokens.map((token) => ({ cache, token, scored: false })),
      float32,
    );
    const [one, two] = [cache.fork(), cache.fork()];
    expect(one.pages.slice(0, 2)).toEqual(cache.pages.slice(0, 2));
    const [first = new Float32Array()] = small.read([{ cache: one, token: 7, scored: true }], float32);
    const [second = new Float32Array()] = small.read([{ cache: two, token: 8, scored: true }], float32);
    const [again = new Float32Array()] = small.read([{ cache: cache.fork(), token: 7, scored: true }], float32);
    expect(again).toEqual(first);
    expect(second).not.toEqual(first);
    const before = small.bytes;
    for (let turn = 0; turn < 500; turn++) cache.fork().release();
    expect(small.bytes).toBe(before);
  });
});

const shipped = shippedArtifact();
describe.runIf(shipped)('the model that ships', () => {
  const large = shipped ? readArtifact(shipped) : artifact;
  const by = shipped ? new Network(large) : network;
  const texts = golden.slice(0, 32).map(({ text }, number) => [258, 65 + number, 259, ...large.tokenizer.encode(text)]);
  const [story = []] = texts.filter((_, number) => golden[number]?.text.startsWith('In the beginning'));

  it.each([1, 2, 7, 20, 32])('has the same scores to the last bit with %i texts at once', (size) => {
    const [own = []] = texts;
    const [first] = readSideBySide(by, texts.slice(0, size), float32);
    expect(bitsOf(first ?? [])).toEqual(bitsOf(readText(by, own, float32)));
  });

  it.each([
    [1, 2, { place: 1, score: 2798, bit: 16 }],
    [1, 16, { place: 0, score: 43, bit: 17 }],
    [5, 8, { place: 1, score: 51, bit: 16 }],
  ])('parts where %i and where %i are in flight, at a bit that can be named', (one, other, where) => {
    expect(partAt(by, story, splitSums(one), splitSums(other))).toEqual(where);
  });
});
