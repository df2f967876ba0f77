import { describe, expect, it } from 'vitest';
import { splitSums } from './arithmetic';
import { makeArtifact, shippedArtifact, smallConfig } from './artifact.fixture';
import { runGolden } from './golden.fixture';

/** As a file has it: `vitest -u` writes it anew where a change is meant, which also raises `revision` in sapling.ts. */
const asFile = (runs: ReturnType<typeof runGolden>): string => `${JSON.stringify(runs, null, 2)}\n`;

describe('fifty requests', () => {
  it('never change, neither in a text nor in a bit of a score', async () => {
    const runs = runGolden(makeArtifact({ ...smallConfig, context: 128 }));
    await expect(asFile(runs)).toMatchFileSnapshot('__fixtures__/golden-random.json');
  });

  const shipped = shippedArtifact();
  it.runIf(shipped)('never change with the model that ships', async () => {
    if (!shipped) return;
    await expect(asFile(runGolden(shipped))).toMatchFileSnapshot('__fixtures__/golden-shipped.json');
  });

  it.runIf(shipped)('differ in bits, and some in texts, by how many are in flight on -batched', () => {
    if (!shipped) return;
    const [alone, among16] = [1, 16].map((inFlight) => runGolden(shipped, splitSums(inFlight)));
    const equal = (of: 'text' | 'bits') => alone?.filter((each, number) => each[of] === among16?.[number]?.[of]).length;
    expect({ texts: equal('text'), bits: equal('bits') }).toEqual({ texts: 38, bits: 0 });
  });
});
