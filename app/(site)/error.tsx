'use client';

import { Button } from '@/components/ui/button';
import { pages } from '@/lib/api/addresses';

/** Shown if a page cannot be rendered, mostly because the store of experiments does not answer. */
export default function ErrorPage({ reset }: { reset: () => void }) {
  return (
    <main className="mx-auto w-full max-w-2xl grow px-4 py-12 sm:px-6">
      <h1 className="font-semibold text-2xl">This page cannot be shown at the moment.</h1>
      <p className="mt-2">What was saved is safe. The server cannot reach it now; try again in a little while.</p>
      <div className="mt-4 flex flex-wrap items-center gap-x-6 gap-y-2">
        <Button variant="primary" onClick={reset}>
          Try again
        </Button>
        <a href={pages.home} className="text-accent underline">
          Start a new experiment
        </a>
      </div>
    </main>
  );
}
