import fc from 'fast-check';
import { expect, it } from 'vitest';
import { cases } from '@/lib/cases.fixture';
import { bfloat16, float16, float32, splitSums } from './arithmetic';
import { readArtifact } from './artifact';
import { makeArtifact, smallConfig } from './artifact.fixture';
import { Reader } from './reader';
import { Sapling } from './sapling';
import { twinOf } from './twin.fixture';

const artifact = readArtifact(makeArtifact());
const readWithTwin = twinOf(artifact);
const sapling = new Sapling(artifact);
const asked = [258, 72, 105, 259];

it('a reader gives the scores that the twin works out, whatever it has read before', () => {
  const token = fc.integer({ min: 65, max: 70 });
  const texts = fc.array(fc.array(token, { maxLength: 9 }), { minLength: 2, maxLength: 4 });
  fc.assert(
    fc.property(texts, fc.constantFrom(float32, bfloat16, float16, splitSums(2)), (answers, arithmetic) => {
      const reader = new Reader(sapling, asked, arithmetic);
      for (const answer of answers) {
        const { scores } = readWithTwin([...asked, ...answer], arithmetic);
        reader.read(answer);
        for (let length = 0; length <= answer.length; length++)
          expect([...reader.scoresAfter(answer.slice(0, length))]).toEqual(scores[asked.length - 1 + length]);
      }
      reader.release();
    }),
    { seed: 31, numRuns: cases(20) },
  );
});

it('a reader reads as much of a text as there is room for, and gives its memory back', () => {
  const text = Array.from({ length: smallConfig.context }, (_, at) => 65 + (at % 7));
  const bytes = [1, 2, 3].map(() => {
    const reader = new Reader(sapling, asked, float32);
    reader.read(text);
    expect(reader.scoresAfter(text.slice(0, -asked.length))).toHaveLength(smallConfig.vocabulary);
    reader.release();
    return sapling.network.bytes;
  });
  expect(new Set(bytes).size).toBe(1);
});
