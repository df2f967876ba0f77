import type { ReactNode } from 'react';
import type { LessonPicture as Picture } from '@/lib/lessons/lesson-pictures';
import { colourOfVariant, colourTokens } from '@/lib/palette';

/** In units of the drawing, which is scaled to its place on the page. */
const width = 288;
const height = 112;

type Of<Kind extends Picture['kind']> = Extract<Picture, { kind: Kind }>;

/** The picture on a lesson's card. What it shows stands below it in words. */
export function LessonPicture({ picture }: { picture: Picture }) {
  return (
    <figure className="flex flex-col gap-2 border-hairline border-b bg-panel px-4 pt-4 pb-2 forced-color-adjust-none">
      <svg aria-hidden viewBox={`0 0 ${width} ${height}`} fontSize={12} className="w-full fill-ink">
        {draw(picture)}
      </svg>
      <figcaption className="text-fine text-dim">{picture.caption}</figcaption>
    </figure>
  );
}

function draw(picture: Picture): ReactNode {
  switch (picture.kind) {
    case 'bars':
      return <Bars {...picture} />;
    case 'lines':
      return <Lines {...picture} />;
    case 'letters':
      return <Letters {...picture} />;
    case 'fork':
      return <Fork {...picture} />;
    case 'draws':
      return <Draws {...picture} />;
    case 'steps':
      return <Steps {...picture} />;
  }
}

function Bars({ shares }: Of<'bars'>) {
  const row = height / Math.max(1, shares.length);
  const colour = colourTokens(
    shares.map(({ token }) => token),
    [],
  );
  const widest = Math.max(...shares.map(({ share }) => share));
  return shares.map(({ token, share, taken }, at) => (
    <g key={token} transform={`translate(0 ${at * row})`} fontWeight={taken ? 600 : 400}>
      <text x={52} y={row / 2 + 4} textAnchor="end" className="font-mono">
        {token.trim()}
      </text>
      <rect
        x={60}
        y={3}
        height={row - 6}
        width={(170 * share) / widest}
        fill={`var(--${colour(token)})`}
        className="stroke-chance-line"
      />
      <text x={66 + (170 * share) / widest} y={row / 2 + 4}>
        {Math.round(100 * share)} %
      </text>
    </g>
  ));
}

function Lines({ lines }: Of<'lines'>) {
  const row = height / lines.length;
  const single = lines.length === 1;
  const start = single ? 0 : 56;
  const [top, bottom] = single ? [40, row - 36] : [6, row - 2];
  const place = (share: number) => start + (width - start) * share;
  const colour = colourTokens(
    lines.flatMap(({ segments }) => segments.flatMap(({ token }) => token ?? [])),
    lines.flatMap(({ needles }) => needles.map(({ token }) => token)),
  );
  return lines.map(({ label, segments, needles }, at) => (
    <g key={label} transform={`translate(0 ${at * row})`}>
      <text y={(top + bottom) / 2 + 4} className="fill-dim">
        {label}
      </text>
      {segments.map(({ token, from, to }) => (
        <g key={from}>
          <rect
            x={place(from)}
            y={top}
            width={place(to) - place(from)}
            height={bottom - top}
            fill={`var(--${colour(token)})`}
            className="stroke-chance-line"
            strokeWidth={0.5}
          />
          {to - from > 0.12 && (
            <text x={place((from + to) / 2)} y={(top + bottom) / 2 + 4} textAnchor="middle" className="font-mono">
              {token?.trim() ?? '…'}
            </text>
          )}
        </g>
      ))}
      {needles.map(({ u }) => (
        <path key={u} d={`M${place(u)} ${top - 6}V${bottom + 2}`} strokeWidth={1.5} className="stroke-ink" />
      ))}
    </g>
  ));
}

/** How large the letters of so many runs are, and how many stand in a row. */
function gridOf(runs: number): { cell: number; inRow: number } {
  if (runs <= 12) return { cell: 44, inRow: runs <= 6 ? runs : Math.ceil(runs / 2) };
  return runs <= 20 ? { cell: 28, inRow: 10 } : { cell: 18, inRow: 15 };
}

function Letters({ letters }: Of<'letters'>) {
  const { cell, inRow } = gridOf(letters.length);
  const rows = Math.ceil(letters.length / inRow);
  const left = (width - cell * Math.min(inRow, letters.length)) / 2;
  const top = (height - cell * rows) / 2;
  const size = cell - cell / 9;
  return letters.map(({ run, letter }, at) => (
    <g key={run} transform={`translate(${left + cell * (at % inRow)} ${top + cell * Math.floor(at / inRow)})`}>
      <rect width={size} height={size} rx={cell / 9} fill={`var(--${colourOfVariant(letter)})`} />
      <text
        x={size / 2}
        y={size / 2 + cell / 6}
        textAnchor="middle"
        fontSize={cell / 2}
        fontWeight={600}
        className="fill-variant-ink"
      >
        {letter}
      </text>
    </g>
  ));
}

/** The last words of a text, and the first ones, of so many characters. */
const endOf = (text: string): string => text.match(/(?<= ).{1,14}$/s)?.[0] ?? text;
const startOf = (text: string): string => text.match(/^.{1,15}(?= )/s)?.[0] ?? text;

function Fork({ before, branches }: Of<'fork'>) {
  const row = height / Math.max(1, branches.length);
  return (
    <g className="font-serif" fontSize={14}>
      <text x={120} y={height / 2 + 5} textAnchor="end">
        … {endOf(before)}
      </text>
      {branches.map(({ letter, text }, at) => {
        const y = row * (at + 0.5);
        const colour = `var(--${colourOfVariant(letter)})`;
        return (
          <g key={letter}>
            <path
              d={`M124 ${height / 2}C140 ${height / 2} 134 ${y} 150 ${y}`}
              fill="none"
              stroke={colour}
              strokeWidth={2.5}
            />
            <rect x={150} y={y - 9} width={18} height={18} rx={3} fill={colour} />
            <text
              x={159}
              y={y + 4}
              textAnchor="middle"
              fontSize={12}
              fontWeight={600}
              className="fill-variant-ink font-sans"
            >
              {letter}
            </text>
            <text x={174} y={y + 5}>
              {startOf(text)} …
            </text>
          </g>
        );
      })}
    </g>
  );
}

function Draws({ rows }: Of<'draws'>) {
  const row = height / Math.max(1, rows.length);
  const place = (draw: number) => 6 + (width - 12) * draw;
  return rows.map(({ label, draws }, at) => (
    <g key={label} transform={`translate(0 ${at * row})`}>
      <text y={14}>{label}</text>
      <path
        d={`M${place(0)} 34H${place(1)}M${place(0)} 29v10M${place(1)} 29v10`}
        fill="none"
        className="stroke-control"
      />
      {draws.map((draw) => (
        <circle key={draw} cx={place(draw)} cy={34} r={4.5} className="fill-chance stroke-chance-line" />
      ))}
    </g>
  ));
}

function Steps({ differences, fork }: Of<'steps'>) {
  const most = Math.max(...differences, Number.MIN_VALUE);
  const step = width / Math.max(1, differences.length);
  const base = height - 18;
  return (
    <>
      {differences
        .map((difference, at) => ({ difference, at }))
        .map(({ difference, at }) => {
          const tall = ((base - 6) * difference) / most;
          return (
            <rect
              key={at}
              x={at * step}
              y={base - tall}
              width={Math.max(1, step - 3)}
              height={tall}
              className={at === fork ? 'fill-chance-line' : 'fill-chance'}
            />
          );
        })}
      <path d={`M0 ${base}H${width}`} className="stroke-control" />
      <text y={height - 3}>1</text>
      {fork !== null && (
        <text x={fork * step + step / 2} y={height - 3} textAnchor="middle">
          {fork + 1}
        </text>
      )}
    </>
  );
}
