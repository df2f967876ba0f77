import { pages } from '@/lib/api/addresses';
import { recipeToFragment } from '@/lib/recipe/link';
import type { Recipe } from '@/lib/recipe/recipe';
import type { Address } from '@/lib/session/address';
import { lastingParts } from '@/lib/session/link-options';
import { noteShownPath } from './shown-path';

/** Typing is written to the address after a pause of this long. */
const pauseMs = 300;

/** The draft that is not in the address yet, while typing goes on. */
let typed: { recipe: Recipe; query: string; pause: ReturnType<typeof setTimeout> } | null = null;
let newest: Address | undefined;

/** Writes the address. What a link hides or locks stays in it. */
export async function writeAddress(address: Address): Promise<void> {
  newest = address;
  if (address.kind === 'unopened') return forget();
  const query = queryOf(address);
  if (address.kind !== 'draft') {
    // The recipe that runs now is what one comes back to.
    await writeTyped();
    if (newest === address) write(pathOf(address) + query);
    return;
  }
  forget();
  if (location.pathname !== pages.home) write(pages.home + query);
  const { recipe } = address;
  if (recipe) typed = { recipe, query, pause: setTimeout(() => void writeTyped(), pauseMs) };
}

function forget(): void {
  clearTimeout(typed?.pause);
  typed = null;
}

async function writeTyped(): Promise<void> {
  if (!typed) return;
  const { recipe, query } = typed;
  forget();
  const before = newest;
  const fragment = await recipeToFragment(recipe);
  if (newest === before && location.pathname === pages.home) write(`${pages.home}${query}#${fragment}`);
}

function pathOf(address: Exclude<Address, { kind: 'draft' | 'unopened' }>): string {
  if (address.kind === 'own') return location.pathname;
  if (address.kind === 'exhibit') return pages.exhibit(address.slug);
  return address.kind === 'permalink' ? pages.permalink(address.id) : pages.home;
}

function queryOf({ view }: Address): string {
  const parts = [...(view === 'columns' ? [] : [`view=${view}`]), ...lastingParts(location.search)];
  return parts.length > 0 ? `?${parts.join('&')}` : '';
}

/** Another page is one more that the browser can go back to; what changes on the same page takes the place of what was. */
function write(address: string): void {
  if (location.pathname + location.search + location.hash === address) return;
  // Whoever asks about the deletion comes later, and takes the link away itself.
  if (location.hash.startsWith('#delete=')) return;
  const { pathname } = new URL(address, location.href);
  if (pathname === location.pathname) history.replaceState(null, '', address);
  else history.pushState(null, '', address);
  noteShownPath(pathname);
}
