import type { Results, ViewSettings } from '@/lib/compare/results';
import type { Recipe } from '@/lib/recipe/recipe';
import type { Experiment } from '@/lib/run/fold';

/** What the card of an exhibit shows of its runs. */
type ExhibitPicture =
  /** the letters of the texts, run by run; `settings` has a line of them for each setting */
  | 'letters'
  | 'settings'
  /** the texts in miniature, with marks where they differ */
  | 'strips'
  | 'tree'
  /** the most common text, and how often it came */
  | 'text'
  /** the first different texts */
  | 'texts'
  /** where the texts part, and how each goes on */
  | 'fork'
  /** the share of the most common text with its interval */
  | 'interval';

/**
 * An experiment of the gallery. It is run by the code that shows it, on a model inside, so its texts are the same each time;
 * `says` are two sentences on what came, and a test holds each to the runs. `viewSettings` are those that it opens with.
 */
export type Exhibit = {
  slug: string;
  title: string;
  says: readonly [string, string];
  picture: ExhibitPicture;
  recipe: Recipe;
  viewSettings: Partial<Omit<ViewSettings, 'stored' | 'origin'>>;
};

/** An exhibit that has been run and compared, with its recipe as the fragment of a link. */
export type RanExhibit = { exhibit: Exhibit; experiment: Experiment; results: Results; fragment: string };
