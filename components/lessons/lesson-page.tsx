'use client';

import { SessionProvider, useDispatch, useSession } from '@/components/session/session-context';
import { later } from '@/components/ui/later';
import { Tool } from '@/components/workbench/tool';
import { pages } from '@/lib/api/addresses';
import type { LessonText } from '@/lib/lessons/lesson';
import { isReached, type LessonStep } from '@/lib/session/lesson';
import { lessonStep, shownExperiment } from '@/lib/session/select';
import type { Opened } from '@/lib/session/session';
import { CheckStep } from './check-step';
import { MakeStep, type NextLesson } from './make-step';
import { NextButton } from './next-button';
import { PredictStep } from './predict-step';
import { SceneText } from './scene-text';
import { StartAgain } from './start-again';
import { Step, StepRail } from './step';
import { useKeptLesson } from './use-kept-lesson';

const Results = later(() => import('@/components/workbench/later-results').then((results) => results.LaterResults));
const FirstOutcome = later(() => import('./outcomes').then((outcomes) => outcomes.FirstOutcome));
const SecondOutcome = later(() => import('./outcomes').then((outcomes) => outcomes.SecondOutcome));

/** Its text, and which of how many it is. */
type LessonPlace = { lesson: LessonText; number: number; of: number; next: NextLesson | null };

type LessonPageProps = LessonPlace & { opened: Opened };

/**
 * Two panes: the lesson's step, and the live tool. They share one session. Where the window is too narrow for them to stand
 * side by side, each scrolls in its half of it, so that what the text speaks of is on the screen.
 */
export function LessonPage({ opened, ...place }: LessonPageProps) {
  return (
    <SessionProvider opened={opened} lesson={place.lesson}>
      <Panes {...place} />
    </SessionProvider>
  );
}

/** One over the other they share the window by halves; the stage takes no more than its form needs while it is empty. */
function Panes(place: LessonPlace) {
  const empty = useSession((session) => shownExperiment(session).runs.length === 0);
  const [text, stage] = empty
    ? ['panes:min-h-0 panes:shrink', 'panes:shrink-0 panes:basis-auto']
    : ['panes:max-h-[48%] panes:shrink-0', 'panes:min-h-0 panes:basis-1/2'];
  return (
    <div className="panes:flex panes:min-h-0 panes:grow panes:flex-col lg:grid lg:grid-cols-[minmax(20rem,24rem)_minmax(0,1fr)]">
      <LessonArticle {...place} className={text} />
      <div
        id="tool"
        tabIndex={-1}
        className={`panes:relative min-w-0 panes:grow panes:overflow-y-auto border-hairline [overflow-anchor:none] outline-none lg:border-s ${stage}`}
      >
        <Tool results={<Results />} />
      </div>
    </div>
  );
}

/** Whether a step has been reached: what is said there of whatever has run is not drawn before. */
const useReached = (name: LessonStep): boolean =>
  useSession((session) => isReached({ step: lessonStep(session) }, name));

/** The lesson's text: seven steps, from a prediction to an experiment of one's own. */
function LessonArticle({ lesson, number, of, next, className }: LessonPlace & { className: string }) {
  const { slug, title, learns, run, explain, onHardware, change } = lesson;
  const dispatch = useDispatch();
  useKeptLesson(slug);
  const [seen, changed] = [useReached('see'), useReached('change')];
  const go = (step: LessonStep) => dispatch({ kind: 'lesson-step', step });
  return (
    <article
      className={`panes:relative overflow-y-auto panes:border-control panes:border-b px-4 py-3 panes:py-0 sm:ps-6 lg:sticky lg:top-0 lg:max-h-dvh lg:self-start ${className}`}
    >
      <div className="flex items-center gap-3 text-dim text-sm">
        <p className="shrink-0">
          <a href={pages.learn} className="underline">
            Lessons
          </a>{' '}
          · {number} of {of}
        </p>
        <StepRail />
      </div>
      <div className="flex items-center justify-between gap-2">
        <h1 className="font-semibold panes:text-base text-xl leading-snug">{title}</h1>
        <StartAgain slug={slug} />
      </div>
      <p className="text-dim text-sm panes:hidden">{learns}</p>
      <Step name="predict">
        <PredictStep lesson={lesson} onNext={() => go('run')} />
      </Step>
      <Step name="run">
        <SceneText scene={run} />
      </Step>
      <Step name="see">
        {seen && <FirstOutcome slug={slug} />}
        <NextButton label="Next: explain" onNext={() => go('explain')} />
      </Step>
      <Step name="explain">
        {explain.map((paragraph) => (
          <p key={paragraph} className="font-serif text-reading">
            {paragraph}
          </p>
        ))}
        {onHardware && (
          <p>
            <a href={pages.batchRounding} className="text-accent underline">
              See it on a real GPU
            </a>
          </p>
        )}
        <NextButton label="Next: check" onNext={() => go('check')} />
      </Step>
      <Step name="check">
        <CheckStep lesson={lesson} onNext={() => go('change')} />
      </Step>
      <Step name="change">
        <SceneText scene={change} />
        {changed && <SecondOutcome slug={slug} />}
      </Step>
      <Step name="make">
        <MakeStep slug={slug} recipe={change.recipe} next={next} />
      </Step>
    </article>
  );
}
