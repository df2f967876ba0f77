'use client';

import { pages } from '@/lib/api/pages';
import type { NetworkRun } from '@/lib/lens/other-back-end';
import type { ScoreDrift } from '@/lib/lens/score-drift';
import { capital } from '@/lib/words/english';
import { sayDifference, sayRunOf, sayScore, sayScoreDrift } from '@/lib/words/score-drift';
import type { LensLine } from './lens-line';
import { ShowToken } from './show-token';
import { useScoreDrift } from './use-lens';

type DriftProps = { line: LensLine; own: NetworkRun; other: NetworkRun };

/** How the scores of a run part from those of another back end, before the words do. */
export function Drift({ line, own, other }: DriftProps) {
  const drift = useScoreDrift(line, own.made, other.made);
  if (drift === undefined) return <p className="min-h-24 text-dim text-sm">Comparing the scores of both back ends.</p>;
  if (!drift) return null;
  return (
    <figure className="flex flex-col gap-2 border-hairline border-t pt-3">
      <figcaption className="text-sm">
        <strong className="block">The same sum, rounded in two ways</strong>
        <span className="text-dim">{capital(sayScoreDrift(drift, sayRunOf(own), sayRunOf(other)))}</span>
      </figcaption>
      <Differences drift={drift} />
      {drift.fork && <ScoresAtFork fork={drift.fork} own={own} other={other} />}
      <p className="text-sm">
        <a href={pages.batchRounding} className="text-accent underline underline-offset-4">
          What one real GPU does
        </a>
      </p>
    </figure>
  );
}

/** By how much scores differ, token by token; the fork is filled. */
function Differences({ drift: { differences, fork } }: { drift: ScoreDrift }) {
  const most = Math.max(...differences, Number.MIN_VALUE);
  return (
    <details className="text-sm">
      <summary className="min-h-6 text-fine text-dim pointer-coarse:min-h-11">
        The largest difference at each token, up to {sayDifference(most)}
        <span aria-hidden className="mt-1 flex h-10 items-end gap-px border-hairline border-b">
          {differences
            .map((difference, at) => ({ difference, at }))
            .map(({ difference, at }) => (
              <span
                key={at}
                style={{ height: `${(100 * difference) / most}%` }}
                className={`min-w-px grow border-chance-line border-t ${at === fork?.at ? 'bg-chance-line' : 'bg-chance/50'}`}
              />
            ))}
        </span>
      </summary>
      <ol className="max-h-48 list-inside list-decimal overflow-y-auto tabular-nums">
        {differences
          .map((difference, at) => ({ difference, at }))
          .map(({ difference, at }) => (
            <li key={at}>{sayDifference(difference)}</li>
          ))}
      </ol>
    </details>
  );
}

type ScoresAtForkProps = { fork: NonNullable<ScoreDrift['fork']>; own: NetworkRun; other: NetworkRun };

/** The scores of the likeliest tokens where the words part. */
function ScoresAtFork({ fork, own, other }: ScoresAtForkProps) {
  const cell = (score: number, took: boolean) => (
    <td className={`ps-3 text-right ${took ? 'font-semibold' : ''}`}>
      {took && '◀ '}
      {sayScore(score)}
      {took && <span className="sr-only">, taken</span>}
    </td>
  );
  return (
    <table className="w-full max-w-sm border-collapse text-sm tabular-nums">
      <caption className="pb-1 text-left text-dim text-fine">
        Scores at token {fork.at + 1}. The one with ◀ was taken.
      </caption>
      <thead className="text-fine text-dim">
        <tr>
          <th scope="col" className="text-left font-normal">
            Token
          </th>
          {[own, other].map((each) => (
            <th key={each.run} scope="col" className="ps-3 text-right font-normal">
              {capital(sayRunOf(each))}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {fork.scores.map((each) => (
          <tr key={each.token}>
            <th scope="row" className="text-left font-normal">
              <ShowToken token={each.token} />
            </th>
            {cell(each.own, each.token === fork.took.own)}
            {cell(each.other, each.token === fork.took.other)}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
