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
 * Makes many buttons one stop of the Tab key, with other keys that lead from one to the next: what the ARIA Authoring
 * Practices call a roving tabindex. The element around the buttons gets `onKeyDown`, each button the props `stop(place)`.
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

type Pressed = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey'>;

/** The key that was pressed; null with a modifier, for then it belongs to the browser: Alt and an arrow go back in history. */
export const plainKey = ({ key, ctrlKey, metaKey, altKey }: Pressed): string | null =>
  ctrlKey || metaKey || altKey ? null : key;

/** Where a key leads in a row of `count`: to a neighbour, or with Home and End to its ends; null if nowhere. */
export function nextInRow(event: KeyboardEvent, at: number, count: number): number | null {
  const places: Record<string, number> = { ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: count - 1 };
  const to = places[plainKey(event) ?? ''] ?? at;
  return to === at || to < 0 || to >= count ? null : to;
}
