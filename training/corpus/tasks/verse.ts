import { capital } from '../english.ts';
import type { Scope } from '../grammar.ts';
import { Syllables } from '../syllables.ts';
import { allOf, oneOf, type Thing, theOne } from '../things.ts';
import { grammar, syllableFile, things, type World } from '../world.ts';
import type { Task } from './task.ts';

export const syllables = new Syllables(syllableFile);
const tries = 200;

const unsung = ['school subject', 'metal', 'shape', 'part of the body', 'holiday', 'sport', 'game', 'machine', 'sound'];
const singable = things.filter(({ kind, name }) => !unsung.includes(kind) && !/^(pair|piece|bar|tube) of/.test(name));

/** What a verse is about: what the request calls it, and what the lines may say of it. */
type Subject = { about: string; scope: Scope; mass: boolean };

function subjectOf(world: World, thing: Thing): Subject {
  const { random } = world;
  const looks = random.sample([...thing.traits, ...thing.colours.filter((colour) => !colour.includes(' '))], 2);
  const [adj = 'quiet', adj2 = adj === 'small' ? 'quiet' : 'small'] = looks;
  const at = random.pick(thing.places);
  const he = world.random.pick(['he', 'she']);
  const it = thing.kind === 'person' ? he : 'it';
  const itt = { he: 'him', she: 'her' }[it] ?? 'it';
  const scope = { it, itt, t: thing.name, ts: thing.plural, a: 'a', adj, adj2, at, does: thing.does, has: thing.has };
  const named = thing.mass || thing.name === capital(thing.name);
  if (!named && random.chance(0.08)) {
    const own = `my ${world.say('relative')}'s ${thing.name}`;
    return { about: own, scope: { ...scope, t: own }, mass: true };
  }
  const forms = [oneOf(thing), theOne(thing), allOf(thing), named ? `${adj} ${thing.name}` : `a ${adj} ${thing.name}`];
  if (!named) forms.push(`a ${thing.name} ${at}`);
  return { about: random.pick(forms), scope, mass: named };
}

/** A line of so many syllables, or null if chance brings none. */
function line(world: World, symbol: string, scope: Scope, counts: readonly number[], passes = /./): string | null {
  for (let trial = 0; trial < tries; trial++) {
    const said = world.text(symbol, scope);
    const count = syllables.of(said);
    if (count !== null && counts.includes(count) && passes.test(said))
      return said.replace(/^\p{L}/u, (c) => c.toLowerCase());
  }
  return null;
}

const shapes = [
  ['5', '7', '5-free'],
  ['5', '7', '5-free'],
  ['5', '7-free', '5'],
  ['5', '7-free', '5-free'],
  ['5-free', '7', '5-free'],
  ['5-free', '7', '5'],
] as const;

function haiku(world: World, { scope, mass }: Subject): string | null {
  const shape = world.random.pick(shapes);
  const named = shape[0] === '5';
  const lines: string[] = [];
  for (const part of shape) {
    const symbol = part.includes('free') || !mass ? `haiku-${part}` : `haiku-${part}-mass`;
    const said = line(world, symbol, scope, [Number(part[0])], part === '7' && !named ? /^(?!(It|He|She) )/ : /./);
    const called = `${scope.adj} ${scope.t}`;
    if (said === null || lines.some((other) => other === said || (other + said).split(called).length > 2)) return null;
    lines.push(said);
  }
  return capital(lines.join('\n'));
}

function couplet(world: World, table: string, scope: Scope): string | null {
  for (let trial = 0; trial < tries; trial++) {
    const row = world.random.pick(grammar.rows(table));
    const [first, second] = [row.first ?? '', row.second ?? ''].map((half) => world.tidied(half, scope));
    const [one, two] = [syllables.of(first ?? ''), syllables.of(second ?? '')];
    if (one !== null && two !== null && one >= 7 && one <= 9 && Math.abs(one - two) <= 1) return `${first}\n${second}`;
  }
  return null;
}

function poem(world: World, { scope, mass }: Subject): string | null {
  const table = mass ? 'couplet-mass' : 'couplet';
  const first = couplet(world, table, scope);
  const second = couplet(world, world.random.chance(0.25) ? table : 'couplet-free', scope);
  if (first === null || second === null || first.slice(0, 12) === second.slice(0, 12)) return null;
  const joined = /[.?"]$/.test(first)
    ? `${first}\n${capital(second)}`
    : `${first}\n${second.replace(/^(?!I\b)./, (c) => c.toLowerCase())}`;
  const text = joined.replace(/\n(?!I\b|")(.)/g, (_, letter: string) => `\n${letter.toLowerCase()}`);
  return capital(
    text.replace(/([.?]"?\n)(\p{Ll})/gu, (_, end: string, letter: string) => end + letter.toUpperCase()),
  ).replace(/,$/, '.');
}

type Form = (world: World, subject: Subject) => string | null;

function sung(world: World, form: Form): { about: string; sing: () => string; text: string } {
  for (;;) {
    const made = world.random.chance(0.1) ? invented(world) : subjectOf(world, world.random.pick(singable));
    const text = form(world, made);
    if (text !== null) return { about: made.about, text, sing: () => form(world, made) ?? text };
  }
}

/** A thing that nobody has heard of, of which the lines may only say what fits anything. */
function invented(world: World): Subject {
  const name = world.invented().replace(/(le|elle|ard)$/, 'o');
  syllables.learn(name);
  const adj = world.say('trait');
  const scope = {
    it: 'it',
    itt: 'it',
    t: name,
    ts: `${name}s`,
    a: 'a',
    adj,
    adj2: 'strange',
    at: world.say('when'),
    does: 'comes out in the rain',
    has: 'two round eyes',
  };
  return { about: `a ${name}`, scope, mass: false };
}

const task = (name: string, weight: number, form: Form): Task => ({
  name,
  weight,
  make: (world) => {
    const { about, sing, text } = sung(world, form);
    const open = world.random.chance(0.12);
    const request = world.text(open ? `request-any-${name}` : `request-${name}`, { about });
    return { request, answer: text, again: open ? () => sung(world, form).text : sing };
  },
});

export const verse: readonly Task[] = [task('haiku', 9, haiku), task('poem', 7, poem)];
