/** "same-seed-same-text" → "Same seed same text" */
const titleOf = (slug: string): string => slug.charAt(0).toUpperCase() + slug.slice(1).replaceAll('-', ' ');

/** The lessons that a term belongs to. */
export function LessonLinks({ slugs }: { slugs: readonly string[] }) {
  if (slugs.length === 0) return null;
  return (
    <ul aria-label="Lessons" className="flex flex-col text-sm">
      {slugs.map((slug) => (
        <li key={slug}>
          <a href={`/learn/${slug}`} className="inline-block py-0.5 text-accent underline pointer-coarse:py-2">
            Lesson: {titleOf(slug)}
          </a>
        </li>
      ))}
    </ul>
  );
}
