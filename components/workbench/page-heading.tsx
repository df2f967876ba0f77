import { useSession } from '@/components/session/session-context';
import { titleOf } from '@/lib/session/select';

/** The page's heading. A lesson has its own, beside the tool. */
export function PageHeading() {
  const page = useSession((session) => session.page);
  const title = useSession(titleOf);
  if (page === 'lesson') return <h2 className="sr-only">The tool</h2>;
  if (title || page !== 'home') return <h1 className={title ? titleClass : 'sr-only'}>{title ?? 'An experiment'}</h1>;
  return (
    <h1 className="sr-only text-dim text-fine xl:not-sr-only xl:absolute xl:start-44 xl:top-3 [:root[data-projector]_&]:sr-only">
      <span className="font-semibold text-ink">Does the same seed give the same output?</span>{' '}
      <span className="max-2xl:sr-only">
        Write a prompt, fix the seed, run it several times, and see where the answers part.
      </span>
    </h1>
  );
}

/** A title stands in the site's header where that has room, and else below the texts. */
const titleClass =
  'break-words font-semibold text-xl max-lg:sr-only lg:absolute lg:start-44 lg:top-2.5 lg:max-w-[calc(100%-44rem)] lg:truncate lg:text-base xl:max-w-[calc(100%-50rem)] [:root[data-projector]_&]:static';
