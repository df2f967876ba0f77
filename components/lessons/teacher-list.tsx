'use client';

import { useRef, useState } from 'react';
import { Button } from '@/components/ui/button';
import { pages } from '@/lib/api/addresses';
import { lessons } from '@/lib/lessons/lessons';
import { ClassLinkDialog } from './class-link-dialog';

const papers = [
  ['notes', 'Notes'],
  ['sheet', 'Student sheet'],
  ['key', 'Answer key'],
] as const;

/** What there is for teachers of each lesson: three papers, and a link for a class. */
export function TeacherList() {
  const dialog = useRef<HTMLDialogElement>(null);
  const [linked, setLinked] = useState(lessons[0]?.slug ?? '');
  function openLink(slug: string) {
    setLinked(slug);
    dialog.current?.showModal();
  }
  return (
    <>
      <ol className="my-4 divide-y divide-hairline border-hairline border-y">
        {lessons.map(({ slug, title, minutes, notes }, index) => (
          <li key={slug} className="py-3">
            <h2 className="font-semibold">
              {index + 1} {title} <span className="font-normal text-dim text-sm">· {minutes} minutes</span>
            </h2>
            <p>{notes.aim}</p>
            <p className="flex flex-wrap items-center gap-x-4 gap-y-1 text-sm">
              {papers.map(([paper, label]) => (
                <a
                  key={paper}
                  href={pages.paper(slug, paper)}
                  className="inline-block py-1.5 underline"
                  aria-label={`${label}: ${title}`}
                >
                  {label}
                </a>
              ))}
              <Button data-needs-script aria-label={`Class link: ${title}`} onClick={() => openLink(slug)}>
                Class link
              </Button>
            </p>
          </li>
        ))}
      </ol>
      <ClassLinkDialog dialog={dialog} path={pages.lesson(linked)} />
    </>
  );
}
