import { describe, expect, it } from 'vitest';
import { judgeRuns } from '@/lib/compare/measure/judge';
import { exampleRecipe } from '@/lib/recipe/example';
import { runExample } from './run-example';
import { freshServices } from './services.fixture';

freshServices();

describe('the example that the page opens with', () => {
  it('asks what one seed gives', () => {
    expect(exampleRecipe).toMatchObject({ request: { seed: expect.any(Number) }, repeats: 5 });
    expect(exampleRecipe.arms).toBeUndefined();
  });

  it('gives the same texts whenever it is run: two, on three back ends', async () => {
    const { runs } = await runExample(exampleRecipe);
    const fingerprints = runs.map((run) => (run.status === 'ended' ? run.fingerprints[0] : null));
    expect(new Set(fingerprints).size).toBe(3);
    expect(judgeRuns(exampleRecipe, runs)).toMatchObject({ kind: 'differ', compared: 5, texts: 2, largest: 3 });
    expect(new Set(runs.map(({ text }) => text))).toEqual(
      new Set([
        'Look, a lonely moon\nno one knows how far it is\nmy tea is still warm',
        'Look, a lonely moon\nno one knows how far it is\nmy soup is still warm',
      ]),
    );
    expect((await runExample(exampleRecipe)).runs.map(({ text }) => text)).toEqual(runs.map(({ text }) => text));
  });
});
