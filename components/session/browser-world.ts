import { api } from '@/components/api/api';
import { pages } from '@/lib/api/addresses';
import type { Address } from '@/lib/session/address';
import type { FocusTarget, Shown } from '@/lib/session/effects';
import { lastingParts } from '@/lib/session/link-options';
import type { World } from '@/lib/session/runner';
import { holdKeys } from './held-keys';
import { fieldId, lessonStepId, shownId } from './ids';

/** The world of a session on a page. */
export const browserWorld = (): World => ({
  api,
  wait,
  now: () => new Date().toISOString(),
  writeAddress: addressWriter(),
  focus,
  show,
  holdKeys,
});

function wait(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener(
      'abort',
      () => {
        clearTimeout(timer);
        resolve();
      },
      { once: true },
    );
  });
}

/** Moves the focus once its target has been drawn. */
function focus(target: FocusTarget): void {
  const id = idOf(target);
  setTimeout(() => {
    document.getElementById(id)?.focus();
  });
}

/** Scrolls to a part of the page once it has been drawn, unless enough of it is on the screen already. */
function show(part: Shown): void {
  setTimeout(async () => {
    const element = await whenThere(shownId(part));
    const { top, bottom } = element.getBoundingClientRect();
    const onScreen = Math.min(bottom, innerHeight) - Math.max(top, 0);
    if (onScreen < 0.4 * innerHeight) element.scrollIntoView({ block: 'start' });
  });
}

/** The element with this id, as soon as there is one: its code may still be on its way. */
function whenThere(id: string): Promise<HTMLElement> {
  return new Promise((resolve) => {
    const observer = new MutationObserver(look);
    observer.observe(document.body, { childList: true, subtree: true });
    look();
    function look(): void {
      const element = document.getElementById(id);
      if (!element) return;
      observer.disconnect();
      resolve(element);
    }
  });
}

function idOf(target: FocusTarget): string {
  if (target.kind === 'results') return shownId('results');
  return target.kind === 'field' ? fieldId(target.field) : lessonStepId(target.step);
}

/** Typing is written to the address after a pause of this long. */
const pauseMs = 300;

/** Writes the address. What a link hides or locks stays in it. */
function addressWriter(): World['writeAddress'] {
  let pause: ReturnType<typeof setTimeout> | undefined;
  let newest: Address | undefined;
  return (address) => {
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
      const { recipeToFragment } = await import('@/lib/recipe/link');
      const fragment = await recipeToFragment(recipe);
      if (newest === address) replace(`${pages.home}${query}#${fragment}`);
    }, pauseMs);
  };
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
  history.replaceState(null, '', address);
}
