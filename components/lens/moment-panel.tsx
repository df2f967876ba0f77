import { useMemo } from 'react';
import { ScrollRegion } from '@/components/ui/scroll-region';
import { firstChoices, type MomentAcrossRuns, type SharedChoice, tokenSeparator } from '@/lib/lens/across-runs';
import { choiceFacts, precisionOf, reshapedFact } from '@/lib/lens/facts';
import type { Sliders } from '@/lib/lens/reshape';
import { slidersOf } from '@/lib/lens/setting';
import { type Strip, stripOf, withFewerBars } from '@/lib/lens/strip';
import { settingLabels } from '@/lib/session/labels';
import { capital, sentences } from '@/lib/words/english';
import {
  sayChoiceFact,
  sayElsewhere,
  sayLeftChoices,
  sayLegend,
  sayPrecision,
  sayReshaped,
  sayStrip,
} from '@/lib/words/lens';
import { DiceStrip, type NamedStrip } from './dice-strip';
import type { LensLine } from './lens-line';
import { OptionBars } from './option-bars';
import { SettingSliders } from './setting-sliders';
import { type SourcedMoment, useReshaped } from './use-lens';
import type { LensRun } from './use-traced';

type MomentPanelProps = {
  line: LensLine;
  across: MomentAcrossRuns;
  traced: readonly LensRun[];
  /** where the sliders stand once one is moved */
  moved: Sliders | null;
  onMove: (sliders: Sliders | null) => void;
  onContinue: ((token: string) => void) | null;
};

/** At most this many settings are shown, each with at most so many bars beside those that were taken. */
const maxStrips = 4;
const maxBars = 5;

/**
 * One moment in all runs: what there is to say about it, bars and dice for each setting, and sliders to try other ones on the
 * runs of the setting looked at.
 */
export function MomentPanel({ line, across, traced, moved, onMove, onContinue }: MomentPanelProps) {
  const { own, choices, before, elsewhere } = across;
  const several = choices.length > 1;
  const reshaped = useReshaped(line, useSourced(own, traced), moved);
  const { shown, left } = firstChoices(across, maxStrips);
  const labels = useMemo(() => settingLabels(traced.map(({ setting }) => setting)), [traced]);
  const labelOf = ({ setting }: SharedChoice) => (several && labels.get(setting.key)) || '';
  const strips = shown.map((choice) => {
    const strip = stripOf(choice, choice === own && moved ? { sliders: moved, reshaped } : null);
    return nameStrip(several ? withFewerBars(strip, maxBars) : strip, labelOf(choice));
  });
  const fact = moved && reshapedFact(own.together, reshaped, moved);
  const dice = <DiceStrip strips={strips} />;
  const bars = <AllBars strips={strips} own={own} onContinue={onContinue} />;
  const trying = (
    <>
      <SettingSliders
        label={labelOf(own)}
        sliders={moved ?? slidersOf(own.setting)}
        moved={moved !== null}
        onMove={onMove}
      />
      {fact && (
        <p role="status" className="text-sm">
          {sayReshaped(fact)}
        </p>
      )}
      <Precisions strips={strips} traced={traced} />
    </>
  );
  return (
    <>
      <p className="text-sm">
        <Context before={before} />: {!several && strips[0] && <Facts strip={strips[0].strip} />}{' '}
        <span className="text-dim">{sayElsewhere(elsewhere)}</span>
      </p>
      {several ? (
        <>
          {dice}
          {bars}
          {left.length > 0 && <p className="text-sm">{sayLeftChoices(left.map(labelOf))}</p>}
          {trying}
        </>
      ) : (
        <div className="grid gap-6 lg:grid-cols-2">
          {bars}
          <div className="flex min-w-0 flex-col gap-4">
            {dice}
            {trying}
          </div>
        </div>
      )}
    </>
  );
}

/** The moments of a choice with where their numbers come from: the same list while these are the same. */
function useSourced(choice: SharedChoice, traced: readonly LensRun[]): SourcedMoment[] {
  return useMemo(
    () =>
      choice.together.flatMap(({ run, moment }) => {
        const found = traced.find((each) => each.run === run);
        return found ? [{ source: found.source, moment, at: found.moments.indexOf(moment) }] : [];
      }),
    [choice, traced],
  );
}

function nameStrip(strip: Strip, label: string): NamedStrip {
  const { choice, moved, sliders } = strip;
  const runs = choice.together.map(({ run }) => run).toSorted((a, b) => a - b);
  return { strip, label, name: sayStrip(label, runs, moved ? sliders : null) };
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

/** What there is to say of a choice. Under moved sliders that is still how it was run. */
const Facts = ({ strip: { choice, moved } }: { strip: Strip }) =>
  sentences(moved ? 'As it was run:' : null, ...choiceFacts(choice).map(sayChoiceFact));

type AllBarsProps = Pick<MomentPanelProps, 'onContinue'> & { strips: readonly NamedStrip[]; own: SharedChoice };

/** The bars of all strips on one scale, under what they stand for. */
function AllBars({ strips, own, onContinue }: AllBarsProps) {
  const widest = Math.max(
    ...strips
      .flatMap(({ strip }) => [...strip.options, strip.rest])
      .map(({ probability, chance }) => Math.max(probability, chance ?? 0)),
  );
  return (
    <div className="flex min-w-0 flex-col gap-2">
      {distinct(strips.map(({ strip }) => sayLegend(strip.legend))).map((legend) => (
        <p key={legend} className="text-fine text-dim">
          {legend}
        </p>
      ))}
      <div className="grid grid-cols-[repeat(auto-fit,minmax(min(100%,18rem),1fr))] gap-x-6 gap-y-4">
        {strips.map(({ strip, label, name }) => (
          <div key={strip.choice.setting.key} className="min-w-0">
            <ScrollRegion
              label={`Bars${name && `, ${name}`}`}
              className="@container overflow-x-auto print:overflow-visible"
            >
              <OptionBars
                strip={strip}
                name={name}
                widest={widest}
                onContinue={strip.choice === own ? onContinue : null}
              />
            </ScrollRegion>
            {label !== '' && (
              <p className="pt-1 text-sm">
                <Facts strip={strip} />
              </p>
            )}
          </div>
        ))}
      </div>
    </div>
  );
}

type PrecisionsProps = { strips: readonly NamedStrip[]; traced: readonly LensRun[] };

/** What the numbers are worth: of all strips alike, or of each. */
function Precisions({ strips, traced }: PrecisionsProps) {
  const said = strips.flatMap(({ strip, label }) => {
    const [first] = strip.choice.together;
    const source = traced.find(({ run }) => run === first?.run)?.source;
    return first && source ? [{ label, precision: sayPrecision(precisionOf(first.moment, source)) }] : [];
  });
  const alike = distinct(said.map(({ precision }) => precision));
  const all = alike.length > 1 ? said.map(({ label, precision }) => `${capital(label)}: ${precision}`) : alike;
  return all.map((each) => (
    <p key={each} className="text-fine text-dim">
      {each}
    </p>
  ));
}

const distinct = (texts: readonly string[]): string[] => [...new Set(texts)];
