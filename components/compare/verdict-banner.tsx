import { Equal, GitFork, Minus } from 'lucide-react';
import type { ReactNode } from 'react';
import { useSession } from '@/components/session/session-context';
import { later } from '@/components/ui/later';
import { VariantChip } from '@/components/ui/variant-chip';
import type { FingerprintFinding } from '@/lib/compare/measure/fingerprints';
import { type RunsVerdict, toneOf } from '@/lib/compare/measure/verdict';
import type { Column, SideBySide } from '@/lib/compare/side-by-side';
import type { PlaybackStep } from '@/lib/run/fold';
import { counted, sentences } from '@/lib/words/english';
import { sayGround } from '@/lib/words/ground';
import { sayVerdict } from '@/lib/words/verdict';
import { belowTexts } from './below-texts';

const Proof = later(() => import('./proof').then((proof) => proof.Proof));

type VerdictBannerProps = {
  view: Pick<SideBySide, 'verdict' | 'columns'>;
  playback: PlaybackStep | undefined;
  /** the verdict on the runs among themselves; null while they go on */
  among: RunsVerdict | null;
  exact: boolean;
  fingerprint: FingerprintFinding | null;
  /** what stands at the other end of the line */
  beside: ReactNode;
  children: ReactNode;
};

const icons = { same: Equal, differ: GitFork, open: Minus };
const colours = { same: 'text-good', differ: 'text-caution', open: 'text-dim' };

/** What happened: as a picture, in one sentence, then what is behind it. */
export function VerdictBanner({ view, playback, among, exact, fingerprint, beside, children }: VerdictBannerProps) {
  const { sentence, detail } = sayVerdict(view.verdict, playback);
  const tone = toneOf(view.verdict);
  const Icon = icons[tone];
  return (
    // On a phone what is behind the sentence comes after the texts.
    <div className="flex flex-wrap items-start gap-x-6 gap-y-1 max-sm:contents">
      <div className="min-w-0 grow basis-120 max-sm:contents">
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
          {view.columns.length === among?.planned && <TextsByRun columns={view.columns} />}
          <h2 className="flex items-start gap-2 font-semibold text-lg/5 sm:text-2xl sm:leading-snug">
            <Icon aria-hidden size={22} className={`shrink-0 sm:mt-1 ${colours[tone]}`} />
            {sentence}
          </h2>
        </div>
        {/* No paragraph: the note's popover may not stand in one. */}
        <div className={`flex flex-wrap items-center gap-x-2 gap-y-1 break-words text-sm sm:mt-0.5 ${belowTexts}`}>
          <span className="min-w-0">{sentences(detail, among && sayGround(among, toneOf(among), fingerprint))}</span>
          {children}
          {among && toneOf(among) === 'same' && <Proof among={among} exact={exact} />}
        </div>
      </div>
      <div className={belowTexts}>{beside}</div>
    </div>
  );
}

/** More runs than these are counted by text: "A × 14", for so many texts. */
const maxRuns = 20;
const maxTexts = 8;

/** Which text each run gave: A A B A B. Where there are columns, each leads to its own. */
function TextsByRun({ columns }: { columns: readonly Column[] }) {
  const inColumns = useSession((session) => session.view.view === 'columns');
  const letters = columns.flatMap(({ run, letter }) => (letter === null ? [] : [{ run, letter }]));
  if (letters.length < 2) return null;
  if (letters.length <= maxRuns)
    return (
      <ol aria-label="Texts by run" className="relative flex min-w-0 max-w-full flex-wrap gap-1">
        {letters.map(({ run, letter }) => (
          <li key={run}>
            <a href={inColumns ? `#column-${run}` : undefined} title={`Run ${run}`} className="block rounded">
              <span className="sr-only">Run {run}: </span>
              <VariantChip letter={letter} big />
            </a>
          </li>
        ))}
      </ol>
    );
  const groups = [...Map.groupBy(letters, ({ letter }) => letter)].sort(([, a], [, b]) => b.length - a.length);
  const more = groups.length - maxTexts;
  return (
    <ul aria-label="Runs by text" className="flex flex-wrap gap-x-3 gap-y-1">
      {groups.slice(0, maxTexts).map(([letter, runs]) => (
        <li key={letter} className="flex items-center gap-1 tabular-nums">
          <VariantChip letter={letter} big /> × {runs.length}
        </li>
      ))}
      {more > 0 && <li className="self-center">and {counted(more, 'more text')}</li>}
    </ul>
  );
}
