import { memo } from 'react';
import { ScrollRegion } from '@/components/ui/scroll-region';
import { VariantChip } from '@/components/ui/variant-chip';
import type { Coincidence } from '@/lib/compare/measure/coincidence';
import type { Evidence } from '@/lib/compare/measure/evidence';
import type { SeedTest } from '@/lib/compare/measure/seed-test';
import type { Figures } from '@/lib/compare/results';

/** The figures behind the verdict, and what they do not say. */
export const FiguresPanel = memo(function FiguresPanel({ figures: { evidence, coincidence } }: { figures: Figures }) {
  return (
    <details className="break-inside-avoid rounded-md border border-hairline px-3 py-2 text-sm">
      <summary className="min-h-6 w-fit pe-2 leading-6 pointer-coarse:min-h-11 pointer-coarse:leading-11">
        Figures
      </summary>
      <div className="mt-2 grid gap-x-10 gap-y-4 lg:grid-cols-2">
        <EvidenceList evidence={evidence} />
        {coincidence && coincidence.columns.length > 0 && <CoincidenceTable coincidence={coincidence} />}
      </div>
      {evidence.notes.length > 0 && (
        <ul className="mt-3 list-disc ps-5 text-dim">
          {evidence.notes.map((note) => (
            <li key={note}>{note}</li>
          ))}
        </ul>
      )}
    </details>
  );
});

/** What runs with the seed and without show of it. */
export function SeedTestLine({ test }: { test: SeedTest }) {
  return (
    <p className="rounded-md border border-hairline bg-panel px-3 py-2">
      <strong>{test.sentence}</strong>{' '}
      {test.pValue && (
        <span className="text-dim text-sm">
          {test.pValue.method === 'exact'
            ? `Exact permutation test, p = ${round(test.pValue.p, 4)}.`
            : `Permutation test on ${test.pValue.samples.toLocaleString('en')} samples, p ≈ ${round(test.pValue.p, 4)}.`}
        </span>
      )}
    </p>
  );
}

function EvidenceList({ evidence }: { evidence: Evidence }) {
  const { modal, firstDifference, pairwiseMatch, changeBound, leftOut, planned, compared } = evidence;
  const facts: [string, string | null][] = [
    ['Compared', `${compared} of ${planned} runs`],
    ['Different texts', String(evidence.texts)],
    [
      'Most common',
      modal &&
        `${modal.k} of ${modal.n}, ${percent(modal.share)}; 95 % interval ${percent(modal.wilson[0])} to ${percent(modal.wilson[1])} (Wilson), ${percent(modal.exact[0])} to ${percent(modal.exact[1])} (exact)`,
    ],
    ['Pairs that match', pairwiseMatch === null ? null : percent(pairwiseMatch)],
    ['Effective number of texts', round(evidence.effectiveTexts, 2)],
    [
      'First difference',
      firstDifference &&
        `word ${firstDifference.word}, character ${firstDifference.character}${firstDifference.token === null ? '' : `, token ${firstDifference.token}`}`,
    ],
    [
      'What equal runs prove',
      changeBound === null
        ? null
        : `a text that changes in up to ${percent(changeBound)} of runs would still give this 1 time in 20`,
    ],
    ['Left out', leftOut.length === 0 ? null : leftOut.map(({ run, why }) => `run ${run} ${why}`).join(' ')],
  ];
  return (
    <dl className="grid content-start gap-x-4 gap-y-1 sm:grid-cols-[max-content_1fr]">
      {facts.map(([name, value]) =>
        value === null ? null : (
          <div key={name} className="contents">
            <dt className="text-dim">{name}</dt>
            <dd className="break-words tabular-nums max-sm:mb-1">{value}</dd>
          </div>
        ),
      )}
    </dl>
  );
}

function CoincidenceTable({ coincidence }: { coincidence: Coincidence }) {
  const { rows, columns, sentence } = coincidence;
  return (
    <ScrollRegion label="Texts by fingerprint">
      <table className="border-collapse tabular-nums">
        <caption className="mb-1 text-left">{sentence}</caption>
        <thead>
          <tr>
            <th scope="col" className="pe-4 text-left font-normal text-dim">
              Text
            </th>
            {columns.map(({ fingerprint }) => (
              <th key={fingerprint} scope="col" className="pe-4 text-left font-mono font-normal text-[13px]">
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

const percent = (share: number): string => `${round(100 * share, 1)} %`;
const round = (value: number, digits: number): string => String(Number(value.toFixed(digits)));
