import { AboutExample } from '@/components/compare/about-example';
import { ExhibitList } from '@/components/gallery/exhibit-list';
import { Workbench } from '@/components/workbench/workbench';
import { sideBySide } from '@/lib/compare/side-by-side';
import { exhibits } from '@/lib/gallery/exhibits';
import { exampleRecipe } from '@/lib/recipe/example';
import { runExample } from '@/lib/server/run-example';
import { runExhibit } from '@/lib/server/run-exhibit';

const onHome = exhibits.filter(({ slug }) => ['seed-sweep', 'temperature-ladder', 'regression'].includes(slug));

/** Rendered once, at build: the example has really been run, by the same code that runs a visitor's recipe. */
export const dynamic = 'force-static';

export default async function Home() {
  const [example, ...others] = await Promise.all([runExample(exampleRecipe), ...onHome.map(runExhibit)]);
  const view = sideBySide(example, { baseline: 'common' });
  return (
    <main className="grow">
      <Workbench
        opened={{ kind: 'example', experiment: example, view }}
        initialNote={<AboutExample example={example} view={view} />}
        more={<ExhibitList title="Other experiments that have already run" ran={others} />}
      />
    </main>
  );
}
