import { Ban } from 'lucide-react';
import { useDispatch, useSession } from '@/components/session/session-context';
import { Button } from '@/components/ui/button';
import type { Control } from '@/lib/session/link-options';
import { refusals } from '@/lib/session/refusals';
import { isReading, isRunning } from '@/lib/session/select';
import { sayRefusal } from '@/lib/words/capability';

type OfControls = { controls: readonly Control[] };

const useRefused = ({ controls }: OfControls) => useSession(refusals).find(({ key }) => controls.includes(key));

/** On the chip of a setting that the model has refused, with the day. */
export function RefusedSign(props: OfControls) {
  const refused = useRefused(props);
  if (!refused) return null;
  return (
    <span title={sayRefusal(refused)}>
      <Ban aria-hidden size={12} className="text-failure" />
      <span className="sr-only">, {sayRefusal(refused)}</span>
    </span>
  );
}

/** Behind the chip: when it was refused, and how to go on. */
export function RefusedNote(props: OfControls) {
  const refused = useRefused(props);
  const dispatch = useDispatch();
  const offered = useSession((session) => !isRunning(session) && !isReading(session));
  if (!refused) return null;
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
