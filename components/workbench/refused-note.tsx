import { Ban } from 'lucide-react';
import { useDispatch, useSession } from '@/components/session/session-context';
import { Button } from '@/components/ui/button';
import { isReading, isRunning, type RefusedSetting } from '@/lib/session/select';
import { sayRefusal } from '@/lib/words/capability';

/** Behind the chip of a setting that the model has refused: when, and how to go on. */
export function RefusedNote({ refused }: { refused: RefusedSetting }) {
  const dispatch = useDispatch();
  const offered = useSession((session) => !isRunning(session) && !isReading(session));
  return (
    <p className="mt-3 flex max-w-prose flex-wrap items-center gap-x-3 gap-y-1 text-sm">
      <span className="inline-flex items-center gap-1.5">
        <Ban aria-hidden size={16} className="shrink-0 text-failure" /> {sayRefusal(refused)}
      </span>
      {offered && (
        <Button
          onClick={({ currentTarget }) => {
            currentTarget.closest<HTMLElement>('[popover]')?.hidePopover();
            dispatch({ kind: 'run-without-asked', key: refused.key });
          }}
        >
          Run without it
        </Button>
      )}
    </p>
  );
}
