import { useEffect, useRef } from 'react';
import { useDispatch, useSession } from '@/components/session/session-context';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { providerIn } from '@/lib/session/select';
import { estimateText } from './estimate';

/** Asks before many calls are made to a provider that may charge for them. */
export function ConfirmDialog() {
  const dialog = useRef<HTMLDialogElement>(null);
  const dispatch = useDispatch();
  const confirming = useSession((session) => session.confirming);
  const estimate = useSession(estimateText);
  const provider = useSession(({ draft, providers }) => providerIn(providers, draft.provider)?.name ?? draft.provider);
  useEffect(() => {
    if (confirming) dialog.current?.showModal();
    else dialog.current?.close();
  }, [confirming]);
  return (
    <Dialog title="That is a lot. Run it?" dialog={dialog} onClose={() => dispatch({ kind: 'run-declined' })}>
      <p>
        {estimate}, sent to {provider}, which may charge for them.
      </p>
      <div className="mt-4 flex justify-end gap-2">
        <Button onClick={() => dispatch({ kind: 'run-declined' })}>Do not run</Button>
        <Button variant="primary" onClick={() => dispatch({ kind: 'run-confirmed' })}>
          Run them all
        </Button>
      </div>
    </Dialog>
  );
}
