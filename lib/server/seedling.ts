import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Seedling } from '@/lib/openai/serve';
import { parseCorpus } from '@/lib/seedling/corpus';
import { train } from '@/lib/seedling/model';

/** Raised whenever the arithmetic changes, so that the fingerprint does too. */
const revision = 1;

/** Reads the corpus and trains the model on it: about half a second. Files are read in the order of their names. */
export function loadSeedling(): Seedling {
  const folder = join(process.cwd(), 'lib/seedling/corpus');
  const files = readdirSync(folder)
    .filter((name) => name.endsWith('.txt'))
    .sort();
  const texts = files.map((name) => readFileSync(join(folder, name), 'utf8'));
  const hash = createHash('sha256')
    .update(JSON.stringify([revision, texts]))
    .digest('hex');
  return { model: train(texts.flatMap(parseCorpus)), fingerprint: `fp_seedling_${hash.slice(0, 10)}` };
}
