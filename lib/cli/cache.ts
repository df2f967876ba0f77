import { randomInt } from 'node:crypto';
import { relative } from 'node:path';
import { verifyCache } from '@/lib/gate/cache';
import { exitCodes } from '@/lib/gate/exit';
import { limits } from '@/lib/recipe/recipe';
import { sayCacheVerified, sayCameAgain } from '@/lib/words/cache';
import { counted } from '@/lib/words/english';
import { sayNotAskable } from '@/lib/words/gate';
import { saySize } from '@/lib/words/numbers';
import { AnswerCache, addressOf, type CachedAnswer } from './answer-cache';
import { asJson, BadUse, type Command, shareOf, type Typed, wholeNumber } from './command';
import { findProviders, providersFor } from './providers';
import { makeRuns } from './running';
import { readSending, sendingOptions } from './sending';
import { inLine, paint } from './text';
import type { World } from './world';

const usualSample = 40;

export const command: Command = {
  words: 'ls|prune|verify',
  about:
    'What `check --cache` has kept: ls lists it, prune removes it, verify asks for some of it again and says whether the same texts come.',
  options: {
    'older-than': { value: 'DAYS', about: 'prune: only answers that are older' },
    all: { about: 'prune: every answer' },
    sample: { value: 'N', about: `verify: ask for so many, drawn by chance; ${usualSample} if left out` },
    share: { value: 'SHARE', about: 'verify: the share that should come again; 0.9 if left out' },
    ...sendingOptions,
    json: { about: 'print facts as JSON' },
  },
  run: (typed, world) => {
    const [action = '', ...others] = typed.words;
    const act = Object.hasOwn(actions, action) && others.length === 0 ? actions[action] : undefined;
    if (!act) throw new BadUse('Say what to do with the cache: ls, prune or verify.');
    return act(typed, world);
  },
};

const actions: Readonly<Record<string, Command['run']>> = { ls: list, prune, verify };

async function list(typed: Typed, world: World): Promise<number> {
  const cache = new AnswerCache(world);
  const files = cache.files();
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
  const damaged = files.filter(({ answer }) => answer === null).map(({ path }) => relative(world.cwd, path));
  const requests = byRequest(files.flatMap(({ answer }) => answer ?? [])).map(aboutRequest);
  if (typed.has('json'))
    world.print(asJson('cache', { answers: files.length - damaged.length, bytes, damaged, requests }));
  else {
    const rows = requests.map(
      ({ model, where, prompt, answers, oldest }) =>
        `${paint(world, 'bold', inLine(model))}, ${where}: “${inLine(prompt)}”, ${counted(answers, 'answer')}, the oldest of ${oldest.slice(0, 10)}`,
    );
    const sum = `${counted(files.length - damaged.length, 'answer')} to ${counted(requests.length, 'request')}, ${saySize(bytes)}.`;
    world.print([...rows, sum, ...damaged.map((path) => `${path} is damaged, and counts as none.`)].join('\n'));
  }
  return 0;
}

/** Answers, together with the others to the same request at the same address. */
const byRequest = (answers: readonly CachedAnswer[]): CachedAnswer[][] => [
  ...Map.groupBy(answers, ({ requestHash, address }) => `${requestHash} ${address}`).values(),
];

function aboutRequest(answers: readonly CachedAnswer[]) {
  const [first] = answers;
  const times = answers.map(({ storedAt }) => storedAt).toSorted();
  return {
    requestHash: first?.requestHash ?? '',
    ...{ provider: first?.recipe.provider ?? '', address: first?.address ?? null },
    model: first?.recipe.request.model ?? '',
    where: first?.address ?? 'inside this program',
    prompt: promptOf(first),
    answers: answers.length,
    ...{ oldest: times[0] ?? '', newest: times.at(-1) ?? '' },
  };
}

/** As much of what was asked as tells it from other requests in a list. */
const promptOf = (answer: CachedAnswer | undefined): string =>
  (answer?.recipe.request.messages.at(-1)?.content ?? '').slice(0, 60);

async function prune(typed: Typed, world: World): Promise<number> {
  const days = wholeNumber(typed, 'older-than', 0, 36_500);
  if ((days === undefined) === !typed.has('all')) throw new BadUse('Say what to remove: --older-than DAYS, or --all.');
  const before = new Date(world.now().getTime() - (days ?? 0) * 86_400_000).toISOString();
  const cache = new AnswerCache(world);
  const files = cache.files();
  // What is damaged answers nothing, however old it is.
  const gone = files.filter(({ answer }) => days === undefined || answer === null || answer.storedAt < before);
  for (const file of gone) cache.remove(file);
  const left = files.length - gone.length;
  if (typed.has('json')) world.print(asJson('cache-pruned', { removed: gone.length, left }));
  else world.print(`${counted(gone.length, 'answer')} removed, ${left} left.`);
  return 0;
}

async function verify(typed: Typed, world: World): Promise<number> {
  const most = wholeNumber(typed, 'sample', 1, limits.runs) ?? usualSample;
  const wanted = shareOf(typed, 'share', 0.9);
  const sending = readSending(typed);
  const answers = new AnswerCache(world).files().flatMap(({ answer }) => answer ?? []);
  if (answers.length === 0) throw new BadUse('The cache is empty: fill it with `seedbed check --cache`.');
  const sample = byRequest(drawn(answers, most));
  const providers = findProviders(world, sending);
  const planned = sample.map((own) => planAgain(own, providers));
  const pairs: Parameters<typeof verifyCache>[0][number][] = [];
  for (const [index, { own, recipe, providerOf }] of planned.entries()) {
    if (world.signal.aborted) break;
    world.progress(`${index + 1} of ${planned.length} requests …`);
    const { runs } = await makeRuns({ recipe, asked: providerOf, atOnce: sending.atOnce }, world);
    for (const [at, { run, requestHash, address }] of own.entries()) {
      const now = runs[at];
      if (now) pairs.push({ of: `${requestHash} ${address}`, cached: run.text, now });
    }
  }
  world.progress('');
  const verified = verifyCache(pairs, wanted);
  const about = verified.requests.map((request, at) => ({ ...request, ...aboutRequest(planned[at]?.own ?? []) }));
  if (typed.has('json')) world.print(asJson('cache-verified', { ...verified, requests: about }));
  else {
    const rows = about.map(
      (each) => `${paint(world, 'bold', inLine(each.model))}, “${inLine(each.prompt)}”: ${sayCameAgain(each)}.`,
    );
    world.print([...rows, sayCacheVerified(verified)].join('\n'));
  }
  if (world.signal.aborted) return exitCodes.stopped;
  return verified.outcome === 'not-judged' ? exitCodes.notJudged : exitCodes[verified.outcome];
}

/** So many of a list, each set of them as likely as any other. */
function drawn<T>(items: readonly T[], most: number): T[] {
  const left = [...items];
  return Array.from({ length: Math.min(most, items.length) }, () => left.splice(randomInt(left.length), 1)).flat();
}

/** How the requests of cached answers are made again, as often as there are answers. Throws BadUse if they cannot be, as they were. */
function planAgain(own: readonly CachedAnswer[], providers: ReturnType<typeof findProviders>) {
  const [first] = own;
  if (!first) throw new Error('A group has an answer at least.');
  const recipe = { ...first.recipe, repeats: own.length };
  const found = providersFor(providers, recipe);
  if (!found.ok) throw new BadUse(`Cached answers cannot be asked for again: ${sayNotAskable(found.error)}`);
  const address = addressOf(found.value(0));
  if (address === first.address) return { own, recipe, providerOf: found.value };
  throw new BadUse(`Cached answers of ${recipe.provider} came from ${first.address}; it is at ${address} by now.`);
}
