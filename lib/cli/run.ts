import { resolve } from 'node:path';
import { findInFingerprints, fingerprintState } from '@/lib/compare/measure/fingerprints';
import { judgeRuns } from '@/lib/compare/measure/judge';
import { type RunsVerdict, toneOf } from '@/lib/compare/measure/verdict';
import { toJson } from '@/lib/export/json';
import { exitCodes } from '@/lib/gate/exit';
import { parameters } from '@/lib/recipe/parameters';
import { plan } from '@/lib/recipe/plan';
import { builtInProvider, type Recipe } from '@/lib/recipe/recipe';
import { parseRecipe } from '@/lib/recipe/schema';
import { parseWithSeeds, readSeed } from '@/lib/recipe/seed';
import type { RunRecord } from '@/lib/run/record';
import { sentences } from '@/lib/words/english';
import { sayNotAskable } from '@/lib/words/gate';
import { sayGround } from '@/lib/words/ground';
import { recipeProblemSentence } from '@/lib/words/problems';
import { sayVerdict } from '@/lib/words/verdict';
import { assertAffordable } from './budget';
import { BadUse, type Command, type Typed, wholeNumber } from './command';
import { assertWritable, readNamed, writeText } from './files';
import { watchIn } from './progress';
import { findProviders, providersFor } from './providers';
import { makeRuns, toSaved } from './running';
import { readSending, sendingOptions } from './sending';
import { showVariants } from './variants';
import type { World } from './world';

/** The option of a parameter: --top-p for top_p. */
const optionOf = (key: string): string => key.replaceAll('_', '-');

export const command: Command = {
  words: '[recipe.json]',
  about: 'Runs a prompt, or a recipe as the page and the API have it, and says whether the texts agree.',
  options: {
    prompt: { value: 'TEXT', short: 'p', about: 'the prompt' },
    runs: { value: 'N', short: 'n', about: 'how many runs; 5 if left out' },
    provider: { value: 'ID', about: `whom to ask; ${builtInProvider} if left out` },
    model: { value: 'NAME', short: 'm', about: 'the model; seedling-1 if what is built in is asked' },
    ...Object.fromEntries(parameters.map(({ key, help }) => [optionOf(key), { value: 'VALUE', about: help || key }])),
    sequential: { about: 'one run after the other' },
    ...sendingOptions,
    budget: { value: 'TOKENS', about: 'send nothing if more tokens than this could be used' },
    output: { value: 'FILE', short: 'o', about: 'write the experiment as JSON, which the page can import' },
    json: { about: 'print the experiment as JSON' },
  },
  run,
};

async function run(typed: Typed, world: World): Promise<number> {
  const recipe = recipeOf(typed, world);
  assertAffordable(typed, [{ recipe, calls: plan(recipe).length }], null);
  const sending = readSending(typed);
  const providerOf = providersFor(findProviders(world, sending), recipe);
  if (!providerOf.ok) throw new BadUse(`The recipe cannot be run: ${sayNotAskable(providerOf.error)}`);
  const output = typed.get('output');
  if (output !== undefined) assertWritable(resolve(world.cwd, output));
  world.progress('Running …');
  const experiment = await makeRuns(
    { recipe, asked: providerOf.value, atOnce: sending.atOnce, watch: watchIn(world) },
    world,
  );
  world.progress('');
  const file = toJson(toSaved(experiment, null, world), world.version);
  if (output !== undefined) writeText(resolve(world.cwd, output), file);
  const verdict = judgeRuns(recipe, experiment.runs);
  if (typed.has('json')) world.print(file.trimEnd());
  else {
    const { sentence, detail } = sayVerdict(verdict);
    const behind = sentences(detail, sayGroundOf(recipe, verdict, experiment.runs));
    world.print([showVariants(experiment.runs, world), '', sentence, behind].join('\n').trim());
  }
  if (world.signal.aborted) return exitCodes.stopped;
  return verdict.compared === 0 ? exitCodes.notJudged : 0;
}

/** What stands behind a verdict. A fingerprint of the built-in provider is its own account of itself, and adds nothing. */
function sayGroundOf({ provider }: Recipe, verdict: RunsVerdict, runs: readonly RunRecord[]): string {
  const variants = 'texts' in verdict ? verdict.texts : 1;
  const found = provider === builtInProvider ? null : findInFingerprints(fingerprintState(runs), variants);
  return sayGround(verdict, toneOf(verdict), found);
}

/** The recipe that was named or typed. Throws BadUse. */
function recipeOf(typed: Typed, world: World): Recipe {
  const [file, ...others] = typed.words;
  if (others.length > 0) throw new BadUse('Give one recipe, or a prompt with --prompt.');
  const given = file === undefined ? {} : asObject(parse(readNamed(world, file), file), file);
  const { request, ...rest } = given;
  const runs = wholeNumber(typed, 'runs', 1, 1000);
  const prompt = typed.get('prompt');
  const provider = typed.get('provider');
  const recipe = parseRecipe({
    ...{ v: 1, provider: builtInProvider, repeats: 5 },
    ...rest,
    ...(runs === undefined ? {} : { repeats: runs }),
    ...(provider === undefined ? {} : { provider }),
    ...(typed.has('sequential') ? { dispatch: 'sequential' } : {}),
    request: {
      ...((provider ?? builtInProvider) === builtInProvider ? { model: 'seedling-1' } : {}),
      ...(prompt === undefined ? { messages: [] } : { messages: [{ role: 'user', content: prompt }] }),
      ...(typeof request === 'object' ? request : {}),
      ...typedRequest(typed),
    },
  });
  if (recipe.ok) return recipe.value;
  throw new BadUse(`${file ?? 'The recipe'}: ${recipeProblemSentence(recipe.error)}`);
}

function typedRequest(typed: Typed): Record<string, unknown> {
  const model = typed.get('model');
  const set = parameters.flatMap(({ key }): [string, unknown][] => {
    const value = typed.get(optionOf(key));
    return value === undefined ? [] : [[key, (key === 'seed' ? readSeed(value) : null) ?? asJson(value)]];
  });
  return { ...(model === undefined ? {} : { model }), ...Object.fromEntries(set) };
}

/** Numbers, lists and the like as JSON; anything else is text, as the effort "low" is. */
function asJson(typed: string): unknown {
  try {
    return JSON.parse(typed);
  } catch {
    return typed;
  }
}

function parse(text: string, named: string): unknown {
  try {
    return parseWithSeeds(text);
  } catch (error) {
    throw new BadUse(`${named} is not JSON: ${error instanceof Error ? error.message : error}`);
  }
}

function asObject(value: unknown, named: string): Record<string, unknown> {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { ...value };
  throw new BadUse(`${named} is not a recipe: a recipe is a JSON object.`);
}
