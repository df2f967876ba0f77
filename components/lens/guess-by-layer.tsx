import { Fragment } from 'react';
import { Term } from '@/components/glossary/term';
import type { Inside } from '@/lib/lens/inside';
import { sayGrowth, sayRank, sayShare } from '@/lib/words/inside';
import { tokenName } from '@/lib/words/token';
import { ShowToken } from './show-token';

/** How the guess grew: after each layer the likeliest tokens, and where the one stood that came. */
export function GuessByLayer({ inside }: { inside: Inside }) {
  const { guesses, came } = inside;
  return (
    <figure className="flex flex-col gap-2">
      <figcaption className="text-sm">
        <strong className="block">How the guess grew</strong>
        <span className="text-dim">
          What would come if the network ended after a <Term name="layer">layer</Term>, before the settings. Marks, and
          what else cannot come here, are left out. Filled: what came.{' '}
          {sayGrowth(
            came,
            guesses.map((guess) => guess.came.rank),
          )}
        </span>
      </figcaption>
      <table className="w-full table-fixed border-collapse text-sm tabular-nums">
        <thead className="text-left text-fine text-dim">
          <tr>
            <th scope="col" className="w-10 font-normal">
              Layer
            </th>
            <th scope="col" colSpan={3} className="font-normal">
              Likeliest then
            </th>
            <th scope="col" className="w-20 truncate text-right font-normal">
              {tokenName(came)}
            </th>
          </tr>
        </thead>
        <tbody>
          {guesses
            .map((guess, layer) => ({ guess, layer }))
            .map(({ guess, layer }) => (
              <tr key={layer} className="border-hairline border-t align-top">
                <th scope="row" className="py-1 text-left font-normal">
                  {layer + 1}
                </th>
                {guess.likeliest.map(({ token, probability }) => (
                  <td key={token} className="py-1 pe-2">
                    <Guessed token={token} probability={probability} came={token === came} />
                  </td>
                ))}
                <td className="py-1 text-right">
                  {sayRank(guess.came.rank)}
                  <span className="block text-fine text-dim">{sayShare(guess.came.probability)}</span>
                </td>
              </tr>
            ))}
        </tbody>
      </table>
    </figure>
  );
}

/** A token with its share as a bar; the one that came is heavier, and marked. */
function Guessed({ token, probability, came }: { token: string; probability: number; came: boolean }) {
  return (
    <Fragment>
      <span title={tokenName(token)} className={`block truncate ${came ? 'font-semibold' : ''}`}>
        <ShowToken token={token} />
        {came && <span className="sr-only"> (came)</span>}
      </span>
      <span className="block text-fine text-dim">{sayShare(probability)}</span>
      <span
        aria-hidden
        style={{ width: `${100 * probability}%` }}
        className={`block h-1.5 rounded-xs border border-chance-line ${came ? 'bg-chance' : ''}`}
      />
    </Fragment>
  );
}
