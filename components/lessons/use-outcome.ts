'use client';

import { useEffect, useState } from 'react';
import type { LensLine } from '@/components/lens/lens-line';
import type { Outcome } from '@/lib/lessons/lesson';
import { outcomeOf } from '@/lib/lessons/outcome';
import type { Experiment } from '@/lib/run/fold';

/** What came of an experiment, once it is known how its tokens were chosen, or that this cannot be known; null until then. */
export function useOutcome(line: LensLine, experiment: Experiment | null): Outcome | null {
  const [outcome, setOutcome] = useState<Outcome | null>(null);
  useEffect(() => {
    if (!experiment) return;
    const leaving = new AbortController();
    outcomeOf(experiment, (request) => line.ask(request, leaving.signal)).then((found) => {
      if (!leaving.signal.aborted) setOutcome(found);
    });
    return () => leaving.abort();
  }, [line, experiment]);
  return outcome?.experiment === experiment ? outcome : null;
}
