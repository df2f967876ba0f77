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

const ownable = [
  'piece of furniture',
  'piece of clothing',
  'instrument',
  'toy',
  'tool',
  'thing in the kitchen',
  'vehicle',
  'place',
  'building',
];

/** What a verse is about: what the request calls it, and what the lines may say of it. */
type Subject = { about: string; scope: Scope; form: '' | '-mass' | '-own' | '-two' };

/** What somebody adds of their own: an adjective that the thing does not usually have, or what this one does. */
function ownForm(world: World, thing: Thing, named: boolean): { about: string; scope: Scope } | null {
  const { random } = world;
  const kind = random.weighted({ none: 6, adjective: 2, does: 2 });
  if (kind === 'none') return null;
  if (kind === 'adjective') {
    const adj = world.say('verse-adjective');
    const article = named ? random.pick(['the ', '']) : random.pick(['a ', 'the ']);
    return { about: `${article}${adj} ${thing.name}`, scope: { adj, said: adj } };
  }
  const verb = world.say('verse-verb');
  const about = named ? `${thing.name} that ${verb}` : `${oneOf(thing)} that ${verb}`;
  return { about, scope: { does: `${verb} ${world.say('verse-where')}`, said: verb } };
}

function subjectOf(world: World, thing: Thing): Subject {
  const { random } = world;
  const looks = random.sample(
    [...thing.traits, ...thing.colours.filter((colour) => !colour.includes(' ') && colour !== thing.name)],
    2,
  );
  const [adj = 'quiet', other = adj] = looks;
  const adj2 =
    other === adj ? random.pick(['small', 'strange', 'simple', 'lovely'].filter((word) => word !== adj)) : other;
  const place = random.pick(thing.places);
  const at = random.chance(0.25) ? world.say('when') : place;
  const he = world.random.pick(['he', 'she']);
  const it = thing.kind === 'person' ? he : 'it';
  const itt = { he: 'him', she: 'her' }[it] ?? 'it';
  const scope = { it, itt, t: thing.name, ts: thing.plural, a: 'a', adj, adj2, at, does: thing.does, has: thing.has };
  const named = thing.mass || thing.name === capital(thing.name);
  if (!named && ownable.includes(thing.kind) && random.chance(0.35)) {
    const t = `my ${world.say('relative')}'s ${thing.name}`;
    return { about: t, scope: { ...scope, t }, form: '-own' };
  }
  const own = ownForm(world, thing, named);
  if (own !== null) return { about: own.about, scope: { ...scope, ...own.scope }, form: named ? '-mass' : '' };
  const forms = [oneOf(thing), theOne(thing), allOf(thing), named ? `${adj} ${thing.name}` : `a ${adj} ${thing.name}`];
  if (!named) forms.push(`a ${thing.name} ${at}`);
  return { about: random.pick(forms), scope, form: named ? '-mass' : '' };
}

/** A line of so many syllables, or null if chance brings none. */
function line(world: World, symbol: string, scope: Scope, counts: readonly number[], passes = /./): string | null {
  for (let trial = 0; trial < tries; trial++) {
    const said = world.text(symbol, scope);
    const count = syllables.of(said);
    if (count !== null && counts.includes(count) && passes.test(said))
      return said.replace(/^(?!I\b)\p{L}/u, (c) => c.toLowerCase());
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

function haiku(world: World, { scope, form }: Subject): string | null {
  const shape = world.random.pick(shapes);
  const named = shape[0] === '5';
  const lines: string[] = [];
  for (const part of shape) {
    const symbol = part.includes('free') ? `haiku-${part}` : `haiku-${part}${form}`;
    const said = line(world, symbol, scope, [Number(part[0])], part === '7' && !named ? /^(?!(It|He|She) )/ : /./);
    const called = `${scope.adj} ${scope.t}`;
    if (said === null || lines.some((other) => other === said || (other + said).split(called).length > 2)) return null;
    lines.push(said);
  }
  const text = lines.join('\n');
  const times = text.split(scope.t ?? '').length - 1;
  // It says what it is about; what belongs to somebody is called by its whole name, once.
  if (!text.includes(scope.said ?? '')) return null;
  return times === 0 || (form === '-own' && times > 1) ? null : capital(text);
}

function couplet(world: World, table: string, scope: Scope): string | null {
  for (let trial = 0; trial < tries; trial++) {
    const row = world.random.pick(grammar.rows(table));
    const [first, second] = [row.first ?? '', row.second ?? ''].map((half) => world.tidied(half, scope));
    const [one, two] = [syllables.of(first ?? ''), syllables.of(second ?? '')];
    const most = table === 'couplet-own' ? 10 : 9;
    if (one !== null && two !== null && one >= 7 && one <= most && Math.abs(one - two) <= most - 8)
      return `${first}\n${second}`;
  }
  return null;
}

/** Whether two couplets begin or end too much alike to stand beside each other. */
function echoes(first: string, second: string): boolean {
  const last = (text: string): string => text.split(/\W+/).filter(Boolean).slice(-4).join(' ').toLowerCase();
  return first.slice(0, 5) === second.slice(0, 5) || last(first) === last(second);
}

function poem(world: World, { scope, form }: Subject): string | null {
  const table = `couplet${form}`;
  const first = couplet(world, table, scope);
  const second = couplet(world, world.random.chance(0.3) ? table : 'couplet-free', scope);
  if (first === null || second === null || echoes(first, second)) return null;
  const joined = /[.?"]$/.test(first)
    ? `${first}\n${capital(second)}`
    : `${first}\n${second.replace(/^(?!I\b)./, (c) => c.toLowerCase())}`;
  const text = joined.replace(/\n(?!I\b|")(.)/g, (_, letter: string) => `\n${letter.toLowerCase()}`);
  return capital(
    text.replace(/([.?]"?\n)(\p{Ll})/gu, (_, end: string, letter: string) => end + letter.toUpperCase()),
  ).replace(/,$/, '.');
}

type Form = (world: World, subject: Subject) => string | null;

function subject(world: World, form: Form): Subject {
  const { random } = world;
  if (form === poem && random.chance(0.14)) return pair(world);
  return random.chance(0.12) ? invented(world) : subjectOf(world, random.pick(singable));
}

function sung(world: World, form: Form): { about: string; sing: () => string; text: string } {
  for (;;) {
    const made = subject(world, form);
    const text = form(world, made);
    if (text !== null) return { about: made.about, text, sing: () => form(world, made) ?? text };
  }
}

/** Two things at once: a poem brings them together. */
function pair(world: World): Subject {
  const [one, two] = world.random.sample(
    singable.filter((thing) => !thing.mass && thing.name !== capital(thing.name)),
    2,
  );
  if (!one || !two) throw new Error('Nothing to sing of.');
  const about = world.random.pick([
    `${oneOf(one)} and ${oneOf(two)}`,
    `the ${one.name} and the ${two.name}`,
    `${oneOf(one)} and ${oneOf(two)}`,
    `the ${one.name} and ${oneOf(two)}`,
  ]);
  return { about, scope: { t: one.name, u: two.name }, form: '-two' };
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
  return { about: `a ${name}`, scope, form: '' };
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
