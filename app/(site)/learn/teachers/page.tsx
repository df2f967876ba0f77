import type { Metadata } from 'next';
import { TeacherList } from '@/components/lessons/teacher-list';
import { LoneLink } from '@/components/ui/lone-link';
import { pages } from '@/lib/api/addresses';

export const metadata: Metadata = {
  title: 'For teachers · Seedbed',
  description: 'Notes, sheets, answer keys and class links for the lessons.',
  robots: { index: false },
};

export default function Teachers() {
  return (
    <main className="mx-auto w-full max-w-3xl grow px-4 py-4 sm:px-6">
      <p className="text-dim text-sm">
        <LoneLink href={pages.learn}>Lessons</LoneLink>
      </p>
      <h1 className="mb-1 font-semibold text-2xl">For teachers</h1>
      <p>
        One lesson fills a few minutes. Its notes hold the aim, a script, what to expect and common wrong ideas. Sheet
        and key are for printing. A class link leads to the lesson with controls hidden or locked; nothing of this page
        is on it. The Projector switch above makes everything larger. What students write stays in their browser.
      </p>
      <TeacherList />
    </main>
  );
}
