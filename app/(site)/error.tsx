'use client';

import { Button } from '@/components/ui/button';

/** Shown within the site if a page cannot be rendered: the server has too much to do, or its store does not answer. */
export default function ErrorPage({ reset }: { reset: () => void }) {
  return (
    <main className="mx-auto w-full max-w-2xl grow px-4 py-12 sm:px-6">
      <h1 className="font-semibold text-2xl">This page cannot be shown at the moment.</h1>
      <p className="mt-2">What was saved is safe. Try again in a little while.</p>
      <Button variant="primary" className="mt-4" onClick={reset}>
        Try again
      </Button>
    </main>
  );
}
