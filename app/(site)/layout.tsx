import type { ReactNode } from 'react';
import { CommandMenu } from '@/components/commands/command-menu';
import { CommandsProvider } from '@/components/ui/commands';
import { SiteHeader } from '@/components/ui/site-header';

/** The frame of all pages but the embedded ones. */
export default function SiteLayout({ children }: { children: ReactNode }) {
  return (
    <CommandsProvider>
      <a
        href="#results"
        className="sr-only [:root:not(:has(#results))_&]:hidden z-20 rounded bg-accent px-3 py-2 text-on-accent focus:not-sr-only focus:absolute focus:top-2 focus:left-2 print:hidden"
      >
        Skip to results
      </a>
      <SiteHeader>
        <CommandMenu />
      </SiteHeader>
      <noscript>
        <p className="bg-panel px-4 py-1 text-fine sm:px-6">
          Without JavaScript, what is stored can be read. Running, the history and the search need it.
        </p>
      </noscript>
      {children}
    </CommandsProvider>
  );
}
