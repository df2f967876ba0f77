import { pages } from '@/lib/api/addresses';
import { recipeToFragment } from '@/lib/recipe/link';
import type { Recipe } from '@/lib/recipe/recipe';
import type { Address } from '@/lib/session/address';
import { lastingParts } from '@/lib/session/link-options';
import { isShown, noteShownPath } from './shown-path';

/** Typing is written to the address after a pause of this long. */
const pauseMs = 300;

/** The draft of which the address is, once typing pauses. */
let typed: { recipe: Recipe; query: string; pause: ReturnType<typeof setTimeout> } | null = null;
/**
 * The path of what was on the screen before a change to its form gave it the address of a draft: it lies beneath in the history, and
 * public/theme.js opens the draft over it again.
 */
let draftOf: string | null = null;
let newest: Address | undefined;

/** Writes the address. What a link hides or locks stays in it. */
export async function writeAddress(address: Address): Promise<void> {
  newest = address;
  if (address.kind === 'unopened') return forget();
  const query = queryOf(address);
  if (address.kind !== 'draft') {
    const path = pathOf(address);
    // The recipe that has run is what one comes back to; a change that was undone is not.
    if (address.kind === 'permalink' && path !== draftOf) await writeTyped();
    if (newest !== address) return;
    forget();
    write(path + query);
    return;
  }
  forget();
  const { recipe } = address;
  const begins = location.pathname !== pages.home;
  if (recipe) typed = { recipe, query, pause: setTimeout(() => void writeTyped(), begins ? 0 : pauseMs) };
  else writeDraft(query);
}

function forget(): void {
  clearTimeout(typed?.pause);
  typed = null;
}

/** What is typed stays known until something else is on the screen: a jump within the page may have taken its place. */
async function writeTyped(): Promise<void> {
  if (!typed) return;
  const { recipe, query, pause } = typed;
  clearTimeout(pause);
  const before = newest;
  const fragment = await recipeToFragment(recipe).catch(() => null);
  if (newest === before) writeDraft(fragment === null ? query : `${query}#${fragment}`); // it may be too large for an address
}

function writeDraft(address: string): void {
  write(pages.home + address, location.pathname === pages.home ? draftOf : location.pathname);
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

/**
 * Writes an address, and in the history's entry what a draft lies over. Another page is one more that the browser can go back to; what
 * changes on the same page takes the place of what was, and so does what nobody has done anything for, or has undone.
 */
function write(address: string, over: string | null = null): void {
  if (!isShown()) return; // the browser has gone elsewhere, and what is there is about to be opened
  if (location.pathname + location.search + location.hash === address) return;
  // Whoever asks about the deletion comes later, and takes the link away itself.
  if (location.hash.startsWith('#delete=')) return;
  const { pathname } = new URL(address, location.href);
  const undone = pathname === draftOf || location.pathname === draftOf;
  const reopened = over !== null && location.hash.startsWith('#r='); // the entry is that of the draft already
  if (pathname === location.pathname || undone || reopened || !navigator.userActivation.hasBeenActive)
    history.replaceState({ over }, '', address);
  else history.pushState({ over }, '', address);
  if (pathname !== draftOf) draftOf = over;
  noteShownPath(pathname);
}
