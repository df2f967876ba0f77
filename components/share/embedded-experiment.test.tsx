import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { sideBySide } from '@/lib/compare/side-by-side';
import { aRecipe, endedWith } from '@/lib/run/records.fixture';
import { EmbeddedExperiment } from './embedded-experiment';

const experiment = { id: 'x', recipe: aRecipe({ repeats: 2 }), runs: endedWith('a b', 'a b'), running: false };
const view = sideBySide(experiment, { baseline: 'common' });
const embedded = (origin: 'run' | 'import') =>
  renderToStaticMarkup(<EmbeddedExperiment experiment={experiment} view={view} saved={{ title: null, origin }} />);

describe('an embedded experiment', () => {
  it('says of imported texts that they were not made here, and of no others', () => {
    expect(embedded('import')).toContain('Imported: not made by this server.');
    expect(embedded('run')).not.toContain('mported');
  });
});
