import { capital, list, saidOf, withArticle } from '../english.ts';
import { allOf, isAnimate, oneOf, type Thing, theOne } from '../things.ts';
import { grammar, things, thingsOf, type World } from '../world.ts';
import type { Exchange, Task } from './task.ts';

export const countries = grammar.rows('country');
export const opposites = grammar.rows('opposite');
export const families = grammar.rows('rhyme').map(({ family = '' }) => family.split(' '));

function countryOf(world: World): { country: string; capital: string } & Record<string, string> {
  const row = world.random.pick(countries);
  return { ...row, country: row.country ?? '', capital: row.capital ?? '' };
}

function capitals(world: World): Exchange {
  const scope = countryOf(world);
  const kind = world.random.weighted({ capital: 6, of: 2, country: 3 });
  if (kind === 'country')
    return { request: world.text('request-country', scope), answer: world.text('answer-country', scope) };
  if (kind === 'of') {
    const request = world.text('request-capital-of', scope);
    const answer = world.random.pick([
      `${scope.capital} is the capital of ${scope.country}.`,
      `${scope.capital} is in ${scope.country}.`,
    ]);
    return { request, answer };
  }
  const word = scope.capital.includes(' ') ? {} : { word: scope.capital };
  return { request: world.text('request-capital', scope), answer: world.text('answer-capital', scope), ...word };
}

function opposite(world: World): Exchange {
  const row = world.random.pick(opposites);
  const [one = '', other = ''] =
    world.random.chance(0.5) && !ambiguous(row.other) ? [row.other, row.one] : [row.one, row.other];
  const scope = { one, other };
  return {
    request: world.text('request-opposite', scope),
    answer: world.text('answer-opposite', scope),
    word: capital(other),
  };
}

/** Whether a word is the opposite of several, so that the way back is not sure. */
const ambiguous = (word: string | undefined): boolean =>
  opposites.filter(({ one, other }) => one === word || other === word).length > 1;

function rhyme(world: World): Exchange {
  const { random } = world;
  const family = random.pick(families);
  const [word = '', ...others] = random.sample(family, family.length);
  if (random.chance(0.22)) {
    const wrong = random.pick(random.pick(families.filter((each) => each !== family)));
    const yes = random.chance(0.5);
    const two = yes ? (others[0] ?? word) : wrong;
    const request = world.text('request-rhyme-pair', { one: word, two });
    const answer = yes ? `Yes, ${word} rhymes with ${two}.` : `No, ${word} does not rhyme with ${two}.`;
    return { request, answer, word: yes ? 'Yes' : 'No' };
  }
  const many = Math.min(others.length, random.integer(1, 4));
  const count = many === 1 ? 'one' : (['two', 'three', 'four'][many - 2] ?? 'some');
  const request = world
    .text('request-rhymes', { word, count })
    .replace(/one words that rhyme/i, 'one word that rhymes');
  const single = /\ba (word|rhyme)\b|a rhyme/i.test(request);
  const say = (): string => {
    const found = random.sample(others, single ? 1 : many);
    return random.pick([
      `${capital(found.join(', '))}.`,
      capital(list(found)),
      `${capital(word)} rhymes with ${list(found)}.`,
    ]);
  };
  return { request, answer: say(), again: say, word: capital(others[0] ?? word) };
}

function yesNo(world: World): Exchange {
  const row = world.row('yesno');
  const yes = row.yes === 'yes';
  const say = (): string => {
    const head = yes
      ? world.random.pick(['Yes.', 'Yes.', 'Yes, it is true.', 'That is right.'])
      : world.random.pick(['No.', 'No.', 'No, not at all.']);
    return world.random.chance(0.75)
      ? `${head} ${row.why}.`
      : head.replace(/, .*/, '.').replace('That is right.', 'Yes.');
  };
  return { request: world.text('ask-plainly', row), answer: say(), word: yes ? 'Yes' : 'No' };
}

const classes = [
  'bird',
  'animal',
  'insect',
  'fish',
  'tree',
  'flower',
  'fruit',
  'vegetable',
  'instrument',
  'tool',
  'vehicle',
  'building',
  'toy',
];
const apart = ['animal', 'insect', 'fish', 'bird'];

function isIt(world: World): Exchange {
  const { random } = world;
  const thing = world.thing(classes);
  const isLiving = apart.includes(thing.kind);
  const others = classes.filter((kind) => kind !== thing.kind && !(isLiving && kind === 'animal'));
  const yes = random.chance(0.5);
  const kind = yes ? thing.kind : random.pick(others);
  const it = oneOf(thing);
  const scope = { it, they: allOf(thing), akind: withArticle(kind), kinds: kind === 'fish' ? 'fish' : `${kind}s` };
  const right = `${capital(it)} is ${withArticle(thing.kind)}`;
  const answer = yes
    ? random.pick([`Yes, ${it} is ${withArticle(kind)}.`, 'Yes.'])
    : random.pick([`No. ${right}.`, `No, ${it} is ${withArticle(thing.kind)}, not ${withArticle(kind)}.`]);
  return { request: world.text('request-is-it', scope), answer, word: yes ? 'Yes' : 'No' };
}

const walkers = ['ostrich', 'emu', 'kiwi', 'penguin'];
const humanDeeds = [
  'play the violin',
  'read a newspaper',
  'drive a car',
  'write letters',
  'count to a hundred',
  'bake bread',
  'repair a clock',
  'speak English',
];

/** What a creature can do: its own deed, flying and swimming, and what only people can. */
function can(world: World): Exchange {
  const { random } = world;
  const thing = world.thing(['bird', 'animal', 'insect', 'fish', 'sea creature']);
  const they = allOf(thing);
  const asked = (what: string) => world.text('request-can', { it: oneOf(thing), they, do: what });
  const kind = random.weighted({ own: 4, fly: 3, human: 3 });
  if (kind === 'human') {
    const deed = random.pick(humanDeeds);
    return {
      request: asked(deed),
      answer: random.pick([`No, ${they} cannot ${deed}.`, `No, only in stories.`, `No. Only people can ${deed}.`]),
      word: 'No',
    };
  }
  if (kind === 'own' || thing.kind === 'insect') {
    if (/^is |^has |cannot|never/.test(thing.does)) return can(world);
    const deed = saidOf('they', thing.does);
    const fit = /they|their/.test(deed) ? they : null;
    const request = world.text('request-can', { it: fit ?? oneOf(thing), they, do: deed });
    if (fit && request.startsWith('Does')) return can(world);
    return { request, answer: random.pick([`Yes, ${they} ${deed}.`, 'Yes.', `Yes, they do.`]), word: 'Yes' };
  }
  const flies = thing.name === 'bat' || (thing.kind === 'bird' && !walkers.includes(thing.name));
  const answer = flies
    ? random.pick([`Yes, ${they} can fly.`, 'Yes.'])
    : random.pick([`No, ${they} cannot fly.`, 'No.']);
  return { request: asked('fly'), answer, word: flies ? 'Yes' : 'No' };
}

function colour(world: World): Exchange {
  const thing = world.random.pick(
    things.filter(({ colours, kind }) => colours.length === 1 && kind !== 'person' && kind !== 'building'),
  );
  const [name = ''] = thing.colours;
  const ripe = /^(fruit|vegetable)$/.test(thing.kind) && !thing.mass && world.random.chance(0.4);
  const it = ripe
    ? withArticle(`${world.random.pick(['ripe', 'fresh', 'ripe', 'large'])} ${thing.name}`)
    : oneOf(thing);
  const request = world.text('request-colour', { it });
  if (request.startsWith('Is ')) {
    const asked = request.match(/(blue|red|green|brown)\?$/)?.[1] ?? '';
    return {
      request,
      answer: asked === name ? `Yes, ${it} is ${name}.` : `No, ${it} is usually ${name}.`,
      word: asked === name ? 'Yes' : 'No',
    };
  }
  const answers = [
    `${capital(it)} is ${name}.`,
    `${capital(it)} is usually ${name}.`,
    `${capital(name)}.`,
    `It is ${name}.`,
  ];
  return { request, answer: world.random.pick(answers), word: capital(name) };
}

const doers = things.filter(({ kind }) => kind !== 'planet of the sun');

function does(world: World): Exchange {
  const thing: Thing = world.random.pick(doers);
  const scope = { it: oneOf(thing), they: allOf(thing) };
  const who = world.random.pick([oneOf(thing), theOne(thing)]);
  return {
    request: world.text('request-does', scope),
    answer: `${capital(isAnimate(thing) ? oneOf(thing) : who)} ${thing.does}.`,
  };
}

/** What comes after "explain why": only where the words need no other order than those of the question. */
function reasonAsked(question: string): string | null {
  const [, be, who, how] = /^Why (is|are) ((?:the )?\w+) (\w+)\?$/.exec(question) ?? [];
  if (be !== undefined) return `${who} ${be} ${how}`;
  return /^Why do (.+)\?$/.exec(question)?.[1] ?? null;
}

function fact(world: World): Exchange {
  const row = world.row('fact');
  const why = reasonAsked(row.question ?? '');
  if (why !== null && world.random.chance(0.5))
    return { request: world.text('explain-why', { why }), answer: row.answer ?? '' };
  return { request: world.text('ask-plainly', row), answer: row.answer ?? '' };
}

const rivals = [
  ['drink', 0.4],
  ['food', 0.3],
  ['animal', 0.5],
  ['fruit', 0.5],
  ['season', 0],
  ['sport', 0.2],
  ['dish', 0.4],
  ['vehicle', 0.4],
  ['colour', 0],
  ['day', 0],
  ['place', 0.5],
] as const;
const words: Record<string, string[]> = {
  season: ['spring', 'summer', 'autumn', 'winter'],
  colour: 'red green blue yellow purple black white pink'.split(' '),
  day: ['Saturday', 'Sunday', 'today', 'tomorrow', 'morning', 'evening', 'early', 'late'],
};

function choose(world: World): Exchange {
  const { random } = world;
  const [kind, several] = random.pick(rivals);
  const named = words[kind] ?? thingsOf([kind]).map((thing) => (random.chance(several) ? allOf(thing) : oneOf(thing)));
  const [one = '', two = ''] = random.sample(named, 2);
  const request = world.text('request-choose', { one, two });
  const say = (): string => {
    const chosen = random.chance(0.58) ? two : one;
    return world.text('answer-choose', { chosen, reason: world.say('choose-reason') });
  };
  return { request, answer: say(), again: say };
}

export const facts: readonly Task[] = [
  { name: 'capital', weight: 5, make: capitals },
  { name: 'opposite', weight: 4, make: opposite },
  { name: 'rhyme', weight: 3, make: rhyme },
  { name: 'yes or no', weight: 1.5, make: yesNo },
  { name: 'is it', weight: 2, make: isIt },
  { name: 'can it', weight: 2.5, make: can },
  { name: 'colour', weight: 3, make: colour },
  { name: 'does', weight: 2, make: does },
  { name: 'fact', weight: 4, make: fact },
  { name: 'choose', weight: 3, make: choose },
];
