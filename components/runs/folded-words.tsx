import { useState } from 'react';
import { counted } from '@/lib/words/english';

export type FoldedTextProps = { text: string; base: number; words: number };

/** A long stretch that is the same in all runs, folded until it is pressed. Prints and copies contain it. */
export function FoldedWords({ text, base, words }: FoldedTextProps) {
  const [open, setOpen] = useState(false);
  return (
    <span data-base={base}>
      <span className={open ? '' : 'hidden print:inline'}>{text}</span>
      {!open && (
        <>
          <span className="print:hidden">{/^\s/u.test(text) ? ' ' : ''}</span>
          <button
            type="button"
            onClick={() => setOpen(true)}
            className="inline-flex min-h-6 select-none items-center rounded-sm border border-control border-dotted px-1.5 font-sans text-fine text-accent hover:bg-panel print:hidden"
          >
            … {counted(words, 'identical word')} …
          </button>
        </>
      )}
    </span>
  );
}
