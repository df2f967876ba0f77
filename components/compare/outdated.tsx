import { useSession } from '@/components/session/session-context';
import { isEdited, isRunning } from '@/lib/session/select';

/**
 * That the form asks for something else by now; over the recipe on a phone, where that is pinned to the bottom, and at the foot of other
 * narrow windows. Nothing moves for it.
 */
export function Outdated() {
  const outdated = useSession((session) => !isRunning(session) && isEdited(session));
  const pinned = useSession(({ page }) => page !== 'lesson');
  return (
    outdated && (
      <p
        className={`flex shrink-0 items-center gap-1.5 text-fine ${pinned ? 'max-sm:fixed max-sm:inset-x-0 max-sm:bottom-27 max-sm:z-10 max-sm:border-hairline max-sm:border-t max-sm:bg-panel max-sm:px-3 max-sm:py-1 sm:max-xl:fixed sm:max-xl:start-1/2 sm:max-xl:bottom-3 sm:max-xl:z-10 sm:max-xl:-translate-x-1/2 sm:max-xl:rounded-full sm:max-xl:border sm:max-xl:border-control sm:max-xl:bg-panel sm:max-xl:px-3 sm:max-xl:py-1' : ''}`}
      >
        <span aria-hidden className="size-1.5 shrink-0 rounded-full bg-accent" />
        These results are from other settings.
      </p>
    )
  );
}
