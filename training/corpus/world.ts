import { readdirSync, readFileSync } from 'node:fs';
import { parseCorpus } from '../../lib/seedling/corpus.ts';
import { capital, tidy } from './english.ts';
import { Grammar, type Scope } from './grammar.ts';
import type { Random } from './random.ts';
import { retold, reworded } from './thesaurus.ts';
import { parseThings, type Thing } from './things.ts';

const data = new URL('data/', import.meta.url);
const seedling = new URL('../../lib/seedling/corpus/', import.meta.url);

const textsIn = (folder: URL, form: RegExp): string[] =>
  readdirSync(folder)
    .filter((name) => form.test(name))
    .sort()
    .map((name) => readFileSync(new URL(name, folder), 'utf8'));

/** Everything that was authored: sentences, things, and the hand-written corpus of Seedling. */
export const grammar = new Grammar(textsIn(data, /^(?!things-|syllables).*\.txt$/));
export const things: readonly Thing[] = textsIn(data, /^things-.*\.txt$/).flatMap(parseThings);
export const passages = textsIn(seedling, /\.txt$/).flatMap(parseCorpus);
export const syllableFile = readFileSync(new URL('syllables.txt', data), 'utf8');

/** One document under way: its chance, and the grammar spoken with it. */
export class World {
  readonly random: Random;

  constructor(random: Random) {
    this.random = random;
  }

  say(symbol: string, scope: Scope = {}): string {
    return grammar.say(symbol, this.random, scope);
  }

  /** One line of a symbol as it will stand: tidied. */
  text(symbol: string, scope: Scope = {}): string {
    return tidy(this.say(symbol, scope));
  }

  /** A template filled in, tidied. */
  tidied(template: string, scope: Scope = {}): string {
    return tidy(this.fill(template, scope));
  }

  /** A template filled in, in one of many wordings, tidied. */
  reworded(template: string, scope: Scope = {}): string {
    return tidy(reworded(this.fill(template, scope), this.random));
  }

  /** One line of a symbol in one of many wordings, tidied. */
  prose(symbol: string, scope: Scope = {}): string {
    return tidy(reworded(this.say(symbol, scope), this.random));
  }

  /** One line of a symbol as a story tells it, tidied. */
  told(symbol: string, scope: Scope = {}): string {
    return tidy(retold(this.say(symbol, scope), this.random));
  }

  fill(template: string, scope: Scope = {}): string {
    return grammar.fill(template, this.random, scope);
  }

  /** A row of a table with its choices made, so that what is said twice is the same twice. */
  row(table: string, scope: Scope = {}): Scope {
    const row = grammar.row(table, this.random);
    return Object.fromEntries(Object.entries(row).map(([name, cell]) => [name, this.fill(cell, scope)]));
  }

  /** A first name. */
  name(): string {
    return this.say(this.random.pick(['he', 'she']));
  }

  /** A thing of one of these kinds that passes. */
  thing(kinds: readonly string[], passes: (thing: Thing) => boolean = () => true): Thing {
    return this.random.pick(thingsOf(kinds).filter(passes));
  }

  /** A word that nobody has met: it can only be copied from the request. */
  invented(): string {
    const { random } = this;
    const middle = random.chance(0.6) ? random.pick(vowels) + random.pick(between) : '';
    return random.pick(onsets) + random.pick(vowels) + random.pick(between) + middle + random.pick(ends);
  }

  inventedName(): string {
    return capital(this.invented());
  }
}

const onsets = 'b bl br d dr f fl fr g gl gr h j k kr kl l m n p pl pr qu r s sk sn sp st t tr tw v w y z zw'.split(
  ' ',
);
const vowels = 'a e i o u oo ee'.split(' ');
const between = 'b bb ck d dd f g gg k l ll m mb mp n nd nt p pp r rb rk rl s ss st t tt v x z zz'.split(' ');
const ends = 'a o i y el er et in it le on op us um ish ax ick ot elle ard'.split(' ');

const byKinds = new Map<string, Thing[]>();

/** All things of some kinds. */
export function thingsOf(kinds: readonly string[]): Thing[] {
  const key = kinds.join();
  let found = byKinds.get(key);
  if (!found) {
    found = things.filter(({ kind }) => kinds.includes(kind));
    byKinds.set(key, found);
  }
  return found;
}
