import { useDispatch, useSession } from '@/components/session/session-context';
import { Button } from '@/components/ui/button';
import { isRunning, lessonStep } from '@/lib/session/select';
import { clearProgress } from './use-progress';

/** Begins the lesson anew and forgets what was kept of it; from the second step on. */
export function StartAgain({ slug }: { slug: string }) {
  const dispatch = useDispatch();
  const begun = useSession(lessonStep) !== 'predict';
  const running = useSession(isRunning);
  if (!begun) return null;
  function startAgain() {
    clearProgress(slug);
    dispatch({ kind: 'lesson-restarted' });
  }
  return (
    <Button data-needs-script variant="quiet" disabled={running} onClick={startAgain}>
      Start again
    </Button>
  );
}
