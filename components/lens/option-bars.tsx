import { takenTokens } from '@/lib/lens/facts';
import type { Option } from '@/lib/lens/moment';
import type { Strip } from '@/lib/lens/strip';
import { type LineSegment, unitLine } from '@/lib/lens/unit-line';
import type { TokenPaint } from '@/lib/palette';
import { sayCut, sayTakenBy } from '@/lib/words/lens';
import { sayWidth } from '@/lib/words/numbers';
import { tokenName } from '@/lib/words/token';
import type { PaintOf } from './dice-strip';
import { ShowToken } from './show-token';

type OptionBarsProps = {
  strip: Strip;
  /** what the strip is of; '' if there is no other */
  name: string;
  /** the widest share of all bars that stand together */
  widest: number;
  paintOf: PaintOf;
  /** continues from an option, as a new arm; null if that is not possible */
  onContinue: ((token: string) => void) | null;
};

/** What could have come, in the order of the unit line: dashed bars before the settings, filled ones after them. */
export function OptionBars({ strip, name, widest, paintOf, onContinue }: OptionBarsProps) {
  const { options, rest, choice, moved, sliders } = strip;
  const takenBy = new Map(takenTokens(choice.together).map(({ token, runs }) => [token, runs]));
  const own = unitLine(
    options.map(({ token, probability }) => ({ token, chance: probability })),
    [],
  );
  const listed = new Set(options.map(({ token }) => token));
  const isOther = ({ token }: LineSegment) => token === null || !listed.has(token);
  const shares = (of: Omit<Option, 'token'>, isIn: (segment: LineSegment) => boolean) =>
    sharesOf(of, sayWidth(own.filter(isIn)), sayWidth(strip.line.filter(isIn)));
  return (
    <table className="w-full border-collapse text-sm tabular-nums">
      <caption className={name === '' ? 'sr-only' : 'pb-1 text-left font-semibold'}>
        {name || 'What could have come'}
      </caption>
      <thead className="sr-only">
        <tr>
          <th scope="col">Token</th>
          <th scope="col">Bars</th>
          <th scope="col">Share</th>
          <th scope="col">Chosen by</th>
        </tr>
      </thead>
      <tbody>
        {options.map((option) => (
          <Row
            key={option.token}
            option={option}
            widest={widest}
            paint={paintOf(option.token)}
            shares={shares(option, ({ token }) => token === option.token)}
            takenBy={takenBy.has(option.token) ? sayTakenBy(takenBy.get(option.token) ?? [], moved) : null}
            cut={option.chance === 0 ? sayCut(option.probability, sliders) : null}
            onContinue={onContinue && option.token !== '' ? () => onContinue(option.token) : null}
          />
        ))}
        {(rest.probability > 0 || rest.tokens !== 0) && (
          <tr className="border-hairline border-t text-dim">
            <th scope="row" className="py-1 pe-2 text-left font-normal">
              all other{' '}
              <span className="whitespace-nowrap">tokens{rest.tokens === null ? '' : ` (${rest.tokens})`}</span>
            </th>
            <td>
              <Bars probability={rest.probability} chance={rest.chance} widest={widest} paint={paintOf(null)} />
            </td>
            <td className="ps-2 text-right @xs:whitespace-nowrap">
              <SharesText shares={shares(rest, isOther)} />
            </td>
            <td />
          </tr>
        )}
      </tbody>
    </table>
  );
}

type RowProps = {
  option: Option;
  widest: number;
  paint: TokenPaint;
  shares: Shares;
  takenBy: string | null;
  cut: string | null;
  onContinue: (() => void) | null;
};

function Row({ option, widest, paint, shares, takenBy, cut, onContinue }: RowProps) {
  const { token, probability, chance } = option;
  const name = <ShowToken token={token} />;
  return (
    <tr className={takenBy ? 'font-semibold' : ''}>
      <th scope="row" className={`whitespace-nowrap py-0.5 pe-2 text-left ${takenBy ? '' : 'font-normal'}`}>
        {onContinue ? (
          <button
            type="button"
            onClick={onContinue}
            title="Go on from here, in a run of its own"
            aria-label={`Go on with ${tokenName(token)}`}
            className={`min-h-6 min-w-6 rounded-sm px-1 text-start text-accent underline decoration-dotted underline-offset-4 pointer-coarse:min-h-11 ${cut ? 'line-through' : ''}`}
          >
            {name}
          </button>
        ) : (
          <span className={`px-1 ${cut ? 'text-dim line-through' : ''}`}>{name}</span>
        )}
      </th>
      <td className="w-full min-w-20">
        <Bars probability={probability} chance={chance} widest={widest} paint={paint} />
      </td>
      <td className="ps-2 text-right @xs:whitespace-nowrap">
        <SharesText shares={shares} />
        {cut && <span className="block font-normal text-finer text-dim">{cut}</span>}
        {takenBy && <span className="block text-fine @md:hidden">◀ {takenBy}</span>}
      </td>
      <td className="whitespace-nowrap ps-2 text-fine @max-md:hidden">
        {takenBy && (
          <>
            <span aria-hidden>◀ </span>
            {takenBy}
          </>
        )}
      </td>
    </tr>
  );
}

/** The share before the settings, if these changed what is said of it, and after them. */
type Shares = { before: string | null; after: string };

function sharesOf({ probability, chance }: Omit<Option, 'token'>, before: string, after: string): Shares {
  if (chance === null) return { before: null, after: before };
  const same = before === after || Math.abs(chance - probability) < 1e-9;
  return { before: same ? null : before, after };
}

/** '41.4 % → 60.2 %', in two lines where there is no room for one. */
const SharesText = ({ shares: { before, after } }: { shares: Shares }) => (
  <>
    {before !== null && <span className="whitespace-nowrap">{before} →</span>}{' '}
    <span className="whitespace-nowrap">{after}</span>
  </>
);

type BarsProps = { probability: number; chance: number | null; widest: number; paint: TokenPaint };

function Bars({ probability, chance, widest, paint }: BarsProps) {
  const width = (share: number) => `${(100 * share) / (widest || 1)}%`;
  return (
    <span aria-hidden className="relative block h-5 origin-left animate-grow motion-reduce:animate-none">
      {chance !== null && (
        <span
          style={{ width: width(chance), background: `var(--${paint})` }}
          className="absolute inset-y-1 start-0 border border-chance-line transition-[width] duration-200 motion-reduce:transition-none"
        />
      )}
      <span
        style={{ width: width(probability) }}
        className="absolute inset-y-0 start-0 border border-chance-line border-dashed"
      />
    </span>
  );
}
