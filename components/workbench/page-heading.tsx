import { useSession } from '@/components/session/session-context';
import { pages } from '@/lib/api/addresses';
import type { Exhibit } from '@/lib/gallery/exhibit';
import { headOf } from '@/lib/session/select';

/** The page's heading. A lesson has its own, beside the tool. */
export function PageHeading() {
  const page = useSession((session) => session.page);
  const title = useSession((session) => headOf(session)?.title ?? null);
  const exhibit = useSession(({ on }) => (on.kind === 'exhibit' ? on.exhibit : null));
  if (exhibit) return <ExhibitHeading exhibit={exhibit} />;
  if (page === 'lesson') return <h2 className="sr-only">The tool</h2>;
  if (page !== 'home')
    return <h1 className={title ? 'break-words font-semibold text-xl' : 'sr-only'}>{title ?? 'An experiment'}</h1>;
  return (
    <h1 className="sr-only text-dim text-fine xl:not-sr-only xl:absolute xl:start-44 xl:top-3 [:root[data-projector]_&]:sr-only">
      <span className="font-semibold text-ink">Does the same seed give the same output?</span>{' '}
      <span className="max-2xl:sr-only">
        Write a prompt, fix the seed, run it several times, and see where the answers part.
      </span>
    </h1>
  );
}

/** What an exhibit shows, for as long as its own runs are on the screen. */
function ExhibitHeading({ exhibit: { title, says } }: { exhibit: Exhibit }) {
  return (
    <header className="flex max-w-4xl flex-col gap-1 py-1">
      <p className="text-dim text-sm print:hidden">
        <a href={pages.explore} className="underline">
          Explore
        </a>
      </p>
      <h1 className="font-semibold text-xl">{title}</h1>
      <p>{says.join(' ')}</p>
      <p className="text-dim text-sm">
        These runs were made on Seedling, the tiny teaching model inside, when this site was built. Press Run to make
        your own.
      </p>
    </header>
  );
}
