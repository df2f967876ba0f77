'use client';

import { ChevronLeft, ChevronRight, X } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useSession } from '@/components/session/session-context';
import { Button } from '@/components/ui/button';
import { Range } from '@/components/ui/range';
import { Select } from '@/components/ui/select';
import { momentAcrossRuns } from '@/lib/lens/across-runs';
import type { Moment } from '@/lib/lens/moment';
import { otherBackEnd } from '@/lib/lens/other-back-end';
import type { Sliders } from '@/lib/lens/reshaped';
import type { Source } from '@/lib/lens/source';
import { tokenName } from '@/lib/words/token';
import type { LensLine } from './lens-line';
import { MomentPanel } from './moment-panel';
import type { LensRun } from './use-traced';
import { WholeText } from './whole-text';

const Inside = dynamic(() => import('./inside').then((module) => module.Inside), { ssr: false });
const Drift = dynamic(() => import('./drift').then((module) => module.Drift), { ssr: false });

/** A token of a run: its number, from 0. */
type RunToken = { run: number; at: number };

type TokenLensProps = {
  line: LensLine;
  /** the runs that the lens can show */
  traced: readonly LensRun[];
  place: RunToken;
  /** how many runs there are in all */
  runs: number;
  onPlace: (place: RunToken) => void;
  /** adds an arm that begins with what the run had written before this token, and with another token in its place */
  onContinue: ((run: number, at: number, token: string) => void) | null;
  onClose: () => void;
  /** whether the focus moves to the lens when it opens */
  takesFocus: boolean;
};

/** How one token was chosen, in all runs at one place: what could have come, the draw, and what other settings would do. */
export function TokenLens({ line, traced, place, runs, onPlace, onContinue, onClose, takesFocus }: TokenLensProps) {
  const own = traced.find(({ run }) => run === place.run);
  const across = useMemo(() => momentAcrossRuns(traced, place.run, place.at), [traced, place.run, place.at]);
  const apart = useMemo(() => otherBackEnd(traced, place.run), [traced, place.run]);
  const [moved, setMoved] = useState<Sliders | null>(null);
  // A lesson on a network is about what is within it.
  const inLesson = useSession(({ page }) => page === 'lesson');
  if (!own || !across) return null;
  const within = isNetwork(own.source) && (
    <div className="panes:group-data-lesson/lens:-order-2 flex flex-col gap-3">
      {apart && <Drift line={line} {...apart} />}
      <Inside line={line} source={own.source} at={place.at} />
    </div>
  );
  return (
    <div className="flex flex-col gap-3">
      <header className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <Heading place={place} takesFocus={takesFocus} />
        {traced.length > 1 && <RunSelect traced={traced} place={place} onPlace={onPlace} />}
        <Button variant="quiet" onClick={onClose} className="ms-auto px-1.5 print:hidden" aria-label="Close the lens">
          <X aria-hidden size={16} />
        </Button>
      </header>
      <TokenStepper moments={own.moments} at={place.at} onMove={(at) => onPlace({ run: place.run, at })} />
      {inLesson && within}
      <MomentPanel
        line={line}
        across={across}
        traced={traced}
        moved={moved}
        onMove={setMoved}
        onContinue={onContinue && ((token) => onContinue(place.run, place.at, token))}
      />
      {!inLesson && within}
      {traced.length < runs && (
        <p className="text-fine text-dim">
          {traced.length} of {runs} runs are looked at.
        </p>
      )}
      <WholeText traced={own} at={place.at} onPlace={(at) => onPlace({ run: place.run, at })} />
    </div>
  );
}

/** Whether there is something inside to look at. */
const isNetwork = (source: Source): boolean => source.kind === 'retraceable' && source.run.model === 'sapling';

function Heading({ place, takesFocus }: Pick<TokenLensProps, 'place' | 'takesFocus'>) {
  const heading = useRef<HTMLHeadingElement>(null);
  const focusFirst = useRef(takesFocus);
  useEffect(() => {
    if (focusFirst.current) heading.current?.focus({ preventScroll: true });
  }, []);
  return (
    <h3 ref={heading} tabIndex={-1} className="font-semibold outline-none">
      Token {place.at + 1} of run {place.run}
    </h3>
  );
}

type TokenStepperProps = { moments: readonly Moment[]; at: number; onMove: (at: number) => void };

/** Goes to the previous token, to the next, or to any of the run. */
function TokenStepper({ moments, at, onMove }: TokenStepperProps) {
  const last = moments.length - 1;
  const step = (by: number) => onMove(Math.min(last, Math.max(0, at + by)));
  return (
    <span className="-mt-2 flex items-center print:hidden">
      <Button
        variant="quiet"
        className="px-1.5"
        onClick={() => step(-1)}
        disabled={at === 0}
        aria-label="Previous token"
      >
        <ChevronLeft aria-hidden size={16} />
      </Button>
      <Range
        min={1}
        max={last + 1}
        value={at + 1}
        aria-label="Token"
        aria-valuetext={`Token ${at + 1} of ${last + 1}: ${tokenName(moments[at]?.token ?? '')}`}
        onChange={(number) => onMove(number - 1)}
        className="min-h-6 w-20 grow pointer-coarse:min-h-11"
      />
      <Button variant="quiet" className="px-1.5" onClick={() => step(1)} disabled={at >= last} aria-label="Next token">
        <ChevronRight aria-hidden size={16} />
      </Button>
    </span>
  );
}

function RunSelect({ traced, place, onPlace }: Pick<TokenLensProps, 'traced' | 'place' | 'onPlace'>) {
  return (
    <Select
      label={<span className="sr-only">of run</span>}
      options={traced.map(({ run }) => run)}
      value={place.run}
      nameOf={(run) => `run ${run}`}
      isDisabled={(run) => !traced.some((each) => each.run === run && each.moments.length > place.at)}
      onChange={(run) => onPlace({ run, at: place.at })}
      className="text-sm print:hidden"
    />
  );
}
