import { Term } from '@/components/glossary/term';
import type { FingerprintState, NamedFingerprint } from '@/lib/compare/measure/fingerprints';
import { sayRuns } from '@/lib/words/runs';

/** Why an exact model needs no fingerprint. */
export const ExactNote = () => (
  <>
    This model is inside this server, and is a <Term name="determinism">fixed program</Term>: the same request with the
    same seed gives the same text, every time. Models behind an API promise less.
  </>
);

/** What a fingerprint is, and which there were if there were several. */
export const FingerprintNote = ({ state }: { state: FingerprintState }) => (
  <>
    <Term name="fingerprint">What is a fingerprint?</Term>
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
