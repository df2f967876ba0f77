import type { Metadata } from 'next';
import { LessonCards } from '@/components/lessons/lesson-cards';
import { pages } from '@/lib/api/addresses';
import { glossary } from '@/lib/lessons/glossary';
import { drawLessons } from '@/lib/server/draw-lessons';

export const metadata: Metadata = {
  title: 'Learn · Seedbed',
  description: 'Short lessons on how a model picks its words, each done on the live tool.',
};

/** Rendered once, at build: each lesson is run for its picture. */
export const dynamic = 'force-static';

export default async function Learn() {
  return (
    <main className="mx-auto w-full max-w-6xl grow px-4 py-6 sm:px-6">
      <h1 className="mb-1 font-semibold text-2xl">Learn</h1>
      <p className="max-w-prose">
        Short lessons on how a model picks its words. In each you guess, run, look, and change something. They use two
        small models inside, Seedling and Sapling, which write English. You need no key and no account, and you cannot
        break anything here.
      </p>
      <LessonCards pictures={await drawLessons()} />
      <p>
        A{' '}
        <a href={pages.glossary} className="text-accent underline">
          glossary
        </a>{' '}
        of {glossary.length} terms, each with a picture.
      </p>
    </main>
  );
}
