import { Sprout } from 'lucide-react';
import Link from 'next/link';
import { ThemeSelect } from './theme-select';

export function SiteHeader() {
  return (
    <header className="border-hairline border-b">
      <div className="mx-auto flex max-w-[240rem] items-center justify-between gap-4 px-4 py-2 sm:px-6">
        <Link href="/" prefetch={false} className="flex items-center gap-2 font-semibold text-lg">
          <Sprout aria-hidden size={22} className="text-accent" />
          Seedbed
        </Link>
        <ThemeSelect />
      </div>
    </header>
  );
}
