import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { LessonPage } from '@/components/lessons/lesson-page';
import { sideBySide } from '@/lib/compare/side-by-side';
import { lessonBySlug, lessons } from '@/lib/lessons/lessons';
import { unrun } from '@/lib/run/fold';

type Props = { params: Promise<{ slug: string }> };

export const dynamicParams = false;
export const generateStaticParams = () => lessons.map(({ slug }) => ({ slug }));

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const lesson = lessonBySlug((await params).slug);
  return lesson ? { title: `${lesson.title} · Seedbed`, description: lesson.learns } : {};
}

export default async function LearnLesson({ params }: Props) {
  const lesson = lessonBySlug((await params).slug);
  if (!lesson) notFound();
  const experiment = unrun(lesson.run.recipe);
  const view = sideBySide(experiment, { baseline: 'common' });
  return (
    <main className="panes:flex panes:min-h-0 grow panes:flex-col">
      <LessonPage slug={lesson.slug} opened={{ kind: 'lesson', experiment, view }} />
    </main>
  );
}
