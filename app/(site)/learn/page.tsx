import type { Metadata } from 'next';
import { LessonList } from '@/components/lessons/lesson-list';
import { pages } from '@/lib/api/addresses';

export const metadata: Metadata = {
  title: 'Learn · Seedbed',
  description: 'Short lessons on how a model picks its words, each done on the live tool.',
};

export default function Learn() {
  return (
    <main className="mx-auto w-full max-w-3xl grow px-4 py-4 sm:px-6">
      <h1 className="font-semibold text-xl">Learn</h1>
      <p>
        Short lessons on how a model picks its words. In each you guess, run, look, and change something. They use
        Seedling, the tiny model inside, which writes English. You need no key and no account, and you cannot break
        anything here.
      </p>
      <LessonList />
      <p>
        Twelve terms, each with a picture: the{' '}
        <a href={pages.glossary} className="text-accent underline">
          glossary
        </a>
        .
      </p>
      <p className="mt-6 text-sm">
        <a href={pages.teachers} className="text-dim underline">
          For teachers
        </a>
      </p>
    </main>
  );
}
