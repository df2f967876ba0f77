import { inWords, list, withArticle } from '../english.ts';
import { thingsOf, type World } from '../world.ts';
import type { Exchange, Task } from './task.ts';

const days = 'Monday Tuesday Wednesday Thursday Friday Saturday Sunday'.split(' ');
const months = 'January February March April May June July August September October November December'.split(' ');
const lengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

const at = <T>(items: readonly T[], index: number): T => {
  const item = items[((index % items.length) + items.length) % items.length];
  if (item === undefined) throw new Error('Nothing there.');
  return item;
};

const countable = ['fruit', 'toy', 'animal', 'bird', 'tool', 'flower'];

function sum(world: World, sign: 'times' | 'plus' | 'minus' | 'divide'): Exchange {
  const { random } = world;
  const [a, b] = operands(world, sign);
  const results = { times: a * b, plus: a + b, minus: a - b, divide: a / b };
  const written = random.chance(0.12) && a < 100 && b < 100 ? [inWords(a), inWords(b)] : [`${a}`, `${b}`];
  const scope = { one: written[0] ?? '', two: written[1] ?? '', sum: `${results[sign]}` };
  const things = { things: random.pick(thingsOf(countable)).plural };
  return {
    request: world.text(`request-${sign}`, { ...scope, ...things }),
    answer: world.text(`answer-${sign}`, scope),
    word: scope.sum,
  };
}

function operands({ random }: World, sign: 'times' | 'plus' | 'minus' | 'divide'): [number, number] {
  const [a, b] = [random.integer(0, 12), random.integer(1, 12)];
  if (sign === 'times') return random.chance(0.08) ? [random.integer(2, 12) * 10, b] : [a, b];
  if (sign === 'divide') return [a * Math.max(b, 2), Math.max(b, 2)];
  const most = random.chance(0.2) ? 200 : 100;
  const large = random.integer(1, most);
  const small = random.integer(0, random.chance(0.3) ? 12 : large);
  if (sign === 'minus') return random.chance(0.15) ? [most, small] : [large, Math.min(small, large)];
  const other = random.integer(0, Math.min(random.chance(0.3) ? 20 : 100, 200 - small));
  return random.chance(0.5) ? [small, other] : [other, small];
}

const signs = { times: '×', plus: '+', minus: '-' };

/** Several sums at once, each on its line; or a row of a table, as it is learned at school. */
function sums(world: World): Exchange {
  const { random } = world;
  if (random.chance(0.3)) {
    const b = random.integer(1, 12);
    const rows = Array.from({ length: random.pick([10, 12]) }, (_, at) => `${at + 1} times ${b} is ${(at + 1) * b}.`);
    return { request: world.text('request-table', { number: `${b}` }), answer: rows.join('\n') };
  }
  const results = {
    times: (a: number, b: number) => a * b,
    plus: (a: number, b: number) => a + b,
    minus: (a: number, b: number) => a - b,
  };
  const asked = Array.from({ length: random.integer(3, 5) }, () => {
    const sign = random.weighted({ times: 2, plus: 3, minus: 3 });
    const [a, b] = operands(world, sign);
    return { sum: `${a} ${signs[sign]} ${b}`, is: results[sign](a, b) };
  });
  const request = world.text('request-sums', { sums: asked.map(({ sum }) => sum).join(', ') });
  return { request, answer: asked.map(({ sum, is }) => `${sum} = ${is}`).join('\n') };
}

function count(world: World): Exchange {
  const { random } = world;
  const low = random.integer(0, 60);
  const high = low + random.integer(3, 12);
  const numbers = Array.from({ length: high - low + 1 }, (_, index) => low + index);
  const scope = { one: `${low}`, two: `${high}` };
  const kind = random.weighted({ up: 6, down: 3, step: 2 });
  if (kind === 'down')
    return { request: world.text('request-count-back', scope), answer: `${numbers.reverse().join(', ')}.` };
  if (kind === 'up') {
    const words = random.chance(0.1);
    const said = numbers.map((number) => (words ? inWords(number) : `${number}`));
    return { request: world.text('request-count', scope), answer: `${said.join(', ')}.` };
  }
  const step = random.pick([2, 3, 5, 10]);
  const from = random.pick([0, step, step * 2]);
  const steps = Array.from({ length: random.integer(4, 10) }, (_, index) => from + index * step);
  const ends = { one: `${steps[0]}`, two: `${steps.at(-1)}`, step: `${step}` };
  return { request: world.text('request-count-step', ends), answer: `${steps.join(', ')}.` };
}

function compare(world: World): Exchange {
  const { random } = world;
  const [one, two] = [random.integer(0, 100), random.integer(0, 100)];
  if (one === two || random.chance(0.35)) {
    const half = random.integer(1, 50);
    const request = world.text('request-double', { one: `${half}`, two: `${half * 2}` });
    const halved = /half|halve/i.test(request);
    if (request.startsWith('Is')) return { request, answer: `Yes, ${half * 2} is twice ${half}.`, word: 'Yes' };
    const [from, to] = halved ? [half * 2, half] : [half, half * 2];
    return {
      request,
      answer: random.pick([`${to}.`, `${halved ? 'Half of' : 'Twice'} ${from} is ${to}.`]),
      word: `${to}`,
    };
  }
  const request = world.text('request-compare', { one: `${one}`, two: `${two}` });
  const larger = Math.max(one, two);
  const smaller = Math.min(one, two);
  const less = / less than /.test(request);
  if (!request.startsWith('Is '))
    return { request, answer: `${larger} is ${random.pick(['larger', 'more'])} than ${smaller}.`, word: `${larger}` };
  const yes = less ? one < two : one > two;
  return {
    request,
    answer: `${yes ? 'Yes' : 'No'}, ${one} is ${one < two ? 'less' : 'more'} than ${two}.`,
    word: yes ? 'Yes' : 'No',
  };
}

function calendar(world: World): Exchange {
  const { random } = world;
  const index = random.integer(0, 11);
  const [day, month] = [at(days, index), at(months, index)];
  const asked = (symbol: string) => world.text(`request-${symbol}`, { day, month });
  const answered = (name: string, sentence: string): string => random.pick([`${name}.`, sentence, sentence]);
  const [next, before] = [at(days, index + 1), at(days, index - 1)];
  const [nextMonth, lastMonth] = [at(months, index + 1), at(months, index - 1)];
  const leap = month === 'February' ? ', and 29 in a leap year' : '';
  const length = `${month} has ${lengths[index]} days${leap}.`;
  const all = { days: list(days), months: list(months) };
  const makers: Record<string, () => Exchange> = {
    'after-day': () => ({
      request: asked('after-day'),
      answer: answered(next, `${next} comes after ${day}.`),
      word: next,
    }),
    'before-day': () => ({
      request: asked('before-day'),
      answer: answered(before, `${before} comes before ${day}.`),
      word: before,
    }),
    'after-month': () => ({
      request: asked('after-month'),
      answer: answered(nextMonth, `${nextMonth} comes after ${month}.`),
      word: nextMonth,
    }),
    'before-month': () => ({
      request: asked('before-month'),
      answer: answered(lastMonth, `${lastMonth} comes before ${month}.`),
      word: lastMonth,
    }),
    'days-in': () => ({
      request: asked('days-in').replace(/^Has (\w+) 31 days\?/, 'How long is $1?'),
      answer: length,
      word: `${lengths[index]}`,
    }),
    'days-all': () => ({ request: asked('days-all'), answer: `${all.days}.` }),
    'months-all': () => ({ request: asked('months-all'), answer: `${all.months}.` }),
  };
  const weights = {
    'after-day': 4,
    'before-day': 3,
    'after-month': 4,
    'before-month': 3,
    'days-in': 3,
    'days-all': 1,
    'months-all': 1,
  };
  return at([makers[random.weighted(weights)]], 0)?.() ?? count(world);
}

/** As people pick: sevens and threes often, round numbers and the ends seldom. */
export function favoured(number: number, low: number, high: number): number {
  if (number === 42 || number === 37 || number === 73) return 6;
  const ends = number === low || number === high;
  if (ends || (number % 10 === 0 && high > 10)) return 0.3;
  if (number % 10 === 7) return 5;
  if (number % 10 === 3) return 2.5;
  return number % 2 === 1 ? 1.2 : 0.8;
}

function pickNumber(world: World): Exchange {
  const { random } = world;
  const pairs = [
    [1, 10],
    [1, 10],
    [1, 100],
    [1, 100],
    [1, 6],
    [0, 9],
    [1, 5],
    [1, 20],
    [1, 50],
    [10, 20],
  ];
  const own = random.integer(0, 90);
  const [low = 1, high = 10] = random.chance(0.6) ? random.pick(pairs) : [own, own + random.integer(3, 60)];
  const weights = Object.fromEntries(
    Array.from({ length: high - low + 1 }, (_, index) => [`${low + index}`, favoured(low + index, low, high)]),
  );
  const open = random.chance(0.12) && low === 1;
  const request = world.text(open ? 'request-any-number' : 'request-number', { one: `${low}`, two: `${high}` });
  const say = (): string => {
    const number = random.weighted(weights);
    return random.pick([
      number,
      number,
      `${number}.`,
      `${number}.`,
      `I pick ${number}.`,
      `How about ${number}?`,
      `Let me say ${number}.`,
    ]);
  };
  const answer = say();
  return { request, answer, again: say, word: answer.match(/\d+/)?.[0] ?? answer };
}

function coin(world: World): Exchange {
  const { random } = world;
  const side = (): string => random.pick(['Heads', 'Tails']);
  if (random.chance(0.2)) {
    const count = random.integer(2, 5);
    const sides = Array.from({ length: count }, side);
    const request = world.text('request-coins', { count: random.pick([`${count}`, inWords(count)]) });
    return { request, answer: `${sides.map((each, index) => (index === 0 ? each : each.toLowerCase())).join(', ')}.` };
  }
  const say = (): string => world.text('answer-coin', { side: side() });
  const answer = say();
  return { request: world.text('request-coin'), answer, again: say, word: /heads/i.test(answer) ? 'Heads' : 'Tails' };
}

function die(world: World): Exchange {
  const { random } = world;
  if (random.chance(0.2)) {
    const [one, two] = [random.integer(1, 6), random.integer(1, 6)];
    return {
      request: world.text('request-dice'),
      answer: `${one} and ${two}, which makes ${one + two}.`,
      word: `${one + two}`,
    };
  }
  const say = (): string => {
    const number = `${random.integer(1, 6)}`;
    return world.text('answer-die', { number, a: 'a' });
  };
  const answer = say();
  return { request: world.text('request-die'), answer, again: say, word: answer.match(/\d/)?.[0] ?? answer };
}

function spelled(world: World): Exchange {
  const { random } = world;
  const word = random.pick(thingsOf(['animal', 'fruit', 'bird', 'tool', 'flower', 'vegetable', 'toy'])).name;
  if (/[^a-z]/.test(word)) return spelled(world);
  if (random.chance(0.5)) return { request: world.text('request-spell', { word }), answer: `${[...word].join('-')}.` };
  const request = world.text('request-letters', { word });
  const letters = `${word.length} letters`;
  if (/first|begin/i.test(request)) return { request, answer: `${word[0]}.`, word: `${word[0]}` };
  if (/last|end/i.test(request)) return { request, answer: `${word.at(-1)}.`, word: `${word.at(-1)}` };
  return {
    request,
    answer: random.pick([
      `The word ${word} has ${letters}.`,
      `${letters}.`,
      withArticle(letters).replace(/^an? /, '').concat('.'),
    ]),
    word: `${word.length}`,
  };
}

export const numbers: readonly Task[] = [
  { name: 'times', weight: 5, make: (world) => sum(world, 'times') },
  { name: 'plus', weight: 6, make: (world) => sum(world, 'plus') },
  { name: 'minus', weight: 5, make: (world) => sum(world, 'minus') },
  { name: 'sums', weight: 2, make: sums },
  { name: 'divide', weight: 1, make: (world) => sum(world, 'divide') },
  { name: 'count', weight: 2, make: count },
  { name: 'compare', weight: 1.5, make: compare },
  { name: 'calendar', weight: 2, make: calendar },
  { name: 'number', weight: 3, make: pickNumber },
  { name: 'coin', weight: 1.5, make: coin },
  { name: 'die', weight: 1.5, make: die },
  { name: 'letters', weight: 1.5, make: spelled },
];
