import { useLayoutEffect } from 'react';
import { shownId } from '@/components/session/ids';
import { useSession } from '@/components/session/session-context';
import { isRunning } from '@/lib/session/select';

/**
 * Keeps the place of the columns that are on the screen when Run is pressed, so that those that come then begin in their height.
 * An observer is told once the browser has laid out the page: asked before that, heights would have it laid out twice.
 */
export function KeptHeight() {
  const running = useSession(isRunning);
  useLayoutEffect(() => {
    const results = document.getElementById(shownId('results'));
    if (!results || !running) return;
    results.style.removeProperty('--kept-height');
    const columns = [...results.querySelectorAll<HTMLElement>('[id^="column-"]')];
    const observer = new ResizeObserver(() => {
      observer.disconnect();
      const highest = Math.max(0, ...columns.map(({ offsetHeight }) => offsetHeight));
      results.style.setProperty('--kept-height', `min(22rem, ${highest}px)`);
    });
    observer.observe(results);
    return () => observer.disconnect();
  }, [running]);
  return null;
}
