import { Pin } from 'lucide-react';
import { useSyncExternalStore } from 'react';
import { Button } from '@/components/ui/button';
import { useCommands } from '@/components/ui/commands';
import { writeStored } from '@/components/ui/stored';

const wide = '(width >= 105rem)';
const listeners = new Set<() => void>();

/**
 * The button that pins the chips' fields open beside the results, and the column in which they then stand. Only wide windows
 * have room for it. It is remembered in this browser; public/theme.js keeps its place free before the first paint.
 */
export function Rail({ onRail }: { onRail: (rail: HTMLElement | null) => void }) {
  const isWide = useSyncExternalStore(subscribe, () => window.matchMedia(wide).matches);
  const isPinned = useSyncExternalStore(subscribe, () => 'rail' in document.documentElement.dataset);
  useCommands(() =>
    isWide
      ? [{ name: `Settings beside the results: ${isPinned ? 'off' : 'on'}`, group: 'Appearance', run: toggle }]
      : [],
  );
  if (!isWide) return null;
  return (
    <>
      <Button
        variant="quiet"
        aria-label="Pin the settings beside the results"
        aria-pressed={isPinned}
        onClick={toggle}
        title="Pin the settings beside the results"
        className="px-2 aria-pressed:text-accent"
      >
        <Pin aria-hidden size={16} />
      </Button>
      {isPinned && (
        <div className="absolute start-0 inset-y-0 w-80">
          <div
            ref={onRail}
            className="sticky top-2 max-h-[calc(100dvh-1rem)] divide-y divide-hairline overflow-y-auto rounded-md border border-hairline [&_.grid>*]:col-auto! [&_.grid]:grid-cols-1!"
          />
        </div>
      )}
    </>
  );
}

function toggle(): void {
  const on = document.documentElement.toggleAttribute('data-rail');
  writeStored('seedbed-rail', on ? 'on' : 'off');
  for (const notify of listeners) notify();
}

function subscribe(notify: () => void): () => void {
  const query = window.matchMedia(wide);
  listeners.add(notify);
  query.addEventListener('change', notify);
  return () => {
    listeners.delete(notify);
    query.removeEventListener('change', notify);
  };
}
