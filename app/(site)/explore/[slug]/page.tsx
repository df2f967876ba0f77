import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { AboutExhibit } from '@/components/compare/about-exhibit';
import { ArmTable } from '@/components/compare/arm-table';
import { Workbench } from '@/components/workbench/workbench';
import { exhibitBySlug, exhibitSlugs } from '@/lib/gallery/exhibits';
import { runExhibit } from '@/lib/server/run-exhibit';

type Props = { params: Promise<{ slug: string }> };

export const dynamicParams = false;
export const generateStaticParams = () => exhibitSlugs.map((slug) => ({ slug }));

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const exhibit = exhibitBySlug((await params).slug);
  return exhibit ? { title: `${exhibit.title} · Seedbed`, description: exhibit.says.join(' ') } : {};
}

/** An exhibit, opened in the tool. It has been run at build, like the example of the first page. */
export default async function ExploreExhibit({ params }: Props) {
  const exhibit = exhibitBySlug((await params).slug);
  if (!exhibit) notFound();
  const { experiment, results } = await runExhibit(exhibit);
  return (
    <main className="grow">
      <Workbench
        opened={{ kind: 'exhibit', exhibit, experiment, view: results.sideBySide }}
        initialNote={<AboutExhibit says={exhibit.says} />}
        initialArms={experiment.recipe.arms && <ArmTable experiment={experiment} />}
      />
    </main>
  );
}
