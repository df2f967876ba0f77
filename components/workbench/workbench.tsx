'use client';

import type { ReactNode } from 'react';
import { Results } from '@/components/compare/results';
import { SessionProvider, useSession } from '@/components/session/session-context';
import { SavedBar, SavedLine } from '@/components/share/saved-bar';
import { isReading } from '@/lib/session/select';
import type { Opened } from '@/lib/session/session';
import { Tool } from './tool';

/** `initialReplay`: what the server says of the experiment that the first one repeats. */
type WorkbenchProps = { opened: Opened; initialReplay?: ReactNode };

/** A page with nothing but the workbench: the example, or a permalink. */
export function Workbench({ opened, initialReplay }: WorkbenchProps) {
  return (
    <SessionProvider opened={opened}>
      <Tool results={<Results opened={opened} initialReplay={initialReplay} saved={<Saved />} />} />
    </SessionProvider>
  );
}

/** What can be done with what is stored; for a reader that stands below the recipe. */
function Saved() {
  return useSession(isReading) ? <SavedLine /> : <SavedBar />;
}
