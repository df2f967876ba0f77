import { glossaryEntry, type TermName } from '@/lib/lessons/glossary';
import { LessonLinks } from './lesson-links';
import { Picture } from './picture';

/** What a term means, briefly. Loaded when a note is first opened. */
export default function TermNote({ name }: { name: TermName }) {
  const { term, note, lessons } = glossaryEntry(name);
  return (
    <>
      <p className="font-semibold">{term}</p>
      <p>{note}</p>
      <Picture of={name} />
      <LessonLinks slugs={lessons} />
    </>
  );
}
