import { pages } from '@/lib/api/addresses';
import type { Drift } from '@/lib/api/drift';
import type { Beginning } from '@/lib/compare/beginnings';
import type { SideBySide } from '@/lib/compare/side-by-side';
import { promptOf, type Recipe } from '@/lib/recipe/recipe';
import type { Experiment } from '@/lib/run/fold';
import type { SavedExperiment, SavedHead } from '@/lib/run/saved';
import { isStoreError, isUnreadable } from '@/lib/store/store';
import { sentences } from '@/lib/words/english';
import { sayOrigin } from '@/lib/words/origin';
import { findParent, findVisible, headOf, isRunning, open, openFor } from './access';
import { isAsideError } from './aside';
import { tellFailure } from './page-failure';
import type { Page } from './page-of';
import { driftOf } from './replays';
import { deletedAfter } from './retention';
import { services } from './services';
import { ownerIn, signedOwner } from './visitor';

/** Everything that the page under a permalink shows. */
export type Permalink = {
  saved: SavedHead;
  /** what came of it; '' where that is left to the browser */
  sentence: string;
  view: SideBySide;
  drift: Drift | null;
} & (
  | {
      kind: 'saved';
      experiment: Experiment;
      /** the experiment that this one repeats, if the visitor may see it */
      parent: SavedExperiment | null;
    }
  | { kind: 'large'; recipe: Recipe; running: boolean; runs: number; beginnings: Beginning[]; more: number }
);

/** How long the server may take to compare, in milliseconds. */
const viewMs = 5000;

/** Who asks for a page: their cookies, and the address that they ask from. */
export type PageReader = { cookies: string | null; address: string | null };

/**
 * The experiment of a permalink, as this reader may see it; null if there is none for them. If it cannot be had now, whoever answers
 * with the page is told why.
 */
export async function openPermalink(id: string, reader: PageReader): Promise<Permalink | null> {
  try {
    return await openAs(id, reader);
  } catch (error) {
    if (isAsideError(error)) tellFailure('busy');
    else if (isUnreadable(error)) tellFailure('unreadable');
    else if (isStoreError(error)) tellFailure('store');
    throw error;
  }
}

async function openAs(id: string, { cookies, address }: PageReader): Promise<Permalink | null> {
  const owner = ownerIn(cookies);
  const stored = await findVisible(id, owner);
  if (!stored) return null;
  const repeated = await findParent(stored, owner);
  const visitor = (await signedOwner(cookies)) ?? address ?? '';
  const opened = await openFor(stored, owner);
  const parent = repeated && (await open(repeated));
  const about = { visitor, weight: opened.weight + (parent?.weight ?? 0), ms: viewMs };
  const draw = (compared: boolean): Promise<Page> =>
    services().aside.do(about, 'page', opened.read, parent?.read ?? null, isRunning(stored), compared);
  // What takes too long to be compared here is compared by the browser.
  const page = await draw(true).catch((error: unknown) => {
    if (isAsideError(error) && (error.kind === 'late' || error.kind === 'lost')) return draw(false);
    throw error;
  });
  const { recipe, ...head } = headOf({ ...stored, parent: repeated?.id ?? null });
  const saved = { ...head, own: stored.owner === owner, deletedAfter: deletedAfter(stored) };
  const drift = await driftOf(stored, repeated, { owner, visitor });
  return page.kind === 'large' ? { ...page, saved, recipe, drift } : { ...page, kind: 'saved', saved, drift };
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

/** What previews of a link say: nothing about a private experiment. Search engines are kept out of all. */
export function describePermalink(permalink: Permalink | null): PageHead {
  const robots: PageHead['robots'] = { index: false, follow: false };
  if (!permalink?.saved.sharedAt) return { robots, title: permalink ? 'Private experiment · Seedbed' : 'Seedbed' };
  const { saved, sentence } = permalink;
  const prompt = promptOf(permalink.kind === 'large' ? permalink.recipe : permalink.experiment.recipe);
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
