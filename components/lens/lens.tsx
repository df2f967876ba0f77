'use client';

import { useEffect, useMemo } from 'react';
import { useDispatch, useSession } from '@/components/session/session-context';
import { findFork } from '@/lib/compare/align/fork';
import { isComparable } from '@/lib/compare/measure/comparable';
import { canContinue, experimentOf, headOf, lensPlace, wantsTokens } from '@/lib/session/select';
import type { TokenPlace } from '@/lib/session/session';
import { LensDock } from './lens-dock';
import { useLensLine } from './use-lens';
import { type TracedRuns, useTraced } from './use-traced';

/**
 * The lens, if it is open. How tokens were chosen is worked out here, both for the lens and for going step by step, so that
 * a step can be a token.
 */
export function Lens() {
  const dispatch = useDispatch();
  const experiment = useSession(experimentOf);
  const place = usePlace();
  const led = useSession(({ lens }) => lens?.led ?? false);
  const goesOn = useSession((session) => place !== null && canContinue(session, place.run));
  const line = useLensLine();
  const origin = useSession((session) => headOf(session)?.origin ?? 'run');
  const tracing = useTraced(line, useSession(wantsTokens), { experiment, origin, current: place?.run ?? null });
  useTokenEnds(tracing);
  if (!place) return null;
  function tryToken(run: number, at: number, token: string): void {
    const moment = tracing.traced.find((each) => each.run === run)?.moments[at];
    if (moment) dispatch({ kind: 'what-if-asked', run, offset: moment.from, token });
  }
  return (
    <LensDock
      line={line}
      tracing={tracing}
      place={place}
      onPlace={(moved) => dispatch({ kind: 'lens-moved', place: moved })}
      led={led}
      onContinue={goesOn ? tryToken : null}
      runs={experiment.runs.length}
      onClose={() => dispatch({ kind: 'lens-closed' })}
    />
  );
}

/** The place of the lens; null if it is closed. */
function usePlace(): TokenPlace | null {
  const place = useSession(lensPlace);
  const { runs } = useSession(experimentOf);
  return useMemo(() => {
    if (!place || !('fork' in place)) return place;
    return { run: place.run, offset: findFork(runs.filter(isComparable))?.offset ?? 0 };
  }, [place, runs]);
}

/** Tells the session where tokens end, once that is known for every run. */
function useTokenEnds({ traced }: TracedRuns): void {
  const dispatch = useDispatch();
  const { id, runs } = useSession(experimentOf);
  const stepping = useSession(({ playback }) => playback !== null);
  useEffect(() => {
    if (!stepping || traced.length === 0 || traced.length < runs.length) return;
    const ends = new Map(traced.map(({ run, moments }) => [run, moments.map(({ to }) => to)]));
    dispatch({ kind: 'tokens-known', id, ends });
  }, [dispatch, stepping, traced, id, runs.length]);
}
