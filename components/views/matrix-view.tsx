import { type KeyboardEvent, memo, useMemo, useRef, useState } from 'react';
import { plainKey, rovingFocus } from '@/components/ui/roving-focus';
import { ShowMore } from '@/components/ui/show-more';
import { VariantChip } from '@/components/ui/variant-chip';
import type { Group } from '@/lib/compare/align/groups';
import type { Matrix } from '@/lib/compare/measure/matrix';
import { counted } from '@/lib/words/english';
import { PairPanel } from './pair-panel';
import { useInSteps } from './use-in-steps';

/** Two texts by their place in the matrix, which has `column` before `row`. */
type Place = { row: number; column: number };
type Pair = Place & { groups: [Group, Group]; percent: number };

/** How similar the texts are, pair by pair; a press opens a pair side by side. */
export const MatrixView = memo(function MatrixView({ matrix }: { matrix: Matrix }) {
  const [opened, setOpened] = useState<Place | null>(null);
  const opener = useRef<HTMLElement | null>(null);
  const { groups, openings, leftOut, cutAt } = matrix;
  const parting = openings.some(({ after }) => after > 0);
  const pairs = pairsOf(matrix);
  if (groups.length < 2)
    return (
      <p className="text-sm">{groups.length === 1 ? 'All runs have one and the same text.' : 'Nothing to compare.'}</p>
    );
  function open(place: Place, from: HTMLElement) {
    opener.current = from;
    setOpened(place);
  }
  function close() {
    setOpened(null);
    opener.current?.focus();
  }
  function closeOnEscape(event: KeyboardEvent) {
    if (event.key === 'Escape' && pair) close();
  }
  const pair = pairs.find(({ row, column }) => row === opened?.row && column === opened.column);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Escape closes what a button in here has opened
    <div
      className="flex flex-col gap-x-12 gap-y-2 min-[120rem]:flex-row min-[120rem]:items-start"
      onKeyDown={closeOnEscape}
    >
      <div className="flex min-w-0 flex-col gap-2">
        <section aria-label="Similarity of texts" className="flex flex-col gap-2">
          <p className="max-w-prose text-sm">
            How many of their words two texts share, in the same order. Punctuation does not count.
            {parting && ' A text that begins like another is named by the words with which it parts from that.'}{' '}
            <span className="print:hidden">Press a number to read the two side by side.</span>
          </p>
          <Legend />
          <Triangle matrix={matrix} pairs={pairs} onOpen={open} />
          <PairList openings={openings} pairs={pairs} onOpen={open} />
        </section>
        {leftOut.texts > 0 && (
          <p className="text-sm">
            Only the {groups.length} most common texts are shown; {leftOut.texts} more, of{' '}
            {counted(leftOut.runs, 'run')}, are left out.
          </p>
        )}
        {cutAt !== null && <p className="text-sm">Compared are the first {cutAt} words of each text.</p>}
      </div>
      {pair && <PairPanel key={nameOf(pair)} name={nameOf(pair)} groups={pair.groups} onClose={close} />}
    </div>
  );
});

const pairsOf = ({ groups, percents }: Matrix): Pair[] =>
  percents.flatMap((row, index) =>
    row.flatMap((percent, column) => {
      const [a, b] = [groups[index], groups[column]];
      return a && b ? [{ row: index, column, groups: [a, b], percent }] : [];
    }),
  );

const nameOf = ({ groups: [a, b], percent }: Pair): string =>
  `${a.letter} and ${b.letter}: ${percent} % of words shared`;

/** What the numbers and shades mean. */
function Legend() {
  return (
    <ul aria-label="Legend" className="flex flex-wrap gap-x-6 gap-y-1 text-sm">
      {meanings.map(({ percent, meaning }) => (
        <li key={percent} className="flex items-center gap-2">
          <span
            style={{ background: shade(percent) }}
            className="min-w-14 whitespace-nowrap border border-control px-1 text-center text-ink tabular-nums [print-color-adjust:exact]"
          >
            {percent} %
          </span>{' '}
          {meaning}
        </li>
      ))}
    </ul>
  );
}

const meanings = [
  { percent: 0, meaning: 'no words in common, or hardly any' },
  { percent: 50, meaning: 'half of their words in common' },
  { percent: 100, meaning: 'the same words, punctuated or spaced otherwise' },
];

/** A text by its letter, how many runs have it, and its first words. */
function TextName({ letter, runs, opening }: { letter: string; runs: number; opening: Opening | undefined }) {
  return (
    <span className="inline-flex min-w-0 items-center gap-1.5">
      <VariantChip letter={letter} />
      {runs > 1 && <span>×{runs}</span>}
      <OpeningText opening={opening} />
    </span>
  );
}

function OpeningText({ opening }: { opening: Opening | undefined }) {
  if (!opening) return null;
  return (
    <span dir="auto" className="max-h-full min-w-0 truncate text-start print:whitespace-normal print:overflow-visible">
      {opening.text === '' ? <em>no text</em> : `${opening.after > 0 ? '… ' : ''}${opening.text}`}
    </span>
  );
}

type Opening = Matrix['openings'][number];
type OpeningProps = { pairs: readonly Pair[]; onOpen: (place: Place, from: HTMLElement) => void };

/** Of more texts the table is laid out by given widths: finding them in hundreds of cells takes as long as all else. */
const fewTexts = 12;

/** The lower triangle: a number in every cell, which is shaded by it as well. The Tab key comes to one, arrows go to others. */
function Triangle({ matrix, pairs, onOpen }: OpeningProps & { matrix: Matrix }) {
  const { groups, openings } = matrix;
  const wide = groups.length > fewTexts;
  // A row has a name, and a cell for each row above it.
  const drawn = useInSteps(useMemo(() => groups.slice(1).map((_, row) => 4 + row / 4), [groups]));
  const [active, setActive] = useState<Place>({ row: 1, column: 0 });
  const current = pairs.some((pair) => keyOf(pair) === keyOf(active)) ? active : { row: 1, column: 0 };
  const { onKeyDown, stop } = rovingFocus<Place>({
    current,
    idOf: keyOf,
    next: (event) => next(event, current),
    onMove: setActive,
  });
  return (
    <div className="relative hidden overflow-x-auto p-1 sm:block print:block print:overflow-visible">
      <table
        onKeyDown={onKeyDown}
        className={`border-collapse text-sm tabular-nums ${wide ? 'w-min table-fixed' : ''}`}
      >
        <caption className="sr-only">Similarity of texts. Arrow keys go from cell to cell.</caption>
        {wide && (
          <colgroup>
            <col className="w-74 print:w-42" />
            <col span={groups.length - 1} className="w-10 print:w-6 pointer-coarse:w-11" />
          </colgroup>
        )}
        <thead>
          <tr>
            <td />
            {groups.slice(0, -1).map(({ letter }, column) => (
              <th key={letter} scope="col" className="p-1 align-bottom font-normal">
                <span className="flex flex-col items-center gap-1">
                  <span className="flex h-44 rotate-180 [writing-mode:vertical-rl] print:hidden">
                    <OpeningText opening={openings[column]} />
                  </span>
                  <VariantChip letter={letter} />
                </span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {groups.slice(1, 1 + drawn).map(({ letter, runs }, index) => (
            <tr key={letter}>
              <th scope="row" className="sticky start-0 z-10 bg-ground p-1 text-left font-normal">
                <span className="flex max-w-72 print:max-w-40">
                  <TextName letter={letter} runs={runs.length} opening={openings[index + 1]} />
                </span>
              </th>
              {pairs
                .filter(({ row }) => row === index + 1)
                .map((pair) => (
                  <td
                    key={pair.column}
                    style={{ background: shade(pair.percent) }}
                    className="border border-hairline p-0 text-ink"
                  >
                    <button
                      type="button"
                      {...stop(pair)}
                      aria-label={nameOf(pair)}
                      onClick={(event) => onOpen(pair, event.currentTarget)}
                      className="min-h-8 w-full min-w-10 px-1 print:min-h-6 print:min-w-6 print:px-0.5 print:text-finest text-right hover:underline pointer-coarse:min-h-11 pointer-coarse:min-w-11"
                    >
                      {pair.percent}
                    </button>
                  </td>
                ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

const keyOf = ({ row, column }: Place): string => `${row}-${column}`;

/** Where a key leads: to a neighbour, or with Home and End to the ends of a row. */
function next(event: KeyboardEvent, { row, column }: Place): Place | null {
  const places: Record<string, Place> = {
    ArrowUp: { row: row - 1, column },
    ArrowDown: { row: row + 1, column },
    ArrowLeft: { row, column: column - 1 },
    ArrowRight: { row, column: column + 1 },
    Home: { row, column: 0 },
    End: { row, column: row - 1 },
  };
  return places[plainKey(event) ?? ''] ?? null;
}

// At most a third of the accent, so that the number keeps its contrast.
const shade = (percent: number): string =>
  `color-mix(in srgb, var(--accent) ${Math.round(percent / 3)}%, var(--ground))`;

const pairsAtOnce = 30;

/** Where there is no room for a triangle: the pairs, the most alike first. */
function PairList({ openings, pairs, onOpen }: OpeningProps & { openings: readonly Opening[] }) {
  const [shown, setShown] = useState(pairsAtOnce);
  return (
    <div className="flex flex-col gap-2 sm:hidden print:hidden">
      <ol aria-label="Pairs of texts, the most alike first" className="flex flex-col">
        {pairs
          .toSorted((a, b) => b.percent - a.percent)
          .slice(0, shown)
          .map((pair) => (
            <li key={keyOf(pair)} className="border-hairline border-t">
              <button
                type="button"
                onClick={(event) => onOpen(pair, event.currentTarget)}
                style={{ background: shade(pair.percent) }}
                className="flex min-h-11 w-full flex-col items-start gap-1 px-2 py-1 text-sm tabular-nums"
              >
                {pair.groups.map(({ letter, runs }, at) => (
                  <TextName
                    key={letter}
                    letter={letter}
                    runs={runs.length}
                    opening={openings[at === 0 ? pair.row : pair.column]}
                  />
                ))}
                <span>{pair.percent} % of words shared</span>
              </button>
            </li>
          ))}
      </ol>
      <ShowMore shown={shown} of={pairs.length} step={pairsAtOnce} noun="pairs" onMore={setShown} />
    </div>
  );
}
