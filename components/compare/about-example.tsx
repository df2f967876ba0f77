import { fingerprintState } from '@/lib/compare/measure/fingerprints';
import type { SideBySide } from '@/lib/compare/side-by-side';
import type { Experiment } from '@/lib/run/fold';
import { sayExample } from '@/lib/words/example';

/** What the example shows, and the first thing to try. */
export function AboutExample({ example, view }: { example: Experiment; view: SideBySide }) {
  const { runs } = example;
  const found = fingerprintState(runs);
  return (
    <p className="rounded-md border border-hairline bg-panel px-3 py-2 text-sm">
      {sayExample({ runs: runs.length, texts: view.variants, backends: 'all' in found ? found.all.length : 0 })}
    </p>
  );
}
