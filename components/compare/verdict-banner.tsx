import { Equal, GitFork, Minus } from 'lucide-react';
import type { ReactNode } from 'react';
import { Clamped } from '@/components/ui/clamped';
import { later } from '@/components/ui/later';
import type { FingerprintFinding } from '@/lib/compare/measure/fingerprints';
import { type RunsVerdict, toneOf } from '@/lib/compare/measure/verdict';
import type { SideBySide } from '@/lib/compare/side-by-side';
import type { PlaybackStep } from '@/lib/run/fold';
import { sentences } from '@/lib/words/english';
import { sayGround } from '@/lib/words/ground';
import { sayVerdict } from '@/lib/words/verdict';
import { TextsByRun } from './texts-by-run';

const Proof = later(() => import('./around-texts').then((around) => around.Proof));

type VerdictBannerProps = {
  view: Pick<SideBySide, 'verdict' | 'columns'>;
  playback: PlaybackStep | undefined;
  /** the verdict on the runs among themselves; null while they go on */
  among: RunsVerdict | null;
  exact: boolean;
  /** of a repeat, what it shows of what it repeats: that is what was asked */
  replay: ReactNode;
  fingerprint: FingerprintFinding | null;
  /** what stands at the other end of the line */
  beside: ReactNode;
  children: ReactNode;
};

const icons = { same: Equal, differ: GitFork, open: Minus };
const colours = { same: 'text-good', differ: 'text-caution', open: 'text-dim' };

/**
 * What happened: as a picture, in one sentence, then what is behind it. Either line has one height, whatever there is to say, so
 * that the texts below stay where they are.
 */
export function VerdictBanner(props: VerdictBannerProps) {
  const { view, playback, among, exact, replay, fingerprint, beside, children } = props;
  const { sentence, detail } = sayVerdict(view.verdict, playback);
  const tone = toneOf(view.verdict);
  const Icon = icons[tone];
  return (
    // In a narrow window what is behind the sentence comes after the texts.
    <div className="narrow:contents flex flex-col gap-1">
      <div className="flex flex-wrap content-start items-center gap-x-3 gap-y-1 max-sm:min-h-18 sm:min-h-8 sm:flex-nowrap [#tool_&]:flex-wrap">
        <TextsByRun columns={view.columns} going={among === null} />
        <Clamped noun="the verdict" height="max-h-14 max-sm:max-h-10 lg:max-h-7">
          <h2 className="flex items-start gap-2 font-semibold text-lg/5 sm:text-reading lg:text-xl">
            {replay ?? (
              <>
                <Icon aria-hidden size={20} className={`shrink-0 sm:mt-1 ${colours[tone]}`} />
                {sentence}
              </>
            )}
          </h2>
        </Clamped>
      </div>
      {/* No paragraph: the notes' popovers may not stand in one. */}
      <div className="below-texts flex flex-wrap items-center gap-x-2 gap-y-1 text-sm sm:min-h-8 xl:flex-nowrap">
        <Clamped noun="what is behind it" height="xl:max-h-5">
          <p className="break-words">
            {sentences(replay ? sentence : null, detail, among && sayGround(among, toneOf(among), fingerprint))}
          </p>
        </Clamped>
        {children}
        {among && toneOf(among) === 'same' && <Proof among={among} exact={exact} />}
        {beside}
      </div>
    </div>
  );
}
