import type { KeyboardEvent } from 'react';

type RovingFocus<Place> = {
  /** the place that the Tab key comes to */
  current: Place;
  /** a name that no other place has */
  idOf: (place: Place) => string;
  /** where a key leads from `current`; null if nowhere */
  next: (event: KeyboardEvent) => Place | null;
  /** a place has come into focus */
  onMove: (place: Place) => void;
};

/**
 * Many buttons as one stop of the Tab key, with keys that lead from one to the next. The element around them is given
 * `onKeyDown`, and each button what `stop` makes of its place. The ARIA Authoring Practices call this a roving tabindex.
 */
export function rovingFocus<Place>({ current, idOf, next, onMove }: RovingFocus<Place>) {
  function onKeyDown(event: KeyboardEvent) {
    const to = next(event);
    const button = to !== null && event.currentTarget.querySelector<HTMLElement>(`[data-place="${idOf(to)}"]`);
    if (!button) return;
    event.preventDefault();
    button.focus();
  }
  const stop = (place: Place) => ({
    tabIndex: idOf(place) === idOf(current) ? 0 : -1,
    'data-place': idOf(place),
    onFocus: () => onMove(place),
  });
  return { onKeyDown, stop };
}

/** The key alone; with a modifier it is the browser's: Alt and an arrow go back in its history. */
export const plainKey = ({ key, ctrlKey, metaKey, altKey }: KeyboardEvent): string | null =>
  ctrlKey || metaKey || altKey ? null : key;

/** Where a key leads in a row of `count`: to a neighbour, or with Home and End to its ends; null if nowhere. */
export function nextInRow(event: KeyboardEvent, at: number, count: number): number | null {
  const places: Record<string, number> = { ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: count - 1 };
  const to = places[plainKey(event) ?? ''] ?? at;
  return to === at || to < 0 || to >= count ? null : to;
}
