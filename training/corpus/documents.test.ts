import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { type Document, documentAt, tasks } from './documents.ts';
import { soundsOpen } from './english.ts';
import { heldOut, isRefused } from './held-out.ts';
import { Random } from './random.ts';
import { countries, families, opposites } from './tasks/facts.ts';
import { favoured } from './tasks/numbers.ts';
import { syllables } from './tasks/verse.ts';
import { grammar, things, World } from './world.ts';

/*
 * Reads samples of the corpus as a proof-reader would. Each document depends on its seed and number alone, so these are
 * always the same.
 */

const seeds = [1, 2, 3, 4, 5];
const each = 1200;
const documents = seeds.flatMap((seed) => Array.from({ length: each }, (_, number) => documentAt(seed, number)));

const answersIn = (document: Document): string[] =>
  'text' in document
    ? [document.text]
    : document.messages.filter(({ role }) => role === 'assistant').map(({ content }) => content);
const requestsIn = (document: Document): string[] =>
  'text' in document ? [] : document.messages.filter(({ role }) => role === 'user').map(({ content }) => content);

/** What a task gives, many times over, without slips, system prompts and follow-ups. */
function exchangesOf(name: string, count: number) {
  const task = tasks.find((one) => one.name === name);
  return Array.from({ length: count }, (_, number) => task?.make(new World(new Random(7, number)))).filter(
    (made) => made !== undefined,
  );
}

const answers = documents.flatMap(answersIn);

describe('the corpus', () => {
  it('is the same bytes for the same seed, and others for another', () => {
    const digest = (seed: number) =>
      createHash('sha256')
        .update(JSON.stringify(Array.from({ length: 50 }, (_, number) => documentAt(seed, number))))
        .digest('hex');
    expect(digest(11)).toBe(digest(11));
    expect(digest(11)).not.toBe(digest(12));
  });

  it('has no prompt that Sapling is judged by', () => {
    expect(heldOut).toHaveLength(60);
    expect(documents.flatMap(requestsIn).filter(isRefused)).toEqual([]);
    expect(heldOut.every(({ prompt }) => isRefused(prompt.toUpperCase().replace(/[.?!]$/, '')))).toBe(true);
  });

  it('has every task, and asks for each in ten ways and more', () => {
    const seen = new Map<string, Set<string>>();
    for (const document of documents) {
      if ('text' in document) continue;
      const opening = (requestsIn(document)[0] ?? '').toLowerCase().split(' ').slice(0, 3).join(' ');
      seen.set(document.task, (seen.get(document.task) ?? new Set()).add(opening));
    }
    expect(tasks.filter(({ name }) => (seen.get(name)?.size ?? 0) < 10).map(({ name }) => name)).toEqual([]);
    const requests = [...grammar.symbols].filter(([name]) => /^(request-|ask-plainly)/.test(name));
    expect(requests.filter(([, lines]) => lines.length < 10).map(([name]) => name)).toEqual([]);
  });

  it('knows more than 1,500 things, with what is true of each', () => {
    expect(things.length).toBeGreaterThanOrEqual(1500);
    expect(new Set(things.map(({ name }) => name)).size).toBe(things.length);
    expect(opposites.length).toBeGreaterThan(100);
    expect(things.filter(({ places }) => places.length === 0)).toEqual([]);
  });

  it('leaves no slot, choice or cell unfilled', () => {
    expect(answers.concat(documents.flatMap(requestsIn)).filter((text) => /[{}|]|\[|undefined/.test(text))).toEqual([]);
  });

  it('ends its sentences, and doubles no word, space or stop', () => {
    expect(answers.filter((text) => / {2}| [,.;!?](\s|$)|,,|(?<!\.)\.\.(?!\.)|[!?]\.|^\s|\s$/.test(text))).toEqual([]);
    const doubled = answers.filter((text) => /\b(?!la\b|ho\b|that\b|had\b)([a-z]{2,}) \1\b/.test(text));
    expect(doubled.filter((text) => !/very|too low|really/.test(text))).toEqual([]);
  });

  it('closes its quotes', () => {
    expect(answers.filter((text) => (text.match(/"/g) ?? []).length % 2 === 1)).toEqual([]);
  });

  it('writes "a" and "an" by sound', () => {
    const wrong = answers.flatMap((text) =>
      [...text.matchAll(/\b(a|an) ([a-z][\w'-]+)/g)].filter(
        ([, article, word = '']) => soundsOpen(word) !== (article === 'an'),
      ),
    );
    expect(wrong.map(([all]) => all)).toEqual([]);
  });

  it('lets verbs agree', () => {
    const wrong =
      /\b(he|she|it) (are|were|have|do|go|say|live|want)\b|\b(they|we|you) (is|was|has|does|goes|says)\b|\bI (is|are|has)\b/;
    const told = documents.flatMap((document) => ('text' in document ? [] : answersIn(document)));
    const found = told.filter((text) =>
      wrong.test(
        text.replace(
          /(did|does|do|can|could|will|would|may|let|lets|make|makes|must|should|when|that) (he|she|it|they|you|I) \w+/gi,
          '',
        ),
      ),
    );
    expect(found).toEqual([]);
  });

  it('begins sentences with a capital', () => {
    const lower = documents.flatMap((document) =>
      !('text' in document) &&
      ['story', 'news', 'scene', 'describe', 'explain'].includes(document.task) &&
      document.messages[0]?.role === 'user'
        ? answersIn(document).slice(0, 1)
        : [],
    );
    expect(lower.length).toBeGreaterThan(500);
    expect(lower.filter((text) => /^[a-z]|[a-z]\. [a-z]/.test(text))).toEqual([]);
  });

  it('repeats no eight words absurdly often', () => {
    const counts = new Map<string, number>();
    let all = 0;
    for (const text of answers) {
      const words = text.toLowerCase().match(/[\w']+/g) ?? [];
      for (let at = 0; at + 8 <= words.length; at++) {
        const run = words.slice(at, at + 8).join(' ');
        counts.set(run, (counts.get(run) ?? 0) + 1);
        all++;
      }
    }
    expect(counts.size / all).toBeGreaterThan(0.6);
    const most = [...counts.values()].reduce((a, b) => Math.max(a, b), 0);
    expect(most / all).toBeLessThan(1 / 2000);
  });
});

describe('a haiku', () => {
  it('has five, seven and five syllables', () => {
    const haiku = exchangesOf('haiku', 200).map(({ answer }) => answer.split('\n').map((line) => syllables.of(line)));
    expect(haiku.filter((counts) => counts.join() !== '5,7,5')).toEqual([]);
  });
});

describe('a poem', () => {
  it('has four lines, of which the first two rhyme, and the last two', () => {
    const lastWords = exchangesOf('poem', 200).map(({ answer }) =>
      answer.split('\n').map((line) => line.toLowerCase().match(/[a-z']+(?=[^a-z]*$)/)?.[0] ?? ''),
    );
    expect(lastWords.filter((words) => words.length !== 4)).toEqual([]);
    expect(lastWords.filter(([one, two, three, four]) => one === two || three === four)).toEqual([]);
  });
});

describe('sums', () => {
  const signs: Record<string, (a: number, b: number) => number> = {
    times: (a, b) => a * b,
    plus: (a, b) => a + b,
    minus: (a, b) => a - b,
    divide: (a, b) => a / b,
  };

  it.each(Object.entries(signs))('are right: %s', (name, right) => {
    const form = /(-?\d+) (?:times|x|×|\*|plus|\+|minus|-|divided by|\/|and) (\d+)\D+(-?\d+)\.$/;
    const found = exchangesOf(name, 400).flatMap(({ answer }) => [...answer.matchAll(new RegExp(form, 'g'))]);
    expect(found.length).toBeGreaterThan(100);
    expect(found.filter(([, a, b, sum]) => right(Number(a), Number(b)) !== Number(sum)).map(([all]) => all)).toEqual(
      [],
    );
  });

  it('are right, several at once and in a table', () => {
    const form = /^(\d+) (times|×|\+|-) (\d+) (?:=|is) (\d+)\.?$/;
    const names: Record<string, string> = { '×': 'times', '+': 'plus', '-': 'minus' };
    const lines = exchangesOf('sums', 300).flatMap(({ answer }) => answer.split('\n'));
    expect(lines.length).toBeGreaterThan(900);
    const wrong = lines.filter((line) => {
      const [, a, sign = '', b, result] = form.exec(line) ?? [];
      return signs[names[sign] ?? sign]?.(Number(a), Number(b)) !== Number(result);
    });
    expect(wrong).toEqual([]);
  });

  it('count without a gap', () => {
    const counted = exchangesOf('count', 200).filter(({ answer }) => /^[\d, ]+\.$/.test(answer));
    const steps = counted.map(({ answer }) => {
      const numbers = answer.slice(0, -1).split(', ').map(Number);
      return new Set(numbers.slice(1).map((number, at) => number - (numbers[at] ?? 0))).size;
    });
    expect(new Set(steps)).toEqual(new Set([1]));
  });
});

describe('facts', () => {
  it('give each country its own capital', () => {
    const capitals = new Map(countries.map(({ country, capital }) => [country, capital]));
    expect(capitals.size).toBe(countries.length);
    const said = exchangesOf('capital', 300).flatMap(({ answer }) => [
      ...answer.matchAll(/^The capital of (.+) is (.+)\.$/g),
    ]);
    expect(said.length).toBeGreaterThan(50);
    expect(said.filter(([, country, capital]) => capitals.get(country ?? '') !== capital).map(([all]) => all)).toEqual(
      [],
    );
  });

  it('rhyme within families that share no word with another', () => {
    const words = families.flat();
    const twice = words.filter((word, at) => words.indexOf(word) !== at);
    expect(twice.filter((word) => !['bear', 'hair', 'wind', 'close'].includes(word))).toEqual([]);
  });
});

describe('a number that somebody thinks of', () => {
  it('is a seven more often than a round one, and lies where it was asked for', () => {
    expect(favoured(7, 1, 10)).toBeGreaterThan(5 * favoured(10, 1, 10));
    const picked = exchangesOf('number', 300).flatMap(({ request, answer }) => {
      const [low, high] = (request.match(/\d+/g) ?? []).map(Number);
      return low === undefined || high === undefined ? [] : [{ low, high, number: Number(answer.match(/\d+/)?.[0]) }];
    });
    expect(picked.length).toBeGreaterThan(150);
    expect(picked.filter(({ low, high, number }) => number < low || number > high)).toEqual([]);
  });
});
