import { isRefused } from './held-out.ts';
import { Random } from './random.ts';
import { hurried, polite } from './slips.ts';
import { chats } from './tasks/chat.ts';
import { facts } from './tasks/facts.ts';
import { lists } from './tasks/lists.ts';
import { numbers } from './tasks/numbers.ts';
import { stories } from './tasks/stories.ts';
import type { Exchange, Task } from './tasks/task.ts';
import { verse } from './tasks/verse.ts';
import { plainText, writing } from './tasks/writing.ts';
import { World } from './world.ts';

type Message = { role: 'system' | 'user' | 'assistant'; content: string };
type Conversation = { task: string; messages: Message[] };
/** A conversation, or a text that goes on by itself. */
export type Document = Conversation | { task: 'text'; text: string };

export const tasks: readonly Task[] = [...stories, ...verse, ...numbers, ...facts, ...lists, ...writing, ...chats];
const weights = Object.fromEntries(tasks.map(({ name, weight }) => [name, weight]));
const byName = new Map(tasks.map((task) => [task.name, task]));

const worded = [
  'times',
  'plus',
  'capital',
  'opposite',
  'yes or no',
  'is it',
  'can it',
  'colour',
  'name one',
  'calendar',
  'coin',
];

/** Whether nothing can be said before it: it has lines of its own, or goes on from what was asked. */
const goesOn = (answer: string): boolean => answer.includes('\n') || /^\p{Ll}/u.test(answer);

/** What a system prompt asks for, and what it makes of an answer; null where it does not fit. */
const manners: Record<string, (answer: string, exchange: Exchange, world: World) => string | null> = {
  plain: (answer) => answer,
  word: (_, { word }) => (word === undefined ? null : `${word}.`),
  upper: (answer) => answer.toUpperCase(),
  lower: (answer) => answer.toLowerCase(),
  short: (answer) => firstSentence(answer),
  formal: (answer, _, world) => (goesOn(answer) ? null : `${world.text('formal-before')} ${answer}`),
  pirate: (answer, _, world) =>
    goesOn(answer)
      ? null
      : `${world.text('pirate-before')} ${answer} ${world.random.chance(0.5) ? world.text('pirate-after') : ''}`.trim(),
};

const mannerWeights = { plain: 6, word: 4, upper: 2, lower: 1, short: 2, formal: 2, pirate: 1 };

/** The first sentence of a text in one paragraph; null if that is all of it. */
function firstSentence(text: string): string | null {
  const [first, rest] = text.split(/(?<=[a-z][.!?]"?) (?=["A-Z])(.*)/s);
  return text.includes('\n') || rest === undefined ? null : (first ?? null);
}

function exchange(world: World, from: Readonly<Record<string, number>> = weights): { task: string; made: Exchange } {
  const task = world.random.weighted(from);
  const made = byName.get(task)?.make(world);
  if (!made) throw new Error(`No such task: ${task}`);
  return { task, made };
}

/** As somebody types it: as it stands, with a "please", or in a hurry. */
function typed(request: string, { random }: World): string {
  const how = random.weighted({ asItIs: 60, polite: 12, hurried: 28 });
  if (how === 'asItIs') return request;
  return how === 'polite' ? polite(request, random) : hurried(request, random);
}

function turn(request: string, answer: string): Message[] {
  return [
    { role: 'user', content: request },
    { role: 'assistant', content: answer },
  ];
}

/** What somebody says next, and what they get. */
function followUp(world: World, made: Exchange, request: string): Message[] {
  const { random } = world;
  const kind = random.weighted({ again: 5, other: 4, thanks: 2, first: 2, upper: 1.5, lower: 0.7, what: 1 });
  const say = (symbol: string, answer: string) => turn(typed(world.text(symbol), world), answer);
  if (kind === 'thanks') return say('followup-thanks', world.text('welcome'));
  if (kind === 'upper') return say('followup-upper', made.answer.toUpperCase());
  if (kind === 'lower') return say('followup-lower', made.answer.toLowerCase());
  if (kind === 'what')
    return say(
      'followup-what',
      world.say('answer-what', { request: '@' }).replace('@', () => request),
    );
  const first = firstSentence(made.answer);
  if (kind === 'first' && first !== null) return say('followup-first', first);
  if (kind === 'again' && made.again) return say('followup-again', made.again());
  const next = exchange(world).made;
  return turn(typed(next.request, world), next.answer);
}

function conversation(world: World): Conversation {
  const { random } = world;
  const manner = random.chance(0.12) ? random.weighted(mannerWeights) : null;
  const { task, made } = exchange(
    world,
    manner === 'word' ? Object.fromEntries(worded.map((name) => [name, 1])) : weights,
  );
  const request = typed(made.request, world);
  if (manner !== null) {
    const answer = manners[manner]?.(made.answer, made, world);
    if (typeof answer !== 'string') return conversation(world);
    return { task, messages: [{ role: 'system', content: world.text(`system-${manner}`) }, ...turn(request, answer)] };
  }
  const messages = turn(request, made.answer);
  if (random.chance(0.2)) messages.push(...followUp(world, made, request));
  return { task, messages };
}

const attempts = 64;

/** The document of a seed with that number: the same for ever, whatever was made before it. */
export function documentAt(seed: number, number: number): Document {
  for (let attempt = 0; attempt < attempts; attempt++) {
    const world = new World(new Random(seed, number * attempts + attempt));
    if (world.random.chance(0.07)) return { task: 'text', text: plainText(world) };
    const made = conversation(world);
    if (!made.messages.some(({ content }) => isRefused(content))) return made;
  }
  throw new Error(`Nothing but held-out prompts at ${number}.`);
}
