import { Play, Square } from 'lucide-react';
import { useSession } from '@/components/session/session-context';
import { Button } from '@/components/ui/button';
import { estimateOf, isRunning } from '@/lib/session/select';

/**
 * Run, and while something runs, Stop: one button, so that the focus stays where it is. Of a double click only the first counts: the
 * second would undo it.
 */
export function RunButton() {
  const running = useSession(isRunning);
  const runs = useSession((session) => estimateOf(session)?.calls ?? session.draft.runs);
  const Icon = running ? Square : Play;
  return (
    <Button
      type="submit"
      onClick={(event) => event.detail > 1 && event.preventDefault()}
      variant="primary"
      className="min-h-11 min-w-28 self-start text-base max-sm:order-1 max-sm:px-2 sm:min-w-40"
    >
      <Icon aria-hidden size={18} />
      {running ? 'Stop' : `Run ${runs}`}
      <kbd className="font-normal font-sans text-fine opacity-90 max-sm:hidden">{running ? 'Esc' : 'Ctrl+Enter'}</kbd>
    </Button>
  );
}
