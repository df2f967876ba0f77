import { readFileSync } from 'node:fs';
import { Tokenizer } from './tokenizer.ts';

type Stored = { merges: string[] };

const isStored = (value: unknown): value is Stored =>
  typeof value === 'object' && value !== null && 'merges' in value && Array.isArray(value.merges);

/** Sapling's tokenizer, as it was learned. */
export function loadTokenizer(file = new URL('tokenizer.json', import.meta.url)): Tokenizer {
  const stored: unknown = JSON.parse(readFileSync(file, 'utf8'));
  if (!isStored(stored)) throw new Error('Not a tokenizer.');
  return new Tokenizer(
    stored.merges.map((pair) => {
      const [left = 0, right = 0] = pair.split(' ').map(Number);
      return [left, right];
    }),
  );
}
