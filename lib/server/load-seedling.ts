import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { readArtifact, writeArtifact } from '@/lib/seedling/artifact';
import { parseCorpus } from '@/lib/seedling/corpus';
import { train } from '@/lib/seedling/counts';
import type { Seedling } from '@/lib/seedling/seedling';

/** Raised whenever the arithmetic changes, so that the fingerprints change too and no older artifact is read. */
const revision = 4;

/**
 * Loads the trained model. The build makes the artifact, by asking for the page's example; where there is none for this
 * corpus yet, it is trained and stored here: about half a second, once. Its name is the corpus's hash, so it cannot be stale.
 */
export function loadSeedling(root = process.cwd()): Seedling {
  const texts = readCorpus(join(root, 'lib/seedling/corpus'));
  const hash = createHash('sha256')
    .update(JSON.stringify([revision, texts]))
    .digest('hex')
    .slice(0, 8);
  const path = join(root, `.cache/seedling-${hash}.bin`);
  if (!existsSync(path)) keep(path, writeArtifact(train(texts.flatMap(parseCorpus))));
  return { counts: readArtifact(new Uint8Array(readFileSync(path)).buffer), hash, prompts: new Map() };
}

/** The corpus's files in the order of their names. */
function readCorpus(folder: string): string[] {
  const names = readdirSync(folder).filter((name) => name.endsWith('.txt'));
  return names.toSorted().map((name) => readFileSync(join(folder, name), 'utf8'));
}

/** Writes another file and then renames it, so that nobody ever reads half of it. */
function keep(path: string, bytes: Uint8Array): void {
  const aside = `${path}.${process.pid}`;
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(aside, bytes);
  renameSync(aside, path);
}
