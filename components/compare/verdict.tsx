import type { ReactNode } from 'react';
import { FingerprintSummary } from '@/components/runs/fingerprint-badge';
import { useSession } from '@/components/session/session-context';
import { later } from '@/components/ui/later';
import { findInFingerprints } from '@/lib/compare/measure/fingerprints';
import { amongThemselves } from '@/lib/compare/measure/verdict';
import type { SideBySide } from '@/lib/compare/side-by-side';
import { fingerprints, isExact, shownExperiment } from '@/lib/session/select';
import { sayGoing, sayVerdict } from '@/lib/words/verdict';
import { VerdictBanner } from './verdict-banner';

const Outdated = later(() => import('./around-texts').then((around) => around.Outdated));
const Refused = later(() => import('./around-texts').then((around) => around.Refused));

type VerdictProps = {
  view: SideBySide;
  /** what a repeat shows of what it repeats */
  replay: ReactNode;
  children: ReactNode;
};

/** The verdict with what belongs beside it, and a live region for readers who do not see it change. */
export function Verdict({ view, replay, children }: VerdictProps) {
  const { runs, running, playback } = useSession(shownExperiment);
  const exact = useSession(isExact);
  const state = useSession(fingerprints);
  const among = amongThemselves(view.verdict);
  const found = exact || !among ? null : findInFingerprints(state, view.variants);
  return (
    <>
      <VerdictBanner
        view={view}
        playback={playback}
        among={among}
        exact={exact}
        replay={replay}
        fingerprint={found}
        beside={children}
      >
        {(running || state.kind !== 'pending') && <FingerprintSummary state={state} runs={runs.length} exact={exact} />}
        <Refused />
        <Outdated />
      </VerdictBanner>
      <p role="status" className="sr-only">
        {running ? sayGoing(runs.length, playback) : sayVerdict(view.verdict).sentence}
      </p>
    </>
  );
}
