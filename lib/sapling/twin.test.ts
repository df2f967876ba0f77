import { expect, it } from 'vitest';
import claimed from './__fixtures__/golden-shipped.json' with { type: 'json' };
import { readArtifact } from './artifact';
import { shippedArtifact } from './artifact.fixture';
import { writingOf } from './batch';
import { goldenOrders, type Outcome, outcomeOf } from './golden.fixture';
import { Sapling } from './sapling';
import { twinOf } from './twin.fixture';

/** The fifty requests, with all scores worked out by the twin. It reads the tokens that are claimed, and draws each anew. */
function runWithTwin(file: Uint8Array, claimed: readonly Outcome[]): Outcome[] {
  const artifact = readArtifact(file);
  const [sapling, read] = [new Sapling(artifact), twinOf(artifact)];
  return goldenOrders(sapling).map((order, number) => {
    const { asked } = order.prompt;
    const tokens = (claimed[number]?.tokens ?? '').split(' ').map(Number);
    const scores = read([...asked, ...tokens], order.arithmetic).scores.map((each) => Float32Array.from(each));
    const writing = writingOf(sapling, order);
    const written = scores.slice(asked.length - 1).flatMap((after) => {
      return writing.finish === null ? [...writing.take(sapling.distribution(after, writing.context))] : [];
    });
    return outcomeOf(written, scores);
  });
}

const shipped = shippedArtifact();
/** Sixteen seconds of processor time become minutes where coverage is counted beside other work. */
const tenMinutes = 600_000;

it.runIf(shipped)(
  'the twin comes to the same tokens, texts and bits in all fifty requests',
  () => {
    if (shipped) expect(runWithTwin(shipped, claimed)).toEqual(claimed);
  },
  tenMinutes,
);
