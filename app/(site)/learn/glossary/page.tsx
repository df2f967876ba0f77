import type { Metadata } from 'next';
import { GlossaryList } from '@/components/glossary/glossary-list';

export const metadata: Metadata = {
  title: 'Glossary · Seedbed',
  description: 'Seed, temperature, top-p and other words of sampling, each in two sentences and one picture.',
};

/** Rendered once, at build: its numbers depend on nothing but the code. */
export const dynamic = 'force-static';

export default function GlossaryPage() {
  return (
    <main className="mx-auto w-full max-w-5xl grow px-4 py-4 sm:px-6 print:bg-white print:text-black">
      <h1 className="mb-1 font-semibold text-2xl">Glossary</h1>
      <p className="text-dim">
        The words of this site, each in two sentences and one picture. The numbers in the pictures are worked out, not
        made up.
      </p>
      <GlossaryList />
    </main>
  );
}
