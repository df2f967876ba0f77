import { useEffect, useRef } from 'react';
import { useDispatch, useSession } from '@/components/session/session-context';
import { Dialog } from '@/components/ui/dialog';
import { ConfirmQuestion } from './confirm-question';

/** Asks before many calls are made to a provider that may charge for them. */
export function ConfirmDialog() {
  const dialog = useRef<HTMLDialogElement>(null);
  const dispatch = useDispatch();
  const confirming = useSession((session) => session.confirming);
  useEffect(() => {
    if (confirming) dialog.current?.showModal();
    else dialog.current?.close();
  }, [confirming]);
  return (
    <Dialog title="That is a lot. Run it?" dialog={dialog} onClose={() => dispatch({ kind: 'run-declined' })}>
      <ConfirmQuestion />
    </Dialog>
  );
}
