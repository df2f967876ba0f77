import { canonicalJson, recipeHash } from '@/lib/recipe/canonical';
import { type Arm, type Message, parseRecipe, type Recipe } from '@/lib/recipe/recipe';
import { parseValues } from '@/lib/recipe/values';

/** What may differ between the runs. "seed-test": one half of the runs has the seed, the other none. */
export const varied = ['nothing', 'seed', 'temperature', 'topP', 'model', 'system', 'seed-test'] as const;
export type Varied = (typeof varied)[number];

/** The form as it is typed: text, until it is read as a recipe. An empty field is left out of the request. */
export type Draft = {
  provider: string;
  model: string;
  prompt: string;
  system: string;
  /** empty: no seed */
  seed: string;
  vary: Varied;
  /** what the varied setting goes through: numbers with ranges, models by comma, system messages by line */
  values: string;
  /** runs of each value; with "vary: seed" the number of seeds, one run each */
  runs: string;
  temperature: string;
  topP: string;
  maxTokens: string;
  dispatch: 'parallel' | 'sequential';
};

export type Field = keyof Draft;
/** What is wrong, and the field it stands beside; null if it is about the whole. */
export type FieldProblem = { field: Field | null; message: string };

export type ReadDraft = { ok: true; recipe: Recipe } | { ok: false; problem: FieldProblem };

/** Reads the form. What varies becomes arms, in the order in which it was typed. */
export function draftToRecipe(draft: Draft): ReadDraft {
  if (draft.prompt.trim() === '') return refuse('prompt', 'Type a prompt, or pick an example.');
  const seed = numberOrNothing(draft.seed);
  if ((draft.vary === 'seed' || draft.vary === 'seed-test') && typeof seed !== 'number')
    return refuse('seed', `To vary the seed, give ${draft.vary === 'seed' ? 'the first one' : 'one'}: a whole number.`);
  const runs = Number(draft.runs.trim() || Number.NaN);
  const asked = {
    v: 1,
    provider: draft.provider,
    request: {
      model: draft.model.trim(),
      messages: messagesWith(draft.system, draft.prompt),
      seed: seed ?? null,
      ...given('temperature', draft.temperature),
      ...given('top_p', draft.topP),
      ...given('max_completion_tokens', draft.maxTokens),
    },
    repeats: runs,
    ...(draft.dispatch === 'sequential' ? { dispatch: 'sequential' } : {}),
  };
  const alone = parseRecipe(asked);
  if (!alone.ok) return misfit(alone.problem, draft);
  const arms = armsOf(draft, runs);
  if (!arms.ok) return arms;
  if (arms.arms === null) return alone;
  const parsed = parseRecipe({ ...asked, arms: arms.arms, repeats: draft.vary === 'seed' ? 1 : runs });
  return parsed.ok ? parsed : misfit(parsed.problem, draft);
}

function messagesWith(system: string, prompt: string): Message[] {
  const before: Message[] = system.trim() === '' ? [] : [{ role: 'system', content: system }];
  return [...before, { role: 'user', content: prompt }];
}

type ReadArms = { ok: true; arms: unknown[] | null } | { ok: false; problem: FieldProblem };

/** The arms of what varies; null if nothing does. */
function armsOf(draft: Draft, runs: number): ReadArms {
  const { vary, prompt } = draft;
  if (vary === 'nothing') return { ok: true, arms: null };
  const seed = numberOrNothing(draft.seed);
  if (vary === 'seed') return { ok: true, arms: seedArms(Number(seed), runs) };
  if (vary === 'seed-test')
    return {
      ok: true,
      arms: [
        { label: `seed ${seed}`, set: { seed } },
        { label: 'no seed', set: { seed: null } },
      ],
    };
  if (vary === 'model' || vary === 'system') {
    const typed = draft.values.split(vary === 'model' ? ',' : '\n').map((value) => value.trim());
    const values = [...new Set(typed.filter(Boolean))];
    if (values.length < 2)
      return refuse('values', `Give at least two, ${vary === 'model' ? 'by comma' : 'one a line'}.`);
    const arms = values.map((value) => ({
      label: value.slice(0, 100),
      set: vary === 'model' ? { model: value } : { messages: messagesWith(value, prompt) },
    }));
    return { ok: true, arms };
  }
  const read = parseValues(draft.values);
  if (!read.ok) return refuse('values', read.message);
  const { key, name } = swept[vary];
  return { ok: true, arms: read.values.map((value) => ({ label: `${name} ${value}`, set: { [key]: value } })) };
}

const swept = {
  temperature: { key: 'temperature', name: 'T' },
  topP: { key: 'top_p', name: 'top-p' },
} as const;

/** The form that gives a recipe back: the inverse of `draftToRecipe` for recipes that the form can make. */
export function recipeToDraft(recipe: Recipe): Draft {
  const { request, arms, repeats, provider, dispatch } = recipe;
  const { vary, values } = readArms(recipe);
  return {
    provider,
    model: request.model,
    prompt: contentOf(request.messages, 'user'),
    system: contentOf(request.messages, 'system'),
    seed: String(request.seed ?? ''),
    vary,
    values,
    runs: String(vary === 'seed' ? (arms?.length ?? 1) : repeats),
    temperature: String(request.temperature ?? ''),
    topP: String(request.top_p ?? ''),
    maxTokens: String(request.max_completion_tokens ?? ''),
    dispatch: dispatch ?? 'parallel',
  };
}

const contentOf = (messages: readonly Message[], role: Message['role']): string =>
  messages.find((message) => message.role === role)?.content ?? '';

/** What the arms of a recipe vary, as far as the form can say it. */
function readArms({ arms }: Recipe): Pick<Draft, 'vary' | 'values'> {
  const keys = new Set(arms?.flatMap(({ set }) => Object.keys(set)));
  const [key] = keys;
  if (!arms || keys.size !== 1) return { vary: 'nothing', values: '' };
  if (key === 'seed')
    return { vary: arms.length === 2 && arms[1]?.set.seed === null ? 'seed-test' : 'seed', values: '' };
  if (key === 'temperature') return { vary: 'temperature', values: arms.map(({ set }) => set.temperature).join(', ') };
  if (key === 'top_p') return { vary: 'topP', values: arms.map(({ set }) => set.top_p).join(', ') };
  if (key === 'model') return { vary: 'model', values: arms.map(({ set }) => set.model).join(', ') };
  if (key === 'messages') return { vary: 'system', values: arms.map(systemOf).join('\n') };
  return { vary: 'nothing', values: '' };
}

const systemOf = ({ set }: Arm): string => contentOf(set.messages ?? [], 'system');

/**
 * Reads the form, knowing the recipe that it was filled in from: as long as nothing is edited that recipe itself is meant,
 * with all that the form has no field for.
 */
export function readDraft(draft: Draft, origin: Recipe): ReadDraft {
  return canonicalJson(draft) === canonicalJson(recipeToDraft(origin))
    ? { ok: true, recipe: origin }
    : draftToRecipe(draft);
}

/** Whether a recipe asks for something that the form has no field for. */
export function hasMore(recipe: Recipe): boolean {
  const read = draftToRecipe(recipeToDraft(recipe));
  return !read.ok || recipeHash(read.recipe) !== recipeHash(recipe);
}

/** How many calls a form asks for; null while that cannot be read. */
export function countRuns(draft: Draft): number | null {
  const runs = Number(draft.runs);
  if (!Number.isInteger(runs) || runs < 1) return null;
  const arms = draft.vary === 'seed' ? null : armsOf(draft, runs);
  return arms?.ok && arms.arms ? arms.arms.length * runs : runs;
}

function misfit({ param, message }: { param: string | null; message: string }, draft: Draft): ReadDraft {
  const first = draft.system.trim() === '' ? 'prompt' : 'system';
  return refuse(param?.startsWith('request.messages.0') ? first : fieldOf(param), message);
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
