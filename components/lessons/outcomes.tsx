import { useEffect } from 'react';
import type { LensLine } from '@/components/lens/lens-line';
import { useDispatch, useSession } from '@/components/session/session-context';
import type { Lesson } from '@/lib/lessons/lesson';
import { NextButton } from './next-button';
import { useOutcome } from './use-outcome';
import { saveProgress, useLessonProgress } from './use-progress';

type OutcomeProps = { lesson: Lesson; line: LensLine };

/** What happened, beside what was predicted. */
export function FirstOutcome({ lesson, line }: OutcomeProps) {
  const { prediction } = useLessonProgress(lesson.slug);
  const experiment = useSession((session) => session.lesson?.first ?? null);
  const outcome = useOutcome(line, experiment);
  if (!outcome) return <NotYet ran={experiment !== null} />;
  return (
    <>
      <p>{lesson.run.caption(outcome)}</p>
      <dl className="grid grid-cols-[auto_1fr] gap-x-3 rounded-md border border-hairline p-3">
        <dt className="text-dim">You said</dt>
        <dd>{predictionText(lesson, prediction)}</dd>
        <dt className="text-dim">It was</dt>
        <dd>{lesson.predict.happened(outcome)}</dd>
      </dl>
    </>
  );
}

function predictionText({ predict }: Lesson, prediction: string): string {
  if (prediction === '') return 'nothing: you skipped it.';
  return predict.kind === 'number' ? `${prediction} ${predict.unit}` : prediction;
}

/** What happened after the change. As soon as that has run, the lesson is done. */
export function SecondOutcome({ lesson, line }: OutcomeProps) {
  const { slug, change } = lesson;
  const dispatch = useDispatch();
  const experiment = useSession((session) => session.lesson?.second ?? null);
  const outcome = useOutcome(line, experiment);
  const done = experiment !== null;
  useEffect(() => {
    if (done) saveProgress(slug, { done: true });
  }, [done, slug]);
  if (!done) return null;
  if (!outcome) return <NotYet ran />;
  return (
    <>
      <p role="status">{change.caption(outcome)}</p>
      <NextButton label="Next: make it yours" onNext={() => dispatch({ kind: 'lesson-step', step: 'make' })} />
    </>
  );
}

/** Stands where an outcome is not known yet. */
function NotYet({ ran }: { ran: boolean }) {
  return (
    <p className="text-dim">
      {ran ? 'Looking at how each word was chosen.' : 'What happened stands here once it has run.'}
    </p>
  );
}
