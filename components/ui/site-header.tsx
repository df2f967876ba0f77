import { Sprout } from 'lucide-react';
import type { ReactNode } from 'react';
import { pages } from '@/lib/api/addresses';
import { ProjectorSwitch } from './projector-switch';
import { ThemeSelect } from './theme-select';

/** The bar on top of every page. */
export function SiteHeader({ children }: { children?: ReactNode }) {
  return (
    <header className="border-hairline border-b print:hidden">
      <div className="mx-auto flex max-w-[240rem] flex-wrap items-center justify-between gap-3 px-3 max-[22.5rem]:gap-1.5 max-[22.5rem]:px-2 sm:px-6 sm:py-1">
        {/* A plain link: the workbench writes its own addresses, so going home means opening the page anew. */}
        <a href={pages.home} className="flex min-h-8 min-w-6 items-center gap-2 font-semibold text-lg">
          <Sprout aria-hidden size={22} className="text-accent" />
          <span className="max-[420px]:sr-only">Seedbed</span>
        </a>
        <nav
          aria-label="Site"
          className="ms-auto flex items-center gap-4 max-[22.5rem]:gap-1.5 max-[22.5rem]:text-sm max-sm:gap-2"
        >
          <a href={pages.explore} className="py-1.5 hover:underline">
            Explore
          </a>
          <a href={pages.learn} className="py-1.5 hover:underline">
            Learn
          </a>
          <a href={pages.history} className="py-1.5 hover:underline">
            History
          </a>
        </nav>
        {children}
        <ProjectorSwitch />
        <ThemeSelect />
      </div>
    </header>
  );
}
