import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { LessonPaper, papers, paperTitles } from '@/components/lessons/paper';
import { lessonBySlug, lessons } from '@/lib/lessons/lessons';

type Props = { params: Promise<{ slug: string; paper: string }> };

export const dynamicParams = false;
export const generateStaticParams = () => lessons.flatMap(({ slug }) => papers.map((paper) => ({ slug, paper })));

async function find({ params }: Props) {
  const asked = await params;
  const lesson = lessonBySlug(asked.slug);
  const paper = papers.find((each) => each === asked.paper);
  return lesson && paper ? { lesson, paper } : null;
}

export async function generateMetadata(props: Props): Promise<Metadata> {
  const found = await find(props);
  return found
    ? { title: `${found.lesson.title}: ${paperTitles[found.paper]} · Seedbed`, robots: { index: false } }
    : {};
}

export default async function LearnPaper(props: Props) {
  const found = await find(props);
  if (!found) notFound();
  return (
    <main className="grow">
      <LessonPaper {...found} />
    </main>
  );
}
