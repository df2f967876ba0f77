import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { VariantChip } from '@/components/ui/variant-chip';
import { contextWords, type Site, type SiteReading } from '@/lib/compare/apparatus';
import { sayRuns } from '@/lib/compare/verdict';
import { LongText, showing } from './long-text';

type DifferencesViewProps = {
  sites: readonly Site[];
  /** how many runs are compared */
  runs: number;
  /** shows a place of the most common text in the columns; null where there are none to show it in */
  onJump: ((offset: number) => void) | null;
};

const rowsAtOnce = 100;
const readingsAtOnce = 8;
const chipsAtOnce = 6;

/** The critical apparatus: a row for each place where the runs do not all agree, with what each of them has there. */
export function DifferencesView({ sites, runs, onJump }: DifferencesViewProps) {
  const [rows, setRows] = useState(rowsAtOnce);
  if (sites.length === 0)
    return <p className="text-sm">{runs > 1 ? `No differences: all ${runs} runs agree.` : 'Nothing to compare.'}</p>;
  const places = sites.length === 1 ? '1 place' : `${sites.length} places`;
  return (
    <div className="flex flex-col items-start gap-2 [print-color-adjust:exact]">
      <section
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
        tabIndex={0}
        aria-label="Table of differences"
        className="relative w-full overflow-x-auto"
      >
        <table className="w-full min-w-[30rem] max-w-5xl border-collapse text-sm">
          <caption className="mb-2 text-left">
            {places} where {runs} runs do not all agree. The first reading is that of the most common text.
          </caption>
          <thead>
            <tr className="text-left text-dim">
              <th scope="col" className="py-1 pe-3 font-normal">
                Place
              </th>
              <th scope="col" className="w-1/4 py-1 pe-3 font-normal">
                After
              </th>
              <th scope="col" className="py-1 pe-3 font-normal">
                Readings
              </th>
              {onJump && (
                <th scope="col" className="py-1 font-normal">
                  <span className="sr-only">In the columns</span>
                </th>
              )}
            </tr>
          </thead>
          <tbody>
            {sites.slice(0, rows).map((site) => (
              <SiteRow key={site.from} site={site} onJump={onJump} />
            ))}
          </tbody>
        </table>
      </section>
      {sites.length > rows && (
        <Button onClick={() => setRows(rows + rowsAtOnce)}>
          Show {Math.min(rowsAtOnce, sites.length - rows)} more of {sites.length} places
        </Button>
      )}
    </div>
  );
}

function SiteRow({ site, onJump }: { site: Site } & Pick<DifferencesViewProps, 'onJump'>) {
  const { word, before, readings } = site;
  const shown = showing(readings.map(({ text }) => text));
  const rest = readings.slice(readingsAtOnce);
  return (
    <tr className="break-inside-avoid border-hairline border-t align-top">
      <th scope="row" className="whitespace-nowrap py-2 pe-3 text-left font-semibold">
        word {word}
      </th>
      <td dir="auto" className="break-words py-2 pe-3 text-dim">
        {before === '' ? 'the start' : `${word > contextWords + 1 ? '… ' : ''}${before}`}
      </td>
      <td className="py-2 pe-3">
        <Readings readings={readings.slice(0, readingsAtOnce)} shown={shown} />
        {rest.length > 0 && (
          <details>
            <summary className="text-accent underline">
              {rest.length} more {rest.length === 1 ? 'reading' : 'readings'}
            </summary>
            <Readings readings={rest} shown={shown} />
          </details>
        )}
      </td>
      {onJump && (
        <td className="py-1 text-right print:hidden">
          <Button look="quiet" onClick={() => onJump(site.from)} aria-label={`Show word ${word} in the columns`}>
            Show
          </Button>
        </td>
      )}
    </tr>
  );
}

function Readings({ readings, shown }: { readings: readonly SiteReading[]; shown: (text: string) => string }) {
  return (
    <ul className="flex flex-col gap-1">
      {readings.map(({ text, runs, letters }) => (
        <li key={letters[0]} className="flex flex-wrap items-start gap-x-2 gap-y-1">
          <span className="flex flex-wrap items-center gap-1">
            {letters.slice(0, chipsAtOnce).map((letter) => (
              <VariantChip key={letter} letter={letter} />
            ))}
            {letters.length > chipsAtOnce && <span className="text-dim">+{letters.length - chipsAtOnce}</span>}
          </span>
          <span dir="auto" className="min-w-0 max-w-fit grow basis-40 whitespace-pre-wrap break-words font-medium">
            {text === null ? <em className="font-normal">nothing here</em> : <LongText text={shown(text)} />}
          </span>
          <span className="text-dim">({sayRuns(runs)})</span>
        </li>
      ))}
    </ul>
  );
}
