'use client';

import { X } from 'lucide-react';
import { type ReactNode, type RefObject, useId, useState } from 'react';
import { Button } from './button';

type DialogProps = {
  title: string;
  dialog: RefObject<HTMLDialogElement | null>;
  /** it was closed, in whatever way */
  onClose?: () => void;
  children: ReactNode;
};

/** The platform's own modal dialog: it keeps the focus, Esc closes it, and the focus goes back to where it was. */
export function Dialog({ title, dialog, onClose, children }: DialogProps) {
  const id = useId();
  const [opened, setOpened] = useState(false);
  return (
    <dialog
      ref={dialog}
      aria-labelledby={id}
      // Opening it moves the focus into it; until then there is no need of what it holds.
      onFocus={() => setOpened(true)}
      onClose={onClose}
      className="m-auto max-h-[90dvh] w-[min(40rem,calc(100vw-2rem))] overflow-y-auto rounded-md border border-control bg-ground p-4 text-ink shadow-lg backdrop:bg-black/50 sm:p-6"
    >
      <div className="mb-3 flex items-center justify-between gap-4">
        <h2 id={id} className="font-semibold text-lg">
          {title}
        </h2>
        <Button variant="quiet" aria-label="Close" onClick={() => dialog.current?.close()}>
          <X aria-hidden size={18} />
        </Button>
      </div>
      {opened && children}
    </dialog>
  );
}
