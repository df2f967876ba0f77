import { GraduationCap } from 'lucide-react';
import { pages } from '@/lib/api/addresses';
import type { LessonPicture as Picture } from '@/lib/lessons/lesson-pictures';
import { classMinutes, classPath, lessons } from '@/lib/lessons/lessons';
import { LessonPicture } from './lesson-picture';
import { LessonProgress } from './lesson-progress';

/** The lessons in their order as cards, with the pictures by slug. The whole card leads to its lesson. */
export function LessonCards({ pictures }: { pictures: ReadonlyMap<string, Picture> }) {
  return (
    <>
      <ClassPath />
      <ol className="my-6 grid gap-4 sm:grid-cols-2 lg:grid-cols-3">
        {lessons.map((lesson, index) => {
          const { slug, title, learns, minutes } = lesson;
          const picture = pictures.get(slug);
          return (
            <li
              key={slug}
              className="relative flex flex-col overflow-hidden rounded-lg border border-hairline hover:border-control"
            >
              {picture && <LessonPicture picture={picture} />}
              <div className="flex grow flex-col gap-1 px-4 pt-3">
                <h2 className="flex gap-2 font-semibold text-lg">
                  <span aria-hidden className="text-dim tabular-nums">
                    {index + 1}
                  </span>
                  <a href={pages.lesson(slug)} className="after:absolute after:inset-0 hover:underline">
                    {title}
                  </a>
                </h2>
                <p>{learns}</p>
              </div>
              <p className="flex flex-wrap items-center gap-x-3 px-4 pt-2 pb-3 text-dim text-fine">
                {minutes} minutes
                {classPath.includes(lesson) && (
                  <span className="inline-flex items-center gap-1">
                    <GraduationCap aria-hidden size={16} /> in the class
                  </span>
                )}
                <LessonProgress slug={slug} />
              </p>
            </li>
          );
        })}
      </ol>
    </>
  );
}

function ClassPath() {
  const minutes = classPath.reduce((sum, lesson) => sum + lesson.minutes, 0);
  return (
    <p className="mt-2 max-w-prose text-dim text-sm">
      <GraduationCap aria-hidden size={16} className="inline" /> For a class of {classMinutes} minutes: the{' '}
      {classPath.length} lessons marked “in the class” take {minutes}. Notes, sheets and keys:{' '}
      <a href={pages.teachers} className="underline">
        For teachers
      </a>
      .
    </p>
  );
}
