'use client';

import { X } from 'lucide-react';
import dynamic from 'next/dynamic';
import { type KeyboardEvent, type ReactNode, useState } from 'react';
import { shownId } from '@/components/session/ids';
import { useSession } from '@/components/session/session-context';
import { Button } from '@/components/ui/button';
import { momentAt } from '@/lib/lens/moment';
import type { LensPlace, TokenPlace } from '@/lib/session/session';
import { sayTraceState } from '@/lib/words/lens';
import type { LensLine } from './lens-line';
import type { TracedRuns } from './use-traced';

type LensDockProps = {
  line: LensLine;
  tracing: TracedRuns;
  place: TokenPlace;
  /** how many runs there are in all */
  runs: number;
  onPlace: (place: LensPlace) => void;
  onContinue: ((run: number, at: number, token: string) => void) | null;
  onClose: () => void;
  /** a lesson opened it: the focus stays in the lesson */
  led: boolean;
};

/** Of a run that does not exist, or whose text had no token yet when it was stopped. */
const nothing = { kind: 'none', why: 'no-text' } as const;

const TokenLens = dynamic(() => import('./token-lens').then((module) => module.TokenLens), {
  ssr: false,
  loading: () => <LensOutline />,
});

/** The lens beside the text that it explains, or why it has nothing to show. */
export function LensDock({ line, tracing, place, runs, onPlace, onContinue, led, ...rest }: LensDockProps): ReactNode {
  // What has opened the lens has the focus again when it is closed; if its column is no longer drawn, the results.
  const [opener] = useState(() => document.activeElement);
  function onClose(): void {
    rest.onClose();
    const left = opener?.isConnected ? opener : document.getElementById(shownId('results'));
    if (left instanceof HTMLElement) left.focus();
  }
  const { traced, states } = tracing;
  const inLesson = useSession(({ page }) => page === 'lesson');
  const own = traced.find(({ run }) => run === place.run);
  const state = states.get(place.run) ?? nothing;
  const at = own && ('at' in place ? place.at : (momentAt(own.moments, place.offset) ?? 0));
  function closeOnEscape(event: KeyboardEvent): void {
    if (event.key !== 'Escape') return;
    event.stopPropagation();
    onClose();
  }
  return (
    <section
      id={shownId('lens')}
      aria-label="Token lens"
      data-sheet={inLesson ? undefined : ''}
      data-lesson={inLesson ? '' : undefined}
      onKeyDown={closeOnEscape}
      className={`@container group/lens min-w-0 scroll-mt-2 rounded-lg border border-control bg-ground p-4 print:static print:max-h-none ${inLesson ? lessonClass : sheetClass}`}
    >
      {own && at !== undefined ? (
        <TokenLens
          line={line}
          traced={traced}
          place={{ run: place.run, at: Math.min(at, own.moments.length - 1) }}
          runs={runs}
          onPlace={onPlace}
          onContinue={onContinue}
          onClose={onClose}
          takesFocus={!led}
        />
      ) : (
        <>
          <div className="flex items-center gap-3 text-sm">
            <p role="status">{sayTraceState(state.kind === 'ready' ? nothing : state)}</p>
            <Button variant="quiet" onClick={onClose} className="ms-auto" aria-label="Close the lens">
              <X aria-hidden size={16} /> Close
            </Button>
          </div>
          {state.kind === 'loading' && <LensOutline />}
        </>
      )}
    </section>
  );
}

/** What will be in the lens, in outline and about as high: the token in its text, the dice, a bar for each token, sliders. */
const LensOutline = () => (
  <div aria-hidden className="flex min-h-136 flex-col gap-4 pt-2">
    {[
      'h-5 w-40',
      'h-10 w-full',
      'h-16 w-full',
      ...['w-full', 'w-4/5', 'w-3/5', 'w-2/5', 'w-1/3'].map((width) => `h-5 ${width}`),
      'h-24 w-full',
    ].map((size) => (
      <span key={size} className={`block rounded-md bg-panel ${size}`} />
    ))}
  </div>
);

/** Beside the texts where there is room for both; else over the page's foot, or in a lesson before the texts, as high as the pane that it is scrolled to in. */
const sheetClass =
  'lg:sticky lg:top-2 lg:max-h-[calc(100dvh-1rem)] lg:self-start lg:overflow-y-auto sheet:fixed sheet:inset-x-0 sheet:bottom-0 sheet:z-30 sheet:max-h-[60dvh] sheet:overflow-y-auto sheet:rounded-b-none sheet:shadow-2xl';
const lessonClass =
  'panes:min-h-[52dvh] panes:p-3 max-xl:order-first xl:sticky xl:top-2 xl:max-h-[calc(100dvh-1rem)] xl:self-start xl:overflow-y-auto';
