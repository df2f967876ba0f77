'use client';

import { type ReactNode, useMemo } from 'react';
import { useFetched } from '@/components/share/use-fetched';
import { Alert } from '@/components/ui/alert';
import { Button } from '@/components/ui/button';
import type { Opened } from '@/lib/session/session';
import { Workbench } from './workbench';

/** What the server says of an experiment that is too large to be sent with its page. */
type Large = Pick<Extract<Opened, { kind: 'saved' }>, 'saved' | 'view' | 'drift'> & { running: boolean };

type LargeProps = { large: Large; heading: ReactNode; children: ReactNode };

/** The page of a large experiment: `children` says how its texts begin, until they have been fetched. */
export function LargeExperiment({ large, heading, children }: LargeProps) {
  const { fetched, again } = useFetched(large.saved);
  const opened = useMemo((): Opened | null => {
    if (fetched.kind !== 'here') return null;
    const { running, ...rest } = large;
    const { id, recipe, runs } = fetched.saved;
    return { kind: 'saved', ...rest, experiment: { id, recipe, runs, running }, parent: fetched.parent };
  }, [fetched, large]);
  if (opened) return <Workbench opened={opened} />;
  return (
    <div className="flex flex-col gap-3 p-4">
      {heading}
      <p role="status" className="text-sm">
        {fetched.kind === 'fetching' && 'The whole texts are being fetched.'}
      </p>
      {fetched.kind === 'failed' && (
        <div className="flex flex-wrap items-center gap-3">
          <Alert>The whole texts could not be fetched.</Alert>
          <Button onClick={again}>Try again</Button>
        </div>
      )}
      {children}
    </div>
  );
}
