import { pages } from '@/lib/api/addresses';
import { type LessonSlug, lessonTitles } from '@/lib/lessons/glossary';

/** The lessons that explain a term. */
export function LessonLinks({ slugs }: { slugs: readonly LessonSlug[] }) {
  if (slugs.length === 0) return null;
  return (
    <ul aria-label="Lessons" className="flex flex-col text-sm">
      {slugs.map((slug) => (
        <li key={slug}>
          <a href={pages.lesson(slug)} className="inline-block py-0.5 text-accent underline pointer-coarse:py-2">
            Lesson: {lessonTitles[slug]}
          </a>
        </li>
      ))}
    </ul>
  );
}
