import { capital, inWords, list, plural, withArticle } from '../english.ts';
import type { Scope } from '../grammar.ts';
import { allOf, oneOf, type Thing } from '../things.ts';
import { things, thingsOf, type World } from '../world.ts';
import { countries } from './facts.ts';
import type { Exchange, Task } from './task.ts';

/** What people ask for by name. What comes to mind first is said most often, as in people. */
const nameable: Record<string, readonly string[]> = {
  ...Object.fromEntries(
    [
      'bird',
      'animal',
      'fruit',
      'vegetable',
      'flower',
      'tree',
      'instrument',
      'tool',
      'vehicle',
      'insect',
      'sport',
      'toy',
    ].map(named),
  ),
  ...Object.fromEntries(
    ['dessert', 'drink', 'spice', 'metal', 'gem', 'shape', 'dance', 'game', 'school subject'].map(named),
  ),
  ...Object.fromEntries(
    ['piece of furniture', 'piece of clothing', 'building', 'holiday', 'feeling', 'fish'].map(named),
  ),
  ...{
    job: thingsOf(['person'])
      .slice(0, 60)
      .map(({ name }) => name),
    planet: thingsOf(['planet of the sun']).map(({ name }) => name),
  },
  ...{ country: countries.map(({ country = '' }) => country), city: countries.map((row) => row.capital ?? '') },
  ...{ colour: 'blue red green yellow purple orange white black pink brown grey gold violet turquoise'.split(' ') },
  ...{
    season: ['spring', 'summer', 'autumn', 'winter'],
    word: 'moon river apple window yes tea lantern tomorrow kettle silence'.split(' '),
  },
  ...{
    month: 'June May December April July October March August'.split(' '),
    day: 'Sunday Friday Saturday Monday'.split(' '),
  },
};

function named(kind: string): [string, readonly string[]] {
  return [kind, thingsOf([kind]).map(({ name }) => name)];
}

const kindsOf = (kind: string): string =>
  kind === 'fish' ? 'fish' : plural(kind).replace(/^(piece) of (.*)s$/, 'pieces of $2');

/** The earlier in the list, the likelier. */
function favourites(world: World, from: readonly string[], count: number): string[] {
  const left = Object.fromEntries(from.map((name, at) => [name, 1 / (at + 4)]));
  return Array.from({ length: Math.min(count, from.length) }, () => {
    const name = world.random.weighted(left);
    delete left[name];
    return name;
  });
}

const counted = (world: World, count: number): string =>
  world.random.pick([inWords(count), inWords(count), `${count}`]);

/** A list as people write it: in a sentence, in lines, numbered. */
function listed(world: World, items: readonly string[]): string {
  const form = world.random.weighted({ sentence: 5, numbered: 3, dashes: 2 });
  if (form === 'sentence') return `${capital(list(items))}.`;
  const mark = (at: number): string => (form === 'numbered' ? `${at + 1}.` : '-');
  return items.map((item, at) => `${mark(at)} ${form === 'numbered' ? capital(item) : item}`).join('\n');
}

function nameOne(world: World): Exchange {
  const kind = world.random.pick(Object.keys(nameable));
  const from = nameable[kind] ?? [];
  const say = (): string => {
    const [name = ''] = favourites(world, from, 1);
    return world.random.pick([
      `${capital(name)}.`,
      `${capital(name)}.`,
      capital(name),
      `${capital(withArticle(name))}.`,
      `I say ${name}.`,
    ]);
  };
  const common =
    /^(country|city|colour|season|month|day|word|sport|metal|spice|drink|game|holiday|feeling|planet|school subject)$/.test(
      kind,
    );
  const answer = common ? `${capital(favourites(world, from, 1)[0] ?? '')}.` : say();
  return {
    request: world.text('request-name', { kind, a: 'a' }),
    answer,
    again: common ? () => `${capital(favourites(world, from, 1)[0] ?? '')}.` : say,
    word: answer.replace(/^(An?|I say) /, '').replace('.', ''),
  };
}

function nameSeveral(world: World): Exchange {
  const kind = world.random.pick(Object.keys(nameable).filter((each) => (nameable[each] ?? []).length > 8));
  const count = world.random.integer(2, 8);
  const say = (): string => listed(world, favourites(world, nameable[kind] ?? [], count));
  const scope = { count: counted(world, count), kinds: kindsOf(kind) };
  const request = world.text('request-name-several', scope);
  return { request, answer: say(), again: say };
}

const placed = new Map<string, Thing[]>();
for (const thing of things) for (const at of thing.places) placed.set(at, [...(placed.get(at) ?? []), thing]);
const rich = [...placed].filter(
  ([at, found]) => found.length >= 9 && !/world|tale|mind|body|paper|calendar|heart|ground|air/.test(at),
);

function inPlace(world: World): Exchange {
  const { random } = world;
  const [at, found] = random.pick(rich);
  const count = random.integer(2, 7);
  const say = (): string => listed(world, random.sample(found, count).map(oneOf));
  return { request: world.text('request-where', { at, count: counted(world, count) }), answer: say(), again: say };
}

const colourKinds = [
  'fruit',
  'vegetable',
  'flower',
  'bird',
  'animal',
  'piece of clothing',
  'food',
  'thing in the kitchen',
  'toy',
  'vehicle',
];

function inColour(world: World): Exchange {
  const { random } = world;
  const kind = random.pick(colourKinds);
  const name = random.pick(['red', 'green', 'yellow', 'white', 'brown', 'black', 'blue', 'orange']);
  const isColoured = (each: Thing): boolean => each.colours.includes(name);
  const found = thingsOf([kind]).filter(isColoured);
  if (found.length < 3) return inColour(world);
  const count = random.integer(2, Math.min(6, found.length));
  const kinds = kind === 'thing in the kitchen' ? 'things in the kitchen' : kindsOf(kind);
  const request = world.text('request-coloured', { colour: name, count: counted(world, count), kinds });
  const single = /something/.test(request);
  const any = !request.includes(kinds);
  const pool = any
    ? things.filter(
        (thing) =>
          isColoured(thing) &&
          /^(fruit|vegetable|flower|bird|animal|piece|food|thing|toy|vehicle|dish|insect|gem)/.test(thing.kind),
      )
    : found;
  const say = (): string =>
    single ? `${capital(oneOf(random.pick(pool)))}.` : listed(world, random.sample(pool, count).map(oneOf));
  return { request, answer: say(), again: say };
}

function ideas(world: World): Exchange {
  const { random } = world;
  const count = random.integer(2, 5);
  const say = (): string => {
    const found = new Map<string, string>();
    while (found.size < count) {
      const scope = { animal: world.thing(['animal', 'bird']).name, thing: world.thing(['toy', 'tool']).name };
      const idea = world.prose('idea', scope);
      found.set(idea.slice(0, 7), idea);
    }
    return [...found.values()].map((idea, at) => `${at + 1}. ${idea}`).join('\n');
  };
  return {
    request: world.text('ideas-request', { for: world.say('ideas-for'), count: counted(world, count) }),
    answer: say(),
    again: say,
  };
}

const pets =
  'cat dog fish hamster parrot pony rabbit robot boat teddy bear turtle snail donkey puppy kitten ship snowman budgie'.split(
    ' ',
  );

function nameFor(world: World): Exchange {
  const kind = world.random.chance(0.15)
    ? world.invented()
    : world.random.pick([...pets, 'guinea pig', 'teddy bear']).replace(/^(bear)$/, 'bear');
  const request = world.text('request-name-for', { kind, a: 'a', count: 'three' });
  const many = / three /.test(request);
  const one = (): string =>
    world.random.pick([world.say('pet-name'), world.say('pet-name'), world.name(), world.inventedName()]);
  const say = (): string => {
    if (many) return `${list([...new Set([one(), one(), one(), one()])].slice(0, 3))}.`;
    const name = one();
    return world.random.pick([
      `${name}.`,
      `${name}.`,
      `How about ${name}?`,
      `${name} would be a nice name.`,
      `I would call it ${name}.`,
    ]);
  };
  return { request, answer: say(), again: say };
}

function describe(world: World): Exchange {
  const { random } = world;
  const thing = random.pick(things.filter(({ kind }) => !/^(part|planet|holiday|weather event|sound)/.test(kind)));
  const looks = random.sample([...thing.traits, ...thing.colours], 2);
  const scope = {
    ...{
      it: oneOf(thing),
      they: allOf(thing),
      they1: thing.name,
      kind: thing.kind,
      akind: withArticle(thing.kind),
      a: 'a',
      that: 'it',
    },
    ...{ adj: list(looks), has: thing.has, does: thing.does, at: random.pick(thing.places) },
  };
  const whole = thing.mass ? 'describe-mass' : 'describe';
  const own = thing.kind === 'person' ? 'describe-person' : whole;
  const say = (): string => world.prose(own, scope);
  return { request: world.text('request-describe', scope), answer: say(), again: say };
}

/** What a scene inside a house has instead. */
const within = {
  'scene-child': '{scene-child-inside}',
  'scene-sense': '{scene-sense-inside}',
  'scene-end': '{scene-end-inside}',
  'scene-people2': '{scene-sense-inside}',
  'scene-first': '{scene-first-inside}',
  'scene-waits': '{scene-waits-inside}',
};

/** What a scene has whose place is full, or empty. */
const moody = {
  'scene-sense': '{scene-sense-mood}',
  'scene-end': '{scene-end-mood}',
  'scene-people2': '{scene-things}',
};
const moods: Record<string, Scope> = {
  busy: { ...moody, 'scene-first': '{scene-busy}', 'scene-people': '{scene-people-busy}' },
  quiet: { ...moody, 'scene-first': '{scene-quiet}', 'scene-people': '{scene-things}' },
};

function scene(world: World): Exchange {
  const animal = world.thing(['animal', 'bird'], ({ places }) =>
    places.some((at) => /garden|roof|square|yard|sofa|farm|park/.test(at)),
  );
  const person = world.thing(
    ['person'],
    ({ name }) => !/king|queen|prince|knight|pirate|wizard|witch|twin|baby|astronaut|diver/.test(name),
  );
  const inside = world.random.chance(0.45);
  const mood = world.random.chance(0.35) ? world.say('mood') : null;
  const plain = world.say(inside ? 'place-inside' : 'place-scene');
  const place = mood === null ? plain : withArticle(`${mood} ${world.say('place-any')}`);
  const full = /busy|crowded|noisy|lively/.test(place) ? 'busy' : 'quiet';
  const when = world.say('when-scene');
  const scope = {
    ...{
      place: world.random.chance(0.3) ? place.replace(/^an? /, 'the ') : place,
      when,
      Aperson: capital(oneOf(person)),
    },
    ...{ phas: person.has, ananimal: oneOf(animal), adoes: animal.does },
  };
  const say = (): string =>
    world.prose('scene', {
      ...scope,
      ...(inside ? within : {}),
      ...(mood === null ? {} : moods[full]),
      place: place.replace(/^an? /, 'the '),
    });
  const request = world.text('request-scene', scope);
  return { request, answer: say(), again: say };
}

export const lists: readonly Task[] = [
  { name: 'name one', weight: 4, make: nameOne },
  { name: 'name several', weight: 4, make: nameSeveral },
  { name: 'in a place', weight: 2, make: inPlace },
  { name: 'in a colour', weight: 2, make: inColour },
  { name: 'ideas', weight: 2, make: ideas },
  { name: 'name for', weight: 2, make: nameFor },
  { name: 'describe', weight: 4, make: describe },
  { name: 'scene', weight: 3, make: scene },
];
