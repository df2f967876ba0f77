import { readFileSync } from 'node:fs';
import { capital, small } from './english.ts';
import type { Random } from './random.ts';

/*
 * Says the same in other words, so that no authored sentence is learned by heart: a line of synonyms.tsv is what may
 * stand in a text, a tab, and what may stand instead. None is a word that a request hands on to its answer.
 */

const read = (name: string): string[] =>
  readFileSync(new URL(`data/${name}`, import.meta.url), 'utf8')
    .trim()
    .split('\n');

type Wordings = { synonyms: ReadonlyMap<string, string[]>; form: RegExp };

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

function wordingsOf(lines: readonly string[]): Wordings {
  const synonyms = new Map(
    lines.map((line) => {
      const [said = '', instead = ''] = line.split('\t');
      return [said, instead.split(' | ')] as const;
    }),
  );
  const longestFirst = [...synonyms.keys()].sort((a, b) => b.length - a.length || (a < b ? -1 : 1));
  return { synonyms, form: new RegExp(`(?<![\\w'])(?:${longestFirst.map(escaped).join('|')})(?![\\w'])`, 'gi') };
}

const plain = wordingsOf(read('synonyms.tsv'));
/** In a story a thing may have an adjective more: "the river" is wide or cold. */
const told = wordingsOf([...read('synonyms.tsv'), ...read('scenery.tsv')]);

/** Each place where something else could stand is changed with that chance. */
function changed(text: string, random: Random, { synonyms, form }: Wordings, chance = 0.55): string {
  return text.replace(form, (said: string, at: number) => {
    const instead = synonyms.get(said) ?? synonyms.get(small(said));
    if (!instead || !random.chance(chance)) return said;
    const chosen = random.pick(instead);
    // Nothing is shortened at the end of a sentence: "as you are."
    if (/'(m|re|s|ll)$/.test(chosen) && text[at + said.length] !== ' ') return said;
    return /^\p{Lu}/u.test(said) ? capital(chosen) : chosen;
  });
}

export const reworded = (text: string, random: Random): string => changed(text, random, plain);

export const retold = (text: string, random: Random): string => changed(text, random, told);
