import { LoneLink } from '@/components/ui/lone-link';
import { pages } from '@/lib/api/pages';

/** What an exhibit shows, in so many sentences, and where it is from. */
export function AboutExhibit({ says }: { says: readonly string[] }) {
  return (
    <div className="rounded-md border border-hairline bg-panel px-3 py-2 text-sm">
      <p>{says.join(' ')}</p>
      <p className="text-dim">
        These runs were made when this site was built, by a small model inside. Press Run to make your own.{' '}
        <LoneLink href={pages.explore}>More experiments to look at</LoneLink>
      </p>
    </div>
  );
}
