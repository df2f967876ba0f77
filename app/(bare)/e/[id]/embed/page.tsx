import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { openOnce } from '@/app/open-permalink';
import { EmbeddedExperiment } from '@/components/share/embedded-experiment';
import { describePermalink } from '@/lib/server/permalink';

type Props = { params: Promise<{ id: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return describePermalink(await openOnce((await params).id, null));
}

/** A shared experiment for other sites' pages. `?theme=light` or `dark`; by default the reader's own. Nothing runs here. */
export default async function Embed({ params }: Props) {
  const opened = await openOnce((await params).id, null);
  if (!opened) notFound();
  return <EmbeddedExperiment experiment={opened.experiment} view={opened.view} saved={opened.saved} />;
}
