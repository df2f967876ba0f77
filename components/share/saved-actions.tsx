'use client';

import { Download, GitBranchPlus, RotateCcw, Share2, Trash2 } from 'lucide-react';
import { useRef } from 'react';
import { useDispatch, useSession } from '@/components/session/session-context';
import { Button } from '@/components/ui/button';
import { useCommands } from '@/components/ui/commands';
import { Popover } from '@/components/ui/popover';
import { pages } from '@/lib/api/addresses';
import { isWorthRetrying } from '@/lib/run/record';
import type { SavedHead } from '@/lib/run/saved';
import { experimentOf, headOf, isProviderKnown } from '@/lib/session/select';
import { DeleteDialog } from './delete-dialog';
import { DownloadList } from './download-list';
import { ShareDialog } from './share-dialog';

/** What else can be done with it. */
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
    <>
      {!head.own && <MakeItYours />}
      {missing > 0 && head.own && head.origin === 'run' && (
        <Button variant="primary" onClick={() => dispatch({ kind: 'completion-asked' })}>
          Run the {missing} missing
        </Button>
      )}
      {known && (
        <Button onClick={replay} disabled={running} aria-label="Run again and compare" title="Run again and compare">
          <RotateCcw aria-hidden size={16} /> Run again
        </Button>
      )}
      {canShare && (
        <Button onClick={openShare} disabled={running}>
          <Share2 aria-hidden size={16} /> Share
        </Button>
      )}
      <Downloads id={head.id} programs={known} disabled={running} />
      {head.own && (
        <Button
          variant="quiet"
          aria-label="Delete"
          title="Delete"
          onClick={() => remove.current?.showModal()}
          disabled={running}
          className="px-2"
        >
          <Trash2 aria-hidden size={16} />
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
    </>
  );
}

/** Opens the same recipe as a draft of the visitor's own. */
function MakeItYours() {
  const { recipe } = useSession(experimentOf);
  async function openDraft() {
    const { recipeToFragment } = await import('@/lib/recipe/link');
    location.assign(pages.draft(await recipeToFragment(recipe)));
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
      <Button
        variant="quiet"
        popoverTarget={popover}
        disabled={disabled}
        aria-label="Download"
        title="Download"
        className="px-2"
      >
        <Download aria-hidden size={16} />
      </Button>
      <Popover id={popover} label="Download" end className="p-2">
        <DownloadList id={id} programs={programs} />
      </Popover>
    </>
  );
}
