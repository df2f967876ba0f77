import type { RefObject } from 'react';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';

type ConfirmDialogProps = {
  dialog: RefObject<HTMLDialogElement | null>;
  estimate: string;
  provider: string;
  onConfirm: () => void;
};

/** Asks before many calls are made to a provider that may charge for them. */
export function ConfirmDialog({ dialog, estimate, provider, onConfirm }: ConfirmDialogProps) {
  const confirm = () => {
    dialog.current?.close();
    onConfirm();
  };
  return (
    <Dialog title="That is a lot. Run it?" dialog={dialog}>
      <p>
        {estimate}, sent to {provider}, which may charge for them.
      </p>
      <div className="mt-4 flex justify-end gap-2">
        <Button onClick={() => dialog.current?.close()}>Do not run</Button>
        <Button variant="primary" onClick={confirm}>
          Run them all
        </Button>
      </div>
    </Dialog>
  );
}
