'use client';

import { lazy, type ReactNode, Suspense, useId, useRef, useState } from 'react';
import { Popover } from '@/components/ui/popover';
import { pages } from '@/lib/api/addresses';
import type { TermName } from '@/lib/lessons/glossary';

const TermNote = lazy(() => import('./term-note').catch(() => ({ default: NotLoaded })));

function NotLoaded() {
  return <p>The note could not be loaded.</p>;
}

/** On the side of the word with more room; on a phone, in the middle of the page. What does not fit scrolls. */
const noteClass =
  'w-[min(20rem,calc(100vw-1rem))] max-h-[calc(100%-0.5rem)] overflow-y-auto p-4 text-start font-normal [position-try-order:most-height] max-sm:m-auto! max-sm:[position-area:none]!';

/** A word that explains itself when it is pressed: its note, picture and lessons open beside it. */
export function Term({ name, children }: { name: TermName; children: ReactNode }) {
  const id = useId();
  const [opened, setOpened] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  return (
    <>
      <button
        ref={button}
        type="button"
        popoverTarget={id}
        onClick={() => setOpened(true)}
        className="min-h-6 underline decoration-dotted underline-offset-4 pointer-coarse:min-h-11"
      >
        {children}
      </button>
      <Popover
        id={id}
        label={`Glossary: ${name}`}
        // A note inside another note: the browser gives the focus back from the outer one only.
        onFocusLost={() => button.current?.focus()}
        className={noteClass}
      >
        <div className="flex flex-col gap-2">
          {opened && (
            <Suspense fallback={<p className="w-72 text-dim">Loading …</p>}>
              <TermNote name={name} />
            </Suspense>
          )}
          <a href={pages.term(name)} className="w-fit py-0.5 text-accent underline pointer-coarse:py-2">
            In the glossary
          </a>
        </div>
      </Popover>
    </>
  );
}
