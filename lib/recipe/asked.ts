import { canonicalJson } from './canonical';
import { type ParameterKey, parameters } from './parameters';
import { armProvider, armRequests } from './plan';
import { builtInProvider, importedProvider, type Recipe } from './recipe';

/** A recipe in short: what tells it from others, and all that varies between its runs. */
export type Asked = {
  /** the models that are asked for, by provider: null for the one that is built in, or where nobody knows */
  models: { provider: string | null; names: string[] }[];
  /** the values of a parameter in the order of the arms, each once, as text; null where it is not set */
  settings: { key: ParameterKey; values: (string | null)[] }[];
  /** how many different lists of messages are sent */
  conversations: number;
  runs: number;
};

/** Providers that go without saying. */
const untold: readonly string[] = [builtInProvider, importedProvider];

/** Told even if they do not vary. */
const always: readonly ParameterKey[] = ['temperature', 'seed'];

/**
 * What a recipe asks for, in short. Seeds 1 to 3 at temperature 0.2 give `{ models: [{ provider: null, names: ['m'] }], settings: [{ key: 'seed', values:
 * ['1', '2', '3'] }, { key: 'temperature', values: ['0.2'] }], conversations: 1, runs: 3 }`. What nobody knows of imported
 * texts is left out.
 */
export function askedOf(recipe: Recipe): Asked {
  const all = allAskedOf(recipe);
  return { ...all, settings: all.settings.filter(({ key, values }) => values.length > 1 || always.includes(key)) };
}

/** The same with every setting that any run has. */
export function allAskedOf(recipe: Recipe): Asked {
  const requests: Record<string, unknown>[] = armRequests(recipe);
  const settings = parameters.map(({ key }) => ({ key, values: distinct(requests.map((each) => textOf(each[key]))) }));
  const isTold = ({ key, values: [first, ...rest] }: Asked['settings'][number]): boolean =>
    rest.length > 0 || first !== null || (key === 'seed' && recipe.provider !== importedProvider);
  return {
    models: modelsOf(recipe),
    settings: settings.filter(isTold),
    // Arms that set no messages have one and the same list, which is written once.
    conversations: distinct(distinct(requests.map(({ messages }) => messages)).map(canonicalJson)).length,
    runs: requests.length * recipe.repeats,
  };
}

function modelsOf(recipe: Recipe): Asked['models'] {
  const asked = armRequests(recipe).map(({ model }, arm) => ({ model, provider: armProvider(recipe, arm) }));
  return [...Map.groupBy(asked, ({ provider }) => provider)].map(([provider, those]) => ({
    provider: untold.includes(provider) ? null : provider,
    names: distinct(those.map(({ model }) => model)),
  }));
}

const distinct = <T>(values: readonly T[]): T[] => [...new Set(values)];

function textOf(value: unknown): string | null {
  if (value === undefined || value === null) return null;
  return typeof value === 'object' ? canonicalJson(value) : String(value);
}
