import { type RefObject, useEffect, useRef, useState } from 'react';
import { useSession } from '@/components/session/session-context';
import { pages } from '@/lib/api/addresses';
import { headOf } from '@/lib/session/select';
import { DeleteDialog } from './delete-dialog';

/** Asks whether to delete the experiment on the screen, if the page was opened with its delete link. */
export function DeletionByLink() {
  const id = useSession((session) => headOf(session)?.id);
  return id !== undefined && <Deletion id={id} />;
}

function Deletion({ id }: { id: string }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const token = useDeleteToken(dialog);
  return <DeleteDialog dialog={dialog} id={id} token={token} onDeleted={() => location.assign(pages.home)} />;
}

/**
 * The token of the delete link that the page was opened with. With one, the dialog that asks whether to delete opens at
 * once.
 */
function useDeleteToken(dialog: RefObject<HTMLDialogElement | null>): string | null {
  const [token, setToken] = useState<string | null>(null);
  useEffect(() => {
    const read = () => {
      const found = /^#delete=([\w-]+)$/.exec(location.hash)?.[1];
      if (found === undefined) return;
      history.replaceState(null, '', location.pathname); // so that it is not copied along with the address
      setToken(found);
      dialog.current?.showModal();
    };
    read();
    window.addEventListener('hashchange', read);
    return () => window.removeEventListener('hashchange', read);
  }, [dialog]);
  return token;
}
