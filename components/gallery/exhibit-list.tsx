import type { RanExhibit } from '@/lib/gallery/exhibit';
import { ExhibitCard } from './exhibit-card';

type ExhibitListProps = { title: string; ran: readonly RanExhibit[] };

/** A part of the gallery: its exhibits side by side. */
export function ExhibitList({ title, ran }: ExhibitListProps) {
  return (
    <section aria-label={title} className="flex flex-col gap-3">
      <h2 className="font-semibold text-lg">{title}</h2>
      <ul className="grid gap-4 sm:grid-cols-2 lg:grid-cols-3">
        {ran.map((each) => (
          <ExhibitCard key={each.exhibit.slug} ran={each} />
        ))}
      </ul>
    </section>
  );
}
