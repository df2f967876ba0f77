'use client';

import { useLensLine } from '@/components/lens/use-lens';
import { SessionProvider, useDispatch } from '@/components/session/session-context';
import { Tool } from '@/components/workbench/workbench';
import { pages } from '@/lib/api/addresses';
import type { Lesson } from '@/lib/lessons/lesson';
import { lessonBySlug, lessons } from '@/lib/lessons/lessons';
import type { LessonStep } from '@/lib/session/lesson';
import type { Opened } from '@/lib/session/session';
import { CheckStep } from './check-step';
import { MakeStep } from './make-step';
import { NextButton } from './next-button';
import { FirstOutcome, SecondOutcome } from './outcomes';
import { PredictStep } from './predict-step';
import { SceneText } from './scene-text';
import { StartAgain } from './start-again';
import { Step, StepBar } from './step';
import { useKeptLesson } from './use-kept-lesson';

type LessonPageProps = { slug: string; opened: Opened };

/** A lesson beside the live tool. Both share one session. */
export function LessonPage({ slug, opened }: LessonPageProps) {
  const lesson = lessonBySlug(slug);
  if (!lesson) return null;
  return (
    <SessionProvider opened={opened} lesson={lesson}>
      <div className="@container">
        <div className="@6xl:grid @6xl:grid-cols-[24rem_minmax(0,1fr)]">
          <LessonArticle lesson={lesson} />
          <div id="tool" tabIndex={-1} className="min-w-0 @6xl:border-hairline @6xl:border-s outline-none">
            <Tool initialView={opened.view} />
          </div>
        </div>
        <StepBar />
      </div>
    </SessionProvider>
  );
}

/** The lesson's text: seven steps, from a prediction to an experiment of one's own. */
function LessonArticle({ lesson }: { lesson: Lesson }) {
  const { slug, title, learns, run, explain, change } = lesson;
  const place = lessons.indexOf(lesson);
  const dispatch = useDispatch();
  const line = useLensLine();
  useKeptLesson(slug);
  const go = (step: LessonStep) => dispatch({ kind: 'lesson-step', step });
  return (
    <article className="@6xl:sticky @6xl:top-0 @6xl:max-h-dvh @6xl:self-start overflow-y-auto px-4 py-4 sm:ps-6">
      <div className="flex flex-wrap items-center justify-between text-dim text-sm">
        <p>
          <a href={pages.learn} className="underline">
            Lessons
          </a>{' '}
          · {place + 1} of {lessons.length}
        </p>
        <StartAgain slug={slug} />
      </div>
      <h1 className="font-semibold text-xl">{title}</h1>
      <p className="mb-3">{learns}</p>
      <Step name="predict">
        <PredictStep lesson={lesson} onNext={() => go('run')} />
      </Step>
      <Step name="run">
        <SceneText scene={run} />
      </Step>
      <Step name="see">
        <FirstOutcome lesson={lesson} line={line} />
        <NextButton label="Next: explain" onNext={() => go('explain')} />
      </Step>
      <Step name="explain">
        {explain.map((paragraph) => (
          <p key={paragraph}>{paragraph}</p>
        ))}
        <NextButton label="Next: check" onNext={() => go('check')} />
      </Step>
      <Step name="check">
        <CheckStep lesson={lesson} onNext={() => go('change')} />
      </Step>
      <Step name="change">
        <SceneText scene={change} />
        <SecondOutcome lesson={lesson} line={line} />
      </Step>
      <Step name="make">
        <MakeStep slug={slug} recipe={change.recipe} next={lessons[place + 1] ?? null} />
      </Step>
    </article>
  );
}
