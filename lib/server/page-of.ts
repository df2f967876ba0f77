import { type Beginning, beginningsOf } from '@/lib/compare/beginnings';
import { probeFindings } from '@/lib/compare/measure/probe';
import { noResults } from '@/lib/compare/results';
import { type Against, type SideBySide, sideBySide, unmarkedSideBySide } from '@/lib/compare/side-by-side';
import type { Experiment } from '@/lib/run/fold';
import type { SavedExperiment } from '@/lib/run/saved';
import { sayProbe } from '@/lib/words/probe';
import { sayVerdict } from '@/lib/words/verdict';
import { weightOf } from './weight';

/**
 * What the page of an experiment shows at first, and in `sentence` what came of it, '' where that is left to the browser. Of a large
 * one that is how its texts begin: `more` have no room.
 */
export type Page = { sentence: string; view: SideBySide } & (
  | { kind: 'whole'; experiment: Experiment; parent: SavedExperiment | null }
  | { kind: 'large'; running: boolean; runs: number; beginnings: Beginning[]; more: number }
);

/** An experiment with more characters is fetched by the page: to draw it takes seconds, and its HTML has everything three times. */
const maxWhole = 512 * 1024;
/** With more columns than this, or more characters, marks are left to the browser: they would weigh more than the texts. */
const maxMarked = 24;
const maxMarkedCharacters = 256 * 1024;
/** More marks than this are left to the browser: a page with them would take seconds to make, and be megabytes. */
const maxMarks = 4000;

/** Compared with the stored runs if it repeats an experiment, else with the most common text; or not `compared` at all. */
export function pageOf(
  { id, recipe, runs }: SavedExperiment,
  parent: SavedExperiment | null,
  running: boolean,
  compared: boolean,
): Page {
  const experiment: Experiment = { id, recipe, runs, running };
  const weight = weightOf([...runs, ...(parent?.runs ?? [])]);
  const against: Against = parent ? { baseline: 'stored', stored: parent.runs } : { baseline: 'common' };
  const marked = runs.length <= maxMarked && weight <= maxMarkedCharacters;
  const view = compared ? viewOf(experiment, against, marked) : noResults(experiment).sideBySide;
  const sentence = sayInShort(experiment, view);
  if (weight > maxWhole) {
    const beginnings = beginningsOf(runs, view);
    const more = Math.max(0, view.variants - beginnings.length);
    return {
      ...{ kind: 'large', sentence, running, runs: runs.length, beginnings, more },
      view: { ...view, columns: [], cards: [], places: [], baseText: null },
    };
  }
  return {
    ...{ kind: 'whole', sentence, experiment, parent },
    view: runs.length > maxMarked ? { ...view, columns: [] } : view,
  };
}

/** What the columns show; `marked`: with the differences in them, if those are not too many. */
function viewOf(experiment: Experiment, against: Against, marked: boolean): SideBySide {
  const whole = marked ? sideBySide(experiment, against) : unmarkedSideBySide(experiment, against);
  const marks = whole.columns.reduce((sum, { parts }) => sum + parts.length, 0);
  if (marked && marks <= maxMarks) return whole;
  // Without parts a column shows its run's text as it is.
  const columns = whole.columns.map((column) => ({ ...column, parts: [] }));
  return { ...whole, columns, marked: 'differences', places: [], baseText: null };
}

function sayInShort({ recipe, runs }: Experiment, { verdict }: SideBySide): string {
  const probe = probeFindings(recipe, runs);
  if (probe) return `${sayProbe(probe)}.`;
  return verdict.kind === 'comparing' ? '' : sayVerdict(verdict).sentence;
}
