import { Ban, Check, CircleHelp, EyeOff, Minus } from 'lucide-react';
import { ScrollRegion } from '@/components/ui/scroll-region';
import { type ProbeState, probeFindings } from '@/lib/compare/measure/probe';
import { maxProbeCalls } from '@/lib/recipe/probe';
import type { Experiment } from '@/lib/run/fold';
import { sayProbeCalls, sayProbed, sayProbeEvidence, sayProbeState } from '@/lib/words/probe';

const icons = { effective: Check, no_effect: Minus, refused: Ban, ignored: EyeOff, unknown: CircleHelp };
const colours: Record<ProbeState, string> = {
  effective: 'text-good',
  no_effect: 'text-dim',
  refused: 'text-failure',
  ignored: 'text-caution',
  unknown: 'text-dim',
};

/** What a probe found of each setting, and what that rests on. */
export function ProbeTable({ experiment: { recipe, runs, running } }: { experiment: Experiment }) {
  const stopped = runs.some((run) => run.status === 'ended' && run.finish === 'aborted');
  const calls = sayProbeCalls({ calls: runs.length, most: maxProbeCalls, running, stopped });
  return (
    <>
      <h2 className="break-words font-semibold text-lg leading-tight sm:text-2xl sm:leading-snug">
        {running ? 'Probing' : 'What came of probing'} {recipe.request.model}
      </h2>
      <p role="status" className="text-sm">
        {calls} {!running && 'Their answers stand below. Another day, or another load, may give others.'}
      </p>
      {!running && <Findings findings={probeFindings(recipe, runs) ?? []} />}
    </>
  );
}

function Findings({ findings }: { findings: NonNullable<ReturnType<typeof probeFindings>> }) {
  return (
    <ScrollRegion label="Table of findings" className="mt-2">
      <table className="text-sm">
        <caption className="sr-only">What each setting does here</caption>
        <thead className="max-sm:sr-only">
          <tr className="text-left text-dim">
            <th scope="col" className="py-1 pe-6 font-normal">
              Setting
            </th>
            <th scope="col" className="py-1 font-normal">
              Found, and what that rests on
            </th>
          </tr>
        </thead>
        <tbody>
          {findings.map((finding) => {
            const { parameter, state } = finding;
            const Icon = icons[state];
            return (
              <tr key={parameter} className="border-hairline border-t align-top">
                <th scope="row" className="py-1.5 pe-6 text-left font-semibold max-sm:pe-3">
                  {sayProbed(parameter)}
                </th>
                <td className="py-1.5">
                  <span className="flex flex-wrap gap-x-4">
                    <span className="inline-flex items-center gap-1.5 self-start sm:w-40">
                      <Icon aria-hidden size={16} className={`shrink-0 ${colours[state]}`} /> {sayProbeState(finding)}
                    </span>{' '}
                    <span className="min-w-0 max-w-prose break-words sm:flex-1">{sayProbeEvidence(finding)}</span>
                  </span>
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </ScrollRegion>
  );
}
