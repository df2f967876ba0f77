import { memo, useMemo, useState } from 'react';
import { Button } from '@/components/ui/button';
import { Checkbox } from '@/components/ui/checkbox';
import { RadioGroup } from '@/components/ui/radio-group';
import { ScrollRegion } from '@/components/ui/scroll-region';
import { ShowMore } from '@/components/ui/show-more';
import type { Alignment } from '@/lib/compare/align/alignment';
import { type EqualityMode, isTextMode } from '@/lib/compare/align/equality';
import { contextWords, type Position, type PositionVariant } from '@/lib/compare/align/positions';
import { countWords, splitWords } from '@/lib/compare/align/words';
import { sayPlaces } from '@/lib/words/alignment';
import { sayDifference } from '@/lib/words/equality';
import { sayRuns } from '@/lib/words/runs';
import { AlignmentTable } from './alignment-table';
import { EqualityTag } from './equality-tag';
import { displayOf } from './long-text';
import { Outliers } from './outliers';
import { useInSteps } from './use-in-steps';
import { usePrinting } from './use-printing';
import { VariantChips } from './variant-chips';
import { VariantText } from './variant-text';

type DifferencesViewProps = {
  alignment: Alignment;
  /** the strictest mode under which all texts are equal; null if they are equal under none */
  mode: EqualityMode | null;
  /** shows a place in the columns; null if there are no columns to show it in */
  onJump: ((position: Position) => void) | null;
};

const layouts = ['list', 'table'] as const;
type Layout = (typeof layouts)[number];
const layoutNames: Record<Layout, string> = { list: 'List', table: 'Table' };
const rowsAtOnce = 40;
const variantsAtOnce = 8;
/** Of readings that are one run's alone, the first ones say what kind they are of. */
const singlesAtOnce = 3;
const variantsMore = 24;

/** All places where the runs do not agree: place by place with the variants of each, or as a table of the texts. */
export const DifferencesView = memo(function DifferencesView({ alignment, mode, onJump }: DifferencesViewProps) {
  const [layout, setLayout] = useState<Layout>('list');
  const [wordsOnly, setWordsOnly] = useState(false);
  const { alignedTexts, outliers, segments } = alignment;
  const runs = alignedTexts.reduce((sum, alignedText) => sum + alignedText.runs.length, 0);
  const positions = segments.filter((segment) => segment.kind === 'position');
  if (positions.length === 0)
    return <p className="text-sm">{runs > 1 ? `No differences: all ${runs} runs agree.` : 'Nothing to compare.'}</p>;
  const inWords = positions.filter((position) => position.mode === null);
  return (
    <div className="flex flex-col items-start gap-2">
      <div className="flex flex-wrap items-center gap-x-6 gap-y-1 print:hidden">
        <RadioGroup
          legend="Differences as"
          options={layouts}
          value={layout}
          nameOf={(each) => layoutNames[each]}
          onChange={setLayout}
        />
        {layout === 'list' && inWords.length < positions.length && (
          <Checkbox checked={wordsOnly} onChange={setWordsOnly}>
            Hide white space, case and punctuation
          </Checkbox>
        )}
      </div>
      {mode !== null && !isTextMode(mode) && (
        <p className="text-sm">
          The {alignedTexts.length + outliers.length} texts {sayDifference(mode)}
        </p>
      )}
      {layout === 'list' ? (
        <PositionList positions={wordsOnly ? inWords : positions} runs={runs} hidden={wordsOnly} onJump={onJump} />
      ) : (
        <AlignmentTable alignment={alignment} />
      )}
      <Outliers alignment={alignment} />
    </div>
  );
});

type PositionListProps = {
  positions: readonly Position[];
  runs: number;
  hidden: boolean;
  onJump: DifferencesViewProps['onJump'];
};

function PositionList({ positions, runs, hidden, onJump }: PositionListProps) {
  const [rows, setRows] = useState(rowsAtOnce);
  const printing = usePrinting();
  const shown = useMemo(() => positions.slice(0, rows), [positions, rows]);
  const drawn = useInSteps(useMemo(() => shown.map(({ variants }) => 1 + readingsAtOnce(variants)), [shown]));
  return (
    <>
      <ScrollRegion label="Table of differences" className="w-full overflow-x-auto">
        <table className="w-full max-w-[90rem] table-fixed border-collapse text-sm">
          <caption className="mb-2 text-left">{sayPlaces(positions.length, runs, hidden)}</caption>
          <thead>
            <tr className="text-left text-dim">
              <th scope="col" className="w-16 py-1 pe-3 font-normal sm:w-24">
                Place
              </th>
              <th scope="col" className="w-1/5 py-1 pe-3 text-end font-normal max-lg:hidden">
                After
              </th>
              <th scope="col" className="py-1 pe-3 font-normal">
                Readings
              </th>
              <th scope="col" className="w-1/5 py-1 pe-3 font-normal max-lg:hidden">
                Before
              </th>
              {onJump && (
                <th scope="col" className="w-12 py-1 font-normal sm:w-18 print:hidden">
                  <span className="sr-only">In the columns</span>
                </th>
              )}
            </tr>
          </thead>
          <tbody>
            {shown.slice(0, printing ? rows : drawn).map((position) => (
              <PositionRow key={position.at} position={position} runs={runs} printing={printing} onJump={onJump} />
            ))}
          </tbody>
        </table>
      </ScrollRegion>
      <ShowMore shown={rows} of={positions.length} step={rowsAtOnce} noun="places" onMore={setRows} />
    </>
  );
}

type PositionRowProps = {
  position: Position;
  runs: number;
  printing: boolean;
  onJump: DifferencesViewProps['onJump'];
};

function PositionRow({ position, runs, printing, onJump }: PositionRowProps) {
  const { word, mode } = position;
  const variants = useMemo(() => wordsFirst(position.variants), [position]);
  const [shown, setShown] = useState(() => readingsAtOnce(variants));
  const { before, after } = contextOf(position);
  return (
    <tr className="break-inside-avoid border-hairline border-t align-top">
      <th scope="row" className="break-words py-2 pe-2 text-left font-semibold sm:pe-3">
        word {word}
        <EqualityTag mode={mode} />
      </th>
      <td dir="auto" className="break-words py-2 pe-3 text-end text-dim max-lg:hidden">
        {before}
      </td>
      <td className="min-w-0 py-2 pe-3">
        <p dir="auto" className="mb-1 text-dim lg:hidden">
          {before}
        </p>
        <PositionVariants variants={variants} runs={runs} shown={printing ? variants.length : shown} />
        <div className="mt-1">
          <ShowMore
            shown={printing ? variants.length : shown}
            of={variants.length}
            step={variantsMore}
            noun="readings"
            onMore={setShown}
          />
        </div>
        <p dir="auto" className="mt-1 text-dim lg:hidden">
          {after}
        </p>
      </td>
      <td dir="auto" className="break-words py-2 pe-3 text-dim max-lg:hidden">
        {after}
      </td>
      {onJump && (
        <td className="py-1 text-right print:hidden">
          <Button
            variant="quiet"
            className="max-sm:px-1"
            onClick={() => onJump(position)}
            aria-label={`Show word ${word} in the columns`}
          >
            Show
          </Button>
        </td>
      )}
    </tr>
  );
}

/** The words around a place, with dots where the text goes on. */
function contextOf({ word, before, after }: Position): { before: string; after: string } {
  return {
    before: before === '' ? 'the start' : `${word > contextWords + 1 ? '… ' : ''}${before}`,
    after: after === '' ? 'the end' : `${after.trim()}${countWords(splitWords(after)) < contextWords ? '' : ' …'}`,
  };
}

/** The readings with what runs say first, and after those that they say nothing. */
const wordsFirst = (variants: readonly PositionVariant[]): PositionVariant[] => [
  ...variants.filter(({ text }) => text !== null),
  ...variants.filter(({ text }) => text === null),
];

/** How many readings are shown at first: those of several runs, as far as there is room, and few that are one run's alone. */
function readingsAtOnce(variants: readonly PositionVariant[]): number {
  const several = variants.filter(({ text, runs }) => text !== null && runs.length > 1).length;
  const shown = Math.min(variantsAtOnce, Math.max(several, singlesAtOnce));
  // Nothing is hidden behind a button that is as high as what it hides.
  return variants.length <= shown + 1 ? variants.length : shown;
}

type PositionVariantsProps = { variants: readonly PositionVariant[]; runs: number; shown: number };

/** What the texts have in a place, each reading with how many runs have it and which texts those are. */
function PositionVariants({ variants, runs: all, shown }: PositionVariantsProps) {
  const display = displayOf(variants.map(({ text }) => text));
  const first = variants[0]?.text ?? null;
  return (
    <ul className="flex flex-col gap-1.5">
      {variants.slice(0, shown).map(({ text, runs, letters }) => (
        <li
          key={letters[0]}
          className="grid gap-x-2 [contain-intrinsic-size:auto_3.5rem] [content-visibility:auto] sm:grid-cols-[6rem_1fr] print:[content-visibility:visible]"
        >
          <span className="text-dim tabular-nums">
            in <strong className="text-ink">{runs.length}</strong> of {all}
          </span>
          <span dir="auto" className="min-w-0 whitespace-pre-wrap break-words font-medium">
            <VariantText text={text} first={text === first ? null : first} display={display} />
          </span>
          <span className="sm:col-start-2 flex flex-wrap items-center gap-1 text-fine text-dim">
            <VariantChips letters={letters} />
            <span className="ms-1">{sayRuns(runs)}</span>
          </span>
        </li>
      ))}
    </ul>
  );
}
