'use client';

import type { RefObject } from 'react';
import { Dialog } from '@/components/ui/dialog';
import { later } from '@/components/ui/later';
import type { ShareLinksProps } from './share-links';

const ShareLinks = later(() => import('./share-links').then((links) => links.ShareLinks));

type ShareDialogProps = ShareLinksProps & { dialog: RefObject<HTMLDialogElement | null> };

/** The links to an experiment. */
export function ShareDialog({ dialog, ...links }: ShareDialogProps) {
  return (
    <Dialog title="Share this experiment" dialog={dialog}>
      <ShareLinks {...links} />
    </Dialog>
  );
}
