import { useState } from 'react';
import { ScrollRegion } from '@/components/ui/scroll-region';
import { ShowMore } from '@/components/ui/show-more';
import { VariantChip } from '@/components/ui/variant-chip';
import { type AlignedText, type Alignment, type Cell, cellsOf, type Segment } from '@/lib/compare/align/alignment';
import type { Position } from '@/lib/compare/align/positions';
import { sayWords } from '@/lib/words/marks';
import { EqualityTag } from './equality-tag';
import { displayOf, LongText } from './long-text';
import { usePrinting } from './use-printing';

type AlignmentTableProps = { alignment: Alignment };

const rowsAtOnce = 20;
const columnsAtOnce = 30;
const columnsOnPaper = 5;
/** Longer shared passages are shortened: the table is there for what differs. */
const wordsInFull = 3;

/** The distinct texts as rows, all cut at the same places; rows next to each other that agree share a cell. */
export function AlignmentTable({ alignment }: AlignmentTableProps) {
  const [rows, setRows] = useState(rowsAtOnce);
  const [columns, setColumns] = useState(columnsAtOnce);
  const printing = usePrinting();
  const { alignedTexts, segments } = alignment;
  const shownRows = alignedTexts.slice(0, rows);
  const shownColumns = segments.slice(0, columns).map((segment) => ({ segment, cells: cellsOf(segment, shownRows) }));
  const blocks = printing ? chunk(shownColumns, columnsOnPaper) : [shownColumns];
  return (
    <div className="flex w-full flex-col items-start gap-2">
      <ScrollRegion
        label="Table of alignment"
        className="w-full overflow-x-auto print:flex print:flex-col print:gap-4 print:overflow-visible"
      >
        {blocks.map((block, index) => (
          <Block key={block[0]?.segment.at} rows={shownRows} columns={block} captioned={index === 0} />
        ))}
      </ScrollRegion>
      <ShowMore shown={rows} of={alignedTexts.length} step={rowsAtOnce} noun="texts" onMore={setRows} />
      <ShowMore shown={columns} of={segments.length} step={columnsAtOnce} noun="columns" onMore={setColumns} />
    </div>
  );
}

type ShownColumn = { segment: Segment; cells: Cell[] };
type BlockProps = { rows: readonly AlignedText[]; columns: readonly ShownColumn[]; captioned: boolean };

/** On a screen, the whole table; on paper, as many of its columns as fit beside each other. */
function Block({ rows, columns, captioned }: BlockProps) {
  return (
    <table className="border-separate border-spacing-0 break-inside-avoid text-sm">
      {captioned && (
        <caption className="mb-2 max-w-prose text-left">
          A row for each text, like ones together, cut where texts differ. A cell that spans rows is what they share; –
          is nothing. Tinted is what fewer than half of these runs have.
        </caption>
      )}
      <thead>
        <tr className="text-left text-dim">
          <th scope="col" className="sticky start-0 z-10 border-control border-b bg-ground p-1 pe-2 font-normal">
            Text
          </th>
          {columns.map(({ segment }) => (
            <th
              key={segment.at}
              scope="col"
              className="whitespace-nowrap border-control border-b p-1 px-2 align-top font-normal"
            >
              {sayWords(segment.word, segment.kind === 'position' ? 1 : segment.words)}
              {segment.kind === 'position' && <EqualityTag mode={segment.mode} />}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(({ letter, runs }, row) => (
          <tr key={letter} className="break-inside-avoid align-top">
            <th
              scope="row"
              className="sticky start-0 z-10 whitespace-nowrap border-hairline border-b bg-ground p-1 pe-2 text-left font-normal"
            >
              <VariantChip letter={letter} />
              <span className="ms-1 text-fine text-dim tabular-nums">×{runs.length}</span>
            </th>
            {columns.map(({ segment, cells }) => (
              <SegmentCell key={segment.at} segment={segment} cell={cells.find((cell) => cell.row === row) ?? null} />
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Cuts a list into lists of at most `size`. */
const chunk = <Item,>(items: readonly Item[], size: number): Item[][] =>
  Array.from({ length: Math.ceil(items.length / size) }, (_, index) => items.slice(size * index, size * (index + 1)));

/** Whether fewer than half of the runs have a reading. */
function isRare({ variants }: Position, reading: string | null): boolean {
  const all = variants.reduce((sum, { runs }) => sum + runs.length, 0);
  return variants.some(({ text, runs }) => text === reading && 2 * runs.length < all);
}

/** Nothing where a cell from a row above extends down to this one. */
function SegmentCell({ segment, cell }: { segment: Segment; cell: Cell | null }) {
  if (!cell) return null;
  const rare = segment.kind === 'position' && isRare(segment, cell.text);
  return (
    <td
      rowSpan={cell.span}
      dir="auto"
      data-rare={rare || undefined}
      className="data-rare:bg-replaced data-rare:text-replaced-ink min-w-16 max-w-72 whitespace-pre-wrap print:max-w-32 break-words border-hairline border-s border-b p-1 px-2"
    >
      <CellText segment={segment} text={cell.text} />
    </td>
  );
}

function CellText({ segment, text }: { segment: Segment; text: string | null }) {
  if (text === null)
    return (
      <>
        <span aria-hidden>–</span>
        <span className="sr-only">nothing</span>
      </>
    );
  if (segment.kind === 'position') {
    const display = displayOf(segment.variants.map((variant) => variant.text));
    return (
      <span className="font-medium">
        <LongText text={display(text)} />
      </span>
    );
  }
  return (
    <span className={`text-dim ${segment.words > wordsInFull ? 'whitespace-nowrap' : ''}`}>
      {segment.words > wordsInFull ? `… ${segment.words} words …` : displayOf([text])(text)}
    </span>
  );
}
