'use client';

import { useEffect, useRef } from 'react';
import type { LensLine } from '@/components/lens/lens-line';
import { useLensLine } from '@/components/lens/use-lens';
import { lessonStepId } from '@/components/session/ids';
import { SessionProvider, useDispatch, useSession } from '@/components/session/session-context';
import { Button } from '@/components/ui/button';
import { Tool } from '@/components/workbench/workbench';
import { pages } from '@/lib/api/addresses';
import type { Lesson } from '@/lib/lessons/lesson';
import { lessons } from '@/lib/lessons/lessons';
import type { LessonStep } from '@/lib/session/lesson';
import { lessonStep } from '@/lib/session/select';
import type { Opened } from '@/lib/session/session';
import { CheckStep } from './check-step';
import { ClassLinkDialog } from './class-link-dialog';
import { MakeStep } from './make-step';
import { PredictStep } from './predict-step';
import { SceneText } from './scene-text';
import { Step, sayStep } from './step';
import { useOutcome } from './use-outcome';
import { keep, useKept } from './use-progress';

type LessonPageProps = { slug: string; opened: Opened };

/** A lesson beside the live tool. Both follow from one session. */
export function LessonPage({ slug, opened }: LessonPageProps) {
  const lesson = lessons.find((each) => each.slug === slug);
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

function LessonArticle({ lesson }: { lesson: Lesson }) {
  const { slug, title, learns, run, explain, check, change } = lesson;
  const place = lessons.indexOf(lesson);
  const dispatch = useDispatch();
  const line = useLensLine();
  const go = (step: LessonStep) => dispatch({ kind: 'lesson-step', step });
  return (
    <article className="@6xl:sticky @6xl:top-0 @6xl:max-h-dvh @6xl:self-start overflow-y-auto px-4 py-4 sm:ps-6">
      <p className="text-dim text-sm">
        <a href={pages.learn} className="underline">
          Lessons
        </a>{' '}
        · {place + 1} of {lessons.length}
      </p>
      <h1 className="font-semibold text-xl">{title}</h1>
      <p className="mb-3">{learns}</p>
      <Step name="predict">
        <PredictStep lesson={lesson} onNext={() => go('run')} />
      </Step>
      <Step name="run">
        <SceneText scene={run} />
      </Step>
      <Step name="see">
        <SeeStep lesson={lesson} line={line} />
        <NextButton label="Next: explain" onNext={() => go('explain')} />
      </Step>
      <Step name="explain">
        {explain.map((paragraph) => (
          <p key={paragraph}>{paragraph}</p>
        ))}
        <NextButton label="Next: check" onNext={() => go('check')} />
      </Step>
      <Step name="check">
        <CheckStep check={check} onNext={() => go('change')} />
      </Step>
      <Step name="change">
        <SceneText scene={change} />
        <ChangeResult lesson={lesson} line={line} />
      </Step>
      <Step name="make">
        <MakeStep slug={slug} recipe={change.recipe} next={lessons[place + 1] ?? null} />
      </Step>
      <ForTeachers slug={slug} />
    </article>
  );
}

type OutcomeProps = { lesson: Lesson; line: LensLine };

/** What happened, beside what was guessed. */
function SeeStep({ lesson, line }: OutcomeProps) {
  const { prediction } = useKept(lesson.slug);
  const ran = useSession(({ lesson: progress }) => progress?.first ?? null);
  const outcome = useOutcome(line, ran);
  if (!outcome) return <Waiting ran={ran !== null} />;
  return (
    <>
      <p>{lesson.run.caption(outcome)}</p>
      <dl className="grid grid-cols-[auto_1fr] gap-x-3 rounded-md border border-hairline p-3">
        <dt className="text-dim">You said</dt>
        <dd>{sayPrediction(lesson, prediction)}</dd>
        <dt className="text-dim">It was</dt>
        <dd>{lesson.predict.happened(outcome)}</dd>
      </dl>
    </>
  );
}

/** What the change has made of it; then the lesson is done. */
function ChangeResult({ lesson, line }: OutcomeProps) {
  const { slug, change } = lesson;
  const dispatch = useDispatch();
  const ran = useSession(({ lesson: progress }) => progress?.second ?? null);
  const outcome = useOutcome(line, ran);
  const done = ran !== null;
  useEffect(() => {
    if (done) keep(slug, { done: true });
  }, [done, slug]);
  if (!done) return null;
  if (!outcome) return <Waiting ran />;
  return (
    <>
      <p role="status">{change.caption(outcome)}</p>
      <NextButton label="Next: make it yours" onNext={() => dispatch({ kind: 'lesson-step', step: 'make' })} />
    </>
  );
}

/** At the window's foot where lesson and tool stand one below the other: where one is, and the way to either. */
function StepBar() {
  const step = useSession(lessonStep);
  return (
    <p
      data-step-bar
      data-needs-script
      className="sticky bottom-0 z-10 @6xl:hidden border-control border-t bg-panel px-4 py-2 text-sm"
    >
      <span className="flex flex-wrap items-center justify-between gap-x-4">
        <span role="status" className="font-medium">
          {sayStep(step)}
        </span>
        <span className="flex gap-4">
          <a href={`#${lessonStepId(step)}`} className="inline-block py-1.5 text-accent underline">
            To the lesson
          </a>
          <a href="#tool" className="inline-block py-1.5 text-accent underline">
            To the tool
          </a>
        </span>
      </span>
    </p>
  );
}

function sayPrediction({ predict }: Lesson, prediction: string): string {
  if (prediction === '') return 'nothing: you skipped it.';
  return predict.kind === 'number' ? `${prediction} ${predict.unit}` : prediction;
}

/** In the place of what is not known yet. */
function Waiting({ ran }: { ran: boolean }) {
  return (
    <p className="text-dim">
      {ran ? 'Looking at how each word was chosen.' : 'What happened stands here once it has run.'}
    </p>
  );
}

function NextButton({ label, onNext }: { label: string; onNext: () => void }) {
  return (
    <Button data-needs-script variant="primary" className="self-start" onClick={onNext}>
      {label}
    </Button>
  );
}

function ForTeachers({ slug }: { slug: string }) {
  const dialog = useRef<HTMLDialogElement>(null);
  return (
    <section aria-label="For teachers" className="border-hairline border-t py-3 text-sm">
      <h2 className="font-semibold">For teachers</h2>
      <ul className="flex flex-wrap gap-x-4">
        {[
          ['notes', 'Teacher notes'],
          ['sheet', 'Print student sheet'],
          ['key', 'Print answer key'],
        ].map(([paper, label]) => (
          <li key={paper}>
            <a href={`/learn/${slug}/${paper}`} className="inline-block py-1 underline">
              {label}
            </a>
          </li>
        ))}
      </ul>
      <Button data-needs-script className="mt-1" onClick={() => dialog.current?.showModal()}>
        Class link
      </Button>
      <ClassLinkDialog dialog={dialog} path={`/learn/${slug}`} />
    </section>
  );
}
