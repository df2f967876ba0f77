import { Equal, GitFork, Minus } from 'lucide-react';
import type { ReactNode } from 'react';
import { Note } from '@/components/ui/note';
import { proofOf } from '@/lib/compare/measure/agreement';
import type { FingerprintFinding } from '@/lib/compare/measure/fingerprints';
import { type RunsVerdict, toneOf, type Verdict } from '@/lib/compare/measure/verdict';
import type { PlaybackStep } from '@/lib/run/fold';
import { sentences } from '@/lib/words/english';
import { sayProof } from '@/lib/words/evidence';
import { sayGround } from '@/lib/words/ground';
import { sayVerdict } from '@/lib/words/verdict';

type VerdictBannerProps = {
  verdict: Verdict;
  playback: PlaybackStep | undefined;
  /** the verdict on the runs among themselves; null while they go on */
  among: RunsVerdict | null;
  exact: boolean;
  fingerprint: FingerprintFinding | null;
  children: ReactNode;
};

const icons = { same: Equal, differ: GitFork, open: Minus };
const colours = { same: 'text-good', differ: 'text-caution', open: 'text-dim' };

/** What happened, in one sentence, then what is behind it. */
export function VerdictBanner({ verdict, playback, among, exact, fingerprint, children }: VerdictBannerProps) {
  const { sentence, detail } = sayVerdict(verdict, playback);
  const tone = toneOf(verdict);
  const Icon = icons[tone];
  return (
    <div className="flex min-h-20 items-start gap-3">
      <Icon aria-hidden size={26} className={`mt-0.5 shrink-0 ${colours[tone]}`} />
      <div className="min-w-0 grow">
        <h2 className="font-semibold text-xl leading-snug sm:text-2xl">{sentence}</h2>
        {/* No paragraph: the note's popover may not stand in one. */}
        <div className="mt-1 break-words">
          {sentences(detail, among && sayGround(among, toneOf(among), fingerprint))}{' '}
          {among && toneOf(among) === 'same' && <Proof among={among} exact={exact} />}
        </div>
        <div className="mt-2 flex flex-wrap items-center gap-2">{children}</div>
      </div>
    </div>
  );
}

function Proof({ among, exact }: { among: RunsVerdict; exact: boolean }) {
  const proof = among.compared > 1 ? sayProof(proofOf(among.compared), among.ground, exact) : null;
  return (
    proof && (
      <Note label="What does this prove?" title="What does this prove?" className="text-accent underline">
        {proof}
      </Note>
    )
  );
}
