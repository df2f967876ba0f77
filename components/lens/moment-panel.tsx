import { useMemo } from 'react';
import { ScrollRegion } from '@/components/ui/scroll-region';
import { firstChoices, type MomentAcrossRuns, type SharedChoice, tokenSeparator } from '@/lib/lens/across-runs';
import { choiceFacts, precisionOf, reshapedFact } from '@/lib/lens/facts';
import type { Sliders } from '@/lib/lens/reshaped';
import { slidersOf } from '@/lib/lens/setting';
import { type Strip, stripOf, withFewerBars } from '@/lib/lens/strip';
import { colourTokens, type TokenPaint } from '@/lib/palette';
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
import { DiceStrip, type NamedStrip, type PaintOf } from './dice-strip';
import type { LensLine } from './lens-line';
import { OptionBars } from './option-bars';
import { SettingSliders } from './setting-sliders';
import { ShowToken } from './show-token';
import { type TokenInText, useTokensInText } from './token-in-text';
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
  const { own, choices, before, elsewhere, at } = across;
  const token = own.together[0]?.moment.token ?? '';
  const several = choices.length > 1;
  const paintOf = useMemo(() => paintTokens(across), [across]);
  useTokensInText(useMemo(() => tokensIn(across, paintOf), [across, paintOf]));
  const reshaped = useReshaped(line, useSourced(own, traced), moved);
  const { shown, left } = firstChoices(across, maxStrips);
  const labels = useMemo(() => settingLabels(traced.map(({ setting }) => setting)), [traced]);
  const labelOf = ({ setting }: SharedChoice) => (several && labels.get(setting.key)) || '';
  const strips = shown.map((choice) => {
    const strip = stripOf(choice, choice === own && moved ? { sliders: moved, reshaped } : null);
    return nameStrip(several ? withFewerBars(strip, maxBars) : strip, labelOf(choice));
  });
  const fact = moved && reshapedFact(own.together, reshaped, moved);
  return (
    <>
      <Context key={`${own.together[0]?.run} ${at}`} before={before} token={token} paint={paintOf(token)} />
      <DiceStrip strips={strips} paintOf={paintOf} />
      <p className="text-sm empty:hidden">
        {!several && strips[0] && <Facts strip={strips[0].strip} />}
        {elsewhere.length > 0 && <span className="text-dim"> {sayElsewhere(elsewhere)}</span>}
      </p>
      <AllBars strips={strips} own={own} paintOf={paintOf} onContinue={onContinue} />
      {left.length > 0 && <p className="text-sm">{sayLeftChoices(left.map(labelOf))}</p>}
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

/** The token as it joins the text before it. */
function Context({ before, token, paint }: { before: string; token: string; paint: TokenPaint }) {
  const context = before.replaceAll(tokenSeparator, '').slice(-maxContext);
  return (
    <p dir="auto" className="whitespace-pre-wrap break-words rounded-md bg-panel px-3 py-1.5">
      <span className="text-dim">
        {context === '' && <span className="sr-only">At the start: </span>}
        {context.length === maxContext && '…'}
        {context.trimStart()}
      </span>
      {token.startsWith(' ') && ' '}
      <span
        style={{ background: `var(--${paint})` }}
        className="inline-block animate-join rounded-xs px-0.5 font-semibold motion-reduce:animate-none"
      >
        <ShowToken token={token.trimStart() || token} />
      </span>
    </p>
  );
}

/** The colours of all tokens that are listed here: those that were taken come first. */
function paintTokens({ own, choices }: MomentAcrossRuns): PaintOf {
  const all = ownFirst({ own, choices });
  const listed = all.flatMap(({ options }) => options.map(({ token }) => token));
  return colourTokens(
    listed,
    all.flatMap(({ together }) => together.map(({ moment }) => moment.token)),
  );
}

const ownFirst = ({ own, choices }: Pick<MomentAcrossRuns, 'own' | 'choices'>): SharedChoice[] => [
  own,
  ...choices.filter((choice) => choice !== own),
];

/** The token that each run took here, that of the run looked at first. */
const tokensIn = (across: MomentAcrossRuns, paintOf: PaintOf): TokenInText[] =>
  ownFirst(across)
    .flatMap(({ together }) => together)
    .map(({ run, moment: { from, to, token } }) => ({ run, from, to, paint: paintOf(token) }));

/** What there is to say of a choice. Under moved sliders that is still how it was run. */
const Facts = ({ strip: { choice, moved } }: { strip: Strip }) =>
  sentences(moved ? 'As it was run:' : null, ...choiceFacts(choice).map(sayChoiceFact));

type AllBarsProps = Pick<MomentPanelProps, 'onContinue'> & {
  strips: readonly NamedStrip[];
  own: SharedChoice;
  paintOf: PaintOf;
};

/** The bars of all strips on one scale, under what they stand for. */
function AllBars({ strips, own, paintOf, onContinue }: AllBarsProps) {
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
                paintOf={paintOf}
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
