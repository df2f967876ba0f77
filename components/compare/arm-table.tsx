import { ScrollRegion } from '@/components/ui/scroll-region';
import { VariantChip } from '@/components/ui/variant-chip';
import { compareArms } from '@/lib/compare/measure/arms';
import type { Experiment } from '@/lib/run/fold';
import { armNames } from '@/lib/session/labels';
import { sayArm } from '@/lib/words/arms';
import { counted } from '@/lib/words/english';

/** What each setting gave: how many texts, and which. */
export function ArmTable({ experiment: { recipe, runs } }: { experiment: Experiment }) {
  const arms = compareArms(recipe, runs);
  if (!arms) return null;
  const names = armNames(recipe).map((label, arm) => sayArm({ arm, label }));
  return (
    <ScrollRegion label="Table of settings">
      <table className="text-sm">
        <caption className="sr-only">Texts by setting</caption>
        <thead>
          <tr className="text-left text-dim">
            <th scope="col" className="py-1 pe-6 font-normal">
              Setting
            </th>
            <th scope="col" className="py-1 pe-6 font-normal">
              Distinct texts
            </th>
            <th scope="col" className="py-1 font-normal">
              Which, and how often
            </th>
          </tr>
        </thead>
        <tbody>
          {arms.map(({ arm, runs, compared, letters }) => (
            <tr key={arm} className="border-hairline border-t">
              <th
                scope="row"
                className="max-w-72 truncate py-1.5 pe-6 text-left font-mono font-normal"
                title={names[arm]}
              >
                {names[arm]}
              </th>
              <td className="py-1.5 pe-6 tabular-nums">
                {letters.length} in {counted(compared, 'run')}
                {compared < runs && ` (${runs - compared} left out)`}
              </td>
              <td className="py-1.5">
                <span className="flex flex-wrap gap-x-3 gap-y-1">
                  {letters.map(({ letter, count }) => (
                    <span key={letter} className="inline-flex items-center gap-1 tabular-nums">
                      <VariantChip letter={letter} /> × {count}
                    </span>
                  ))}
                </span>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  );
}
