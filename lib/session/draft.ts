import { canonicalJson, sameQuestion } from '@/lib/recipe/canonical';
import { armRequest } from '@/lib/recipe/plan';
import type { FormFault, RecipeProblem } from '@/lib/recipe/problem';
import { type Arm, parseRecipe, type Recipe } from '@/lib/recipe/recipe';
import { parseValues } from '@/lib/recipe/values';
import { err, ok, type Result } from '@/lib/result';
import {
  contentOf,
  emptyWhereSame,
  fillFrom,
  labelApart,
  messagesWith,
  noSettings,
  numberOrNothing,
  requestToSettings,
  type Setting,
  type Settings,
  settings,
  settingsToRequest,
  whatDiffers,
} from './settings';

/**
 * What may differ between the runs. "seed-test": one half of the runs has the seed, the other none. "two": one half has
 * the settings of the form, the other those of a second column.
 */
export const varied = ['nothing', 'seed', 'temperature', 'topP', 'model', 'system', 'seed-test', 'two'] as const;
export type Varied = (typeof varied)[number];

/** How the runs are sent. "both": all at once, and then the same recipe one after the other; see `secondHalf`. */
export const dispatches = ['parallel', 'sequential', 'both'] as const;
export type Dispatch = (typeof dispatches)[number];

/** The form as it is typed: text, until it is read as a recipe. */
export type Draft = Settings & {
  provider: string;
  vary: Varied;
  /** what the varied setting goes through: numbers with ranges, models by comma, system messages by line */
  values: string;
  /** with "vary: two" the second column, where empty means as in the first */
  other: Settings;
  /** runs of each value; with "vary: seed" the number of seeds, one run each */
  runs: string;
  dispatch: Dispatch;
  /** whether every run is asked how probable its tokens were, and the twenty likeliest in each place */
  logprobs: boolean;
};

/** A field of the form; "other.seed" is the seed of the second column. */
export type Field = Exclude<keyof Draft, 'other'> | `other.${Setting}`;
/** What is wrong, and the field it stands beside; null if it is about the whole. */
export type FieldProblem = { field: Field | null; fault: FormFault };

export type ReadDraft = Result<Recipe, FieldProblem>;

/** All that OpenAI's API tells. It is asked of all runs alike, since asking may itself change the text. */
const asForLogprobs = { logprobs: true, top_logprobs: 20 };

/** Reads the form. What varies becomes arms, in the order in which it was typed. */
export function draftToRecipe(draft: Draft): ReadDraft {
  if (draft.prompt.trim() === '') return refuse('prompt', { kind: 'no-prompt' });
  const seed = numberOrNothing(draft.seed);
  if ((draft.vary === 'seed' || draft.vary === 'seed-test') && typeof seed !== 'number')
    return refuse('seed', { kind: 'no-seed', first: draft.vary === 'seed' });
  const runs = Number(draft.runs.trim() || Number.NaN);
  const asked = {
    v: 1,
    provider: draft.provider,
    request: { ...settingsToRequest(draft), ...(draft.logprobs ? asForLogprobs : {}) },
    repeats: runs,
    ...(draft.dispatch === 'sequential' ? { dispatch: 'sequential' } : {}),
  };
  const alone = parseRecipe(asked);
  if (!alone.ok) return locate(alone.error, draft);
  const arms = armsOf(draft, runs);
  if (!arms.ok) return arms;
  if (arms.value === null) return alone;
  const parsed = parseRecipe({ ...asked, arms: arms.value, repeats: draft.vary === 'seed' ? 1 : runs });
  if (!parsed.ok) return locate(parsed.error, draft);
  return draft.vary === 'two' ? ok(labelTwo(parsed.value)) : parsed;
}

/** Two arms with labels of what differs between them. */
function labelTwo(recipe: Recipe): Recipe {
  const labels = labelApart(armRequest(recipe, 0), armRequest(recipe, 1));
  return { ...recipe, arms: recipe.arms?.map(({ set }, arm) => ({ label: labels[arm], set })) };
}

/**
 * The half of an experiment that runs when a recipe sent all at once has ended: the same recipe, one run after the other.
 * How runs are sent belongs to the whole of a recipe, so the two halves are two experiments, the second held against the
 * first.
 */
export const secondHalf = (recipe: Recipe): Recipe => ({ ...recipe, dispatch: 'sequential' });

/** Whether an experiment is what the form, read as `recipe`, asks for. Of "both", either half is. */
export function isAskedBy({ dispatch }: Draft, recipe: Recipe, experiment: Recipe): boolean {
  const halves = dispatch === 'both' ? [recipe, secondHalf(recipe)] : [recipe];
  return halves.some((half) => canonicalJson(half) === canonicalJson(experiment));
}

type ReadArms = Result<unknown[] | null, FieldProblem>;

/** The arms of what varies; null if nothing does. */
function armsOf(draft: Draft, runs: number): ReadArms {
  const { vary, prompt } = draft;
  if (vary === 'nothing') return ok(null);
  if (vary === 'two') return twoArms(draft);
  const seed = numberOrNothing(draft.seed);
  if (vary === 'seed') return ok(seedArms(Number(seed), runs));
  if (vary === 'seed-test')
    return ok([
      { label: `seed ${seed}`, set: { seed } },
      { label: 'no seed', set: { seed: null } },
    ]);
  if (vary === 'model' || vary === 'system') {
    const typed = draft.values.split(vary === 'model' ? ',' : '\n').map((value) => value.trim());
    const values = [...new Set(typed.filter(Boolean))];
    if (values.length < 2)
      return refuse('values', { kind: 'too-few-values', separator: vary === 'model' ? 'comma' : 'line' });
    const arms = values.map((value) => ({
      label: value.slice(0, 100),
      set: vary === 'model' ? { model: value } : { messages: messagesWith(value, prompt) },
    }));
    return ok(arms);
  }
  const read = parseValues(draft.values);
  if (!read.ok) return refuse('values', { kind: 'not-a-list', fault: read.error });
  const { key, name } = swept[vary];
  return ok(read.value.map((value) => ({ label: `${name} ${value}`, set: { [key]: value } })));
}

function twoArms(draft: Draft): ReadArms {
  const set = whatDiffers(settingsToRequest(draft), settingsToRequest(fillFrom(draft, draft.other)));
  if (Object.keys(set).length === 0) return refuse('other.prompt', { kind: 'nothing-differs' });
  return ok([{ set: {} }, { set }]);
}

const swept = {
  temperature: { key: 'temperature', name: 'T' },
  topP: { key: 'top_p', name: 'top-p' },
} as const;

/** The form that gives a recipe back: the inverse of `draftToRecipe` for recipes that the form can make. */
export function recipeToDraft(recipe: Recipe): Draft {
  const { request, arms, repeats, provider, dispatch } = recipe;
  const { vary, values } = readArms(recipe);
  const first = requestToSettings(vary === 'two' ? armRequest(recipe, 0) : request);
  return {
    ...first,
    provider,
    vary,
    values,
    other: vary === 'two' ? emptyWhereSame(first, requestToSettings(armRequest(recipe, 1))) : noSettings,
    runs: String(vary === 'seed' ? (arms?.length ?? 1) : repeats),
    dispatch: dispatch ?? 'parallel',
    logprobs: request.logprobs === true,
  };
}

/** What the arms of a recipe vary, as far as the form can say it. */
function readArms(recipe: Recipe): Pick<Draft, 'vary' | 'values'> {
  const arms = recipe.arms ?? [];
  const [key, ...others] = new Set(arms.flatMap(({ set }) => Object.keys(set)));
  const alone = key !== undefined && others.length === 0 && arms.every(({ set }) => key in set);
  const sweep = alone ? readSweep(key, arms, contentOf(recipe.request.messages, 'user')) : null;
  return sweep ?? { vary: arms.length === 2 && key !== undefined ? 'two' : 'nothing', values: '' };
}

/** What arms vary that all set this one key. */
function readSweep(key: string, arms: readonly Arm[], prompt: string): Pick<Draft, 'vary' | 'values'> | null {
  if (key === 'seed')
    return { vary: arms.length === 2 && arms[1]?.set.seed === null ? 'seed-test' : 'seed', values: '' };
  if (key === 'temperature') return { vary: 'temperature', values: arms.map(({ set }) => set.temperature).join(', ') };
  if (key === 'top_p') return { vary: 'topP', values: arms.map(({ set }) => set.top_p).join(', ') };
  if (key === 'model') return { vary: 'model', values: arms.map(({ set }) => set.model).join(', ') };
  if (key === 'messages' && arms.every(({ set }) => contentOf(set.messages ?? [], 'user') === prompt))
    return { vary: 'system', values: arms.map(systemOf).join('\n') };
  return null;
}

const systemOf = ({ set }: Arm): string => contentOf(set.messages ?? [], 'system');

/**
 * Reads the form, knowing the recipe that it was filled in from: as long as nothing is edited that recipe itself is meant,
 * with all that the form has no field for.
 */
export function readDraft(draft: Draft, origin: Recipe): ReadDraft {
  return canonicalJson(draft) === canonicalJson(recipeToDraft(origin)) ? ok(origin) : draftToRecipe(draft);
}

/** Whether a recipe asks for something that the form has no field for. */
export function hasMore(recipe: Recipe): boolean {
  const read = draftToRecipe(recipeToDraft(recipe));
  return !read.ok || !sameQuestion(read.value, recipe);
}

/** How many calls a form asks for; null while that cannot be read. */
export function countRuns(draft: Draft): number | null {
  const runs = Number(draft.runs);
  if (!Number.isInteger(runs) || runs < 1) return null;
  return runs * countArms(draft, runs) * (draft.dispatch === 'both' ? 2 : 1);
}

function countArms(draft: Draft, runs: number): number {
  if (draft.vary === 'seed') return 1;
  if (draft.vary === 'two') return 2;
  const arms = armsOf(draft, runs);
  return arms.ok && arms.value ? arms.value.length : 1;
}

/** The most tokens that may come back, over all calls; null if that is not limited, or cannot be read. */
export function countTokens(draft: Draft): number | null {
  const calls = countRuns(draft);
  const columns: Settings[] = draft.vary === 'two' ? [draft, fillFrom(draft, draft.other)] : [draft];
  const most = columns.map(({ maxTokens }) => Number(maxTokens));
  if (calls === null || !most.every((each) => Number.isInteger(each) && each > 0)) return null;
  return (calls / most.length) * most.reduce((sum, each) => sum + each);
}

function locate({ param, fault }: RecipeProblem, draft: Draft): Result<never, FieldProblem> {
  const inSecond = draft.vary === 'two' ? /^arms\.1\.set\.(.*)$/.exec(param ?? '')?.[1] : undefined;
  if (inSecond === undefined) return refuse(fieldIn(param, draft), fault);
  const field = fieldIn(`request.${inSecond}`, draft.other);
  return refuse(isSetting(field) ? `other.${field}` : field, fault);
}

const isSetting = (field: Field | null): field is Setting => settings.some((each) => each === field);

/** The field of a path, where the first message is the system message if there is one. */
function fieldIn(param: string | null, { system }: Settings): Field | null {
  return param?.startsWith('request.messages.0') && system.trim() !== '' ? 'system' : fieldOf(param);
}

/** The field that a recipe's path belongs to: "request.top_p" is the form's topP. */
export function fieldOf(param: string | null): Field | null {
  if (param === null) return null;
  const known: [string, Field][] = [
    ['request.messages', 'prompt'],
    ['request.model', 'model'],
    ['request.seed', 'seed'],
    ['request.temperature', 'temperature'],
    ['request.top_p', 'topP'],
    ['request.max_completion_tokens', 'maxTokens'],
    ['provider', 'model'],
    ['repeats', 'runs'],
  ];
  if (/^arms\.\d+\.set\.seed$/.test(param)) return 'seed';
  if (/^arms\.\d+\.set\./.test(param)) return 'values';
  if (param.startsWith('arms')) return 'runs';
  return known.find(([path]) => param === path || param.startsWith(`${path}.`))?.[1] ?? null;
}

const refuse = (field: Field | null, fault: FormFault): Result<never, FieldProblem> => err({ field, fault });

/** One arm for each seed. */
function seedArms(first: number, count: number): unknown[] {
  return Array.from({ length: count }, (_, index) => ({
    label: `seed ${first + index}`,
    set: { seed: first + index },
  }));
}
