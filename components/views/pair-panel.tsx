import { useEffect, useId, useMemo, useRef } from 'react';
import { RunText } from '@/components/runs/run-text';
import { Button } from '@/components/ui/button';
import { VariantChip } from '@/components/ui/variant-chip';
import type { Part } from '@/lib/compare/align/diff';
import type { Group } from '@/lib/compare/align/groups';
import { comparePair, longestPair } from '@/lib/compare/align/pair';
import { sayNumber } from '@/lib/words/numbers';
import { sayRuns } from '@/lib/words/runs';

type PairPanelProps = {
  name: string;
  groups: [Group, Group];
  onClose: () => void;
};

/** Two texts side by side, each marked where it differs from the other. Takes the focus when it opens. */
export function PairPanel({ name, groups, onClose }: PairPanelProps) {
  const [a, b] = groups;
  const pair = useMemo(() => comparePair(a.text, b.text), [a.text, b.text]);
  const heading = useRef<HTMLHeadingElement>(null);
  const id = useId();
  useEffect(() => heading.current?.focus(), []);
  return (
    <section aria-labelledby={id} className="mt-2 max-w-[90rem] grow border-control border-t pt-2 min-[120rem]:mt-0">
      <header className="mb-2 flex flex-wrap items-center gap-x-4 gap-y-1">
        <h3 id={id} ref={heading} tabIndex={-1} className="font-semibold">
          {name}
        </h3>
        {pair.kind === 'marked' && (
          <p className="text-dim text-sm">Marked is what each has and the other has not, or says otherwise.</p>
        )}
        <Button onClick={onClose} className="ms-auto print:hidden">
          Close
        </Button>
      </header>
      {pair.kind === 'too-long' ? (
        <p className="text-sm">
          Together these two texts have {sayNumber(pair.characters)} characters; side by side up to{' '}
          {sayNumber(longestPair)} can be shown.
        </p>
      ) : (
        <div className="grid gap-x-6 gap-y-4 sm:grid-cols-2 print:grid-cols-2">
          <Side group={a} parts={pair.sides[0]} />
          <Side group={b} parts={pair.sides[1]} />
        </div>
      )}
    </section>
  );
}

function Side({ group, parts }: { group: Group; parts: readonly Part[] }) {
  return (
    <div className="min-w-0 max-w-[44rem]">
      <h4 className="mb-1 flex items-center gap-2 text-dim text-sm">
        <VariantChip letter={group.letter} />
        {sayRuns(group.runs)}
      </h4>
      <RunText text={group.text} parts={parts} />
    </div>
  );
}
