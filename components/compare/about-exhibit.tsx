import { LoneLink } from '@/components/ui/lone-link';
import { pages } from '@/lib/api/pages';
import type { Exhibit } from '@/lib/gallery/exhibit';

/** What an exhibit shows, and where it is from. */
export function AboutExhibit({ exhibit: { says } }: { exhibit: Exhibit }) {
  return (
    <div className="rounded-md border border-hairline bg-panel px-3 py-2 text-sm">
      <p>{says.join(' ')}</p>
      <p className="text-dim">
        These runs were made on Seedling, a tiny teaching model inside, when this site was built. Press Run to make your
        own. <LoneLink href={pages.explore}>More experiments to look at</LoneLink>
      </p>
    </div>
  );
}
