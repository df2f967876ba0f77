import { expect, it } from 'vitest';
import { defined } from '@/lib/defined';
import { bfloat16, float32 } from './arithmetic';
import { readArtifact } from './artifact';
import { makeArtifact, shippedArtifact } from './artifact.fixture';
import { Batch, toOrder } from './batch';
import { layOut } from './chat';
import { look } from './look';
import { Sapling } from './sapling';
import { idOf } from './tokenizer';
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

const shipped = shippedArtifact();

it.runIf(shipped)('guesses leave out the mark that an early layer would write, as docs/decisions/lens.md says', () => {
  const sapling = new Sapling(readArtifact(defined(shipped ?? undefined)));
  const { network, tokenizer } = sapling;
  const asked = [...layOut(tokenizer, { role: 'user', content: 'Is a whale a fish?' }), idOf('<|assistant|>')];
  const cache = network.newCache();
  const streams: Float32Array[] = [];
  const readings = asked.map((token) => ({ cache, token, scored: false }));
  network.read(readings, float32, (_, { stream }) => streams.push(stream));
  const weights = [...defined(network.score(streams.slice(0, 1), float32)[0])].map(Math.exp);
  const share = (weights[idOf('<|assistant|>')] ?? 0) / weights.reduce((sum, each) => sum + each, 0);
  expect(share).toBeCloseTo(0.926, 3);
  const guess = defined(look(sapling, asked, [], float32).guesses[0]).probability;
  expect(guess[idOf('<|assistant|>')]).toBe(0);
  expect(guess[defined(tokenizer.encode('Yes')[0])]).toBeCloseTo(0.886, 3);
});
