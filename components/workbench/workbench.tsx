'use client';

import type { ReactNode } from 'react';
import { Results } from '@/components/compare/results';
import { SessionProvider, useSession } from '@/components/session/session-context';
import { SavedBar, SavedLine } from '@/components/share/saved-bar';
import { isReading } from '@/lib/session/select';
import type { Opened } from '@/lib/session/session';
import { Tool } from './tool';

/** What the server says of the experiment that the first one repeats, and of a probe. */
type WorkbenchProps = { opened: Opened; initialReplay?: ReactNode; initialProbe?: ReactNode };

/** A page with nothing but the workbench: the example, or a permalink. */
export function Workbench({ opened, initialReplay, initialProbe }: WorkbenchProps) {
  return (
    <SessionProvider opened={opened}>
      <Tool
        results={
          <Results opened={opened} initialReplay={initialReplay} initialProbe={initialProbe} saved={<Saved />} />
        }
      />
    </SessionProvider>
  );
}

/** What can be done with what is stored; for a reader that stands below the recipe. */
function Saved() {
  return useSession(isReading) ? <SavedLine /> : <SavedBar />;
}
