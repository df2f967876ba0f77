import { canonicalJson, sameQuestion } from '@/lib/recipe/canonical';
import { checkRecipe } from '@/lib/recipe/check';
import type { HiddenPart } from '@/lib/recipe/hidden-part';
import { parameters, seed } from '@/lib/recipe/parameters';
import { armLabel, armRequest } from '@/lib/recipe/plan';
import type { Arm, Recipe } from '@/lib/recipe/recipe';
import { readSeed } from '@/lib/recipe/seed';
import { err, ok, type Result } from '@/lib/result';
import { labelsApart } from './labels';
import { type FieldProblem, locate } from './problem';
import {
  emptyWhereSame,
  messagesWith,
  noSettings,
  promptIn,
  readValue,
  requestToSettings,
  type Settings,
  settingsToRequest,
  systemIn,
} from './settings';
import { armsOf, readArms, type Vary } from './vary';

/** How the runs are sent. "both": in parallel, and then the same recipe one after the other; see `secondHalf`. */
export const dispatches = ['parallel', 'sequential', 'both'] as const;
export type Dispatch = (typeof dispatches)[number];

/** The form as it is typed: text, until it is read as a recipe. */
export type Draft = {
  provider: string;
  settings: Settings;
  vary: Vary;
  /** the values of the setting that varies: numbers with ranges, names by comma, system messages by line */
  values: string;
  /** with "vary: two" the second column, where empty means as in the first */
  other: Settings;
  /** runs of each value; with "vary: seed" the number of seeds, one run each */
  runs: string;
  dispatch: Dispatch;
};

/** Some fields of a form, with their new content. */
export type DraftChange = Partial<Omit<Draft, 'settings' | 'other'>> & {
  settings?: Partial<Settings>;
  other?: Partial<Settings>;
};

/** The form after a change; settings that it does not name stay. */
export const changeDraft = (draft: Draft, { settings, other, ...rest }: DraftChange): Draft => ({
  ...draft,
  ...rest,
  settings: { ...draft.settings, ...settings },
  other: { ...draft.other, ...other },
});

/** Reads the form. What varies becomes arms, in the order in which it was typed. */
export function draftToRecipe(draft: Draft): Result<Recipe, FieldProblem> {
  const { vary, settings } = draft;
  if (settings.prompt.trim() === '') return err({ field: 'prompt', fault: { kind: 'no-prompt' } });
  const needsSeed = vary === 'seed' || vary === 'seed-test';
  if (needsSeed && !isNumber(settings.seed))
    return err({ field: 'seed', fault: { kind: 'no-seed', first: vary === 'seed' } });
  const runs = Number(draft.runs.trim() || Number.NaN);
  const asked = {
    v: 1,
    provider: draft.provider,
    request: settingsToRequest(settings),
    repeats: runs,
    ...(draft.dispatch === 'sequential' ? { dispatch: 'sequential' } : {}),
  };
  const alone = checkRecipe(asked);
  if (!alone.ok) return err(locate(alone.error, draft));
  const arms = armsOf(draft, runs);
  if (!arms.ok) return arms;
  if (arms.value === null) return alone;
  const parsed = checkRecipe({ ...asked, arms: arms.value, repeats: vary === 'seed' ? 1 : runs });
  if (!parsed.ok) return err(locate(parsed.error, draft));
  return vary === 'two' ? ok(labelTwo(parsed.value)) : parsed;
}

/** Whether a number is typed, be it one that a seed can be or not. */
function isNumber(text: string): boolean {
  const value = readValue(seed.type, text);
  return typeof value === 'number' || readSeed(String(value)) !== null;
}

/** Two arms with labels of what differs between them. */
function labelTwo(recipe: Recipe): Recipe {
  const labels = labelsApart([armRequest(recipe, 0), armRequest(recipe, 1)]);
  return { ...recipe, arms: recipe.arms?.map(({ set }, arm) => ({ label: labels[arm], set })) };
}

/**
 * The half of an experiment that runs when a recipe sent all at once has ended: the same recipe, one run after the other.
 * How runs are sent belongs to the whole of a recipe, so the two halves are two experiments, the second compared with the
 * first.
 */
export const secondHalf = (recipe: Recipe): Recipe => ({ ...recipe, dispatch: 'sequential' });

/** Whether an experiment is what the form, read as `recipe`, asks for. For "both", either half is. */
export function isAskedBy({ dispatch }: Draft, recipe: Recipe, experiment: Recipe): boolean {
  const halves = dispatch === 'both' ? [recipe, secondHalf(recipe)] : [recipe];
  return halves.some((half) => canonicalJson(half) === canonicalJson(experiment));
}

/** The form that gives a recipe back: the inverse of `draftToRecipe` for recipes that the form can make. */
export function recipeToDraft(recipe: Recipe): Draft {
  const { request, arms, repeats, provider, dispatch } = recipe;
  const { vary, values } = readArms(recipe);
  // Two settings are typed whole; of several seeds the first one is typed, also where only the arms name them.
  const typed = vary === 'two' || (vary === 'seed' && request.seed === undefined) ? armRequest(recipe, 0) : request;
  const settings = requestToSettings(typed);
  return {
    provider,
    settings,
    vary,
    values,
    other: vary === 'two' ? emptyWhereSame(settings, requestToSettings(armRequest(recipe, 1))) : noSettings,
    runs: String(vary === 'seed' ? (arms?.length ?? 1) : repeats),
    dispatch: dispatch ?? 'parallel',
  };
}

/**
 * Reads the form, knowing the recipe that it was filled in from: as long as nothing is edited that recipe itself is meant,
 * with all that the form has no field for.
 */
export function readDraft(draft: Draft, origin: Recipe): Result<Recipe, FieldProblem> {
  return canonicalJson(draft) === canonicalJson(recipeToDraft(origin)) ? ok(origin) : draftToRecipe(draft);
}

/** What a recipe asks for that the form has no field for; an empty list if the form shows all of it. */
export function hiddenParts(recipe: Recipe): HiddenPart[] {
  const read = draftToRecipe(recipeToDraft(recipe));
  const whole = withoutListsOfOne(recipe);
  if (read.ok && sameQuestion(read.value, whole)) return [];
  const { messages, ...parameters } = whole.request;
  const shown: Record<string, unknown> = read.ok ? read.value.request : { model: recipe.request.model };
  const asShown = messagesWith(systemIn(messages), promptIn(messages));
  const isOverridden = (key: string): boolean => recipe.arms?.every(({ set }) => key in set) ?? false;
  const hidden = Object.entries(parameters).filter(([key, value]) => !isOverridden(key) && !isSame(shown[key], value));
  const parts: HiddenPart[] = [
    ...(isSame(asShown, messages) ? [] : [{ kind: 'messages' as const, messages }]),
    ...hidden.map(([key, value]) => ({ kind: 'parameter' as const, key, value })),
  ];
  return parts.length > 0 || !recipe.arms
    ? parts
    : [{ kind: 'arms', labels: recipe.arms.map((arm, at) => sayArm(recipe, arm, at)) }];
}

const isSame = (a: unknown, b: unknown): boolean => canonicalJson(a ?? null) === canonicalJson(b ?? null);

function sayArm(recipe: Recipe, { label, set }: Arm, at: number): string {
  const name = armLabel(recipe, at);
  if (name === null) return canonicalJson(set);
  return label !== undefined || Object.keys(set).length === 0 ? name : `${name} ${canonicalJson(set)}`;
}

/** A recipe with each list of a single text replaced by that text, as the form writes it. Both ask for the same. */
function withoutListsOfOne(recipe: Recipe): Recipe {
  const { request, arms } = recipe;
  const plainArms = arms?.map((arm) => ({ ...arm, set: { ...arm.set, ...onlyTexts(arm.set) } }));
  return { ...recipe, request: { ...request, ...onlyTexts(request) }, ...(plainArms && { arms: plainArms }) };
}

const onlyTexts = (values: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(
    linesParameters.flatMap(({ key }) => {
      const list = values[key];
      return Array.isArray(list) && list.length === 1 ? [[key, list[0]]] : [];
    }),
  );

const linesParameters = parameters.filter(({ type }) => type.kind === 'lines');
