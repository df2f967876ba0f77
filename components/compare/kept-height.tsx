import { useLayoutEffect } from 'react';
import { shownId } from '@/components/session/ids';
import { useSession } from '@/components/session/session-context';
import { isRunning } from '@/lib/session/select';

/** Keeps the place of the columns that are on the screen when Run is pressed, so that those that come then begin in their height. */
export function KeptHeight() {
  const running = useSession(isRunning);
  useLayoutEffect(() => {
    const results = document.getElementById(shownId('results'));
    if (!results || !running) return;
    results.style.removeProperty('--kept-height');
    const heights = [...results.querySelectorAll<HTMLElement>('[id^="column-"]')].map(
      ({ offsetHeight }) => offsetHeight,
    );
    results.style.setProperty('--kept-height', `min(22rem, ${Math.max(0, ...heights)}px)`);
  }, [running]);
  return null;
}
