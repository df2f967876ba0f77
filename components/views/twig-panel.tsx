import { ScrollRegion } from '@/components/ui/scroll-region';
import { VariantChip } from '@/components/ui/variant-chip';
import { sayRuns } from '@/lib/words/runs';
import { sayBranch, sayEnd } from '@/lib/words/tree';
import type { Twig } from './tree-layout';
import { drawStart } from './tree-text';

/** The branch that is pointed at or has the focus, with all of its text. */
export function TwigPanel({ twig, runsInAll }: { twig: Twig; runsInAll: number }) {
  const { kind, node } = twig;
  const [only, ...others] = twig.strands;
  const letter = only?.variants === 1 && others.length === 0 ? only.letter : null;
  const runs = kind === 'end' ? (node.end?.runs ?? []) : node.runs;
  return (
    <section aria-label="Branch" className="sticky bottom-0 border-control border-t bg-ground py-2 text-sm">
      <p className="flex flex-wrap items-center gap-1 text-dim">
        {letter && <VariantChip letter={letter} />}
        <span>
          {kind === 'end' ? sayEnd(runs.length, runsInAll) : sayBranch(node, runsInAll)} ({sayRuns(runs)})
        </span>
      </p>
      <ScrollRegion
        label="Text of the branch"
        dir="auto"
        className="mt-1 h-16 max-w-[80ch] overflow-y-auto whitespace-pre-wrap break-words"
      >
        {kind === 'branch' ? drawStart(node.text) : ''}
      </ScrollRegion>
    </section>
  );
}
