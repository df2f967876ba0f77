import { readFileSync } from 'node:fs';
import { Tokenizer } from '../../lib/sapling/tokenizer.ts';

type Stored = { merges: string[] };

const isStored = (value: unknown): value is Stored =>
  typeof value === 'object' && value !== null && 'merges' in value && Array.isArray(value.merges);

/** Sapling's tokenizer, as it was learned. */
export function loadTokenizer(file = new URL('tokenizer.json', import.meta.url)): Tokenizer {
  const stored: unknown = JSON.parse(readFileSync(file, 'utf8'));
  if (!isStored(stored)) throw new Error('Not a tokenizer.');
  return Tokenizer.read(stored.merges);
}
