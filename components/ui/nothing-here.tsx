import { SearchX } from 'lucide-react';
import { pages } from '@/lib/api/addresses';
import { LoneLink } from './lone-link';

/** For whatever does not exist, or not for this visitor. */
export function NothingHere() {
  return (
    <main className="mx-auto w-full max-w-2xl grow px-4 py-12 sm:px-6">
      <SearchX aria-hidden size={40} className="mb-4 text-dim" />
      <h1 className="font-semibold text-2xl">There is nothing at this address.</h1>
      <p className="mt-2">
        Check the link. An experiment may be private to the browser that made it, deleted by its author, or expired.
      </p>
      <p className="mt-4 flex flex-wrap gap-x-6 gap-y-2">
        <LoneLink href={pages.home} className="font-medium text-accent underline">
          Start a new experiment
        </LoneLink>
        <LoneLink href={pages.history} className="text-accent underline">
          Look in your history
        </LoneLink>
      </p>
    </main>
  );
}
