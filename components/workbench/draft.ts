import { canonicalJson, recipeHash } from '@/lib/recipe/canonical';
import { parseRecipe, type Recipe } from '@/lib/recipe/recipe';

/** The form as it is typed: text, until it is read as a recipe. An empty field is left out of the request. */
export type Draft = {
  provider: string;
  model: string;
  prompt: string;
  system: string;
  /** empty: no seed */
  seed: string;
  vary: 'nothing' | 'seed';
  runs: string;
  temperature: string;
  topP: string;
  maxTokens: string;
};

export type Field = keyof Draft;
/** What is wrong, and the field it stands beside; null if it is about the whole. */
export type FieldProblem = { field: Field | null; message: string };

/** Reads the form. With "vary: seed" the runs are arms with the seeds from the given one upwards, one run each. */
export function draftToRecipe(draft: Draft): { ok: true; recipe: Recipe } | { ok: false; problem: FieldProblem } {
  if (draft.prompt.trim() === '') return refuse('prompt', 'Type a prompt, or pick an example.');
  const seed = numberOrNothing(draft.seed);
  const runs = Number(draft.runs.trim() || Number.NaN);
  if (draft.vary === 'seed' && typeof seed !== 'number')
    return refuse('seed', 'To vary the seed, give the first one: a whole number.');
  const asked = {
    v: 1,
    provider: draft.provider,
    request: {
      model: draft.model.trim(),
      messages: [
        ...(draft.system.trim() === '' ? [] : [{ role: 'system', content: draft.system }]),
        { role: 'user', content: draft.prompt },
      ],
      seed: seed ?? null,
      ...given('temperature', draft.temperature),
      ...given('top_p', draft.topP),
      ...given('max_completion_tokens', draft.maxTokens),
    },
    repeats: runs,
  };
  const repeated = parseRecipe(asked);
  const parsed =
    repeated.ok && draft.vary === 'seed'
      ? parseRecipe({ ...asked, arms: seedArms(Number(seed), runs), repeats: 1 })
      : repeated;
  if (parsed.ok) return parsed;
  const { param, message } = parsed.problem;
  const first = draft.system.trim() === '' ? 'prompt' : 'system';
  return refuse(param?.startsWith('request.messages.0') ? first : fieldOf(param), message);
}

/** The form that gives a recipe back: the inverse of `draftToRecipe` for recipes that the form can make. */
export function recipeToDraft(recipe: Recipe): Draft {
  const { request, arms, repeats, provider } = recipe;
  const content = (role: string) => request.messages.find((message) => message.role === role)?.content ?? '';
  return {
    provider,
    model: request.model,
    prompt: content('user'),
    system: content('system'),
    seed: String(request.seed ?? ''),
    vary: arms ? 'seed' : 'nothing',
    runs: String(arms ? arms.length : repeats),
    temperature: String(request.temperature ?? ''),
    topP: String(request.top_p ?? ''),
    maxTokens: String(request.max_completion_tokens ?? ''),
  };
}

/**
 * Reads the form, knowing the recipe that it was filled in from: as long as nothing is edited that recipe itself is meant,
 * with all that the form has no field for.
 */
export function readDraft(draft: Draft, origin: Recipe): ReturnType<typeof draftToRecipe> {
  return canonicalJson(draft) === canonicalJson(recipeToDraft(origin))
    ? { ok: true, recipe: origin }
    : draftToRecipe(draft);
}

/** Whether a recipe asks for something that the form has no field for. */
export function hasMore(recipe: Recipe): boolean {
  const read = draftToRecipe(recipeToDraft(recipe));
  return !read.ok || recipeHash(read.recipe) !== recipeHash(recipe);
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
  if (param.startsWith('arms')) return 'runs';
  return known.find(([path]) => param === path || param.startsWith(`${path}.`))?.[1] ?? null;
}

const refuse = (field: Field | null, message: string) => ({ ok: false as const, problem: { field, message } });

/** A number, or the text itself where it is none, so that the recipe's own schema says what is wrong with it. */
function numberOrNothing(text: string): number | string | undefined {
  const trimmed = text.trim();
  if (trimmed === '') return undefined;
  const number = Number(trimmed);
  return Number.isNaN(number) ? trimmed : number;
}

function given(key: string, text: string): Record<string, unknown> {
  const value = numberOrNothing(text);
  return value === undefined ? {} : { [key]: value };
}

/** One arm for each seed. */
function seedArms(first: number, count: number): unknown[] {
  return Array.from({ length: count }, (_, index) => ({
    label: `seed ${first + index}`,
    set: { seed: first + index },
  }));
}
