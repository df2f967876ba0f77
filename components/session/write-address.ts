import { pages } from '@/lib/api/addresses';
import { recipeToFragment } from '@/lib/recipe/link';
import type { Address } from '@/lib/session/address';
import { lastingParts } from '@/lib/session/link-options';

/** Typing is written to the address after a pause of this long. */
const pauseMs = 300;

let pause: ReturnType<typeof setTimeout> | undefined;
let newest: Address | undefined;

/** Writes the address. What a link hides or locks stays in it. */
export function writeAddress(address: Address): void {
  clearTimeout(pause);
  newest = address;
  if (address.kind === 'unopened') return;
  const query = queryOf(address);
  if (address.kind !== 'draft') {
    replace(pathOf(address) + query);
    return;
  }
  const { recipe } = address;
  if (location.pathname !== pages.home) replace(pages.home + query);
  if (!recipe) return;
  pause = setTimeout(async () => {
    const fragment = await recipeToFragment(recipe);
    if (newest === address) replace(`${pages.home}${query}#${fragment}`);
  }, pauseMs);
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

function replace(address: string): void {
  if (location.pathname + location.search + location.hash === address) return;
  // Whoever asks about the deletion comes later, and takes the link away itself.
  if (!location.hash.startsWith('#delete=')) history.replaceState(null, '', address);
}
