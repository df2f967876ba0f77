import { Equal, GitFork, Minus } from 'lucide-react';
import type { ReactNode } from 'react';
import { Note } from '@/components/ui/note';
import { changeBound } from '@/lib/compare/measure/agreement';
import type { Verdict } from '@/lib/compare/measure/verdict';

type VerdictBannerProps = {
  verdict: Verdict;
  compared: number;
  exact: boolean;
  fingerprint: string | null;
  children: ReactNode;
};

const icons = { same: Equal, differ: GitFork, open: Minus };
const colours = { same: 'text-good', differ: 'text-caution', open: 'text-dim' };

/** What happened, in one sentence, then what stands behind it. */
export function VerdictBanner({ verdict, compared, exact, fingerprint, children }: VerdictBannerProps) {
  const Icon = icons[verdict.tone];
  return (
    <div className="flex min-h-20 items-start gap-3">
      <Icon aria-hidden size={26} className={`mt-0.5 shrink-0 ${colours[verdict.tone]}`} />
      <div className="min-w-0 grow">
        <h2 className="font-semibold text-xl leading-snug sm:text-2xl">{verdict.sentence}</h2>
        <p className="mt-1 break-words">
          {[verdict.detail, fingerprint].filter(Boolean).join(' ')}{' '}
          {verdict.tone === 'same' && <Proof runs={compared} exact={exact} />}
        </p>
        <div className="mt-2 flex flex-wrap items-center gap-2">{children}</div>
      </div>
    </div>
  );
}

function Proof({ runs, exact }: { runs: number; exact: boolean }) {
  const percent = (n: number) => `${Math.round(100 * changeBound(n))} %`;
  return (
    <Note label="What does this prove?" title="What does this prove?" className="text-accent underline">
      {exact
        ? 'Here it is more than evidence: Seedling is a fixed program, so the same recipe must give the same text. Of a model behind an API, equal runs alone would show less. '
        : 'Equal runs are evidence, not proof. '}
      A text that changes in up to {percent(runs)} of runs would still give {runs} equal runs one time in twenty. With
      20 equal runs that falls to {percent(20)}, with 60 to {percent(60)}.
    </Note>
  );
}
