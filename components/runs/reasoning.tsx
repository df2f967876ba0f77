import { ScrollRegion } from '@/components/ui/scroll-region';
import { countWords, splitWords } from '@/lib/compare/align/words';
import type { RunRecord } from '@/lib/run/record';
import { sayReasoning } from '@/lib/words/run-status';
import { useColumns } from './columns-context';

/** What the model wrote before its answer: never part of what is compared, and open while there is nothing else to see. */
export function Reasoning({ record, reasoning }: { record: RunRecord; reasoning: string }) {
  const same = useColumns().sameReasoning.get(record.run);
  return (
    <details open={record.status === 'running' && record.text === ''} className="ms-6 text-dim text-sm">
      <summary className="min-h-6 pointer-coarse:min-h-11">
        {sayReasoning(countWords(splitWords(reasoning)))}
        {same !== undefined && `, the same as run ${same}`}
      </summary>
      <ScrollRegion
        label={`Reasoning of run ${record.run}`}
        className="max-h-60 overflow-y-auto whitespace-pre-wrap break-words border-control border-s-2 ps-2 print:max-h-none"
      >
        {reasoning}
      </ScrollRegion>
    </details>
  );
}
