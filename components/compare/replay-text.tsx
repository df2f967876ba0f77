import { History } from 'lucide-react';
import { VariantChip } from '@/components/ui/variant-chip';
import { pages } from '@/lib/api/addresses';
import type { Replay, ReplayGroup } from '@/lib/compare/measure/replay';
import type { SavedExperiment } from '@/lib/run/saved';
import { sentences } from '@/lib/words/english';
import { sayReplay } from '@/lib/words/replay';
import { sayMinute } from '@/lib/words/time';

type ReplayTextProps = { stored: SavedExperiment; replay: Replay };

/** What repeating a stored experiment has shown besides its sentence: groups of texts, and what the fingerprints add. */
export function ReplayText({ stored, replay }: ReplayTextProps) {
  const { groups, address, fingerprints } = sayReplay(replay);
  return (
    <section aria-label="Compared with the stored runs" className="rounded-md border border-hairline bg-panel p-3">
      <div className="flex items-start gap-2">
        <History aria-hidden size={20} className="mt-0.5 shrink-0 text-dim" />
        <div className="min-w-0">
          <h3 className="font-semibold">
            Compared with{' '}
            <a href={pages.permalink(stored.id)} className="text-accent underline">
              {replay.imported ? 'the imported runs, stored' : 'the runs stored'}{' '}
              <time dateTime={stored.createdAt}>{sayMinute(stored.createdAt)}</time>
            </a>
          </h3>
          <p className="mt-1 break-words text-sm empty:hidden">{sentences(groups, address, fingerprints)}</p>
        </div>
      </div>
      {replay.groups.length > 1 && replay.pairs.some(({ matches }) => !matches) && (
        <GroupTable groups={replay.groups} />
      )}
    </section>
  );
}

function GroupTable({ groups }: { groups: readonly ReplayGroup[] }) {
  return (
    <table className="mt-3 text-sm">
      <caption className="sr-only">Which runs gave which text, stored and now</caption>
      <thead>
        <tr className="text-left text-dim">
          <th scope="col" className="pe-4 font-normal">
            Text
          </th>
          <th scope="col" className="pe-4 font-normal">
            Stored runs
          </th>
          <th scope="col" className="font-normal">
            Runs now
          </th>
        </tr>
      </thead>
      <tbody>
        {groups.map(({ letter, stored, now }) => (
          <tr key={letter}>
            <th scope="row" className="pe-4 text-left font-normal">
              <VariantChip letter={letter} />
            </th>
            <td className="pe-4 tabular-nums">{stored.join(', ') || 'none'}</td>
            <td className="tabular-nums">{now.join(', ') || 'none'}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
