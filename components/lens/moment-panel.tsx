import { useMemo } from 'react';
import { type MomentAcrossRuns, tokenSeparator } from '@/lib/lens/across-runs';
import { momentFacts, precisionOf, reshapedFact, takenTokens } from '@/lib/lens/facts';
import type { Option, Rest } from '@/lib/lens/moment';
import { type DrawOutcome, drawOutcomes, needlesOf } from '@/lib/lens/needles';
import type { Sliders } from '@/lib/lens/reshape';
import { unitLine } from '@/lib/lens/unit-line';
import { sayMomentFact, sayPrecision, sayReshaped } from '@/lib/words/lens';
import { DiceStrip } from './dice-strip';
import type { LensLine } from './lens-line';
import { OptionBars } from './option-bars';
import { SettingSliders } from './setting-sliders';
import { useReshaped } from './use-lens';
import type { LensRun } from './use-traced';

type MomentPanelProps = {
  line: LensLine;
  across: MomentAcrossRuns;
  traced: readonly LensRun[];
  /** the settings shown: those of the current run, until a slider is moved */
  sliders: Sliders;
  moved: boolean;
  onMove: (sliders: Sliders | null) => void;
  onContinue: ((token: string) => void) | null;
};

/** One moment in all runs: what there is to say about it, the bars, the dice, and sliders to try other settings. */
export function MomentPanel({ line, across, traced, sliders, moved, onMove, onContinue }: MomentPanelProps) {
  const { moment, together, at } = across;
  const moments = useMemo(
    () =>
      together.flatMap(({ run, moment }) => {
        const source = traced.find((each) => each.run === run)?.source;
        return source ? [{ source, moment, at }] : [];
      }),
    [together, traced, at],
  );
  const reshaped = useReshaped(line, moments, moved ? sliders : null);
  const { options, rest } = reshaped[0] ?? { options: across.options, rest: moment.rest };
  const outcomes = drawOutcomes(together, moved ? reshaped : []);
  const segments = unitLine(options, drawnSegments(moved ? outcomes : sameLine(outcomes, traced, sliders)));
  const needles = needlesOf(outcomes);
  return (
    <>
      <p className="text-sm">
        <Context before={across.before} />:
        {momentFacts(across).map((fact) => (
          <span key={fact.kind} className={fact.kind === 'elsewhere' ? 'text-dim' : ''}>
            {' '}
            {sayMomentFact(fact)}
          </span>
        ))}
      </p>
      <div className="grid gap-6 lg:grid-cols-2">
        <div className="min-w-0 overflow-x-auto print:overflow-visible">
          <MomentBars across={across} options={options} rest={rest} sliders={sliders} onContinue={onContinue} />
        </div>
        <div className="flex min-w-0 flex-col gap-4">
          {needles.length > 0 && <DiceStrip segments={segments} needles={needles} />}
          <SettingSliders sliders={sliders} moved={moved} onMove={onMove} />
          {moved && (
            <p role="status" className="text-sm">
              {sayReshaped(reshapedFact(together, reshaped, sliders))}
            </p>
          )}
          <p className="text-fine text-dim">{sayPrecision(precisionOf(moment))}</p>
        </div>
      </div>
    </>
  );
}

/** How much of the text before the token is shown. */
const maxContext = 80;

function Context({ before }: { before: string }) {
  if (before === '') return 'At the start';
  const context = before.replaceAll(tokenSeparator, '').slice(-maxContext);
  return (
    <>
      After{' '}
      <span className="whitespace-pre-wrap text-dim">
        “{context.length === maxContext && '…'}
        {context.trimStart()}”
      </span>
    </>
  );
}

type MomentBarsProps = Pick<MomentPanelProps, 'across' | 'sliders' | 'onContinue'> & {
  options: readonly Option[];
  rest: Rest;
};

function MomentBars({ across, options, rest, sliders, onContinue }: MomentBarsProps) {
  const takenBy = new Map(
    takenTokens(across.together).map(({ token, runs }) => [token, runs.toSorted((a, b) => a - b)]),
  );
  return (
    <OptionBars
      options={options}
      rest={rest}
      takenBy={takenBy}
      cutBy={sliders.temperature === 0 ? 'temperature 0' : `top-p ${sliders.top_p}`}
      onContinue={onContinue}
    />
  );
}

const drawnSegments = (outcomes: readonly DrawOutcome[]): { token: string; from: number; to: number }[] =>
  outcomes.flatMap(({ token, segment }) => (segment ? [{ token, ...segment }] : []));

/** The draws on the line that is shown. If settings vary, each run has a line of its own; the current run's is shown. */
function sameLine(
  outcomes: readonly DrawOutcome[],
  traced: readonly LensRun[],
  { temperature, top_p }: Sliders,
): DrawOutcome[] {
  const same = traced.filter(({ settings }) => settings.temperature === temperature && settings.top_p === top_p);
  const runs = new Set(same.map(({ run }) => run));
  return outcomes.filter(({ run }) => runs.has(run));
}
