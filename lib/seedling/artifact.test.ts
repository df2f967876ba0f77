import { expect, it } from 'vitest';
import { readArtifact, writeArtifact } from './artifact';
import { trainOnCorpus } from './corpus.fixture';

it('an artifact reads back as the very counts that were written, and equal counts give equal bytes', () => {
  const counts = trainOnCorpus();
  const bytes = writeArtifact(counts);
  expect(readArtifact(bytes.buffer)).toEqual(counts);
  expect(writeArtifact(readArtifact(bytes.buffer))).toEqual(bytes);
});
