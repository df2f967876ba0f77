import type { View } from '@/lib/compare/results';
import type { Recipe } from '@/lib/recipe/recipe';
import { headOf, isEdited, readForm } from './select';
import type { Session } from './session';

/**
 * What the address bar shows beside the view: on a lesson's page its own address; a link that could not
 * be opened, as it is, so that it can be mended by hand; the permalink of the experiment on the
 * screen; a recipe link of the draft as soon as it is edited (null while the form cannot be read); the bare page for the
 * untouched example, and an exhibit's for an untouched exhibit.
 */
export type Address = { view: View } & (
  | { kind: 'own' }
  | { kind: 'unopened' }
  | { kind: 'home' }
  | { kind: 'exhibit'; slug: string }
  | { kind: 'permalink'; id: string }
  | { kind: 'draft'; recipe: Recipe | null }
);

export function addressOf(session: Session): Address {
  const { view } = session.view;
  if (session.problem?.fault.kind === 'not-opened') return { kind: 'unopened', view };
  if (session.page === 'lesson') return { kind: 'own', view };
  if (isEdited(session)) {
    const form = readForm(session);
    return { kind: 'draft', view, recipe: form.ok ? form.value : null };
  }
  if (session.on.kind === 'exhibit') return { kind: 'exhibit', slug: session.on.exhibit.slug, view };
  const id = headOf(session)?.id;
  return id === undefined ? { kind: 'home', view } : { kind: 'permalink', id, view };
}

export function isSameAddress(a: Address, b: Address): boolean {
  if (a.view !== b.view) return false;
  if (a.kind === 'permalink' && b.kind === 'permalink') return a.id === b.id;
  if (a.kind === 'draft' && b.kind === 'draft') return a.recipe === b.recipe;
  return a.kind === b.kind;
}
