/*
 * Texts for benchmarks, the same each time: 2,000 words whose frequencies follow Zipf's law, as those of English do.
 */

/** How many words a text has. */
export const words = 400;

/** Numbers from 0 to 1 that are the same each time. */
export const random = generator(1);

const vocabulary = Array.from({ length: 2000 }, (_, rank) => ` w${rank}`);
let sum = 0;
const weights = vocabulary.map((_, rank) => {
  sum += 1 / (rank + 1);
  return sum;
});

function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

export function aWord(): string {
  const at = random() * (weights.at(-1) ?? 0);
  return vocabulary[weights.findIndex((sum) => sum > at)] ?? '';
}

export const aText = (length: number): string[] => Array.from({ length }, aWord);

/** As written: every twelfth word ends a sentence, every seventh a clause. */
export const written = (text: readonly string[]): string[] =>
  text.map((word, at) => {
    if (at % 12 === 11) return `${word}.`;
    return at % 7 === 6 ? `${word},` : word;
  });
