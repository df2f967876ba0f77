import { type EqualityMode, type EqualityOptions, groupByEquality } from '@/lib/compare/align/equality';
import { canonicalJson } from '@/lib/recipe/canonical';
import { armProvider, armRequest } from '@/lib/recipe/plan';
import { type ChatRequest, importedProvider, type Recipe } from '@/lib/recipe/recipe';
import type { Seed } from '@/lib/recipe/seed';
import type { EndedRun } from '@/lib/run/record';
import { destinationsOf } from './destinations';

/**
 * What the compared runs were asked, and so what their texts can show. Runs of one request and one seed show whether the
 * seed repeats; runs that differ in what they were asked do not, and that they differ is no drift. `drawsAnew`: some sent a
 * seed that means a new one each time to some servers.
 */
export type Ground =
  /** one request, with one seed */
  | { kind: 'one-seed'; seed: Seed; drawsAnew: boolean; greedy: boolean; served: Served[] }
  /** one request, and none sent a seed; `greedy`: nothing is drawn anyway; `extra`: its extra body names a seed by another name */
  | { kind: 'no-seed'; greedy: boolean; extra: boolean }
  /** one request but for the seed, which each sent */
  | { kind: 'several-seeds'; seeds: number; drawsAnew: boolean; greedy: boolean; repeated: Repeated }
  /** one request but for the seed, which only some sent */
  | {
      kind: 'some-seeds';
      seeded: number[];
      unseeded: number[];
      drawsAnew: boolean;
      greedy: boolean;
      repeated: Repeated;
    }
  /** several requests, which differ in these keys; `seeded`: whether any sent a seed; `address`: that of several providers, if it is one */
  | {
      kind: 'several-settings';
      settings: string[];
      seeded: boolean;
      drawsAnew: boolean;
      repeated: Repeated;
      models: Answered[];
      address: string | null;
    }
  /** texts that somebody brought without the request that they answer */
  | { kind: 'unknown' }
  /** no run is compared */
  | { kind: 'none' };

/** Of the requests that more than one compared run made, seed and all: how many they are, and how many gave one text. */
export type Repeated = { requests: number; agreeing: number };

/** A model that was asked for, and those that answered by their own account, where several were asked for. */
export type Answered = { asked: string; answered: string[]; runs: number[] };

/** A model that answered, by its own account, and the runs that it answered. */
export type Served = { model: string; runs: number[] };

/** A run that was asked something. */
type AskedRun = EndedRun & { request: ChatRequest; provider: string };

/**
 * What the requests of compared runs have in common.
 *
 *     seeds 1, 2, 3  →  { kind: 'several-seeds', seeds: 3, repeated: { requests: 0, agreeing: 0 }, … }
 *     seed 1, T 0 and T 1, two runs each, 'x' 'x' 'x' 'y'
 *       →  { kind: 'several-settings', settings: ['temperature'], repeated: { requests: 2, agreeing: 1 }, … }
 */
export function groundOf(
  recipe: Recipe,
  compared: readonly EndedRun[],
  mode: EqualityMode = 'exact',
  options: EqualityOptions = {},
): Ground {
  if (compared.length === 0) return { kind: 'none' };
  if (recipe.provider === importedProvider) return { kind: 'unknown' };
  const requests = new Map([...new Set(compared.map(({ arm }) => arm))].map((arm) => [arm, armRequest(recipe, arm)]));
  const runs = compared.map((run) => ({
    ...run,
    request: requests.get(run.arm) ?? armRequest(recipe, run.arm),
    provider: armProvider(recipe, run.arm),
  }));
  const severalProviders = new Set(runs.map(({ provider }) => provider)).size > 1;
  const settings = [...(severalProviders ? ['provider'] : []), ...differingKeys([...requests.values()])];
  const seeded = runs.filter(({ request }) => request.seed !== undefined);
  const drawsAnew = seeded.some(({ request }) => mayDrawAnew(request));
  if (settings.some((key) => key !== 'seed'))
    return {
      kind: 'several-settings',
      settings,
      seeded: runs.some(({ request }) => request.seed !== undefined || namesSeed(request.extra_body)),
      drawsAnew,
      repeated: repeatedIn(runs, settings, mode, options),
      models: settings.includes('model') ? answeredIn(runs) : [],
      address: severalProviders ? onlyAddress(runs) : null,
    };
  const seeds = new Set(seeded.map(({ request }) => request.seed));
  const [seed] = seeds;
  const greedy = runs.some(({ request }) => isGreedy(request));
  if (seed === undefined || seed === null)
    return { kind: 'no-seed', greedy, extra: runs.some(({ request }) => namesSeed(request.extra_body)) };
  if (seeds.size === 1 && seeded.length === runs.length)
    return { kind: 'one-seed', seed, drawsAnew, greedy, served: servedIn(runs) };
  const repeated = repeatedIn(seeded, settings, mode, options);
  if (seeded.length < runs.length) return { ...someSeeds(seeded, runs), drawsAnew, greedy, repeated };
  return { kind: 'several-seeds', seeds: seeds.size, drawsAnew, greedy, repeated };
}

/** Whether a run draws numbers that no seed fixes: its text may be another one each time, and that is no drift. */
export const drawsFreely = (request: ChatRequest): boolean =>
  (request.seed === undefined || request.seed === null) && !isGreedy(request) && !namesSeed(request.extra_body);

/** Whether a key in it says seed, as in `random_seed`, or `options: { seed }`. */
const namesSeed = (value: unknown): boolean =>
  typeof value === 'object' &&
  value !== null &&
  Object.entries(value).some(([key, inside]) => /seed/i.test(key) || namesSeed(inside));

/** Whether the likeliest token is always taken, so that nothing is drawn. */
const isGreedy = ({ temperature, top_p }: ChatRequest): boolean => temperature === 0 || top_p === 0;

/** The keys that do not have the same value in all requests. */
function differingKeys(requests: readonly ChatRequest[]): string[] {
  const [first, ...others] = requests;
  if (!first) return [];
  const keys = new Set(requests.flatMap((request) => Object.keys(request)));
  return [...keys].filter((key) => others.some((other) => !sameValue(settingIn(first, key), settingIn(other, key))));
}

const settingIn = (request: ChatRequest, key: string): unknown =>
  Object.entries(request).find(([name]) => name === key)?.[1];

/** What no arm sets is one and the same value in all requests: then nothing is written to be compared. */
const sameValue = (a: unknown, b: unknown): boolean => a === b || written(a) === written(b);
const written = (value: unknown): string => (value === undefined ? '' : canonicalJson(value));

function someSeeds(seeded: readonly AskedRun[], runs: readonly AskedRun[]) {
  const withSeed = new Set(seeded.map(({ run }) => run));
  const unseeded = runs.filter(({ run }) => !withSeed.has(run)).map(({ run }) => run);
  return { kind: 'some-seeds' as const, seeded: [...withSeed], unseeded };
}

/** Runs that draw freely repeat nothing, and do not count. `settings` are the keys that tell the requests apart. */
function repeatedIn(
  runs: readonly AskedRun[],
  settings: readonly string[],
  mode: EqualityMode,
  options: EqualityOptions,
): Repeated {
  const letters = new Map(
    groupByEquality(runs, mode, options).flatMap((group) => group.runs.map((run) => [run, group.letter] as const)),
  );
  const fixed = runs.filter(({ request }) => !drawsFreely(request));
  const made = new Map(
    [...new Map(fixed.map((run) => [run.request, run])).values()].map(({ request, provider }) => [
      request,
      [provider, ...settings.map((key) => written(settingIn(request, key)))].join(),
    ]),
  );
  const again = [...Map.groupBy(fixed, ({ request }) => made.get(request)).values()].filter(({ length }) => length > 1);
  const agreeing = again.filter((those) => new Set(those.map(({ run }) => letters.get(run))).size === 1);
  return { requests: again.length, agreeing: agreeing.length };
}

/** The address that all of these runs were sent to, if it was recorded and is one. */
function onlyAddress(runs: readonly EndedRun[]): string | null {
  const [only, ...others] = destinationsOf(runs);
  return others.length === 0 && only?.kind === 'address' ? only.address : null;
}

function answeredIn(runs: readonly AskedRun[]): Answered[] {
  return [...Map.groupBy(runs, ({ request }) => request.model)].map(([asked, those]) => ({
    asked,
    answered: [...new Set(those.map(({ servedModel }) => servedModel))],
    runs: those.map(({ run }) => run),
  }));
}

const servedIn = (runs: readonly AskedRun[]): Served[] =>
  [...Map.groupBy(runs, ({ servedModel }) => servedModel)].map(([model, those]) => ({
    model,
    runs: those.map(({ run }) => run),
  }));

/** Whether runs are tries of one and the same thing, so that shares of them mean something. */
export const areAlike = ({ kind }: Ground): boolean => kind !== 'several-settings' && kind !== 'some-seeds';

/**
 * Whether the seed of a request is one that servers built on llama.cpp take for "draw one at random": all 32 low bits set, as in
 * -1 and 4294967295 (`LLAMA_DEFAULT_SEED` in its llama.h).
 */
export const mayDrawAnew = ({ seed }: ChatRequest): boolean =>
  seed !== undefined && seed !== null && BigInt.asUintN(32, BigInt(seed)) === 0xffffffffn;
