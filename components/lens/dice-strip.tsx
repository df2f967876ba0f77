import { Term } from '@/components/glossary/term';
import type { Needle } from '@/lib/lens/needles';
import type { Strip } from '@/lib/lens/strip';
import type { TokenPaint } from '@/lib/palette';
import { counted, inSequence } from '@/lib/words/english';
import { sayNeedle } from '@/lib/words/lens';

/** A strip with what it is called: `name` is '' if there is no other, and so is the `label` of its setting. */
export type NamedStrip = { strip: Strip; label: string; name: string };

/** The colour of a token; of null, that of all that are not listed. */
export type PaintOf = (token: string | null) => TokenPaint;

/**
 * The unit line from 0 to 1, divided into each token's share, with a needle where each run's draw fell: one line for each
 * setting, under one another, so that the needle of a draw that they have in common goes through all of them.
 */
export function DiceStrip({ strips, paintOf }: { strips: readonly NamedStrip[]; paintOf: PaintOf }) {
  const thrown = strips.filter(({ strip }) => strip.needles.length > 0);
  if (thrown.length === 0) return null;
  return (
    // Where a lesson speaks of it, and little room is left, it stands first.
    <figure className="panes:group-data-lesson/lens:-order-1 flex flex-col gap-1">
      <figcaption className="panes:group-data-lesson/lens:order-1 text-fine text-dim">
        <Term name="prng">The dice</Term>: a number from 0 to 1. The token under the needle is taken; a wide one is hit
        more often.
      </figcaption>
      <div aria-hidden className="relative pb-4">
        {thrown.map((each) => (
          <Line key={each.strip.choice.setting.key} {...each} paintOf={paintOf} />
        ))}
        <span className="absolute start-0 bottom-0 text-finest text-dim leading-none">0</span>
        <span className="absolute end-0 bottom-0 text-finest text-dim leading-none">1</span>
      </div>
      <Draws
        draws={thrown.flatMap(({ strip, label }) =>
          strip.needles.map((needle) => sayNeedle(needle, label, strip.moved)),
        )}
      />
    </figure>
  );
}

/** With more draws than this, they are listed when wanted. */
const maxListed = 6;

function Draws({ draws }: { draws: readonly ReturnType<typeof sayNeedle>[] }) {
  const list = (
    <ul className="text-sm">
      {draws.map(({ who, draw, hit, where }) => (
        <li key={`${who} ${draw} ${hit}`}>
          {who}: <span className="font-mono">u = {draw}</span> → {hit}{' '}
          <span className="text-dim tabular-nums">[{where}]</span>
        </li>
      ))}
    </ul>
  );
  if (draws.length <= maxListed) return list;
  return (
    <details>
      <summary className="min-h-6 text-sm pointer-coarse:min-h-11">{counted(draws.length, 'draw')}, one by one</summary>
      {list}
    </details>
  );
}

/** One line with its needles, which reach from the line above to its own end. */
function Line({ strip, name, paintOf }: NamedStrip & { paintOf: PaintOf }) {
  const stacked = stack(strip.needles);
  const levels = 1 + Math.max(...stacked.map(({ level }) => level ?? 0));
  return (
    <div style={{ paddingTop: `${rowHeight * levels + 0.125}rem` }} className="relative">
      {name !== '' && <p className="relative z-20 w-fit max-w-full truncate bg-ground pe-1 text-fine">{name}</p>}
      {stacked.map(({ u, runs, level }) => (
        <span
          key={`${u} ${runs[0]}`}
          style={{ insetInlineStart: `${100 * u}%` }}
          className="absolute inset-y-0 z-10 -ms-px animate-drop border-ink border-s-2 motion-reduce:animate-none"
        >
          {level !== null && (
            <span
              style={{ top: `${rowHeight * level}rem` }}
              className={`absolute whitespace-nowrap px-0.5 font-mono text-finest leading-none ${u > 0.9 ? 'end-0' : 'start-0'}`}
            >
              {runs.length > 3 ? `×${runs.length}` : inSequence(runs)}
            </span>
          )}
        </span>
      ))}
      <div data-strip className="relative h-9 panes:h-7 w-full overflow-hidden rounded-sm border border-chance-line">
        {strip.line.map(({ token, from, to }) => (
          <span
            key={from}
            style={{
              insetInlineStart: `${100 * from}%`,
              width: `${100 * (to - from)}%`,
              background: `var(--${paintOf(token)})`,
            }}
            className="absolute inset-y-0 truncate border-chance-line border-e px-0.5 text-center font-mono text-finer text-ink leading-9 panes:leading-7 transition-[inset-inline-start,width] duration-200 motion-reduce:transition-none"
          >
            {hasRoom(nameInLine(token), to - from) && nameInLine(token)}
          </span>
        ))}
      </div>
    </div>
  );
}

/** The height of a row of names above a line, in rem. */
const rowHeight = 0.75;
const maxLevels = 4;
/** The share of a narrow line's width that a name needs. */
const room = 0.06;

/** The row of each needle's name, from the top, so that names of close draws do not cover one another; null where none has room. */
function stack(needles: readonly Needle[]): (Needle & { level: number | null })[] {
  const ends: number[] = [];
  return needles
    .toSorted((a, b) => a.u - b.u)
    .map((needle) => {
      const free = Array.from({ length: maxLevels }, (_, level) => ends[level] ?? -1).findIndex(
        (end) => end <= needle.u,
      );
      if (free < 0) return { ...needle, level: null };
      ends[free] = needle.u + room;
      return { ...needle, level: free };
    });
}

const nameInLine = (token: string | null): string => (token === null ? 'others' : token.trim() || '↵');

/** The share of a narrow line's width that a letter needs, and a name's two margins. */
const [letter, margins] = [0.02, 0.015];
const hasRoom = (name: string, share: number): boolean => share >= name.length * letter + margins;
