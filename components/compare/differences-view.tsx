import { memo, useState } from 'react';
import { Button } from '@/components/ui/button';
import { ShowMore } from '@/components/ui/show-more';
import { VariantChip } from '@/components/ui/variant-chip';
import { contextWords, type Site, type SiteReading } from '@/lib/compare/apparatus';
import type { Collation } from '@/lib/compare/collation';
import { isTextRung, type Rung, sayDifference } from '@/lib/compare/ladder';
import { sayRuns } from '@/lib/compare/verdict';
import { AlignmentTable } from './alignment-table';
import { LadderTag } from './ladder-tag';
import { showing } from './long-text';
import { ModeSwitch } from './mode-switch';
import { ReadingText } from './reading-text';
import { usePrinting } from './use-printing';

type DifferencesViewProps = {
  collation: Collation;
  /** the first rung on which all whole texts are equal */
  rung: Rung | null;
  /** shows a place in the columns; null where there are none to show it in */
  onJump: ((site: Site) => void) | null;
};

type Mode = 'list' | 'table';
const modes = [
  { mode: 'list', name: 'List' },
  { mode: 'table', name: 'Table' },
] as const;
const rowsAtOnce = 100;
const readingsAtOnce = 8;
const readingsMore = 24;
const chipsAtOnce = 6;

/** All places where the runs do not agree: as a list of readings (the critical apparatus), or as a table of the texts. */
export const DifferencesView = memo(function DifferencesView({ collation, rung, onJump }: DifferencesViewProps) {
  const [mode, setMode] = useState<Mode>('list');
  const [wordsOnly, setWordsOnly] = useState(false);
  const { witnesses, segments } = collation;
  const runs = witnesses.reduce((sum, witness) => sum + witness.runs.length, 0);
  const sites = segments.filter((segment) => segment.kind === 'site');
  if (sites.length === 0)
    return <p className="text-sm">{runs > 1 ? `No differences: all ${runs} runs agree.` : 'Nothing to compare.'}</p>;
  const inWords = sites.filter((site) => site.rung === null);
  return (
    <div className="flex flex-col items-start gap-2">
      <div className="flex flex-wrap items-center gap-x-6 gap-y-1 print:hidden">
        <ModeSwitch legend="Differences as" modes={modes} value={mode} onChange={setMode} />
        {mode === 'list' && inWords.length < sites.length && (
          <label className="inline-flex min-h-6 items-center gap-1.5 text-sm pointer-coarse:min-h-11">
            <input
              type="checkbox"
              checked={wordsOnly}
              onChange={(event) => setWordsOnly(event.target.checked)}
              className="accent-accent"
            />
            Hide white space, case and punctuation
          </label>
        )}
      </div>
      {rung !== null && !isTextRung(rung) && (
        <p className="text-sm">
          The {witnesses.length} texts {sayDifference(rung)}
        </p>
      )}
      {mode === 'list' ? (
        <SiteList sites={wordsOnly ? inWords : sites} runs={runs} hidden={wordsOnly} onJump={onJump} />
      ) : (
        <AlignmentTable collation={collation} />
      )}
    </div>
  );
});

type SiteListProps = { sites: readonly Site[]; runs: number; hidden: boolean; onJump: DifferencesViewProps['onJump'] };

function SiteList({ sites, runs, hidden, onJump }: SiteListProps) {
  const [rows, setRows] = useState(rowsAtOnce);
  const printing = usePrinting();
  const places = sites.length === 1 ? '1 place' : `${sites.length} places`;
  return (
    <>
      <section
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
        tabIndex={0}
        aria-label="Table of differences"
        className="relative w-full overflow-x-auto"
      >
        <table className="w-full max-w-[75rem] border-collapse text-sm min-[120rem]:max-w-none">
          <caption className="mb-2 text-left">
            {places} where {runs} runs do not all agree{hidden ? ' in words' : ''}. The first reading is that of the
            most common text; letters that differ from it are underlined.
          </caption>
          <thead>
            <tr className="text-left text-dim">
              <th scope="col" className="py-1 pe-3 font-normal">
                Place
              </th>
              <th scope="col" className="w-1/4 py-1 pe-3 font-normal max-sm:hidden min-[120rem]:w-1/6">
                After
              </th>
              <th scope="col" className="py-1 pe-3 font-normal">
                Readings
              </th>
              {onJump && (
                <th scope="col" className="py-1 font-normal print:hidden">
                  <span className="sr-only">In the columns</span>
                </th>
              )}
            </tr>
          </thead>
          <tbody>
            {sites.slice(0, rows).map((site) => (
              <SiteRow key={site.from} site={site} printing={printing} onJump={onJump} />
            ))}
          </tbody>
        </table>
      </section>
      <ShowMore shown={rows} of={sites.length} step={rowsAtOnce} noun="places" onMore={setRows} />
    </>
  );
}

type SiteRowProps = { site: Site; printing: boolean; onJump: DifferencesViewProps['onJump'] };

function SiteRow({ site, printing, onJump }: SiteRowProps) {
  const { word, before, rung, readings } = site;
  const shown = showing(readings.map(({ text }) => text));
  const first = readings[0]?.text ?? null;
  const [many, setMany] = useState(readingsAtOnce);
  const context = before === '' ? 'the start' : `${word > contextWords + 1 ? '… ' : ''}${before}`;
  return (
    <tr className="break-inside-avoid border-hairline border-t align-top">
      <th scope="row" className="w-16 py-2 pe-2 sm:w-24 sm:min-w-20 sm:pe-3 text-left font-semibold">
        word {word}
        <LadderTag rung={rung} />
      </th>
      <td dir="auto" className="break-words py-2 pe-3 text-dim max-sm:hidden">
        {context}
      </td>
      <td className="min-w-0 py-2 pe-3">
        <p dir="auto" className="mb-1 text-dim sm:hidden">
          {before === '' ? context : `After “${context}”`}
        </p>
        <Readings readings={printing ? readings : readings.slice(0, many)} first={first} shown={shown} />
        <ShowMore
          shown={printing ? readings.length : many}
          of={readings.length}
          step={readingsMore}
          noun="readings"
          onMore={setMany}
        />
      </td>
      {onJump && (
        <td className="py-1 text-right print:hidden">
          <Button
            look="quiet"
            className="max-sm:px-1"
            onClick={() => onJump(site)}
            aria-label={`Show word ${word} in the columns`}
          >
            Show
          </Button>
        </td>
      )}
    </tr>
  );
}

type ReadingsProps = { readings: readonly SiteReading[]; first: string | null; shown: (text: string) => string };

function Readings({ readings, first, shown }: ReadingsProps) {
  return (
    <ul className="flex flex-col gap-1 min-[120rem]:grid min-[120rem]:grid-cols-[repeat(auto-fill,minmax(24rem,1fr))]">
      {readings.map(({ text, runs, letters }) => (
        <li key={letters[0]} className="flex min-w-0 flex-wrap items-start gap-x-2 gap-y-1">
          <span className="flex flex-wrap items-center gap-1">
            {letters.slice(0, chipsAtOnce).map((letter) => (
              <VariantChip key={letter} letter={letter} />
            ))}
            {letters.length > chipsAtOnce && <span className="text-dim">+{letters.length - chipsAtOnce}</span>}
          </span>
          <span
            dir="auto"
            className="min-w-0 max-w-fit grow basis-28 sm:basis-40 whitespace-pre-wrap break-words font-medium"
          >
            <ReadingText text={text} first={text === first ? null : first} shown={shown} />
          </span>
          <span className="text-dim">({sayRuns(runs)})</span>
        </li>
      ))}
    </ul>
  );
}
