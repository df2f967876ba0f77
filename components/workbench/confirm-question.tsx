import { useDispatch, useSession } from '@/components/session/session-context';
import { Button } from '@/components/ui/button';
import { chargingProviders } from '@/lib/session/select';
import { listed } from '@/lib/words/english';
import { estimateWithKeys } from './own-key-estimate';

/** How many calls that would be, and to whom. */
export function ConfirmQuestion() {
  const dispatch = useDispatch();
  const estimate = useSession(estimateWithKeys);
  const charging = useSession((session) => listed(chargingProviders(session)));
  return (
    <>
      <p>
        {estimate}, sent to {charging}, which may charge for them.
      </p>
      <div className="mt-4 flex justify-end gap-2">
        <Button onClick={() => dispatch({ kind: 'run-declined' })}>Do not run</Button>
        <Button variant="primary" onClick={() => dispatch({ kind: 'run-confirmed' })}>
          Run them all
        </Button>
      </div>
    </>
  );
}
