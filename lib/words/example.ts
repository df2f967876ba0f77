import { counted } from './english';

/** What the page's example shows, and the first thing to try. `backends`: how many fingerprints there are. */
export const sayExample = ({ runs, texts, backends }: { runs: number; texts: number; backends: number }): string =>
  `An example that has already run, on Sapling, a small transformer inside, as a fleet: one seed, ${counted(runs, 'run')}, ` +
  `${counted(texts, 'text')}. The fleet is simulated; ${counted(backends, 'back end')} answered here, each with its own ` +
  'fingerprint, and each calculates in another number format. Now choose the model sapling-1, which is one fixed program, ' +
  'and press Run: what will the same seed give? You cannot break anything here.';
