'use client';

import type { ComponentProps } from 'react';
import { Results } from '@/components/compare/results';
import { SessionProvider } from '@/components/session/session-context';
import { SavedBar, SavedLine } from '@/components/share/saved-bar';
import type { Opened } from '@/lib/session/session';
import { Tool } from './tool';

/** With what the server says of what it was opened with, which is loaded later of all else. */
type WorkbenchProps = Omit<ComponentProps<typeof Results>, 'opened' | 'saved' | 'actions'> &
  Omit<ComponentProps<typeof Tool>, 'results'> & { opened: Opened };

/** A page with nothing but the workbench: the example, or a permalink. */
export function Workbench({ opened, initialAsked, more, ...initial }: WorkbenchProps) {
  return (
    <SessionProvider opened={opened}>
      <Tool
        results={<Results opened={opened} {...initial} saved={<SavedLine />} actions={<SavedBar />} />}
        initialAsked={initialAsked}
        more={more}
      />
    </SessionProvider>
  );
}
