import type { Option, Rest } from '@/lib/lens/moment';
import { sayRunsBriefly, tokenName } from '@/lib/words/lens';
import { sayWholePercent } from '@/lib/words/numbers';
import { ShowToken } from './show-token';

type OptionBarsProps = {
  options: readonly Option[];
  rest: Rest;
  /** the runs that took each token */
  takenBy: ReadonlyMap<string, readonly number[]>;
  /** what cut the tail: "top-p 0.6", "temperature 0" */
  cutBy: string;
  /** continues from an option, as a new arm; null if that is not possible */
  onContinue: ((token: string) => void) | null;
};

/** What could have come, the likeliest first: hollow bars are the model's own, solid ones what the settings make of them. */
export function OptionBars({ options, rest, takenBy, cutBy, onContinue }: OptionBarsProps) {
  const widest = Math.max(
    rest.probability,
    rest.chance ?? 0,
    ...options.map((each) => Math.max(each.probability, each.chance ?? 0)),
  );
  return (
    <table className="w-full border-collapse text-sm tabular-nums">
      <caption className="pb-1 text-left text-fine text-dim">
        Hollow: the model’s own. Solid: after the settings.
      </caption>
      <thead className="sr-only">
        <tr>
          <th scope="col">Token</th>
          <th scope="col">Bars</th>
          <th scope="col">The model’s own, and after the settings</th>
          <th scope="col">Chosen by</th>
        </tr>
      </thead>
      <tbody>
        {options.map((option) => (
          <Row
            key={option.token}
            option={option}
            widest={widest}
            runs={takenBy.get(option.token) ?? []}
            cutBy={cutBy}
            onContinue={onContinue && option.token !== '' ? () => onContinue(option.token) : null}
          />
        ))}
        {(rest.probability > 0 || rest.tokens !== 0) && (
          <tr className="border-hairline border-t text-dim">
            <th scope="row" className="py-1 pe-2 text-left font-normal">
              all other tokens{rest.tokens === null ? '' : ` (${rest.tokens})`}
            </th>
            <td>
              <Bars probability={rest.probability} chance={rest.chance} widest={widest} />
            </td>
            <td className="whitespace-nowrap ps-2 text-right">{shares(rest.probability, rest.chance)}</td>
            <td />
          </tr>
        )}
      </tbody>
    </table>
  );
}

type RowProps = Pick<OptionBarsProps, 'cutBy'> & {
  option: Option;
  widest: number;
  runs: readonly number[];
  onContinue: (() => void) | null;
};

function Row({ option, widest, runs, cutBy, onContinue }: RowProps) {
  const { token, probability, chance } = option;
  const cut = chance === 0;
  const name = <ShowToken token={token} />;
  return (
    <tr className={runs.length > 0 ? 'font-semibold' : ''}>
      <th scope="row" className={`whitespace-nowrap py-0.5 pe-2 text-left ${runs.length > 0 ? '' : 'font-normal'}`}>
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
        <Bars probability={probability} chance={chance} widest={widest} />
      </td>
      <td className="whitespace-nowrap ps-2 text-right">
        {shares(probability, chance)}
        {cut && <span className="block font-normal text-finer text-dim">cut by {cutBy}</span>}
        {runs.length > 0 && <span className="block text-fine sm:hidden">◀ {sayRunsBriefly(runs)}</span>}
      </td>
      <td className="whitespace-nowrap ps-2 text-fine max-sm:hidden">
        {runs.length > 0 && (
          <>
            <span aria-hidden>◀ </span>
            {sayRunsBriefly(runs)}
          </>
        )}
      </td>
    </tr>
  );
}

/** The model's own share, and what the settings made of it if they changed it: '41 % → 60 %'. */
const shares = (probability: number, chance: number | null): string =>
  chance === null || Math.abs(chance - probability) < 1e-9
    ? sayWholePercent(probability)
    : `${sayWholePercent(probability)} → ${sayWholePercent(chance)}`;

type BarsProps = { probability: number; chance: number | null; widest: number };

function Bars({ probability, chance, widest }: BarsProps) {
  const width = (share: number) => `${(100 * share) / (widest || 1)}%`;
  return (
    <span aria-hidden className="relative block h-5">
      {chance !== null && (
        <span
          style={{ width: width(chance) }}
          className="absolute inset-y-1 start-0 bg-chance transition-[width] duration-200 motion-reduce:transition-none"
        />
      )}
      <span style={{ width: width(probability) }} className="absolute inset-y-0.5 start-0 border border-chance-line" />
    </span>
  );
}
