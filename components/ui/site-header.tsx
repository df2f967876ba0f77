import { Sprout } from 'lucide-react';
import { ThemeSelect } from './theme-select';

export function SiteHeader() {
  return (
    <header className="border-hairline border-b">
      <div className="mx-auto flex max-w-[240rem] items-center justify-between gap-4 px-4 py-2 sm:px-6">
        {/* A plain link: the workbench writes its own addresses, so going home means opening the page anew. */}
        <a href="/" className="flex items-center gap-2 font-semibold text-lg">
          <Sprout aria-hidden size={22} className="text-accent" />
          Seedbed
        </a>
        <nav aria-label="Site" className="ms-auto flex items-center gap-4">
          <a href="/history" className="py-1.5 hover:underline">
            History
          </a>
        </nav>
        <ThemeSelect />
      </div>
    </header>
  );
}
