'use client';

import { type RefObject, useState } from 'react';
import { api } from '@/components/api/api';
import { Alert } from '@/components/ui/alert';
import { Button } from '@/components/ui/button';
import { sayApiProblem } from '@/lib/words/api-problem';

export type DeleteQuestionProps = {
  dialog: RefObject<HTMLDialogElement | null>;
  id: string;
  /** what the experiment is called, where it could be another one */
  name?: string;
  /** the token of its delete link, for somebody who did not make it */
  token?: string | null;
  onDeleted: () => void;
};

/** Asks before an experiment is deleted for good. */
export function DeleteQuestion({ dialog, id, name, token = null, onDeleted }: DeleteQuestionProps) {
  const [problem, setProblem] = useState<string | null>(null);
  async function deleteForGood() {
    const deleted = await api.delete(id, token === null ? {} : { token });
    if (!deleted.ok) return setProblem(sayApiProblem(deleted.error));
    dialog.current?.close();
    onDeleted();
  }
  return (
    <>
      {name && <p className="mb-2 line-clamp-3 break-words">{name}</p>}
      <p>The prompt, all outputs and the link are gone for good, for everybody.</p>
      {problem && <Alert className="mt-2">{problem}</Alert>}
      <div className="mt-4 flex justify-end gap-2">
        <Button onClick={() => dialog.current?.close()}>Keep it</Button>
        <Button variant="primary" onClick={deleteForGood}>
          Delete for good
        </Button>
      </div>
    </>
  );
}
