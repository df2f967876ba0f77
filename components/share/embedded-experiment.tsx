import type { ReactNode } from 'react';
import { RunText } from '@/components/runs/run-text';
import { LoneLink } from '@/components/ui/lone-link';
import { pages } from '@/lib/api/addresses';
import type { SideBySide } from '@/lib/compare/side-by-side';
import { askedOf } from '@/lib/recipe/asked';
import { chipOf, seed as seedSetting } from '@/lib/recipe/parameters';
import { armLabel } from '@/lib/recipe/plan';
import { promptOf, type Recipe } from '@/lib/recipe/recipe';
import type { Experiment } from '@/lib/run/fold';
import type { SavedHead } from '@/lib/run/saved';
import { sayAsked } from '@/lib/words/asked';
import { sayOrigin } from '@/lib/words/origin';
import { sayVerdict } from '@/lib/words/verdict';
import { DistinctText } from './distinct-text';

type FrameProps = {
  recipe: Recipe;
  saved: Pick<SavedHead, 'id' | 'title' | 'origin'>;
  view: SideBySide;
  children: ReactNode;
};

/** An experiment for another site's page: the prompt, the verdict, where the texts come from, and below them the texts. */
export function EmbeddedFrame({ recipe, saved, view, children }: FrameProps) {
  return (
    <main className="flex grow flex-col gap-3 p-4">
      <Heading recipe={recipe} saved={saved} view={view} by="Seedbed" />
      {children}
      <p className="mt-auto flex flex-wrap justify-between gap-x-4 text-fine text-dim">
        <span>{sayAsked(askedOf(recipe)).join(' · ')}</span>
        <LoneLink href={pages.permalink(saved.id)} target="_blank" rel="noopener" className="text-accent underline">
          Open in Seedbed
        </LoneLink>
      </p>
    </main>
  );
}

/** What an experiment asked, and what came of it; `by` whom long texts are compared. */
export function Heading({ recipe, saved, view, by }: Omit<FrameProps, 'children'> & { by: string }) {
  const origin = sayOrigin(saved.origin);
  return (
    <>
      <div>
        {saved.title && <p className="font-semibold">{saved.title}</p>}
        <p className="line-clamp-3 whitespace-pre-wrap break-words text-dim text-sm">{promptOf(recipe)}</p>
      </div>
      <h1 className="font-semibold text-xl leading-snug">
        {view.verdict.kind === 'comparing'
          ? `These texts are too long to be compared here. ${by} does it.`
          : sayVerdict(view.verdict).sentence}
      </h1>
      {origin && <p className="text-sm">{origin}</p>}
    </>
  );
}

type EmbeddedProps = {
  experiment: Experiment;
  view: SideBySide;
  saved: Pick<SavedHead, 'id' | 'title' | 'origin'>;
};

/** The same with each distinct text once, in plain HTML. */
export function EmbeddedExperiment({ experiment, view, saved }: EmbeddedProps) {
  const { recipe, runs } = experiment;
  const variants = Map.groupBy(
    view.columns.filter(({ letter }) => letter !== null),
    ({ letter }) => letter ?? '',
  );
  const recordOf = (run: number | undefined) => runs.find((each) => each.run === run);
  const severalSeeds = new Set(runs.map(({ seed }) => seed)).size > 1;
  const labelOf = (run: number) => {
    const { arm = 0, seed = null } = recordOf(run) ?? {};
    return armLabel(recipe, arm) ?? (severalSeeds ? chipOf(seedSetting, String(seed ?? '')) : null);
  };
  return (
    <EmbeddedFrame recipe={recipe} saved={saved} view={view}>
      <ul className="grid gap-3 sm:grid-cols-[repeat(auto-fit,minmax(16rem,1fr))]">
        {[...variants].map(([letter, columns]) => (
          <DistinctText
            key={letter}
            letter={letter}
            runs={columns.map(({ run }) => ({ run, label: labelOf(run) }))}
            of={runs.length}
          >
            <RunText text={recordOf(columns[0]?.run)?.text ?? ''} parts={columns[0]?.parts} fork={view.fork} />
          </DistinctText>
        ))}
      </ul>
    </EmbeddedFrame>
  );
}
