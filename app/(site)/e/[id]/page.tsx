import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { openOnce } from '@/app/open-permalink';
import { ArmTable } from '@/components/compare/arm-table';
import { ProbeTable } from '@/components/compare/probe-table';
import { replayParts } from '@/components/compare/replay-parts';
import { ShownAsked } from '@/components/workbench/shown-asked';
import { Workbench } from '@/components/workbench/workbench';
import { isProbe } from '@/lib/recipe/probe';
import { describePermalink } from '@/lib/server/permalink';
import { LargePermalink } from './large-permalink';

type Props = { params: Promise<{ id: string }> };

const open = async ({ params }: Props) => openOnce((await params).id);

export async function generateMetadata(props: Props): Promise<Metadata> {
  return describePermalink(await open(props));
}

/** A permalink: rendered with all its texts, so that it can be read without JavaScript. */
export default async function Permalink(props: Props) {
  const opened = await open(props);
  if (!opened) notFound();
  if (opened.kind === 'large') return <LargePermalink opened={opened} />;
  const { parent, experiment } = opened;
  return (
    <main className="grow">
      <Workbench
        opened={opened}
        initialAsked={<ShownAsked recipe={experiment.recipe} />}
        initialReplay={parent && replayParts(parent, experiment)}
        initialProbe={isProbe(experiment.recipe) && <ProbeTable experiment={experiment} />}
        initialArms={experiment.recipe.arms && <ArmTable experiment={experiment} />}
      />
    </main>
  );
}
