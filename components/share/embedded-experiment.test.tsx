import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { sideBySide } from '@/lib/compare/side-by-side';
import { plan } from '@/lib/recipe/plan';
import { aRecipe, ended, endedWith } from '@/lib/run/records.fixture';
import { EmbeddedExperiment } from './embedded-experiment';

const experiment = { id: 'x', recipe: aRecipe({ repeats: 2 }), runs: endedWith('a b', 'a b'), running: false };
const view = sideBySide(experiment, { baseline: 'common' });
const embedded = (origin: 'run' | 'import') =>
  renderToStaticMarkup(
    <EmbeddedExperiment experiment={experiment} view={view} saved={{ id: 'x', title: null, origin }} />,
  );

describe('an embedded experiment', () => {
  it('says which run had which seed, where their arms have no label', () => {
    const arms = [{ set: { seed: 7 } }, { set: { seed: null } }];
    const recipe = aRecipe({ arms, repeats: 1 });
    const runs = plan(recipe).map((spec) => ended(spec.run, 'a b', spec));
    const seeded = { id: 'x', recipe, runs, running: false };
    const shown = renderToStaticMarkup(
      <EmbeddedExperiment
        experiment={seeded}
        view={sideBySide(seeded, { baseline: 'common' })}
        saved={{ id: 'x', title: null, origin: 'run' }}
      />,
    );
    expect(shown).toContain('run 1 (seed 7), run 2 (no seed)');
    expect(embedded('run')).not.toContain('(no seed)');
  });

  it('says of imported texts that they were not made here, and of no others', () => {
    expect(embedded('import')).toContain('Imported: not made by this server.');
    expect(embedded('run')).not.toContain('mported');
  });
});
