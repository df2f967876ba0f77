import { beforeAll, describe, expect, it } from 'vitest';
import { float32, splitSums } from './arithmetic';
import { readArtifact } from './artifact';
import { makeArtifact, smallConfig } from './artifact.fixture';
import { saplingModels } from './backends';
import { parseFingerprint } from './fingerprint';
import { fingerprintOf, Sapling } from './sapling';

let sapling: Sapling;
beforeAll(() => {
  sapling = new Sapling(readArtifact(makeArtifact()));
});

describe('a fingerprint', () => {
  it('names the weights and the back end, and is read back', () => {
    const backends = saplingModels.flatMap((model) => model.backends);
    for (const backend of backends) {
      const found = parseFingerprint(fingerprintOf(sapling, backend));
      expect(found).toMatchObject({ hash: sapling.hash, backend: { tag: backend.tag } });
    }
    expect(new Set(backends.map(({ tag }) => tag)).size).toBe(4);
    expect(parseFingerprint('fp_seedling_0999dfcf_f32')).toBeNull();
    expect(parseFingerprint(`fp_sapling_${sapling.hash}_f64`)).toBeNull();
  });

  it('is another for other weights', () => {
    expect(new Sapling(readArtifact(makeArtifact(smallConfig, 19))).hash).not.toBe(sapling.hash);
  });
});

describe('the models', () => {
  it('calculate alike however many requests are under way, but for the batched one', () => {
    for (const { id, exact, backends } of saplingModels)
      for (const { steady, arithmetic } of backends) {
        const ways = [1, 2, 5, 100].map((inFlight) => JSON.stringify(arithmetic(inFlight)));
        expect(new Set(ways).size === 1).toBe(steady);
        expect(steady).toBe(id !== 'sapling-1-batched');
        if (exact) expect(arithmetic(7)).toEqual(float32);
      }
  });

  it('split their sums into fewer parts, the more requests there are', () => {
    expect([1, 2, 3, 4, 5, 8, 16, 1000].map((inFlight) => splitSums(inFlight).parts)).toEqual([
      16, 8, 5, 4, 3, 2, 1, 1,
    ]);
    expect(splitSums(0)).toEqual(splitSums(1));
  });
});

describe('prompts', () => {
  const long = (token: number) => Array.from({ length: 96 }, () => token);

  it('are read once for each way of calculating', () => {
    const first = sapling.readPrompt([258, 65, 259], float32);
    expect(sapling.readPrompt([258, 65, 259], float32)).toBe(first);
    expect(sapling.readPrompt([258, 65, 259], splitSums(1))).not.toBe(first);
  });

  it('are read again when so many others have been that there is no room for all', () => {
    const first = sapling.readPrompt(long(65), float32);
    for (let other = 66; other < 75; other++) sapling.readPrompt(long(other), float32);
    expect(sapling.readPrompt(long(65), float32)).toBe(first);
    for (let other = 66; other < 76; other++) sapling.readPrompt(long(other), float32);
    const again = sapling.readPrompt(long(65), float32);
    expect(again).not.toBe(first);
    expect(again.distribution).toEqual(first.distribution);
  });
});
