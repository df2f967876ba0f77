import { FlaskConical } from 'lucide-react';
import { useDispatch, useSession } from '@/components/session/session-context';
import { Button } from '@/components/ui/button';
import { useCommands } from '@/components/ui/commands';
import { maxProbeCalls } from '@/lib/recipe/probe';
import { isRunning } from '@/lib/session/select';

/** Finds out what the chosen model makes of its settings; the popover that it stands in closes, since the answer comes below. */
export function ProbeButton() {
  const dispatch = useDispatch();
  const busy = useSession((session) => isRunning(session) || session.draft.settings.model.trim() === '');
  const lesson = useSession(({ page }) => page === 'lesson');
  const probe = () => dispatch({ kind: 'probe-asked' });
  useCommands(() => (busy || lesson ? [] : [{ name: 'Probe this model', group: 'This page', run: probe }]));
  if (lesson) return null;
  return (
    <div className="mt-3 flex max-w-prose flex-col gap-1">
      <Button
        disabled={busy}
        onClick={({ currentTarget }) => {
          currentTarget.closest<HTMLElement>('[popover]')?.hidePopover();
          probe();
        }}
        className="self-start"
      >
        <FlaskConical aria-hidden size={16} /> Probe this model
      </Button>
      <p className="text-dim text-fine">
        Does it use a seed, temperature, top-p? Does it send logprobs? {maxProbeCalls} short calls at most; your recipe
        stays as it is.
      </p>
    </div>
  );
}
