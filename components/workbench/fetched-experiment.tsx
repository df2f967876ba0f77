import { type ReactNode, useMemo } from 'react';
import { useFetched } from '@/components/share/use-fetched';
import { Alert } from '@/components/ui/alert';
import { Button } from '@/components/ui/button';
import type { Opened } from '@/lib/session/session';
import { Workbench } from './workbench';

/** What the server says of an experiment that is too large to be sent with its page. */
export type Large = Pick<Extract<Opened, { kind: 'saved' }>, 'saved' | 'view' | 'drift'> & { running: boolean };

/** The workbench with a large experiment, once that has been fetched; until then how far that is, above `children`. */
export function FetchedExperiment({ large, children }: { large: Large; children: ReactNode }) {
  const { fetched, again } = useFetched(large.saved);
  const opened = useMemo((): Opened | null => {
    if (fetched.kind !== 'here') return null;
    const { running, ...rest } = large;
    const { id, recipe, runs } = fetched.saved;
    return { kind: 'saved', ...rest, experiment: { id, recipe, runs, running }, parent: fetched.parent };
  }, [fetched, large]);
  if (opened) return <Workbench opened={opened} />;
  return (
    <>
      <p role="status" className="px-4 pt-4 text-sm">
        {fetched.kind === 'fetching' && 'The whole texts are being fetched.'}
      </p>
      {fetched.kind === 'failed' && (
        <div className="flex flex-wrap items-center gap-3 px-4">
          <Alert>The whole texts could not be fetched.</Alert>
          <Button onClick={again}>Try again</Button>
        </div>
      )}
      {children}
    </>
  );
}
