import { AboutExample } from '@/components/compare/about-example';
import { Workbench } from '@/components/workbench/workbench';
import { sideBySide } from '@/lib/compare/side-by-side';
import { exampleRecipe } from '@/lib/recipe/example';
import { runExample } from '@/lib/server/run-example';

/** Rendered once, at build: the example has really been run, by the same code that runs a visitor's recipe. */
export const dynamic = 'force-static';

export default async function Home() {
  const example = await runExample(exampleRecipe);
  const view = sideBySide(example, { baseline: 'common' });
  return (
    <main className="grow">
      <Workbench
        opened={{ kind: 'example', experiment: example, view }}
        initialNote={<AboutExample example={example} view={view} />}
      />
    </main>
  );
}
