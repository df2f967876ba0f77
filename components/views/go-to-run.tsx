import { useState } from 'react';
import { useColumns } from '@/components/runs/columns-context';
import { useSession } from '@/components/session/session-context';
import { boxClass } from '@/components/ui/field';
import type { RunRecord } from '@/lib/run/record';
import { shownExperiment } from '@/lib/session/select';

/** A field for the number of a run to scroll to. */
export function GoToRun({ runs, onGo }: { runs: readonly RunRecord[]; onGo: (index: number) => void }) {
  const [typed, setTyped] = useState('');
  const { cardOf } = useColumns();
  const all = useSession((session) => shownExperiment(session).runs.length);
  const indexOf = (run: number | undefined) => runs.findIndex((record) => record.run === run);
  const wanted = Number(typed.trim());
  const own = indexOf(wanted);
  const index = own < 0 ? indexOf(cardOf.get(wanted)?.runs[0]) : own;
  return (
    <form
      className="flex flex-wrap items-center gap-2 text-sm print:hidden"
      onSubmit={(event) => {
        event.preventDefault();
        if (index >= 0) onGo(index);
      }}
    >
      <label htmlFor="go-to-run">Go to run</label>
      <input
        id="go-to-run"
        inputMode="numeric"
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
        aria-invalid={typed !== '' && index < 0}
        aria-describedby="go-to-run-range"
        className={`${boxClass} w-20 px-2 tabular-nums`}
      />
      <span id="go-to-run-range" className="text-dim">
        {own < 0 && index >= 0 ? `same text as run ${runs[index]?.run}` : `1 to ${all}`}, then Enter
      </span>
    </form>
  );
}
