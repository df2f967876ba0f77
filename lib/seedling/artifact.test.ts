import { expect, it } from 'vitest';
import { readArtifact, writeArtifact } from './artifact';
import { trainOnCorpus } from './corpus.fixture';

it('reads back what was written, exactly, and writes the same bytes for the same counts', () => {
  const counts = trainOnCorpus();
  const bytes = writeArtifact(counts);
  expect(readArtifact(bytes.buffer)).toEqual(counts);
  expect(writeArtifact(readArtifact(bytes.buffer))).toEqual(bytes);
});
