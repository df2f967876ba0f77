import { FingerprintSummary } from '@/components/runs/fingerprint-badge';
import { useDispatch, useSession } from '@/components/session/session-context';
import { findInFingerprints } from '@/lib/compare/measure/fingerprints';
import { amongThemselves } from '@/lib/compare/measure/verdict';
import type { SideBySide } from '@/lib/compare/side-by-side';
import { fingerprints, isExact, shownExperiment, viewSettings } from '@/lib/session/select';
import { sayGoing, sayVerdict } from '@/lib/words/verdict';
import { EqualitySelect } from './equality-select';
import { VerdictBanner } from './verdict-banner';

/** The verdict with what belongs beside it, and a live region for readers who do not see it change. */
export function Verdict({ view }: { view: SideBySide }) {
  const dispatch = useDispatch();
  const { runs, running, playback } = useSession(shownExperiment);
  const { mode, pattern } = useSession(viewSettings);
  const exact = useSession(isExact);
  const state = useSession(fingerprints);
  const among = amongThemselves(view.verdict);
  const found = exact || !among ? null : findInFingerprints(state, view.variants);
  return (
    <>
      <VerdictBanner verdict={view.verdict} playback={playback} among={among} exact={exact} fingerprint={found}>
        {(running || state.kind !== 'pending') && <FingerprintSummary state={state} runs={runs.length} exact={exact} />}
        {runs.length > 1 && (
          <EqualitySelect
            mode={mode}
            pattern={pattern}
            onMode={(chosen) => dispatch({ kind: 'view-changed', part: { mode: chosen } })}
            onPattern={(typed) => dispatch({ kind: 'view-changed', part: { pattern: typed } })}
          />
        )}
      </VerdictBanner>
      <p role="status" className="sr-only">
        {running ? sayGoing(runs.length, playback) : sayVerdict(view.verdict).sentence}
      </p>
    </>
  );
}
