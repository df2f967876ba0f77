import { inWords, withArticle } from '../english.ts';
import type { Scope } from '../grammar.ts';
import { oneOf, type Thing, theOne } from '../things.ts';
import { thingsOf, type World } from '../world.ts';
import type { Exchange, Task } from './task.ts';

const pronouns = {
  he: { he: 'he', him: 'him', his: 'his', himself: 'himself' },
  she: { he: 'she', him: 'her', his: 'her', himself: 'herself' },
  it: { he: 'it', him: 'it', his: 'its', himself: 'itself' },
};
type Gender = keyof typeof pronouns;

const women = 'queen princess witch grandmother mother aunt girl lioness mermaid fairy nurse hen cow'.split(' ');
const men =
  'king prince wizard knight grandfather father uncle boy fisherman postman policeman ferryman monk hermit rooster bull snowman genie squire waiter'.split(
    ' ',
  );

const animals = ['bird', 'animal', 'insect', 'sea creature'];
const heroKinds = ['animal', 'person', 'bird', 'magical being'];
const friendKinds = ['animal', 'bird', 'person'];
const ownedKinds = ['toy', 'piece of clothing', 'thing for school', 'thing in the kitchen', 'tool'];
const tooLarge =
  /^(pair|piece of|blackboard|television|oven|stove|fridge|swing|slide|seesaw|desk|barrel|screen|printer|cable|anvil|pump|rocking horse|building block|zip|pocket|banknote|paper clip|lever|pulley|plane|scale|nail|screw)/;
const topicKinds = ['piece of furniture', 'instrument', 'toy', 'thing in the kitchen', 'vehicle', 'tool'];

/** Somebody in a story: the noun, a name or none, and the pronouns that stay with them to the end. */
type Somebody = { noun: string; name: string | null; gender: Gender; trait: string };

function genderOf(noun: string, world: World): Gender {
  if (women.includes(noun)) return 'she';
  if (men.includes(noun)) return 'he';
  return world.random.pick(['he', 'she']);
}

const nameOf = (world: World, gender: 'he' | 'she'): string =>
  world.random.chance(0.25) ? world.inventedName() : world.say(gender);

function somebody(world: World, thing: Thing | null, noun: string, named: number): Somebody {
  const { random } = world;
  const gender = thing?.kind === 'insect' && random.chance(0.3) ? 'it' : genderOf(noun, world);
  const traits = thing && random.chance(0.4) ? thing.traits : [world.say('trait')];
  const trait = traits.length === 0 ? world.say('trait') : random.pick(traits);
  const fits = !noun.includes(trait) && !(noun === 'grandmother' || noun === 'grandfather') ? trait : 'kind';
  return { noun, name: gender !== 'it' && random.chance(named) ? nameOf(world, gender) : null, gender, trait: fits };
}

const introduced = ({ noun, name, trait }: Somebody): string =>
  withArticle(`${trait} ${noun}`) + (name === null ? '' : ` called ${name}`);

const referred = ({ noun, name }: Somebody): string => name ?? `the ${noun}`;

function objectOf(world: World): Thing {
  return world.thing(ownedKinds, ({ name }) => !tooLarge.test(name));
}

/** What every plot may speak of: the hero, a friend, two more whom the hero asks, an object. */
function cast(world: World, hero: Somebody): Scope {
  const { random } = world;
  const others = random
    .sample(thingsOf(friendKinds), 6)
    .filter(({ name }) => name !== hero.noun && !/mother|father|baby|twin/.test(name));
  const [first, second, third] = others;
  if (!first || !second || !third) throw new Error('Too few to meet.');
  const friend = somebody(world, first, first.name, 0.25);
  const his = pronouns[friend.gender];
  const object = objectOf(world);
  const person = world.thing(
    ['person'],
    ({ name }) => name !== hero.noun && !/mother|father|baby|twin|uncle|aunt|girl|boy|child/.test(name),
  );
  return {
    ...{ kind: hero.noun, akind: withArticle(hero.noun), ahero: introduced(hero), hero: referred(hero) },
    ...pronouns[hero.gender],
    ...{ afriend: introduced(friend), friend: referred(friend), fhe: his.he, fhim: his.him, fhis: his.his },
    ...{ helper1: oneOf(second), helper1the: theOne(second), helper2: oneOf(third), helper2the: theOne(third) },
    ...{
      h1his: pronouns[genderOf(second.name, world)].his,
      h2his: pronouns[genderOf(third.name, world)].his,
      object: object.name,
      aobject: oneOf(object),
    },
    ...{ person: person.name, aperson: oneOf(person), instrument: world.thing(['instrument']).name },
    ...{ openfear: world.thing([...animals, 'magical being']).plural, aplace: oneOf(world.thing(['place'])) },
  };
}

const plots = ['fear', 'wish', 'lost', 'find', 'broken', 'lonely', 'noise', 'contest', 'mistake', 'sleep'];

/** Whom a story is about: now and then something that nobody has met. */
function heroOf(world: World): Somebody {
  const thing = world.random.chance(0.16) ? null : world.thing(heroKinds);
  return somebody(world, thing, thing?.name ?? world.invented(), 0.55);
}

/** What a request calls the hero, or part of it: what it leaves open, the story is free to choose. */
function called(world: World, { noun, name, trait }: Somebody, told: boolean): string {
  const { random } = world;
  const named = name !== null && random.chance(0.5) ? ` ${random.pick(['called', 'named'])} ${name}` : '';
  return withArticle(`${told || random.chance(0.3) ? trait : ''} ${noun}`.trim()) + named;
}

/** A plot with its hero: what the request says of it, and what all its sentences may speak of. */
function plotted(world: World, premise: () => boolean): { about: string; plot: string; bound: Scope } {
  const { random } = world;
  const plot = random.pick(plots);
  const hero = heroOf(world);
  if (plot === 'sleep') hero.trait = random.pick(['sleepy', 'tired', 'drowsy']);
  const scope = cast(world, hero);
  const bound = { ...scope, ...world.row(plot, scope) };
  const about = called(world, hero, plot === 'sleep' || random.chance(0.5));
  return { about: about + (premise() ? ` ${world.say(`premise-${plot}`, bound)}` : ''), plot, bound };
}

function heroStory(world: World): { about: string; tell: () => string } {
  const { about, plot, bound } = plotted(world, () => world.random.chance(0.6));
  return { about, tell: () => world.told(plot, bound) };
}

const sentencesIn = (text: string): number => text.match(/[.!?]"?(?= ["A-Z]|$)/g)?.length ?? 0;

/** A story in as many sentences as were asked for; null if chance brings none. */
function shortStory(world: World): Exchange | null {
  const { about, plot, bound } = plotted(world, () => true);
  const count = world.random.integer(3, 5);
  const tell = (): string | null => {
    for (let trial = 0; trial < 40; trial++) {
      const text = world.told(`short-${plot}`, bound);
      // A sentence inside a quote would be counted by one reader and not by another.
      if (sentencesIn(text) === count && !text.includes('"')) return text;
    }
    return null;
  };
  const answer = tell();
  if (answer === null) return null;
  const request = world.text('request-sentences', { about, count: world.random.pick([inWords(count), `${count}`]) });
  return { request, answer, again: () => tell() ?? answer };
}

function topicScope(world: World, topic: Thing, hero: Somebody = heroOf(world)): Scope {
  const [first = 'old', second = 'strange'] = [...topic.traits, ...topic.colours];
  return {
    ...cast(world, hero),
    ...{ topic: topic.name, atopic: oneOf(topic), topicadj: first, topicadj2: second, topicdoes: topic.does },
    ...{ topichas: topic.has, topicat: world.random.pick(topic.places), topicpart: topic.has.replace(/^an? /, '') },
    ...{ topicplace: withArticle(`${first} ${topic.name}`), topicplacethe: theOne(topic) },
  };
}

function placeStory(world: World): { about: string; tell: () => string } {
  const topic = world.thing(['place']);
  const hero = heroOf(world);
  const scope = topicScope(world, topic, hero);
  const bound = { ...scope, ...world.row('place', scope) };
  const place = world.random.pick([oneOf(topic), theOne(topic)]);
  const about = world.random.chance(0.6) ? `${called(world, hero, true)} ${world.say('premise-place', bound)}` : place;
  return { about, tell: () => world.told('place', bound) };
}

function abstractStory(world: World): { about: string; tell: () => string } {
  const topic = world.thing(['subject', 'weather and light', 'food', 'material']);
  return { about: topic.name, tell: () => world.told('ask', topicScope(world, topic)) };
}

function objectStory(world: World): { about: string; tell: () => string } {
  const topic = world.thing(topicKinds, ({ name }) => !/^(pair|piece)/.test(name));
  const scope = topicScope(world, topic);
  const row = world.row('object', scope);
  const bound = { ...scope, day2: row.day ?? '', use: row.use ?? '' };
  return {
    about: world.random.pick([oneOf(topic), oneOf(topic), theOne(topic)]),
    tell: () => world.told('object', bound),
  };
}

const sexes: Record<string, Gender> = {
  fox: 'he',
  wolf: 'he',
  cat: 'she',
  merchant: 'he',
  monkey: 'he',
  raven: 'he',
  rat: 'he',
};

function fable(world: World): { about: string; tell: () => string } {
  const row = world.row('trick');
  const sly = row.sly ?? '';
  const noun = sly.replace(/^(an?|two) /, '');
  const both = `${sly} and ${row.victim}`;
  const scope = { ...row, slythe: sly.startsWith('two') ? 'they' : `the ${noun}`, slyhe: sexes[noun] ?? 'he' };
  const together = (row.victim ?? '').startsWith('each');
  if (together) return { about: sly, tell: () => world.told('trick-goats', scope) };
  return { about: world.random.pick([both, both, sly]), tell: () => world.told('trick', scope) };
}

function anyStory(world: World): { about: string; tell: () => string; form: string } {
  const kind = world.random.weighted({ hero: 68, place: 10, abstract: 6, object: 9, fable: 7 });
  const makers = { hero: heroStory, place: placeStory, abstract: abstractStory, object: objectStory, fable };
  return { ...makers[kind](world), form: kind === 'fable' ? 'fable' : 'story' };
}

/** A few of a story's own first words, for somebody to give as a beginning. */
function beginningOf(text: string, world: World): string {
  const words = text.split(' ');
  const beginning = words.slice(0, world.random.integer(3, Math.min(14, words.length - 3))).join(' ');
  // Nobody stops in the middle of what somebody says.
  return (beginning.match(/"/g) ?? []).length % 2 === 0 ? beginning : beginningOf(text, world);
}

export const stories: readonly Task[] = [
  {
    name: 'story',
    weight: 22,
    make: (world) => {
      const { about, tell, form } = anyStory(world);
      const open = world.random.chance(0.1);
      const request = open ? world.text('request-any-story') : world.text(`request-${form}`, { about });
      return { request, answer: tell(), again: open ? () => anyStory(world).tell() : tell };
    },
  },
  {
    name: 'sentences',
    weight: 3,
    make: (world) => {
      for (;;) {
        const made = shortStory(world);
        if (made !== null) return made;
      }
    },
  },
  {
    name: 'story begun',
    weight: 6,
    make: (world) => {
      const text = anyStory(world).tell();
      const beginning = beginningOf(text, world);
      const asked = world.random.chance(0.45) ? beginning : world.say('request-go-on', { beginning });
      // The beginning alone is gone on from; asked to continue it, the whole is told.
      return { request: asked, answer: asked === beginning ? text.slice(beginning.length).trim() : text };
    },
  },
];

/** A story without a request, as a plain text. */
export const storyText = (world: World): string => anyStory(world).tell();
