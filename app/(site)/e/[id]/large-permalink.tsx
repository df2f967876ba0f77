import { Beginnings } from '@/components/share/beginnings';
import { Heading } from '@/components/share/embedded-experiment';
import { LargeExperiment } from '@/components/workbench/large-experiment';
import type { Permalink } from '@/lib/server/permalink';

/** The page of an experiment that is too large to be sent with it: how its texts begin, which the browser fetches. */
export function LargePermalink({ opened }: { opened: Extract<Permalink, { kind: 'large' }> }) {
  const { recipe, saved, running, view, drift } = opened;
  return (
    <main className="grow">
      <LargeExperiment
        large={{ saved, running, view, drift }}
        heading={<Heading recipe={recipe} saved={saved} view={view} by="Your browser" />}
      >
        <Beginnings {...opened} />
      </LargeExperiment>
    </main>
  );
}
