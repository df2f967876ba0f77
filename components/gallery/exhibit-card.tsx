import { LoneLink } from '@/components/ui/lone-link';
import { pages } from '@/lib/api/addresses';
import type { RanExhibit } from '@/lib/gallery/exhibit';
import { ExhibitPicture } from './exhibit-picture';

/** An exhibit as a card: what came as a picture, what it shows, and the ways on. */
export function ExhibitCard({ ran }: { ran: RanExhibit }) {
  const { slug, title, says } = ran.exhibit;
  return (
    <li className="flex flex-col overflow-hidden rounded-lg border border-hairline sm:max-lg:first:col-span-2">
      <div className="flex h-40 items-center justify-center border-hairline border-b bg-panel px-6 py-3">
        <ExhibitPicture ran={ran} />
      </div>
      <div className="flex grow flex-col gap-1 px-4 pt-3 pb-2">
        <h3 className="font-semibold">
          <LoneLink href={pages.exhibit(slug)} className="hover:underline">
            {title}
          </LoneLink>
        </h3>
        <p className="grow text-dim text-sm">{says.join(' ')}</p>
        <p className="flex flex-wrap gap-x-4 text-sm">
          <a href={pages.exhibit(slug)} aria-label={`Look at it: ${title}`} className="py-1.5 text-accent underline">
            Look at it
          </a>
          <a
            href={pages.draft(ran.fragment)}
            aria-label={`Run it yourself: ${title}`}
            className="py-1.5 text-dim underline"
          >
            Run it yourself
          </a>
        </p>
      </div>
    </li>
  );
}
