import { capital, saidOf, small } from '../english.ts';
import type { Scope } from '../grammar.ts';
import type { Random } from '../random.ts';
import { allOf, oneOf, type Thing } from '../things.ts';
import { grammar, passages, type World } from '../world.ts';
import { storyText } from './stories.ts';
import type { Exchange, Task } from './task.ts';

const vegetables = 'tomato carrot onion pepper leek potato pumpkin bean mushroom cucumber turnip cabbage'.split(' ');
const fruits = 'apple pear plum cherry peach apricot banana strawberry raspberry blueberry blackberry orange'.split(
  ' ',
);

/** Steps as a numbered list, or one after another in a paragraph. */
function steps(world: World, lines: readonly string[], numbered: boolean): string {
  const said = lines.map((line) => capital(world.reworded(line)));
  return numbered
    ? said.map((line, at) => `${at + 1}. ${line}`).join('\n')
    : said.map((line, at) => linked(world, line, at)).join(' ');
}

/** A step in a paragraph may say when it comes. */
function linked(world: World, line: string, at: number): string {
  if (!world.random.chance(0.4)) return line;
  return `${world.say(at === 0 ? 'step-first' : 'step-next')} ${small(line)}`;
}

const ownFruit = (random: Random, dish: string): Scope => ({
  // Held-out: the soup that everybody asks for.
  veg: random.pick(dish.includes('soup') ? vegetables.slice(1) : vegetables),
  fruit: random.pick(fruits),
});

function recipe(world: World): Exchange {
  const { random } = world;
  const found = random.pick(grammar.rows('recipe'));
  const scope = ownFruit(random, found.dish ?? '');
  const numbered = random.chance(0.5);
  const filled = (cell: string | undefined): string => world.fill(cell ?? '', scope);
  const dish = filled(found.dish);
  const say = (): string => {
    const lines = [...filled(found.steps).split('; '), filled(found.serve)];
    const intro = world.prose('recipe-intro', { dish, items: filled(found.items) });
    return `${intro}${numbered ? '\n' : ' '}${steps(world, lines, numbered)}`;
  };
  return { request: world.text('request-recipe', { dish }), answer: say(), again: say };
}

function howTo(world: World): Exchange {
  const { random } = world;
  const thing = world.thing(
    ['toy', 'piece of furniture', 'instrument', 'tool'],
    ({ name }) => !/^(pair|piece)/.test(name),
  );
  const scope = {
    ...{
      tree: world.thing(['tree'], ({ name }) => name.includes('tree') || /oak|birch|maple|willow/.test(name)).name,
      thing: thing.name,
    },
    ...{
      flower: world.thing(['flower'], ({ name }) => !/plant|cactus|lily|heather|iris/.test(name)).name,
      animal: world.thing(['animal', 'bird']).name,
    },
    ...{
      pet: random.pick(['cat', 'dog', 'hamster', 'rabbit', 'pony', 'guinea pig', 'parrot', 'donkey']),
      instrument: world.thing(['instrument']).name,
      veg: random.pick(vegetables),
    },
  };
  const found = random.pick(grammar.rows('howto'));
  const what = world.fill(found.what ?? '', scope);
  const numbered = random.chance(0.85);
  const gap = numbered ? '\n' : ' ';
  const say = (): string => {
    const lines = world.fill(found.steps ?? '', scope).split('; ');
    const intro = random.chance(0.35) ? world.text('howto-intro', { what }) + gap : '';
    const tip = random.chance(0.6) ? gap + capital(world.reworded(found.tip ?? '', scope)) : '';
    return intro + steps(world, lines, numbered) + tip;
  };
  return { request: world.text('request-howto', { what }), answer: say(), again: say };
}

const funny = ['animal', 'bird', 'insect', 'person', 'magical being', 'sea creature'];

function joke(world: World): Exchange {
  const { random } = world;
  if (random.chance(0.3)) {
    const say = (): string => world.row('joke').joke ?? '';
    return { request: world.text('request-any-joke'), answer: say(), again: say };
  }
  const subject = world.thing(funny, ({ name }) => !/[ ]/.test(name) && !/twin|baby/.test(name));
  const name = random.chance(0.1) ? world.invented() : subject.name;
  const many = name === subject.name ? subject.plural : `${name}s`;
  const partner = world.thing(
    ['animal', 'bird', 'vehicle', 'toy'],
    (thing) => thing.name !== name && !/^(pair|piece)/.test(thing.name),
  );
  const person = subject.kind === 'person' && name === subject.name;
  const scope = { a: 'a', subject: name, subjects: many, partner: partner.name };
  const say = (): string => {
    const text = world.text('joke-about', { ...scope, keeper: world.say('keeper') });
    return person
      ? text
          .replace(/(?<!in )\bit\b/g, 'he')
          .replace(/\bIt\b/g, 'He')
          .replace(/\bits\b/g, 'his')
          .replace(/\bitself\b/g, 'himself')
      : text;
  };
  return {
    request: world.text('request-joke', scope),
    answer: say().replace(/ he is (a .*?) day/g, ' it is $1 day'),
    again: say,
  };
}

const speakers = [
  'animal',
  'bird',
  'person',
  'magical being',
  'insect',
  'toy',
  'thing in the kitchen',
  'vehicle',
  'thing in nature',
];

/** What may be said, each with an answer that fits it. */
const talkOf = ({ random }: World): Scope =>
  Object.assign({}, ...['opening-words', 'exchange', 'favour', 'dispute'].map((table) => grammar.row(table, random)));

function dialogue(world: World): Exchange {
  const { random } = world;
  const free = (name: string) => !/^(pair|piece)|'/.test(name) && name.length < 14;
  const speaker = (): Thing => {
    const found = world.thing(speakers, ({ name }) => free(name));
    if (!random.chance(0.08)) return found;
    const name = world.invented();
    return { ...found, name, plural: `${name}s` };
  };
  const [one, two] = [speaker(), speaker()];
  if (one.name === two.name) return dialogue(world);
  const scope = {
    ...{ aone: oneOf(one), atwo: oneOf(two), One: capital(one.name), Two: capital(two.name), a: 'a' },
    ...{ ones: allOf(one), twos: allOf(two), onedo: saidOf('they', one.does) },
    ...{ twodo: saidOf('they', two.does), twobare: saidOf('I', two.does), onebare: saidOf('I', one.does) },
    ...{
      twoplace: random.pick(two.places),
      twoadj: random.pick(two.traits.length > 0 ? two.traits : ['patient']),
      object: world.thing(['toy', 'piece of clothing'], ({ name }) => free(name)).name,
    },
    ...{ twowhy: random.pick(['every day', 'whenever I can', 'but only when nobody looks', 'it is my nature']) },
  };
  const say = (): string => world.prose('dialogue', { ...scope, ...talkOf(world) });
  return { request: world.text('request-dialogue', scope), answer: say(), again: say };
}

function letter(world: World): Exchange {
  const to = world.say('to');
  const subjects = allOf(world.thing(['bird', 'animal', 'flower', 'planet of the sun', 'insect']));
  const thing = world.thing(
    ['toy', 'piece of clothing', 'piece of furniture'],
    ({ name }) => !/^(pair|piece)/.test(name),
  ).name;
  const scope: Scope = {
    ...{ to, thing, subjects, asubject: oneOf(world.thing(['animal', 'bird'])), weekday: world.say('weekday') },
    ...{ instrument: world.thing(['instrument']).name, gift: world.say('gift', { thing }) },
  };
  const row = world.random.pick(grammar.rows('letter'));
  // Held-out.
  if (to.endsWith('teacher') && /^to say thank you/.test(row.for ?? '')) return letter(world);
  const greeted = to.replace(/^(my|our|an?|the) /, '').replace(/ in another country$/, '');
  const family = /grand|aunt|uncle|mother|father/.test(greeted);
  const say = (): string => {
    const text = world.reworded(row.body ?? '', scope);
    const close = world.text(/boss|landlord|mayor|headmaster/.test(to) ? 'formal-close' : 'close');
    return `Dear ${family ? capital(greeted) : greeted},\n${text}\n${close}\n${world.name()}`;
  };
  return {
    request: world.text('request-letter', { ...scope, for: world.fill(row.for ?? '', scope) }),
    answer: say(),
    again: say,
  };
}

function news(world: World): Exchange {
  const { random } = world;
  const place =
    capital(world.invented()).replace(/(le|elle|ard|[aeiouy])$/, '') +
    random.pick(['ton', 'field', 'ham', 'bridge', 'mouth', 'stead', 'dale', 'wick']);
  const named = `${world.name()} ${world.say('surname')}`;
  const thing = world.thing(
    ['toy', 'tool', 'piece of clothing', 'instrument', 'thing in the kitchen'],
    ({ name }) => !/^(pair|piece|umbrella)/.test(name),
  );
  const animal = world.thing(['animal', 'bird']);
  const person = world.thing(
    ['person'],
    ({ name }) => !/king|queen|prince|pirate|wizard|witch|baby|twin|mother|father/.test(name),
  );
  const scope: Scope = {
    ...{
      town: place,
      name: named,
      thing: thing.name,
      adj: random.pick(thing.traits.length > 0 ? thing.traits : ['small']),
      animal: animal.name,
    },
    ...{
      adj2: random.pick([...animal.traits, 'hungry']),
      person: person.name,
      aperson: oneOf(person),
      a: 'a',
      place1: random.pick(thing.places),
    },
    ...{
      building: world.thing(['building'], ({ name }) =>
        /school|library|museum|theatre|cinema|hospital|shop|bakery|café|restaurant|hotel|station|church|office/.test(
          name,
        ),
      ).name,
    },
    ...{
      weekday: world.say('weekday'),
      hours: random.pick(['two', 'three', 'five']),
      goals: random.pick(['three', 'four', 'five']),
      less: random.pick(['nil', 'one', 'two']),
    },
    ...{
      count: random.pick(['forty', 'ninety', 'two hundred']),
      things2: random.pick(['pancakes', 'paper planes', 'knots', 'push-ups']),
      fruit: random.pick(['pumpkin', 'melon', 'apple']),
    },
  };
  const row = world.random.pick(grammar.rows('news'));
  const say = (): string => `${world.tidied(row.head ?? '', scope)}\n${world.reworded(row.event ?? '', scope)}`;
  return {
    request: world.text('request-news', { ...scope, about: world.fill(row.about ?? '', scope) }),
    answer: say(),
    again: say,
  };
}

const fillers =
  /^(default|write|tell|what|how|why|explain|about|short|give|the|names?|ideas|guide|steps|favou?rite|pick|colou?r)$/;
const forms: Record<string, string> = {
  explanation: 'explanation',
  haiku: 'haiku',
  poem: 'poem',
  story: 'story',
  fable: 'fable',
  joke: 'joke',
  letter: 'letter',
  dialogue: 'dialogue',
  news: 'news report',
  recipe: 'recipe',
  list: 'list',
  'product blurb': 'product description',
};

/** A text of Seedling's own corpus, asked for by one of its keywords. */
function passage(world: World): Exchange {
  const { random } = world;
  const found = random.pick(passages);
  const keywords = found.keywords.filter((word) => !fillers.test(word) && !found.form.includes(word));
  const form = forms[found.form];
  if (form === undefined || keywords.length === 0) return passage(world);
  const about = random.sample(keywords, random.chance(0.3) ? 2 : 1).join(' and ');
  return { request: world.text('request-passage', { form, about, a: 'a' }), answer: found.text };
}

export const writing: readonly Task[] = [
  { name: 'recipe', weight: 3.5, make: recipe },
  { name: 'how to', weight: 4, make: howTo },
  { name: 'joke', weight: 4, make: joke },
  { name: 'dialogue', weight: 4, make: dialogue },
  { name: 'letter', weight: 4, make: letter },
  { name: 'news', weight: 4, make: news },
  { name: 'passage', weight: 3, make: passage },
];

/** A text that nobody asked for: a story, or a passage of Seedling's corpus. */
export const plainText = (world: World): string =>
  world.random.chance(0.6) ? storyText(world) : world.random.pick(passages).text;
