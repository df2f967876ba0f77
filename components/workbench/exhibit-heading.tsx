import { LoneLink } from '@/components/ui/lone-link';
import { pages } from '@/lib/api/pages';
import type { Exhibit } from '@/lib/gallery/exhibit';

/** What an exhibit shows, for as long as its own runs are on the screen. */
export function ExhibitHeading({ exhibit: { title, says } }: { exhibit: Exhibit }) {
  return (
    <header className="flex max-w-4xl flex-col gap-1 py-1">
      <p className="text-dim text-sm print:hidden">
        <LoneLink href={pages.explore}>Explore</LoneLink>
      </p>
      <h1 className="font-semibold text-xl">{title}</h1>
      <p>{says.join(' ')}</p>
      <p className="text-dim text-sm">
        These runs were made on Seedling, a tiny teaching model inside, when this site was built. Press Run to make your
        own.
      </p>
    </header>
  );
}
