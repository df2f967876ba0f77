import { expect, it } from 'vitest';
import { bfloat16, float32 } from './arithmetic';
import { readArtifact } from './artifact';
import { makeArtifact } from './artifact.fixture';
import { Batch, toOrder } from './batch';
import { look } from './look';
import { Sapling } from './sapling';
import { twinOf } from './twin.fixture';

const artifact = readArtifact(makeArtifact());
const readWithTwin = twinOf(artifact);
const sapling = new Sapling(artifact);
const request = { messages: [{ role: 'user', content: 'Where is the sea?' }], max_tokens: 30 };

it.each([float32, bfloat16])(
  'a look shows what each token was drawn from, and what the twin looked at: %o',
  (arithmetic) => {
    const order = toOrder(sapling, request, { seed: 2, choice: 0, arithmetic });
    if (!order.ok) throw new Error('too long');
    const { asked } = order.value.prompt;
    const tokens = [...new Batch(sapling).write(order.value)];
    const ids = tokens.map(({ id }) => id);
    const { attention } = readWithTwin([...asked, ...ids], arithmetic);
    for (const [at, { distribution }] of tokens.entries()) {
      const seen = look(sapling, asked, ids.slice(0, at), arithmetic);
      expect(seen.guesses).toHaveLength(2);
      expect(seen.guesses.at(-1)?.probability).toEqual(distribution.probability);
      const place = asked.length + at - 1;
      expect(seen.attention.map((heads) => heads.map((each) => [...each]))).toEqual(
        attention.map((heads) => heads.map((places) => places[place])),
      );
      for (const weights of seen.attention.flat())
        expect(weights.reduce((sum, each) => sum + each, 0)).toBeCloseTo(1, 5);
    }
  },
);

it('a look leaves no trace in what is written afterwards', () => {
  const order = toOrder(sapling, request, { seed: 3, choice: 0, arithmetic: float32 });
  if (!order.ok) throw new Error('too long');
  const write = () => [...new Batch(sapling).write(order.value)].map(({ id, u, from, to }) => ({ id, u, from, to }));
  const before = write();
  look(sapling, order.value.prompt.asked, [65, 66], float32);
  expect(write()).toEqual(before);
});
