import { Term } from '@/components/glossary/term';
import type { FingerprintState, NamedFingerprint } from '@/lib/compare/measure/fingerprints';
import { explainFingerprints, worth } from '@/lib/words/fingerprint-notes';
import { sayRuns } from '@/lib/words/runs';

/** Why an exact model needs no fingerprint. */
export const ExactNote = () => (
  <>
    This model is inside this server, and is a <Term name="determinism">fixed program</Term>: the same request with the
    same seed gives the same text, every time. Models behind an API promise less.
  </>
);

/** Why a run has no fingerprint. */
export const NoFingerprintNote = () => explainFingerprints({ kind: 'missing' });

/** What the fingerprint of one run is, which stands before it. */
export const RunFingerprintNote = ({ exact }: { exact: boolean }) =>
  exact
    ? 'A fixed program on this server: the same request with the same seed gives the same text, every time.'
    : `An id that the provider may send for the system that answered. ${worth}`;

/** What the fingerprints of all runs mean, what a fingerprint is, and which there were if there were several. */
export const FingerprintNote = ({ state }: { state: FingerprintState }) => (
  <>
    {explainFingerprints(state)} <Term name="fingerprint">What is a fingerprint?</Term>
    {state.kind === 'mixed' && <FingerprintTable all={state.all} />}
  </>
);

function FingerprintTable({ all }: { all: readonly NamedFingerprint[] }) {
  return (
    <ul className="mt-2">
      {all.map(({ name, value, runs }) => (
        <li key={value}>
          {name} <code className="break-all">{value}</code>: {sayRuns(runs)}
        </li>
      ))}
    </ul>
  );
}
