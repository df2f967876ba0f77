'use client';

import { Dialog } from '@/components/ui/dialog';
import { later } from '@/components/ui/later';
import type { DeleteQuestionProps } from './delete-question';

const DeleteQuestion = later(() => import('./delete-question').then((question) => question.DeleteQuestion));

/** The dialog that asks before an experiment is deleted for good. */
export function DeleteDialog(question: DeleteQuestionProps) {
  return (
    <Dialog title="Delete this experiment?" dialog={question.dialog}>
      <DeleteQuestion {...question} />
    </Dialog>
  );
}
