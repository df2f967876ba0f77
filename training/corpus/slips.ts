import type { Random } from './random.ts';

/** As people type in a hurry: without capitals, without a stop, with a slip of the finger. What is quoted stays whole. */
export function hurried(text: string, random: Random): string {
  const how = random.weighted({ small: 4, bare: 4, both: 5, slip: 3, loud: 1, clipped: 3 });
  const small = text.replace(/^\p{Lu}/u, (letter) => letter.toLowerCase());
  const lowered = /\n|"/.test(text) ? small : text.toLowerCase();
  const bare = (of: string): string => of.replace(/[.?!]$/, '');
  if (how === 'small') return small;
  if (how === 'bare') return bare(text);
  if (how === 'both') return bare(lowered);
  if (how === 'loud') return `${bare(text)}${random.pick(['!!', '??', '...', ' please'])}`;
  if (how === 'clipped') return /[\n":]/.test(text) ? bare(small) : bare(clipped(lowered));
  // Later words may be what an answer must copy.
  const [first, second, third, ...rest] = text.split(' ');
  const start = [first, second, third].filter((word) => word !== undefined).join(' ');
  return [misspelled(start, random, 1), ...rest].join(' ');
}

/** "What is" as it is typed with two thumbs. */
const clipped = (text: string): string =>
  text
    .replace(/\bwhat (is|are)\b/g, (_, be: string) => (be === 'is' ? 'whats' : 'what r'))
    .replace(/\bplease\b/g, 'pls')
    .replace(/\b(can|could|do|will|would) you\b/g, '$1 u')
    .replace(/'(?=(s|m|d|re|ll)\b)/g, '');

const orders =
  /^(Write|Tell|Give|Name|List|Explain|Describe|Count|Make|Pick|Flip|Roll|Say|Suggest|Choose|Find|Spell|Compose)\b/;

/** An order with a "please" before or behind it. */
export function polite(text: string, random: Random): string {
  if (/please/i.test(text) || !orders.test(text)) return text;
  if (random.chance(0.5) || /[\n":]/.test(text)) return `Please ${text[0]?.toLowerCase()}${text.slice(1)}`;
  return text.replace(/[.!?]?$/, random.pick([', please.', ' please', ', please']));
}

/** Swaps, drops or doubles a letter inside some words; the first letter stays, so the word can still be read. */
export function misspelled(text: string, random: Random, slips: number): string {
  const words = text.split(' ');
  const long = words.flatMap((word, at) => (/^[A-Za-z]{4,}/.test(word) ? [at] : []));
  for (const at of random.sample(long, slips)) words[at] = slip(words[at] ?? '', random);
  return words.join(' ');
}

function slip(word: string, random: Random): string {
  const letters = word.match(/^[A-Za-z]+/)?.[0].length ?? 0;
  const at = random.integer(1, Math.max(1, letters - 3));
  const [one = '', two = ''] = [word[at], word[at + 1]];
  const change = random.pick(['swap', 'drop', 'double']);
  if (change === 'swap' && one !== two) return word.slice(0, at) + two + one + word.slice(at + 2);
  return change === 'drop' ? word.slice(0, at) + word.slice(at + 1) : word.slice(0, at) + one + word.slice(at);
}
