'use client';

import { useEffect } from 'react';

/** F7 goes to the next marked difference, Shift+F7 to the one before, round and round; it is outlined for a moment. */
export function useDifferenceKeys(): void {
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (event.key !== 'F7' || document.querySelector('dialog[open]')) return;
      const marks = [...document.querySelectorAll<HTMLElement>('#results [data-kind]')];
      if (marks.length === 0) return;
      event.preventDefault();
      const at = marks.findIndex((mark) => mark.hasAttribute('data-current'));
      const step = event.shiftKey ? -1 : 1;
      const first = event.shiftKey ? marks.length - 1 : 0;
      const next = marks.at(at < 0 ? first : (at + step) % marks.length);
      for (const mark of marks) mark.removeAttribute('data-current');
      next?.setAttribute('data-current', '');
      next?.scrollIntoView({ block: 'center', inline: 'center' });
    };
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  }, []);
}
