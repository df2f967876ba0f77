import { describe, expect, it } from 'vitest';
import { defined } from '@/lib/defined';
import { readArtifact } from '@/lib/sapling/artifact';
import { makeArtifact, smallConfig } from '@/lib/sapling/artifact.fixture';
import { Sapling } from '@/lib/sapling/sapling';
import { headLook, lookInside, mostLookedAt } from './inside';
import { saplingByTag } from './sapling-model';

const sapling = new Sapling(readArtifact(makeArtifact()));
const model = defined(saplingByTag(sapling)('f32') ?? undefined);
const prompted = defined(model.prompt({ messages: [{ role: 'user', content: 'the sea' }] }) ?? undefined);
const network = defined(prompted.network ?? undefined);
const written = [65, 66, 67].map((id) => id);

describe('what happened inside', () => {
  const came = 70;
  const inside = lookInside(model, network, written, came);

  it('has a weight for each token of the prompt and of the text so far, by layer and head', () => {
    expect(inside.came).toBe('F');
    expect(inside.tokens.join('')).toBe('<|user|>the sea<|assistant|>ABC');
    expect(inside.tokens[inside.asked]).toBe('A');
    expect(inside.attention).toHaveLength(smallConfig.layers);
    for (const weights of inside.attention.flat()) {
      expect(weights).toHaveLength(inside.tokens.length);
      expect(weights.reduce((sum, each) => sum + each, 0)).toBeCloseTo(1, 5);
    }
  });

  it('has three guesses after each layer, and where the token stood that came: the last are the choice itself', () => {
    const { probability, ids } = prompted.distributionAfter(written);
    const ranked = [...ids].sort((a, b) => (probability[b] ?? 0) - (probability[a] ?? 0) || a - b);
    const named = (id: number) => ({ token: model.pieces[id], probability: probability[id] });
    expect(inside.guesses).toHaveLength(smallConfig.layers);
    expect(inside.guesses.at(-1)).toEqual({
      likeliest: ranked.slice(0, 3).map(named),
      came: { probability: probability[came], rank: ranked.indexOf(came) + 1 },
    });
    expect(lookInside(model, network, written, defined(ranked[0])).guesses.at(-1)?.came.rank).toBe(1);
  });
});

describe('what heads looked at', () => {
  const attention = [
    [
      [0.8, 0.2, 0],
      [0.4, 0.2, 0.4],
    ],
    [
      [1, 0, 0],
      [0.6, 0.4, 0],
    ],
  ];
  const weightsOf = (layer: number | null, head: number | null) =>
    headLook({ attention }, { layer, head }).weights.map((each) => Number(each.toFixed(6)));

  it('is that of one, of a layer, or of all of them on average', () => {
    expect(weightsOf(0, 1)).toEqual([0.4, 0.2, 0.4]);
    expect(weightsOf(0, null)).toEqual([0.6, 0.2, 0.2]);
    expect(weightsOf(null, null)).toEqual([0.7, 0.2, 0.1]);
  });

  it('is shaded by the largest share that is not on the first mark', () => {
    const look = headLook({ attention }, { layer: null, head: null });
    expect(look.first).toBeCloseTo(0.7, 9);
    expect(look.shades.map((each) => Number(each.toFixed(6)))).toEqual([1, 1, 0.5]);
    expect(headLook({ attention }, { layer: 1, head: 0 }).shades).toEqual([1, 0, 0]);
    expect(mostLookedAt(look, 1)).toEqual([{ at: 1, weight: expect.closeTo(0.2, 9) }]);
  });
});
