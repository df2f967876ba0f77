import { useSession } from '@/components/session/session-context';
import { VariantChip } from '@/components/ui/variant-chip';
import { pages } from '@/lib/api/addresses';
import type { Drift } from '@/lib/api/drift';
import { sayBand, sayBandAddress, sayDrift } from '@/lib/words/drift';
import { sayReason } from '@/lib/words/left-out';
import { sayDayAndMinute } from '@/lib/words/time';
import { useDrift } from './use-drift';

/** One recipe over time: a row for each time it was run, a lettered dot for each run, fingerprints as bands. */
export function DriftTimeline() {
  const drift = useDrift();
  return drift && <Timeline drift={drift} />;
}

function Timeline({ drift }: { drift: Drift }) {
  const current = useSession((session) => session.on.experiment.id);
  const bandOf = (row: number) => drift.bands.find(({ from }) => from === row);
  return (
    <section aria-labelledby="drift-heading" className="rounded-md border border-hairline p-3">
      <h2 id="drift-heading" className="font-semibold text-lg">
        This recipe over time
      </h2>
      <table className="mt-2 w-full max-w-4xl border-collapse text-sm">
        <caption className="mb-2 text-left">{sayDrift(drift.facts)}</caption>
        <thead>
          <tr className="text-left text-dim">
            <th scope="col" className="py-1 pe-3 font-normal">
              Run on
            </th>
            <th scope="col" className="w-1/2 py-1 pe-3 font-normal">
              Texts of runs 1, 2, …
            </th>
            <th scope="col" className="py-1 font-normal">
              {drift.moved ? 'Fingerprint and address' : 'Fingerprint'}
            </th>
          </tr>
        </thead>
        <tbody>
          {drift.rows.map(({ id, createdAt, dots }, index) => {
            const band = bandOf(index);
            return (
              <tr key={id} className="border-hairline border-t align-top">
                <th scope="row" className="py-1.5 pe-3 text-left font-normal">
                  {id === current ? (
                    <strong>
                      <When time={createdAt} /> (this one)
                    </strong>
                  ) : (
                    <a href={pages.permalink(id)} className="text-accent underline">
                      <When time={createdAt} />
                    </a>
                  )}
                </th>
                <td className="py-1.5 pe-3">
                  <span className="flex flex-wrap gap-1">
                    {dots.map((dot) => (
                      <Dot key={dot.run} dot={dot} />
                    ))}
                  </span>
                </td>
                {band && (
                  <td
                    rowSpan={band.to - band.from + 1}
                    className="break-all border-control border-s-4 py-1.5 ps-2 font-mono text-fine"
                  >
                    {sayBand(band) ?? 'none reported'}
                    {drift.moved && <span className="block text-dim">{sayBandAddress(band)}</span>}
                  </td>
                )}
              </tr>
            );
          })}
        </tbody>
      </table>
    </section>
  );
}

function When({ time }: { time: string }) {
  return <time dateTime={time}>{sayDayAndMinute(time)}</time>;
}

function Dot({ dot }: { dot: Drift['rows'][number]['dots'][number] }) {
  if (dot.letter !== null) return <VariantChip letter={dot.letter} />;
  const why = dot.leftOut ? sayReason(dot.leftOut) : '';
  return (
    <span
      title={why}
      className="inline-grid min-w-6 place-items-center rounded border border-control border-dashed leading-6"
    >
      <span aria-hidden>–</span>
      <span className="sr-only">
        run {dot.run} {why}
      </span>
    </span>
  );
}
