import type { Metadata } from 'next';
import { BatchRoundingCard } from '@/components/gallery/batch-rounding-card';
import { ExhibitList } from '@/components/gallery/exhibit-list';
import { gallery } from '@/lib/gallery/exhibits';
import { runExhibit } from '@/lib/server/run-exhibit';

export const metadata: Metadata = {
  title: 'Explore · Seedbed',
  description: 'Experiments that have already run, each with what it shows in two sentences.',
};

/** Rendered once, at build: the experiments have really been run, by the same code that runs a visitor's recipe. */
export const dynamic = 'force-static';

export default async function Explore() {
  const parts = await Promise.all(
    gallery.map(async ({ title, exhibits }) => ({ title, ran: await Promise.all(exhibits.map(runExhibit)) })),
  );
  return (
    <main className="mx-auto flex w-full max-w-6xl grow flex-col gap-8 px-4 py-6 sm:px-6">
      <header className="flex max-w-3xl flex-col gap-1">
        <h1 className="font-semibold text-2xl">Explore</h1>
        <p>
          Experiments that have already run. This server&rsquo;s own code ran them when the site was built: one on
          Seedling, which counts words, the others on Sapling, a small transformer. Their fleet and their busy server
          are simulated. The last one is of a real GPU.
        </p>
      </header>
      {parts.map((part) => (
        <ExhibitList key={part.title} {...part} />
      ))}
      <BatchRoundingCard />
    </main>
  );
}
