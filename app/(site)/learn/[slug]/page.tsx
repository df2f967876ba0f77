import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { LessonPage } from '@/components/lessons/lesson-page';
import { sideBySide } from '@/lib/compare/side-by-side';
import { textOf } from '@/lib/lessons/lesson';
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
  const place = lessons.indexOf(lesson);
  const next = lessons[place + 1];
  const experiment = unrun(lesson.run.recipe);
  const view = sideBySide(experiment, { baseline: 'common' });
  return (
    <main className="panes:flex panes:min-h-0 grow panes:flex-col">
      <LessonPage
        lesson={textOf(lesson)}
        number={place + 1}
        of={lessons.length}
        next={next ? { slug: next.slug, title: next.title } : null}
        opened={{ kind: 'lesson', experiment, view }}
      />
    </main>
  );
}
