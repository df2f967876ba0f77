'use client';

import type { ComponentProps } from 'react';
import { Results } from '@/components/compare/results';
import { SessionProvider, useSession } from '@/components/session/session-context';
import { SavedBar, SavedLine } from '@/components/share/saved-bar';
import { isReading } from '@/lib/session/select';
import type { Opened } from '@/lib/session/session';
import { Tool } from './tool';

/** What the server says of the experiment that the first one repeats, of a probe, and of settings that vary. */
type WorkbenchProps = Pick<ComponentProps<typeof Results>, 'initialReplay' | 'initialProbe' | 'initialArms'> & {
  opened: Opened;
};

/** A page with nothing but the workbench: the example, or a permalink. */
export function Workbench({ opened, ...initial }: WorkbenchProps) {
  return (
    <SessionProvider opened={opened}>
      <Tool results={<Results opened={opened} {...initial} saved={<Saved />} />} />
    </SessionProvider>
  );
}

/** What can be done with what is stored; for a reader that stands below the recipe. */
function Saved() {
  return useSession(isReading) ? <SavedLine /> : <SavedBar />;
}
