import { Note } from '@/components/ui/note';
import { proofOf } from '@/lib/compare/measure/agreement';
import type { RunsVerdict } from '@/lib/compare/measure/verdict';
import { sayProof } from '@/lib/words/proof';

/** What equal runs prove, behind a question. */
export function Proof({ among, exact }: { among: RunsVerdict; exact: boolean }) {
  const proof = among.compared > 1 ? sayProof(proofOf(among.compared), among.ground, exact) : null;
  return (
    proof && (
      <Note
        label="What does this prove?"
        title="What does this prove?"
        className="min-h-6 shrink-0 text-accent underline pointer-coarse:min-h-10"
      >
        {proof}
      </Note>
    )
  );
}
