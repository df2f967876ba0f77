import { pages } from '@/lib/api/addresses';
import type { Drift } from '@/lib/api/drift';
import { probeFindings } from '@/lib/compare/measure/probe';
import { noResults } from '@/lib/compare/results';
import type { Against, SideBySide } from '@/lib/compare/side-by-side';
import { promptOf } from '@/lib/recipe/recipe';
import type { Experiment } from '@/lib/run/fold';
import type { SavedExperiment, SavedHead } from '@/lib/run/saved';
import { sentences } from '@/lib/words/english';
import { sayOrigin } from '@/lib/words/origin';
import { sayProbe } from '@/lib/words/probe';
import { sayVerdict } from '@/lib/words/verdict';
import { findParent, findVisible, isRunning, toSaved, toSavedFor } from './access';
import { isAsideError } from './aside';
import { driftOf } from './replays';
import { deletedAfter } from './retention';
import { services } from './services';
import { weightOf } from './tasks';
import { ownerIn, signedOwner } from './visitor';

/** Everything that the page under a permalink shows. */
export type Permalink = {
  kind: 'saved';
  experiment: Experiment;
  /** compared with the stored runs if it repeats an experiment, else with the most common text */
  view: SideBySide;
  saved: SavedHead;
  /** the experiment that this one repeats, if the visitor may see it */
  parent: SavedExperiment | null;
  drift: Drift | null;
};

/** The experiment of a permalink, as this visitor may see it; null if there is none for them. */
export async function openPermalink(id: string, cookies: string | null): Promise<Permalink | null> {
  const owner = ownerIn(cookies);
  const stored = await findVisible(id, owner);
  if (!stored) return null;
  const { recipe, runs, ...head } = await toSavedFor(stored, owner);
  const experiment: Experiment = { id, recipe, runs, running: isRunning(stored) };
  const found = await findParent(stored, owner);
  const parent = found && toSaved(found);
  const against: Against = parent ? { baseline: 'stored', stored: parent.runs } : { baseline: 'common' };
  return {
    kind: 'saved',
    experiment,
    view: await viewOf(experiment, against, (await signedOwner(cookies)) ?? ''),
    saved: { ...head, own: stored.owner === owner, deletedAfter: deletedAfter(stored) },
    parent,
    drift: await driftOf(stored, found, owner),
  };
}

/** With more columns than this, or more characters, marks are left to the browser: they would weigh more than the texts. */
const maxMarked = 24;
const maxMarkedCharacters = 256 * 1024;
/** How long the server may take to compare, in milliseconds. */
const viewMs = 5000;

/** What is shown of an experiment at first: as much of the comparison as the server may work out. */
async function viewOf(experiment: Experiment, against: Against, visitor: string): Promise<SideBySide> {
  const { runs } = experiment;
  const weight = weightOf([...runs, ...(against.stored ?? [])]);
  const marked = runs.length <= maxMarked && weight <= maxMarkedCharacters;
  const { aside } = services();
  try {
    const view = await aside.do({ visitor, weight, ms: viewMs }, 'view', experiment, against, marked);
    return runs.length > maxMarked ? { ...view, columns: [] } : view;
  } catch (error) {
    if (!isAsideError(error)) throw error;
    return noResults(experiment).sideBySide;
  }
}

/** What the head of a page says to search engines and to whoever previews a link to it: a part of Next's `Metadata`. */
type PageHead = {
  robots: { index: false; follow: false };
  title: string;
  description?: string;
  metadataBase?: URL;
  openGraph?: {
    title: string;
    description: string;
    type: 'article';
    images: { url: string; width: number; height: number; alt: string }[];
  };
  twitter?: { card: 'summary_large_image' };
};

/** What came of it; '' where comparing is left to the browser, so that nothing is known yet. */
function sayInShort({ recipe, runs }: Experiment, { verdict }: SideBySide): string {
  const probe = probeFindings(recipe, runs);
  if (probe) return `${sayProbe(probe)}.`;
  return verdict.kind === 'comparing' ? '' : sayVerdict(verdict).sentence;
}

/** What previews of a link say: nothing about a private experiment. Search engines are kept out of all. */
export function describePermalink(permalink: Permalink | null): PageHead {
  const robots: PageHead['robots'] = { index: false, follow: false };
  if (!permalink?.saved.sharedAt) return { robots, title: permalink ? 'Private experiment · Seedbed' : 'Seedbed' };
  const { experiment, saved, view } = permalink;
  const sentence = sayInShort(experiment, view);
  const prompt = promptOf(experiment.recipe);
  const title = `${sentence} ${saved.title ?? `“${prompt.slice(0, 80)}”`}`.trim();
  const origin = sayOrigin(saved.origin);
  const description = sentences(origin, prompt.slice(0, 200));
  const image = { url: pages.preview(saved.id), width: 1200, height: 630, alt: sentences(sentence || title, origin) };
  return {
    robots,
    title: `${title} · Seedbed`,
    description,
    metadataBase: new URL(services().environment.PUBLIC_URL ?? 'http://localhost:3000'),
    openGraph: { title, description, type: 'article', images: [image] },
    twitter: { card: 'summary_large_image' },
  };
}
