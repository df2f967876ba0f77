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
      <h2 className="font-semibold text-lg">In class</h2>
      <p>
        One lesson fills a few minutes. Read its teacher notes first: they hold the aim, a script and common wrong
        ideas. On the lesson’s page you find a student sheet and an answer key to print, and a class link that hides or
        locks controls. The Projector switch above makes everything larger. What students write stays in their browser.
      </p>
    </main>
  );
}
