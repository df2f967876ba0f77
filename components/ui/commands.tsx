'use client';

import { createContext, type ReactNode, useContext, useEffect, useEffectEvent, useState } from 'react';

/** What commands belong to, in the order in which they are listed. */
export const commandGroups = [
  'This page',
  'Experiments',
  'Models',
  'Pages',
  'Lessons',
  'Glossary',
  'Appearance',
  'Help',
] as const;

/** Something that can be done, or gone to, by its name. */
export type Command = { name: string; group: (typeof commandGroups)[number]; run: () => void };

type Source = () => readonly Command[];

const SourcesContext = createContext<Set<Source> | null>(null);

/** What is inside can offer commands, and ask for those that are offered. */
export function CommandsProvider({ children }: { children: ReactNode }) {
  const [sources] = useState(() => new Set<Source>());
  return <SourcesContext value={sources}>{children}</SourcesContext>;
}

/** Offers commands as long as the component is on the page. They are asked for when they are wanted, so they are those of then. */
export function useCommands(source: Source): void {
  const sources = useContext(SourcesContext);
  const ask = useEffectEvent(source);
  useEffect(() => {
    sources?.add(ask);
    return () => {
      sources?.delete(ask);
    };
  }, [sources]);
}

/** The function that asks for all commands on offer; not while something is rendered. */
export function useOffered(): () => Command[] {
  const sources = useContext(SourcesContext);
  return () => [...(sources ?? [])].flatMap((ask) => ask());
}
