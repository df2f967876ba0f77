import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { openPublicOnce } from '@/app/open-permalink';
import { Beginnings } from '@/components/share/beginnings';
import { EmbeddedExperiment, EmbeddedFrame } from '@/components/share/embedded-experiment';
import { describePermalink } from '@/lib/server/permalink';

type Props = { params: Promise<{ id: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return describePermalink(await openPublicOnce((await params).id));
}

/** A shared experiment for other sites' pages. `?theme=light` or `dark`; by default the reader's own. Nothing runs here. */
export default async function Embed({ params }: Props) {
  const opened = await openPublicOnce((await params).id);
  if (!opened) notFound();
  const { view, saved } = opened;
  if (opened.kind === 'saved') return <EmbeddedExperiment experiment={opened.experiment} view={view} saved={saved} />;
  return (
    <EmbeddedFrame recipe={opened.recipe} view={view} saved={saved}>
      <Beginnings {...opened} />
    </EmbeddedFrame>
  );
}
