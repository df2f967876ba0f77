'use client';

import { useEffect, useRef } from 'react';
import { useLensLine } from '@/components/lens/use-lens';
import { Button } from '@/components/ui/button';
import type { Opened } from '@/components/workbench/opened';
import { Workbench } from '@/components/workbench/workbench';
import type { Lesson } from '@/lib/lessons/lesson';
import { lessons } from '@/lib/lessons/lessons';
import { CheckStep } from './check-step';
import { ClassLinkDialog } from './class-link-dialog';
import { MakeStep } from './make-step';
import { PredictStep } from './predict-step';
import { SceneText } from './scene-text';
import { headingOf, Step, sayStep } from './step';
import { useLesson } from './use-lesson';
import { useOutcome } from './use-outcome';
import { keep, useKept } from './use-progress';

type LessonPageProps = { slug: string; opened: Opened };

/** A lesson beside the live tool. */
export function LessonPage({ slug, opened }: LessonPageProps) {
  const lesson = lessons.find((each) => each.slug === slug);
  return lesson ? <OpenLesson lesson={lesson} opened={opened} /> : null;
}

function OpenLesson({ lesson, opened }: { lesson: Lesson; opened: Opened }) {
  const { slug, title, learns, predict, run, explain, check, change } = lesson;
  const place = lessons.indexOf(lesson);
  const state = useLesson(lesson);
  const { step, go, load } = state;
  const { prediction } = useKept(slug);
  const line = useLensLine();
  const first = useOutcome(line, state.first);
  const second = useOutcome(line, state.second);
  const done = state.second !== null;
  useEffect(() => {
    if (done) keep(slug, { done: true });
  }, [done, slug]);
  return (
    <div className="@container">
      <div className="@6xl:grid @6xl:grid-cols-[24rem_minmax(0,1fr)]">
        <article className="@6xl:sticky @6xl:top-0 @6xl:max-h-dvh @6xl:self-start overflow-y-auto px-4 py-4 sm:ps-6">
          <p className="text-dim text-sm">
            <a href="/learn" className="underline">
              Lessons
            </a>{' '}
            · {place + 1} of {lessons.length}
          </p>
          <h1 className="font-semibold text-xl">{title}</h1>
          <p className="mb-3">{learns}</p>
          <Step name="predict" current={step}>
            <PredictStep
              predict={predict}
              value={prediction}
              onChange={(value) => keep(slug, { prediction: value })}
              onPredict={() => go('run')}
              onSkip={() => {
                keep(slug, { prediction: '' });
                go('run');
              }}
            />
          </Step>
          <Step name="run" current={step}>
            <SceneText scene={run} astray={state.astray} onLoad={load} />
          </Step>
          <Step name="see" current={step}>
            {first ? (
              <>
                <p>{run.caption(first)}</p>
                <dl className="grid grid-cols-[auto_1fr] gap-x-3 rounded-md border border-hairline p-3">
                  <dt className="text-dim">You said</dt>
                  <dd>{sayPrediction(lesson, prediction)}</dd>
                  <dt className="text-dim">It was</dt>
                  <dd>{predict.happened(first)}</dd>
                </dl>
              </>
            ) : (
              <Waiting ran={state.first !== null} />
            )}
            <NextButton label="Next: explain" onNext={() => go('explain')} />
          </Step>
          <Step name="explain" current={step}>
            {explain.map((paragraph) => (
              <p key={paragraph}>{paragraph}</p>
            ))}
            <NextButton label="Next: check" onNext={() => go('check')} />
          </Step>
          <Step name="check" current={step}>
            <CheckStep check={check} onNext={() => go('change')} />
          </Step>
          <Step name="change" current={step}>
            <SceneText scene={change} astray={state.astray} onLoad={load} />
            {done &&
              (second ? (
                <>
                  <p role="status">{change.caption(second)}</p>
                  <NextButton label="Next: make it yours" onNext={() => go('make')} />
                </>
              ) : (
                <Waiting ran />
              ))}
          </Step>
          <Step name="make" current={step}>
            <MakeStep slug={slug} recipe={change.recipe} next={lessons[place + 1] ?? null} />
          </Step>
          <ForTeachers slug={slug} />
        </article>
        <div id="tool" tabIndex={-1} className="min-w-0 @6xl:border-hairline @6xl:border-s outline-none">
          <Workbench opened={opened} guide={{ recipe: state.recipe, spotlight: state.spotlight, onOver: state.over }} />
        </div>
      </div>
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
            <a href={`#${headingOf(step)}`} className="inline-block py-1.5 text-accent underline">
              To the lesson
            </a>
            <a href="#tool" className="inline-block py-1.5 text-accent underline">
              To the tool
            </a>
          </span>
        </span>
      </p>
    </div>
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
