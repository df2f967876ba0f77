import { describe, expect, it } from 'vitest';
import { readArtifact } from './artifact';
import { joinParts, makeArtifact, shippedArtifact, smallConfig } from './artifact.fixture';

const file = makeArtifact();

/** The file with one byte changed. */
const damaged = (at: number): Uint8Array => file.map((byte, index) => (index === at ? byte ^ 1 : byte));

describe('an artifact', () => {
  it('is read as it was written', () => {
    const { config, tokenizer, matrix, vector, hash } = readArtifact(file);
    expect(config).toEqual(smallConfig);
    expect(tokenizer.pieces).toHaveLength(269);
    expect(hash).toMatch(/^[0-9a-f]{64}$/);
    const { rows, inner, steps, scales } = matrix('blocks.1.down.weight');
    expect([rows, inner, steps.length, scales.length]).toEqual([32, 40, 1280, 32]);
    expect(vector('norm.weight')).toHaveLength(32);
  });

  it('is read wherever its bytes lie', () => {
    const bytes = new Uint8Array(file.length + 3);
    bytes.set(file, 3);
    expect(readArtifact(bytes.subarray(3)).vector('norm.weight')).toEqual(readArtifact(file).vector('norm.weight'));
  });

  it('is refused if it is something else, damaged or cut off', () => {
    expect(() => readArtifact(damaged(0))).toThrow('Not an artifact');
    expect(() => readArtifact(damaged(file.length - 1))).toThrow('hash');
    expect(() => readArtifact(file.subarray(0, file.length - 64))).toThrow('hash');
    expect(() => readArtifact(file.subarray(0, 100))).toThrow();
  });

  it('is refused if it has no such tensor, or the header is of another form', () => {
    expect(() => readArtifact(file).matrix('norm.weight')).toThrow('no matrix norm.weight');
    expect(() => readArtifact(file).vector('embedding.weight')).toThrow('no vector embedding.weight');
    expect(() => readArtifact(joinParts({ config: smallConfig }, new Uint8Array()))).toThrow();
  });

  it("is refused if its sizes are not the kernel's", () => {
    expect(() => readArtifact(makeArtifact({ ...smallConfig, hidden: 42 }))).toThrow('multiples of 8');
    expect(() => readArtifact(makeArtifact({ ...smallConfig, heads: 4 }))).toThrow('multiples of 8');
    expect(() => readArtifact(makeArtifact({ ...smallConfig, vocabulary: 264 }))).toThrow('more pieces');
  });
});

const shipped = shippedArtifact();
it.runIf(shipped)('the artifact that ships is sound, and at most 8 MB', () => {
  if (!shipped) return;
  expect(shipped.length).toBeLessThanOrEqual(8_000_000);
  expect(readArtifact(shipped).card.name).toBe('sapling-1');
});
