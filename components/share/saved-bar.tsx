'use client';

import { Download, GitBranchPlus, RotateCcw, Share2, Trash2 } from 'lucide-react';
import { useRef } from 'react';
import { useDispatch, useSession } from '@/components/session/session-context';
import { Button } from '@/components/ui/button';
import { useCommands } from '@/components/ui/commands';
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
  return (
    head && (
      <section aria-label="Saved experiment" className="flex flex-col gap-1">
        <SavedLine />
        <SavedActions />
      </section>
    )
  );
}

/** What is stored of it, in a sentence. */
export function SavedLine() {
  const head = useSession(headOf);
  const running = useSession(({ on }) => on.experiment.running);
  return head && <p className="min-w-0 break-words text-dim text-fine">{sayState(head, running)}</p>;
}

/** What can be done with it; for a reader, to take it over comes first. */
export function SavedActions() {
  const head = useSession(headOf);
  return head && <Actions head={head} />;
}

function Actions({ head }: { head: SavedHead }) {
  const dispatch = useDispatch();
  const experiment = useSession(experimentOf);
  /** whether this server knows the provider, so that the recipe can be run again */
  const known = useSession(isProviderKnown);
  const share = useRef<HTMLDialogElement>(null);
  const remove = useRef<HTMLDialogElement>(null);
  const { running, runs } = experiment;
  const replay = () => dispatch({ kind: 'replay-asked' });
  const openShare = () => share.current?.showModal();
  const canShare = head.own || head.sharedAt !== null;
  useCommands(() => [
    ...(canShare && !running ? [{ name: 'Share', group: 'This page', run: openShare } as const] : []),
    ...(known && !running ? [{ name: 'Run again and compare', group: 'This page', run: replay } as const] : []),
  ]);
  const missing = running ? 0 : runs.filter(isWorthRetrying).length;
  return (
    <div className="flex flex-wrap items-center gap-1 text-sm">
      {!head.own && <MakeItYours experiment={experiment} />}
      {missing > 0 && head.own && head.origin === 'run' && (
        <Button variant="primary" onClick={() => dispatch({ kind: 'completion-asked' })}>
          Run the {missing} missing
        </Button>
      )}
      {known && (
        <Button onClick={replay} disabled={running}>
          <RotateCcw aria-hidden size={16} /> Run again and compare
        </Button>
      )}
      {canShare && (
        <Button onClick={openShare} disabled={running}>
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
      <DeleteDialog dialog={remove} id={head.id} onDeleted={() => location.assign(pages.home)} />
    </div>
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
  return (
    <Button variant="primary" onClick={openDraft}>
      <GitBranchPlus aria-hidden size={16} /> Make it yours
    </Button>
  );
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
