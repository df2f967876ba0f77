import { useSession } from '@/components/session/session-context';
import { titleOf } from '@/lib/session/select';

/** On a phone, where the page's heading would push the texts down, its title stands below them. */
export function TitleBelow() {
  const title = useSession(titleOf);
  return (
    title && (
      <p aria-hidden className="break-words font-semibold sm:hidden">
        {title}
      </p>
    )
  );
}
