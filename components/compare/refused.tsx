import { Ban } from 'lucide-react';
import { useDispatch, useSession } from '@/components/session/session-context';
import { Button } from '@/components/ui/button';
import { parameterName } from '@/lib/recipe/parameters';
import { refusedSettings } from '@/lib/session/refusals';
import { isReading, isRunning } from '@/lib/session/select';

/** Where the model refused a setting: how to go on. What it said stands in the columns of the runs that failed. */
export function Refused() {
  const dispatch = useDispatch();
  const keys = useSession(refusedSettings);
  const offered = useSession((session) => !isRunning(session) && !isReading(session));
  if (!offered) return null;
  return [...keys].map((key) => (
    <p key={key} className="flex flex-wrap items-center gap-x-3 gap-y-1 xl:shrink-0">
      <span className="inline-flex items-center gap-1.5">
        <Ban aria-hidden size={16} className="text-failure" /> This model refused the {parameterName(key)}.
      </span>
      <Button onClick={() => dispatch({ kind: 'run-without-asked', key })}>Run without it</Button>
    </p>
  ));
}
