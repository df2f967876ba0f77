'use client';

import { useEffect } from 'react';
import { useLensLine } from '@/components/lens/use-lens';
import type { Opened } from '@/components/workbench/opened';
import { Workbench } from '@/components/workbench/workbench';
import type { Lesson } from '@/lib/lessons/lesson';
import { lessons } from '@/lib/lessons/lessons';
import { ForTeachers } from './for-teachers';
import { LessonSteps } from './lesson-steps';
import { StepBar } from './step';
import { useLesson } from './use-lesson';
import { useOutcome } from './use-outcome';
import { saveProgress } from './use-progress';

type LessonPageProps = { slug: string; opened: Opened };

/** A lesson beside the live tool. */
export function LessonPage({ slug, opened }: LessonPageProps) {
  const lesson = lessons.find((each) => each.slug === slug);
  return lesson ? <OpenLesson lesson={lesson} opened={opened} /> : null;
}

function OpenLesson({ lesson, opened }: { lesson: Lesson; opened: Opened }) {
  const { slug, title, learns } = lesson;
  const { state, go, load, finish } = useLesson(lesson);
  const line = useLensLine();
  const first = useOutcome(line, state.first);
  const second = useOutcome(line, state.second);
  const done = state.second !== null;
  useEffect(() => {
    if (done) saveProgress(slug, { done: true });
  }, [done, slug]);
  return (
    <div className="@container">
      <div className="@6xl:grid @6xl:grid-cols-[24rem_minmax(0,1fr)]">
        <article className="@6xl:sticky @6xl:top-0 @6xl:max-h-dvh @6xl:self-start overflow-y-auto px-4 py-4 sm:ps-6">
          <p className="text-dim text-sm">
            <a href="/learn" className="underline">
              Lessons
            </a>{' '}
            · {lessons.indexOf(lesson) + 1} of {lessons.length}
          </p>
          <h1 className="font-semibold text-xl">{title}</h1>
          <p className="mb-3">{learns}</p>
          <LessonSteps lesson={lesson} state={state} first={first} second={second} onGo={go} onLoad={load} />
          <ForTeachers slug={slug} />
        </article>
        <div id="tool" tabIndex={-1} className="min-w-0 @6xl:border-hairline @6xl:border-s outline-none">
          <Workbench opened={opened} guide={{ recipe: state.recipe, spotlight: state.spotlight, onOver: finish }} />
        </div>
      </div>
      <StepBar step={state.step} />
    </div>
  );
}
