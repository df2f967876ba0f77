import { armProvider, armRequests, providersOf } from '@/lib/recipe/plan';
import type { ChatRequest, Recipe } from '@/lib/recipe/recipe';
import type { OwnKeys } from './own-keys';
import type { OfferedModel, OfferedProvider, ProviderList } from './providers';
import { remember } from './remember';
import { readForm } from './select';
import type { Session } from './session';

/*
 * What the form comes to with the visitor's own keys. The page has it later than what it needs at once.
 */

/**
 * The most that calls with keys of the visitor's own can come to. Tokens `sent` are counted as bytes, since a token has at least
 * one; `written` is null if the recipe does not limit it, and `dollars` if that or a price is not known.
 */
export type OwnKeyBound = { calls: number; sent: number; written: number | null; dollars: number | null };

/** What providers put around the messages of a call, in tokens: at most so much. */
const around = 100;

/** The bound for a recipe that is run so many times; null if none of its calls has such a key. */
export function ownKeyBound(recipe: Recipe, times: number, keys: OwnKeys, providers: ProviderList): OwnKeyBound | null {
  const arms = armRequests(recipe).flatMap((request, arm) => {
    const id = armProvider(recipe, arm);
    const models = providers.find((provider) => provider.id === id)?.models;
    return id in keys
      ? [
          boundOfCall(
            request,
            models?.find((model) => model.id === request.model),
          ),
        ]
      : [];
  });
  if (arms.length === 0) return null;
  const runs = recipe.repeats * times;
  return {
    calls: arms.length * runs,
    sent: runs * arms.reduce((sum, { sent }) => sum + sent, 0),
    written: timesSum(
      runs,
      arms.map(({ written }) => written),
    ),
    dollars: timesSum(
      runs,
      arms.map(({ dollars }) => dollars),
    ),
  };
}

function boundOfCall(request: ChatRequest, model: OfferedModel | undefined) {
  const bytes = request.messages.map(({ content }) => new TextEncoder().encode(content).length);
  const sent = bytes.reduce((sum, each) => sum + each, around);
  const written = request.max_completion_tokens ?? request.max_tokens ?? null;
  // What else is put into the body may have a price of its own.
  const price = request.extra_body === undefined ? model?.price : undefined;
  const dollars = price && written !== null ? price.call + sent * price.sentToken + written * price.writtenToken : null;
  return { sent, written, dollars };
}

const timesSum = (times: number, parts: readonly (number | null)[]): number | null =>
  parts.reduce((sum, part) => (sum === null || part === null ? null : sum + times * part), 0);

/** The providers that the form asks and that take a key of the visitor's own, or for which there is one. */
export function ownKeyProviders(session: Session): readonly OfferedProvider[] {
  const { draft, providers, ownKeys } = session;
  const form = readForm(session);
  return takingKeys(providers, ownKeys, form.ok ? form.value : null, draft.provider);
}

const takingKeys = remember((providers: ProviderList, keys: OwnKeys, recipe: Recipe | null, chosen: string) => {
  const asked = recipe ? providersOf(recipe) : [chosen];
  return providers.filter(({ id, ownKey }) => asked.includes(id) && (ownKey !== 'no' || id in keys));
});

/** The most that the form's calls with the visitor's own keys can come to; null if there are none, or it cannot be read. */
export function ownKeyBoundOf(session: Session): OwnKeyBound | null {
  const form = readForm(session);
  const times = session.draft.dispatch === 'both' ? 2 : 1;
  return form.ok ? bounded(form.value, times, session.ownKeys, session.providers) : null;
}

const bounded = remember(ownKeyBound);

/** The same of what is to be run once there is the key that is asked for; null if nothing is, or only some runs, or a probe. */
export function boundWhenKeyed(session: Session): OwnKeyBound | null {
  const { keyAsked, ownKeys, providers, on } = session;
  if (!keyAsked) return null;
  const keys = { ...ownKeys, [keyAsked.provider]: { key: '', kept: false } };
  switch (keyAsked.next?.kind) {
    case undefined:
    case 'run-asked':
      return ownKeyBoundOf({ ...session, ownKeys: keys });
    case 'replay-asked':
      return ownKeyBound(on.experiment.recipe, 1, keys, providers);
    default:
      return null;
  }
}
