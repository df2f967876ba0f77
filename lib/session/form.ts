import { recipeForForm } from '@/lib/recipe/probe';
import type { Recipe } from '@/lib/recipe/recipe';
import type { Handlers } from './actions';
import { changeDraft, recipeToDraft } from './draft';
import type { Session } from './session';

/** Fills in the form from a recipe. */
export function load(session: Session, recipe: Recipe): Session {
  const origin = recipeForForm(recipe);
  return { ...session, origin, draft: recipeToDraft(origin) };
}

export const handlers: Pick<Handlers, 'edited' | 'pace-chosen' | 'recipe-opened' | 'recipe-refused'> = {
  edited: (session, { part }) => ({ ...session, draft: changeDraft(session.draft, part), problem: null }),
  'pace-chosen': (session, { pace }) => ({ ...session, pace }),
  'recipe-opened': (session, { recipe }) => load(session, recipe),
  'recipe-refused': (session, { fault }) => ({
    ...session,
    problem: { field: null, fault: { kind: 'not-opened', fault } },
  }),
};
