import { useSession } from '@/components/session/session-context';
import { DeletionByLink } from '@/components/share/deletion-by-link';
import { ConfirmDialog } from './confirm-dialog';
import { KeyDialog } from './key-dialog';

/** What the tool asks in between. */
export function Dialogs() {
  const asksForKey = useSession(({ keyAsked }) => keyAsked !== null);
  return (
    <>
      <ConfirmDialog />
      {asksForKey && <KeyDialog />}
      <DeletionByLink />
    </>
  );
}
