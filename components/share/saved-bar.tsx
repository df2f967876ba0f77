'use client';

import { Download, RotateCcw, Share2, Trash2 } from 'lucide-react';
import { type RefObject, useEffect, useRef, useState } from 'react';
import { useDispatch, useSession } from '@/components/session/session-context';
import { Button } from '@/components/ui/button';
import { later } from '@/components/ui/later';
import { Popover } from '@/components/ui/popover';
import { pages } from '@/lib/api/addresses';
import type { Experiment } from '@/lib/run/fold';
import { isWorthRetrying } from '@/lib/run/record';
import type { SavedHead } from '@/lib/run/saved';
import { experimentOf, headOf, isProviderKnown } from '@/lib/session/select';
import { sentences } from '@/lib/words/english';
import { sayOrigin } from '@/lib/words/origin';
import { sayMinute } from '@/lib/words/time';
import { DeleteDialog } from './delete-dialog';
import { ShareDialog } from './share-dialog';

const DownloadList = later(() => import('./download-list').then((list) => list.DownloadList));

/** What is stored of the experiment on the screen, and what can be done with it once it is over. */
export function SavedBar() {
  const head = useSession(headOf);
  return head && <Saved head={head} />;
}

function Saved({ head }: { head: SavedHead }) {
  const dispatch = useDispatch();
  const experiment = useSession(experimentOf);
  /** whether this server knows the provider, so that the recipe can be run again */
  const known = useSession(isProviderKnown);
  const share = useRef<HTMLDialogElement>(null);
  const remove = useRef<HTMLDialogElement>(null);
  const token = useDeleteToken(remove);
  const { running, runs } = experiment;
  const missing = running ? 0 : runs.filter(isWorthRetrying).length;
  return (
    <section aria-label="Saved experiment" className="flex flex-wrap items-center gap-x-1 gap-y-1 text-sm">
      <p className="min-w-0 basis-full break-words text-dim text-fine">{sayState(head, running)}</p>
      {missing > 0 && head.own && head.origin === 'run' && (
        <Button variant="primary" onClick={() => dispatch({ kind: 'completion-asked' })}>
          Run the {missing} missing
        </Button>
      )}
      {known && (
        <Button onClick={() => dispatch({ kind: 'replay-asked' })} disabled={running}>
          <RotateCcw aria-hidden size={16} /> Run again and compare
        </Button>
      )}
      {!head.own && <MakeItYours experiment={experiment} />}
      {(head.own || head.sharedAt) && (
        <Button onClick={() => share.current?.showModal()} disabled={running}>
          <Share2 aria-hidden size={16} /> Share
        </Button>
      )}
      <Downloads id={head.id} programs={known} disabled={running} />
      {head.own && (
        <Button variant="quiet" onClick={() => remove.current?.showModal()} disabled={running}>
          <Trash2 aria-hidden size={16} /> Delete
        </Button>
      )}
      <ShareDialog
        key={head.id}
        dialog={share}
        head={head}
        recipe={experiment.recipe}
        onShared={(change) => dispatch({ kind: 'head-changed', head: { ...head, ...change } })}
      />
      <DeleteDialog dialog={remove} id={head.id} token={token} onDeleted={() => location.assign(pages.home)} />
    </section>
  );
}

function sayState({ createdAt, sharedAt, own, origin }: SavedHead, running: boolean): string {
  const made = sentences(sayOrigin(origin), `Saved, ${sayMinute(createdAt)}.`);
  if (running) return 'Being saved as it runs.';
  if (!own) return `${made} Read-only: changes make a copy.`;
  return `${made} ${sharedAt ? 'Public to whoever has the link.' : 'Private to this browser.'}`;
}

/** Opens the same recipe as a draft of the visitor's own. */
function MakeItYours({ experiment }: { experiment: Experiment }) {
  async function openDraft() {
    const { recipeToFragment } = await import('@/lib/recipe/link');
    location.assign(pages.draft(await recipeToFragment(experiment.recipe)));
    if (location.pathname === pages.home) location.reload();
  }
  return <Button onClick={openDraft}>Make it yours</Button>;
}

function Downloads({ id, programs, disabled }: { id: string; programs: boolean; disabled: boolean }) {
  const popover = `downloads-${id}`;
  return (
    <>
      <Button popoverTarget={popover} disabled={disabled}>
        <Download aria-hidden size={16} /> Download
      </Button>
      <Popover id={popover} label="Download" end className="p-2">
        <DownloadList id={id} programs={programs} />
      </Popover>
    </>
  );
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
