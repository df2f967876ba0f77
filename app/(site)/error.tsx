'use client';

import { Button } from '@/components/ui/button';

/** Shown if a page cannot be rendered, mostly because the store of experiments does not answer. */
export default function ErrorPage({ reset }: { reset: () => void }) {
  return (
    <main className="mx-auto w-full max-w-2xl grow px-4 py-12 sm:px-6">
      <h1 className="font-semibold text-2xl">This page cannot be shown at the moment.</h1>
      <p className="mt-2">What was saved is safe. The server cannot reach it now; try again in a little while.</p>
      <Button variant="primary" className="mt-4" onClick={reset}>
        Try again
      </Button>
    </main>
  );
}
