import { Term } from '@/components/glossary/term';
import type { Needle } from '@/lib/lens/needles';
import type { LineSegment } from '@/lib/lens/unit-line';
import { inSequence, plural } from '@/lib/words/english';
import { tokenName } from '@/lib/words/lens';
import { sayPlace } from '@/lib/words/numbers';

type DiceStripProps = { segments: readonly LineSegment[]; needles: readonly Needle[] };

/** The unit line from 0 to 1, divided into each token's share, with a needle where each run's draw fell. */
export function DiceStrip({ segments, needles }: DiceStripProps) {
  const stacked = stack(needles);
  const levels = 1 + Math.max(...stacked.map(({ level }) => level));
  return (
    <figure className="flex flex-col gap-1">
      <figcaption className="text-fine text-dim">
        <Term name="prng">The dice</Term>: a number from 0 to 1. The token under the needle is taken; a wide one is hit
        more often.
      </figcaption>
      <div aria-hidden style={{ paddingTop: `${rowHeight * levels + 0.125}rem` }} className="relative pb-4">
        <div className="relative h-9 w-full overflow-hidden rounded-sm border border-chance-line">
          {segments.map(({ token, from, to }, index) => (
            <span
              key={from}
              style={{ insetInlineStart: `${100 * from}%`, width: `${100 * (to - from)}%` }}
              className={`absolute inset-y-0 overflow-hidden whitespace-nowrap border-chance-line border-e px-0.5 text-center font-mono text-finer leading-9 ${segmentClass(token, index)}`}
            >
              {to - from > 0.05 && (token === null ? 'others' : token.trim() || '↵')}
            </span>
          ))}
        </div>
        {stacked.map(({ u, runs, level }) => (
          <span
            key={`${u} ${runs[0]}`}
            style={{ insetInlineStart: `${100 * u}%`, top: `${rowHeight * level}rem` }}
            className="absolute bottom-0 -ms-px border-ink border-s-2"
          >
            <span
              className={`absolute top-0 whitespace-nowrap px-0.5 font-mono text-finest leading-none ${u > 0.9 ? 'end-0' : 'start-0'}`}
            >
              {runs.length > 3 ? `×${runs.length}` : inSequence(runs)}
            </span>
          </span>
        ))}
        <span className="absolute start-0 bottom-0 text-finest text-dim leading-none">0</span>
        <span className="absolute end-0 bottom-0 text-finest text-dim leading-none">1</span>
      </div>
      <ul className="text-sm">
        {needles.map(({ u, runs, token }) => {
          const segment = segments.find((each) => each.from <= u && u < each.to && each.token === token);
          return (
            <li key={`${u} ${token}`}>
              {plural(runs.length, 'Run')} {inSequence(runs)}: <span className="font-mono">u = {sayPlace(u)}</span> →{' '}
              {tokenName(token)}
              {segment && (
                <span className="text-dim tabular-nums">
                  {' '}
                  [{sayPlace(segment.from)} to {sayPlace(segment.to)}]
                </span>
              )}
            </li>
          );
        })}
      </ul>
    </figure>
  );
}

/** The height of a row of names above the strip, in rem. */
const rowHeight = 0.75;
const maxLevels = 4;
/** The share of a narrow strip's width that a name needs. */
const room = 0.06;

/** The row of each needle's name, from the top, so that names of close draws do not cover one another. */
function stack(needles: readonly Needle[]): (Needle & { level: number })[] {
  const ends: number[] = [];
  return needles
    .toSorted((a, b) => a.u - b.u)
    .map((needle) => {
      const free = Array.from({ length: maxLevels }, (_, level) => ends[level] ?? -1).findIndex(
        (end) => end <= needle.u,
      );
      const level = Math.max(0, free);
      ends[level] = needle.u + room;
      return { ...needle, level };
    });
}

function segmentClass(token: string | null, index: number): string {
  if (token === null) return 'bg-panel text-dim';
  return index % 2 === 0 ? 'bg-chance/30 text-ink' : 'bg-chance/15 text-ink';
}
