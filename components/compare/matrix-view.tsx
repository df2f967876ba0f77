import { VariantChip } from '@/components/ui/variant-chip';
import type { Matrix } from '@/lib/compare/matrix';

type MatrixViewProps = { matrix: Matrix };

/** How alike the texts are, each with each: a number in every cell of the lower triangle, shaded by it as well. */
export function MatrixView({ matrix }: MatrixViewProps) {
  const { groups, percents, leftOut, cutAt } = matrix;
  if (groups.length < 2)
    return (
      <p className="text-sm">{groups.length === 1 ? 'All runs have one and the same text.' : 'Nothing to compare.'}</p>
    );
  return (
    <div className="flex flex-col gap-2 [print-color-adjust:exact]">
      <section
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
        tabIndex={0}
        aria-label="Table of similarity"
        className="relative overflow-x-auto"
      >
        <table className="border-collapse text-sm tabular-nums">
          <caption className="mb-2 min-w-64 max-w-prose text-left">
            Per cent of words that two texts have in common, in the same order. Like texts stand together.
          </caption>
          <thead>
            <tr>
              <td />
              {groups.slice(0, -1).map(({ letter }) => (
                <th key={letter} scope="col" className="p-1">
                  <VariantChip letter={letter} />
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {groups.slice(1).map(({ letter, runs }, index) => (
              <tr key={letter}>
                <th scope="row" className="sticky start-0 whitespace-nowrap bg-ground p-1 text-left font-normal">
                  <VariantChip letter={letter} />
                  <span className="ms-1 text-[13px] text-dim">×{runs.length}</span>
                </th>
                {(percents[index + 1] ?? []).map((percent, column) => (
                  <Cell key={groups[column]?.letter} percent={percent} />
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      {leftOut.texts > 0 && (
        <p className="text-sm">
          Only the {groups.length} most common texts are shown; {leftOut.texts} more, of {leftOut.runs}{' '}
          {leftOut.runs === 1 ? 'run' : 'runs'}, are left out.
        </p>
      )}
      {cutAt !== null && <p className="text-sm">Compared are the first {cutAt} words and marks of each text.</p>}
    </div>
  );
}

// At most a third of the accent, so that the number keeps its contrast.
const shade = (percent: number): string =>
  `color-mix(in srgb, var(--accent) ${Math.round(percent / 3)}%, var(--ground))`;

function Cell({ percent }: { percent: number }) {
  return (
    <td style={{ background: shade(percent) }} className="min-w-10 border border-hairline p-1 text-right text-ink">
      {percent}
    </td>
  );
}
