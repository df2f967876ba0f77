import { join } from 'node:path';
import { rolldown } from 'rolldown';
import { makeArtifact, shippedArtifact, smallConfig } from '../lib/sapling/artifact.fixture';
import { runGolden } from '../lib/sapling/golden.fixture';
import { expect, test } from './support/test';

const root = join(import.meta.dirname, '..');

/** What `runGolden` gives in a browser. */
declare const golden: { runGolden: typeof runGolden };

const artifacts = { random: makeArtifact({ ...smallConfig, context: 128 }), shipped: shippedArtifact() };

for (const [name, file] of Object.entries(artifacts))
  test(`fifty requests give the same texts and the same bits in the browser as in Node: ${name} weights`, async ({
    page,
  }) => {
    test.skip(file === null, 'No model ships yet.');
    if (!file) return;
    const bundle = await rolldown({
      input: join(root, 'lib/sapling/golden.fixture.ts'),
      cwd: root,
      tsconfig: join(root, 'tsconfig.json'),
    });
    const { output } = await bundle.generate({ format: 'iife', name: 'golden' });
    await page.goto('about:blank');
    await page.addScriptTag({ content: output[0].code });
    const inBrowser = await page.evaluate(
      (text) => golden.runGolden(Uint8Array.from(atob(text), (character) => character.charCodeAt(0))),
      Buffer.from(file).toString('base64'),
    );
    expect(inBrowser).toEqual(runGolden(file));
    expect(new Set(inBrowser.map(({ bits }) => bits)).size).toBeGreaterThan(inBrowser.length / 2);
  });
