import { useRef } from 'react';
import { Button } from '@/components/ui/button';
import { pages } from '@/lib/api/addresses';
import { ClassLinkDialog } from './class-link-dialog';

const papers = [
  ['notes', 'Teacher notes'],
  ['sheet', 'Print student sheet'],
  ['key', 'Print answer key'],
] as const;

/** A lesson on paper, and a link to it for a class. */
export function ForTeachers({ slug }: { slug: string }) {
  const dialog = useRef<HTMLDialogElement>(null);
  return (
    <section aria-label="For teachers" className="border-hairline border-t py-3 text-sm">
      <h2 className="font-semibold">For teachers</h2>
      <ul className="flex flex-wrap gap-x-4">
        {papers.map(([paper, label]) => (
          <li key={paper}>
            <a href={pages.paper(slug, paper)} className="inline-block py-1 underline">
              {label}
            </a>
          </li>
        ))}
      </ul>
      <Button data-needs-script className="mt-1" onClick={() => dialog.current?.showModal()}>
        Class link
      </Button>
      <ClassLinkDialog dialog={dialog} path={pages.lesson(slug)} />
    </section>
  );
}
