import { describe, expect, it } from 'vitest';
import { defined } from '@/lib/defined';
import { readArtifact } from '@/lib/sapling/artifact';
import { makeArtifact } from '@/lib/sapling/artifact.fixture';
import { Sapling } from '@/lib/sapling/sapling';
import { saplingByTag } from './sapling-model';
import { type Calculated, scoreDrift } from './score-drift';

const byTag = saplingByTag(new Sapling(readArtifact(makeArtifact())));
const request = { messages: [{ role: 'user', content: 'the sea' }] };

function calculated(tag: string, tokens: readonly number[]): Calculated {
  const { pieces, prompt } = defined(byTag(tag) ?? undefined);
  const prompted = defined(prompt(request) ?? undefined);
  return { pieces, ...prompted, network: defined(prompted.network ?? undefined), tokens };
}

describe('the scores of two back ends', () => {
  const tokens = [65, 66, 67, 68];

  it('differ in no bit if they calculate alike', () => {
    const { differences, since, fork } = scoreDrift(calculated('f32', tokens), calculated('f32', tokens));
    expect({ differences, since, fork }).toEqual({ differences: [0, 0, 0, 0], since: null, fork: null });
  });

  it('differ by little before the texts part, and are there at the fork, the own likeliest first', () => {
    const [own, other] = [calculated('f32', tokens), calculated('bf16', [65, 66, 90])];
    const { differences, since, fork } = scoreDrift(own, other);
    expect(differences).toHaveLength(3);
    expect(since).toBe(0);
    for (const [at, difference] of differences.entries()) {
      const [here, there] = [own, other].map(({ network }) => network.scoresAfter(tokens.slice(0, at)));
      const all = [...own.pieces.keys()].map((id) => Math.abs((here?.[id] ?? 0) - (there?.[id] ?? 0)));
      expect(difference).toBe(Math.max(...all));
      expect(difference).toBeGreaterThan(0);
    }
    expect(fork).toMatchObject({ at: 2, took: { own: 'C', other: 'Z' } });
    const scores = defined(fork ?? undefined).scores;
    expect(scores.map(({ token }) => token)).toEqual(expect.arrayContaining(['C', 'Z']));
    const here = own.network.scoresAfter([65, 66]);
    const possible = own.distributionAfter([65, 66]).probability;
    const scoresOfPossible = own.pieces.map((_, id) => (possible[id] ? (here[id] ?? 0) : Number.NEGATIVE_INFINITY));
    expect(scores[0]?.own).toBe(Math.max(...scoresOfPossible));
    expect(scores.map((each) => each.own)).toEqual(scores.map((each) => each.own).toSorted((a, b) => b - a));
  });

  it('are compared as far as both texts go', () => {
    const drift = scoreDrift(calculated('f16', [65, 66]), calculated('f32', tokens));
    expect(drift.differences).toHaveLength(2);
    expect(drift.fork).toBeNull();
  });
});
