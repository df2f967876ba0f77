import type { TermName } from '@/lib/lessons/glossary';
import {
  type Bar,
  type BarGroup,
  type DotRow,
  type GlossaryPicture,
  glossaryPicture,
  type Sum,
  sumText,
  type WordRow,
} from '@/lib/lessons/glossary-pictures';

/** In units of the drawing, which is scaled to its place on the page. */
const width = 288;
const fontSize = 12;
const classes = {
  text: 'fill-ink forced-colors:fill-[CanvasText] print:fill-black',
  heading: 'fill-ink font-semibold forced-colors:fill-[CanvasText] print:fill-black',
  mono: 'fill-ink font-mono forced-colors:fill-[CanvasText] print:fill-black',
  line: 'fill-none stroke-control forced-colors:stroke-[CanvasText] print:stroke-black',
  dot: 'fill-chance stroke-chance-line forced-colors:fill-[Canvas] forced-colors:stroke-[CanvasText] print:fill-neutral-400 print:stroke-black',
  bar: 'fill-chance forced-colors:fill-[CanvasText] print:fill-neutral-500',
  before: 'fill-none stroke-chance-line forced-colors:stroke-[CanvasText] print:stroke-black',
};

/** The picture of a term, drawn from numbers that are worked out when it is shown. */
export function Picture({ of }: { of: TermName }) {
  const picture = glossaryPicture(of);
  const { height, drawing } = draw(picture);
  return (
    <figure className="flex flex-col gap-1">
      <svg
        role="img"
        aria-label={picture.description}
        viewBox={`0 0 ${width} ${height}`}
        fontSize={fontSize}
        className="w-full max-w-xs"
      >
        {drawing}
      </svg>
      <figcaption className="text-fine text-dim">{picture.caption}</figcaption>
    </figure>
  );
}

function draw(picture: GlossaryPicture) {
  switch (picture.kind) {
    case 'dots':
      return { height: picture.rows.length * dotRow + 14, drawing: <Dots rows={picture.rows} /> };
    case 'bars':
      return {
        height: picture.groups.reduce((sum, group) => sum + heightOf(group), 0),
        drawing: <Groups {...picture} />,
      };
    case 'sums':
      return { height: picture.sums.length * sumRow, drawing: <Sums sums={picture.sums} /> };
    case 'words':
      return { height: picture.rows.length * wordRow, drawing: <Words rows={picture.rows} /> };
  }
}

const dotRow = 36;

function Dots({ rows }: { rows: readonly DotRow[] }) {
  const place = (point: number) => 6 + (width - 12) * point;
  const bottom = rows.length * dotRow + 10;
  return (
    <>
      {rows.map(({ label, points }, row) => (
        <g key={label} transform={`translate(0 ${row * dotRow})`}>
          <text y={12} className={classes.text}>
            {label}
          </text>
          <path d={`M${place(0)} 25H${place(1)}M${place(0)} 20v10M${place(1)} 20v10`} className={classes.line} />
          {points.map((point) => (
            <circle key={point} cx={place(point)} cy={25} r={3.5} className={classes.dot} />
          ))}
        </g>
      ))}
      <text x={place(0)} y={bottom} textAnchor="middle" className={classes.text}>
        0
      </text>
      <text x={place(1)} y={bottom} textAnchor="middle" className={classes.text}>
        1
      </text>
    </>
  );
}

const barRow = 18;
const heightOf = ({ heading, bars }: BarGroup): number => (bars.length + (heading === null ? 0 : 1)) * barRow + 4;

function Groups({ groups }: { groups: readonly BarGroup[] }) {
  const values = groups.flatMap(({ bars }) => bars.flatMap(({ value, before }) => [value, before ?? 0]));
  const min = Math.min(0, ...values);
  const max = Math.max(0, ...values);
  const place = (value: number) => 78 + (124 * (value - min)) / (max - min);
  return groups.map((group, at) => {
    const top = groups.slice(0, at).reduce((sum, each) => sum + heightOf(each), 0);
    const first = top + (group.heading === null ? 0 : barRow);
    return (
      <g key={group.heading}>
        {group.heading !== null && (
          <text y={top + 13} className={classes.heading}>
            {group.heading}
          </text>
        )}
        {group.bars.map((bar, row) => (
          <BarRow key={bar.label} bar={bar} top={first + row * barRow} place={place} />
        ))}
        <path d={`M${place(0)} ${first}v${group.bars.length * barRow}`} className={classes.line} />
      </g>
    );
  });
}

function BarRow({ bar, top, place }: { bar: Bar; top: number; place: (value: number) => number }) {
  const span = (value: number) => {
    const [from, to] = [place(0), place(value)];
    return { x: Math.min(from, to), width: Math.abs(to - from) };
  };
  return (
    <>
      <text y={top + 13} className={`${classes.text} ${bar.cut ? 'line-through' : ''}`}>
        {bar.label}
      </text>
      <rect {...span(bar.value)} y={top + 4} height={10} className={classes.bar} />
      {bar.before !== null && (
        <rect
          {...span(bar.before)}
          y={top + 2}
          height={14}
          strokeDasharray={bar.cut ? '3 2' : undefined}
          className={classes.before}
        />
      )}
      <text x={width} y={top + 13} textAnchor="end" className={`${classes.text} tabular-nums`}>
        {bar.text}
      </text>
    </>
  );
}

const sumRow = 58;

function Sums({ sums }: { sums: readonly Sum[] }) {
  return sums.map(({ label, groups, result }, row) => (
    <g key={label} transform={`translate(0 ${row * sumRow})`}>
      <text y={13} className={classes.heading}>
        {label}
      </text>
      <text x={8} y={31} className={classes.mono}>
        {sumText(groups)}
      </text>
      <text x={8} y={48} className={classes.mono}>
        = {result}
      </text>
      <path d="M1 19v34" className={classes.line} />
    </g>
  ));
}

const wordRow = 48;

function Words({ rows }: { rows: readonly WordRow[] }) {
  return rows.map(({ label, words }, row) => (
    <g key={label} transform={`translate(0 ${row * wordRow})`}>
      <text y={13} className={classes.text}>
        {label}
      </text>
      {words.map((word, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a word may come twice; its place is what tells it apart
        <g key={at} transform={`translate(${(at * width) / words.length} 19)`}>
          <rect x={0.5} y={0.5} width={width / words.length - 6} height={23} className={classes.line} />
          <text x={(width / words.length - 6) / 2} y={16} textAnchor="middle" className={classes.text}>
            {word}
          </text>
        </g>
      ))}
    </g>
  ));
}
