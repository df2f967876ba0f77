import type { SavedExperiment } from '@/lib/run/saved';

/** What must be said of texts wherever they are shown, by where they come from; '' where this server requested them. */
export const sayOrigin = (origin: SavedExperiment['origin']): string =>
  origin === 'import' ? 'Imported: not made by this server.' : '';
