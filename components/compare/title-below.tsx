import { useSession } from '@/components/session/session-context';
import { titleOf } from '@/lib/session/select';

/** Where the site's header has no room for the page's title, and it would push the texts down, it stands below them. */
export function TitleBelow() {
  const title = useSession(titleOf);
  return (
    title && (
      <p aria-hidden className="break-words font-semibold lg:hidden">
        {title}
      </p>
    )
  );
}
