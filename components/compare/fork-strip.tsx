import { ChevronLeft, ChevronRight } from 'lucide-react';
import type { MouseEvent } from 'react';
import { useSession } from '@/components/session/session-context';
import { Button } from '@/components/ui/button';
import { Range } from '@/components/ui/range';
import { isMarked, type Place } from '@/lib/compare/align/marks';
import { toneOf } from '@/lib/compare/measure/verdict';
import type { SideBySide } from '@/lib/compare/side-by-side';
import { shownExperiment } from '@/lib/session/select';
import { capital, counted, plural } from '@/lib/words/english';
import { markNouns, sayPlace } from '@/lib/words/marks';
import { StripRow, stripRows } from './strip-row';
import type { Places } from './use-places';

type ForkStripProps = { view: SideBySide; places: Places };

/**
 * All texts in miniature, one over the other, each as long as it is and thick where it is marked, over an axis of characters. A
 * press goes to the place nearest to it, the slider and F7 from place to place; while runs go on, and if they agree, there
 * are none to go to.
 */
export function ForkStrip({ view, places }: ForkStripProps) {
  const { runs, running } = useSession(shownExperiment);
  const longestText = runs.reduce((most, { text }) => (text.length > most.length ? text : most), '');
  const longest = Math.max(1, longestText.length);
  const noun = markNouns[view.marked];
  const { all, index, current } = places;
  const none = all.length === 0;
  const marks = view.columns.reduce((sum, { parts }) => sum + parts.filter(isMarked).length, 0);
  // Where nothing could be compared (yet), that there are no marks says nothing of the texts.
  const found = marks === 0 && toneOf(view.verdict) === 'open' ? '' : sayPlace({ noun, marks, places: all, at: index });
  const said = running ? 'Marks so far' : found;
  function goNearest({ clientX, currentTarget }: MouseEvent<HTMLDivElement>) {
    const { left, width } = currentTarget.getBoundingClientRect();
    const at = ((clientX - left) / width) * longest;
    const distance = ({ from, to }: Place) => Math.max(from - at, at - to, 0);
    places.goTo(all.reduce((best, place, each) => (distance(place) < distance(all[best] ?? place) ? each : best), 0));
  }
  return (
    <section
      aria-label="Where the runs part"
      className="below-texts-of-phone @container/strip flex min-w-30 flex-1 max-sm:flex-none xl:min-w-72 [#tool_&]:min-w-40 [:root[data-projector]_&]:min-w-30 items-center gap-1 rounded-md has-focus-visible:outline-2 has-focus-visible:outline-accent print:hidden"
    >
      <Button
        variant="quiet"
        className="px-1"
        onClick={() => places.step(-1)}
        disabled={none}
        aria-label={`Previous ${noun}`}
      >
        <ChevronLeft aria-hidden size={16} />
      </Button>
      <div className="flex min-w-0 grow flex-col">
        {/* biome-ignore lint/a11y/useKeyWithClickEvents lint/a11y/noStaticElementInteractions: the slider does the same by keyboard */}
        <div
          onClick={none ? undefined : goNearest}
          className={`flex h-5 flex-col justify-around border-hairline border-x ${none ? '' : 'cursor-pointer'}`}
        >
          {stripRows(view.columns).map((column) => (
            <StripRow key={column.run} column={column} longest={longest} current={current} />
          ))}
        </div>
        <div className="flex justify-between gap-2 whitespace-nowrap text-[0.625rem] text-dim leading-3 tabular-nums">
          <span aria-hidden className="hidden @sm/strip:inline">
            0
          </span>
          <span className="min-w-0 truncate">{said}</span>
          <span aria-hidden className="hidden @sm/strip:inline">
            {counted([...longestText].length, 'character')}
          </span>
        </div>
      </div>
      <div className="sr-only">
        <Range
          aria-label={capital(plural(2, noun))}
          aria-valuetext={said}
          disabled={none}
          min={1}
          max={Math.max(1, all.length)}
          value={index + 1 || 1}
          onChange={(number) => places.goTo(number - 1)}
        />
      </div>
      <Button
        variant="quiet"
        className="px-1"
        onClick={() => places.step(1)}
        disabled={none}
        aria-label={`Next ${noun}`}
      >
        <ChevronRight aria-hidden size={16} />
      </Button>
    </section>
  );
}
