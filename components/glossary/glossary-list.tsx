import { glossary } from '@/lib/lessons/glossary';
import { LessonLinks } from './lesson-links';
import { Picture } from './picture';

/** All terms with their notes and pictures, each at its own address, such as /learn/glossary#top-p. */
export function GlossaryList() {
  return (
    <section
      id="results"
      aria-label="Terms"
      tabIndex={-1}
      className="mt-4 grid gap-x-8 gap-y-6 outline-none sm:grid-cols-2 lg:grid-cols-3 print:grid-cols-2"
    >
      {glossary.map(({ name, term, note, lessons }) => (
        <article
          key={name}
          id={name}
          aria-labelledby={`${name}-term`}
          className="flex scroll-mt-4 break-inside-avoid flex-col gap-3 border-hairline border-t pt-3 target:border-accent target:border-t-4"
        >
          <h2 id={`${name}-term`} className="font-semibold text-lg">
            {term}
          </h2>
          <p className="max-w-[45ch] font-serif text-reading">{note}</p>
          <Picture of={name} />
          <LessonLinks slugs={lessons} />
        </article>
      ))}
    </section>
  );
}
