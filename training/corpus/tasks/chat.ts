import { capital, list, saidOf, small } from '../english.ts';
import { misspelled } from '../slips.ts';
import { allOf, oneOf } from '../things.ts';
import { grammar, type World } from '../world.ts';
import { countries } from './facts.ts';
import type { Exchange, Task } from './task.ts';

function chat(world: World): Exchange {
  const { random } = world;
  const subject = world.thing(['animal', 'bird', 'food', 'fruit', 'sport', 'flower', 'drink']);
  const scope = {
    ...{
      city: random.pick(countries).capital ?? '',
      country1: random.pick(countries).country ?? '',
      phrase: world.say('phrase'),
    },
    ...{
      person1: `${world.name()} ${world.say('surname')}`,
      athing1: oneOf(world.thing(['fruit', 'vehicle', 'dish', 'piece of clothing'])),
    },
    ...{
      subjects1: allOf(subject),
      subjectsdo: subject.mass ? subject.does : saidOf('they', subject.does),
      visitor: random.chance(0.2) ? world.inventedName() : world.name(),
    },
  };
  const row = random.pick(grammar.rows('chat'));
  // What somebody wants repeated is repeated as it stands.
  const say = (): string =>
    /\{.?phrase/.test(row.answer ?? '')
      ? world.tidied(row.answer ?? '', scope)
      : world.reworded(row.answer ?? '', scope);
  return { request: world.tidied(row.ask ?? '', scope), answer: say(), again: say };
}

const explained: Record<string, number> = {
  seed: 3,
  temperature: 3,
  'top-p': 2,
  token: 2,
  logprob: 2,
  fingerprint: 2,
  sampling: 2,
  difference: 2,
  greedy: 2,
  penalty: 2,
  bias: 2,
  training: 2,
  context: 2,
  attention: 2,
  transformer: 2,
  rounding: 2,
  batch: 2,
};
const weights: Record<string, number> = Object.fromEntries(
  Object.keys(explained).map((name) => [name, /seed|temperature|top-p|token|difference|sampling/.test(name) ? 3 : 1]),
);

function sentencesAsked(request: string): number | null {
  if (/one sentence|brief/i.test(request)) return 1;
  return /two sentences/.test(request) ? 2 : null;
}

/** How sampling works: the first sentence says what it is, the others what follows from it. */
function explain(world: World): Exchange {
  const { random } = world;
  const name = random.weighted(weights);
  const what = world.say(`what-${name}`);
  const request = name === 'difference' ? world.text('request-difference') : world.text('request-sampling', { what });
  const most = sentencesAsked(request) ?? random.integer(2, 4);
  const say = (): string => {
    const parts = Array.from(
      { length: explained[name] ?? 1 },
      (_, at) => grammar.symbols.get(`${name}-${at + 1}`) ?? [],
    );
    const rest = parts.slice(1).flatMap((lines) => random.sample(lines, most > 3 ? 2 : 1));
    const chosen = [random.pick(parts[0] ?? []), ...rest].slice(0, most);
    return chosen.map((line) => world.reworded(line)).join(' ');
  };
  return { request, answer: say(), again: say };
}

type Deed = { now: string; past: string };

function deed(world: World): Deed {
  const { now = '', past = '' } = grammar.row('act', world.random);
  return { now, past };
}

function subject(world: World): string {
  return world.say('subject', { person: world.thing(['person']).name, animal: world.thing(['animal', 'bird']).name });
}

const bare = (phrase: string): string =>
  phrase.replace(/^(\w+?)(ies|(?<=sh|ch|ss|x|o)es|s)\b/, (_, stem: string, end: string) =>
    end === 'ies' && stem.length > 1 ? `${stem}y` : stem,
  );

/** One sentence, and what becomes of it. */
function rewrite(world: World): Exchange {
  const { random } = world;
  const [who, one, two] = [subject(world), deed(world), deed(world)];
  const both = random.chance(0.4) && one.now !== two.now;
  const text = `${capital(who)} ${both ? `${one.now} and ${two.now}` : one.now}.`;
  const simple = bare(one.now);
  const name = /^[A-Z]/.test(who) || !/^(she|he|the|my)/.test(who) ? who : small(who);
  const changed = {
    past: `${capital(who)} ${both ? `${one.past} and ${two.past}` : one.past}.`,
    future: `${capital(who)} will ${both ? `${simple} and ${bare(two.now)}` : simple}.`,
    not: `${capital(who)} does not ${simple}.`,
    ask: `Does ${name} ${simple}?`,
    upper: text.toUpperCase(),
    lower: text.toLowerCase(),
  };
  const kind = random.weighted({ past: 4, future: 2, not: 1.5, ask: 1.5, upper: 2.5, lower: 1 });
  const single = `${capital(who)} ${one.now}.`;
  const phrase = random.chance(0.5) ? world.say('phrase') : text;
  if (kind === 'upper') return { request: ask(world, kind, phrase), answer: phrase.toUpperCase() };
  if (kind === 'lower') return { request: ask(world, kind, phrase.toUpperCase()), answer: phrase.toLowerCase() };
  return { request: ask(world, kind, kind === 'not' || kind === 'ask' ? single : text), answer: changed[kind] };
}

/** The request as it is typed: what it quotes stays as it is. */
const ask = (world: World, kind: string, text: string): string =>
  world.text(`request-${kind}`, { text: '@' }).replace('@', () => text);

function formal(world: World): Exchange {
  const thing = world.random.pick([
    'book',
    'key',
    'report',
    'letter',
    'ticket',
    'umbrella',
    'chair',
    'map',
    'phone',
    'ladder',
    'parcel',
    'camera',
    'form',
  ]);
  const row = world.row('formal', { thing, weekday: world.say('weekday'), closable: world.say('closable') });
  return { request: ask(world, 'formal', row.casual ?? ''), answer: capital(row.formal ?? '') };
}

const whens = [
  'every evening',
  'on Sundays',
  'in the rain',
  'before breakfast',
  'all day long',
  'when nobody looks',
  'for hours',
];

function shorter(world: World): Exchange {
  const { random } = world;
  const noun = world.thing(['person', 'animal']);
  const [one, two] = [deed(world), deed(world)];
  const traits = list(
    random.sample(['old', 'very tired', 'friendly', 'small', 'quite cheerful', 'somewhat sleepy', 'clever'], 2),
  );
  const when = random.pick(whens);
  const long = random.pick([
    `The ${traits} ${noun.name}, who ${one.now} nearly every week, ${two.now} ${when}, as everybody knows.`,
    `As everybody in the street knows, the ${traits} ${noun.name} ${two.now} ${when}, and nobody is surprised any more.`,
    `It is a well-known fact that ${when} the ${noun.name}, ${traits} as ever, ${two.now}.`,
  ]);
  const middle = random.chance(0.3) ? ` ${when}` : '';
  return { request: ask(world, 'shorter', long), answer: `The ${noun.name} ${two.now}${middle}.` };
}

function fixed(world: World): Exchange {
  const right = `${capital(subject(world))} ${deed(world).now}${world.random.chance(0.4) ? ` ${world.random.pick(whens)}` : ''}.`;
  const wrong = misspelled(right, world.random, 2);
  return { request: ask(world, 'fix', world.random.chance(0.5) ? wrong.toLowerCase() : wrong), answer: right };
}

export const chats: readonly Task[] = [
  { name: 'chat', weight: 12, make: chat },
  { name: 'explain', weight: 11, make: explain },
  { name: 'rewrite', weight: 4, make: rewrite },
  { name: 'formal', weight: 1.5, make: formal },
  { name: 'shorter', weight: 1.5, make: shorter },
  { name: 'fix', weight: 1.5, make: fixed },
];
