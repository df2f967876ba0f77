'use client';

import { createContext, type ReactNode, useContext, useEffect, useState, useSyncExternalStore } from 'react';
import type { LessonText } from '@/lib/lessons/lesson';
import type { Action } from '@/lib/session/actions';
import { builtIn } from '@/lib/session/providers';
import { SessionRunner } from '@/lib/session/runner';
import { type Opened, openSession, type Session } from '@/lib/session/session';
import { browserWorld } from './browser-world';
import { useAddress } from './use-address';
import { useHeldKeys } from './use-held-keys';
import { useModels } from './use-models';
import { useShortcuts } from './use-shortcuts';

const RunnerContext = createContext<SessionRunner | null>(null);

type SessionProviderProps = { opened: Opened; lesson?: LessonText | null; children: ReactNode };

/** Holds the session of a page: everything inside reads it by `useSession` and changes it by `useDispatch`. */
export function SessionProvider({ opened, lesson = null, children }: SessionProviderProps) {
  const [runner] = useState(() => new SessionRunner(openSession(opened, builtIn, lesson)));
  useEffect(() => runner.enter(browserWorld()), [runner]);
  return (
    <RunnerContext value={runner}>
      <World />
      {children}
    </RunnerContext>
  );
}

/** What the session learns from the page: its address, its keyboard, the models on offer. */
function World() {
  useAddress();
  useShortcuts();
  useHeldKeys();
  useModels();
  return null;
}

function useRunner(): SessionRunner {
  const runner = useContext(RunnerContext);
  if (!runner) throw new Error('There is no session here: it is provided by SessionProvider.');
  return runner;
}

/** A value selected from the session. `select` must return the same object until something in it has changed. */
export function useSession<T>(select: (session: Session) => T): T {
  const runner = useRunner();
  const read = () => select(runner.session);
  return useSyncExternalStore(runner.subscribe, read, read);
}

/** The function that sends actions. It is always the same one. */
export const useDispatch = (): ((action: Action) => void) => useRunner().dispatch;
