import { useMemo, useState } from 'react';
import { later } from '@/components/ui/later';
import { ScrollRegion } from '@/components/ui/scroll-region';
import type { RunRecord } from '@/lib/run/record';
import type { ColumnsProps } from './columns-view';

const GoToRun = later(() => import('./go-to-run').then((go) => go.GoToRun));
const DrawInSight = later(() => import('./draw-in-sight').then((draw) => draw.DrawInSight));

/** From one column to the next, in pixels, and between them. */
const step = 300;
const gap = 12;
/** Until the scroller has been measured, as on the server. */
const firstDrawn: readonly number[] = [0, 1, 2, 3, 4];

/** The height of all columns, from the longest text, so that it does not change when others come into sight. */
function columnHeight(runs: readonly RunRecord[]): string {
  const linesOf = (text: string) => text.split('\n').reduce((sum, line) => sum + Math.ceil(line.length / 26 || 1), 0);
  const lines = Math.max(...runs.map(({ text }) => linesOf(text)));
  return `min(max(28rem, 80vh), ${14 + 1.625 * lines}rem)`;
}

/** Hundreds of columns, each at its place in a grid: of them, those in sight are there, and all of them on paper. */
export function ManyColumns({ runs, printing, scroller, column }: ColumnsProps) {
  const [drawn, setDrawn] = useState(firstDrawn);
  const minHeight = useMemo(() => columnHeight(runs), [runs]);
  const places = printing ? runs.keys() : drawn;
  return (
    <>
      <ScrollRegion ref={scroller} label="Runs side by side" className="overflow-x-auto pb-2 print:overflow-visible">
        <div
          style={
            printing ? {} : { width: runs.length * step - gap, gridTemplateColumns: `repeat(${runs.length}, 1fr)` }
          }
          className="grid gap-3 print:grid-cols-[repeat(auto-fit,minmax(16.5rem,1fr))]"
        >
          {[...places].map((place) => {
            const record = runs[place];
            return (
              record && (
                <div
                  key={record.run}
                  data-place={place}
                  style={printing ? {} : { gridArea: `1 / ${place + 1}`, minHeight }}
                  className="grid"
                >
                  {column(record)}
                </div>
              )
            );
          })}
        </div>
      </ScrollRegion>
      <DrawInSight scroller={scroller} step={step} first={firstDrawn.length} printing={printing} onDraw={setDrawn} />
      {/* As high as what comes into it. */}
      <div className="mb-2 min-h-9 pointer-coarse:min-h-11 print:hidden">
        <GoToRun runs={runs} onGo={(place) => scroller.current?.scrollTo({ left: place * step })} />
      </div>
      <noscript>
        <ol>
          {runs.map(({ run, text }) => (
            <li key={run} className="whitespace-pre-wrap border-hairline border-t py-2">
              Run {run}: {text}
            </li>
          ))}
        </ol>
      </noscript>
    </>
  );
}
