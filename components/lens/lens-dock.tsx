'use client';

import { X } from 'lucide-react';
import dynamic from 'next/dynamic';
import { Button } from '@/components/ui/button';
import { momentAt } from '@/lib/lens/moment';
import type { LensPlace } from '@/lib/session/session';
import { sayTraceState } from '@/lib/words/lens';
import type { LensLine } from './lens-line';
import type { TracedRuns } from './use-traced';

type LensDockProps = {
  line: LensLine;
  tracing: TracedRuns;
  place: LensPlace;
  /** how many runs there are in all */
  runs: number;
  onPlace: (place: LensPlace) => void;
  onContinue: ((run: number, at: number, token: string) => void) | null;
  onClose: () => void;
  /** whether the reader opened it, and so reads on there; a lesson opens it without moving the focus */
  takesFocus: boolean;
};

/** Of a run that does not exist, or whose text had no token yet when it was stopped. */
const nothing = { kind: 'none', why: 'no-text' } as const;

const TokenLens = dynamic(() => import('./token-lens').then((module) => module.TokenLens), { ssr: false });

/** The lens, docked below the columns, or why it has nothing to show. */
export function LensDock({ line, tracing, place, runs, onPlace, onContinue, onClose, takesFocus }: LensDockProps) {
  const { traced, states } = tracing;
  const own = traced.find(({ run }) => run === place.run);
  if (!own) {
    const state = states.get(place.run) ?? nothing;
    return (
      <section aria-label="Token lens" className="flex items-center gap-3 rounded-md border border-control p-4 text-sm">
        <p role="status">{sayTraceState(state.kind === 'ready' ? nothing : state)}</p>
        <Button variant="quiet" onClick={onClose} className="ms-auto" aria-label="Close the lens">
          <X aria-hidden size={16} /> Close
        </Button>
      </section>
    );
  }
  const at = 'at' in place ? place.at : (momentAt(own.moments, place.offset) ?? 0);
  return (
    <TokenLens
      line={line}
      traced={traced}
      place={{ run: place.run, at: Math.min(at, own.moments.length - 1) }}
      runs={runs}
      onPlace={onPlace}
      onContinue={onContinue}
      onClose={onClose}
      takesFocus={takesFocus}
    />
  );
}
