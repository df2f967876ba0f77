import { memo } from 'react';
import { ScrollRegion } from '@/components/ui/scroll-region';
import { VariantChip } from '@/components/ui/variant-chip';
import type { Coincidence } from '@/lib/compare/measure/coincidence';
import type { Evidence } from '@/lib/compare/measure/evidence';
import type { SeedTest } from '@/lib/compare/measure/seed-test';
import type { Figures } from '@/lib/compare/results';
import { sayCoincidence } from '@/lib/words/coincidence';
import { sayEvidence, sayNotes } from '@/lib/words/evidence';
import { sayPermutationTest, saySeedTest } from '@/lib/words/seed-test';

/** The figures behind the verdict, and what they do not say. */
export const FiguresPanel = memo(function FiguresPanel({ figures: { evidence, coincidence } }: { figures: Figures }) {
  const notes = sayNotes(evidence);
  return (
    <details className="break-inside-avoid rounded-md border border-hairline px-3 py-2 text-sm">
      <summary className="min-h-6 w-fit pe-2 leading-6 pointer-coarse:min-h-11 pointer-coarse:leading-11">
        Figures
      </summary>
      <div className="mt-2 grid gap-x-10 gap-y-4 lg:grid-cols-2">
        <EvidenceList evidence={evidence} />
        {coincidence && coincidence.columns.length > 0 && <CoincidenceTable coincidence={coincidence} />}
      </div>
      {notes.length > 0 && (
        <ul className="mt-3 list-disc ps-5 text-dim">
          {notes.map((note) => (
            <li key={note}>{note}</li>
          ))}
        </ul>
      )}
    </details>
  );
});

/** What runs with and without the seed show about it. */
export function SeedTestLine({ test }: { test: SeedTest }) {
  const method = sayPermutationTest(test);
  return (
    <p className="rounded-md border border-hairline bg-panel px-3 py-2">
      <strong>{saySeedTest(test)}</strong> {method && <span className="text-dim text-sm">{method}</span>}
    </p>
  );
}

function EvidenceList({ evidence }: { evidence: Evidence }) {
  return (
    <dl className="grid content-start gap-x-4 gap-y-1 sm:grid-cols-[max-content_1fr]">
      {sayEvidence(evidence).map(({ name, value }) => (
        <div key={name} className="contents">
          <dt className="text-dim">{name}</dt>
          <dd className="break-words tabular-nums max-sm:mb-1">{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function CoincidenceTable({ coincidence }: { coincidence: Coincidence }) {
  const { rows, columns } = coincidence;
  return (
    <ScrollRegion label="Texts by fingerprint">
      <table className="border-collapse tabular-nums">
        <caption className="mb-1 text-left">{sayCoincidence(coincidence)}</caption>
        <thead>
          <tr>
            <th scope="col" className="pe-4 text-left font-normal text-dim">
              Text
            </th>
            {columns.map(({ fingerprint }) => (
              <th key={fingerprint} scope="col" className="pe-4 text-left font-mono font-normal text-fine">
                {fingerprint ?? 'none'}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.slice(0, 40).map(({ letter, counts }) => (
            <tr key={letter}>
              <th scope="row" className="pe-4 text-left font-normal">
                <VariantChip letter={letter} />
              </th>
              {columns.map(({ fingerprint }, column) => (
                <td key={fingerprint} className="pe-4">
                  {counts[column] ?? 0}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  );
}
