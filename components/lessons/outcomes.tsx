import { useEffect } from 'react';
import { startLensLine } from '@/components/lens/use-lens';
import { useDispatch, useSession } from '@/components/session/session-context';
import { defined } from '@/lib/defined';
import { sayHappened } from '@/lib/lessons/captions';
import type { Lesson, Question, TextPair } from '@/lib/lessons/lesson';
import { lessons } from '@/lib/lessons/lessons';
import { counted } from '@/lib/words/english';
import { NextButton } from './next-button';
import { useInSight } from './use-in-sight';
import { useOutcome } from './use-outcome';
import { saveProgress, useLessonProgress } from './use-progress';

/** The page's own line to the lens's worker, for all that a lesson says of what has run. It ends with the page. */
const line = startLensLine();

/** The lesson with what it says of whatever runs. */
const lessonOf = (slug: string): Lesson => defined(lessons.find((lesson) => lesson.slug === slug));

/** What happened, beside what was predicted. */
export function FirstOutcome({ slug }: { slug: string }) {
  const lesson = lessonOf(slug);
  const { prediction } = useLessonProgress(lesson.slug);
  const experiment = useSession((session) => session.lesson?.first ?? null);
  const outcome = useOutcome(line, experiment);
  if (!outcome) return <NotYet ran={experiment !== null} />;
  return (
    <>
      <p>{lesson.run.caption(outcome)}</p>
      <dl className="grid grid-cols-[auto_1fr] gap-x-3 rounded-md border border-hairline p-3">
        <dt className="text-dim">You said</dt>
        <dd>{predictionText(lesson.predict, prediction)}</dd>
        <dt className="text-dim">It was</dt>
        <dd>{sayHappened(lesson.predict, outcome)}</dd>
      </dl>
    </>
  );
}

function predictionText(predict: Question, prediction: string): string {
  if (prediction === '') return 'nothing: you skipped it.';
  return predict.kind === 'number' ? counted(Number(prediction), predict.unit) : prediction;
}

/** What happened after the change. As soon as that has run, the lesson is done. */
export function SecondOutcome({ slug }: { slug: string }) {
  const { change } = lessonOf(slug);
  const dispatch = useDispatch();
  const experiment = useSession((session) => session.lesson?.second ?? null);
  const outcome = useOutcome(line, experiment);
  const first = useSession((session) => session.lesson?.first ?? null);
  const before = useOutcome(line, first);
  const done = experiment !== null;
  useEffect(() => {
    if (done) saveProgress(slug, { done: true });
  }, [done, slug]);
  const caption = useInSight<HTMLParagraphElement>(outcome);
  if (!done) return null;
  if (!outcome || (first && !before)) return <NotYet ran />;
  return (
    <>
      <p ref={caption} role="status" className="scroll-mb-16">
        {change.caption(outcome, before ?? undefined)}
      </p>
      {before && change.pairs && <TextPairs pairs={change.pairs(outcome, before)} />}
      <NextButton label="Next: make it yours" onNext={() => dispatch({ kind: 'lesson-step', step: 'make' })} />
    </>
  );
}

/** Texts of both experiments, side by side, so that what is compared can be read. */
function TextPairs({ pairs }: { pairs: readonly TextPair[] }) {
  return (
    <table className="w-full text-left align-top text-sm">
      <thead className="text-dim">
        <tr>
          <td />
          <th className="font-normal">First</th>
          <th className="font-normal">Now</th>
        </tr>
      </thead>
      <tbody>
        {pairs.map(({ label, texts: [first, now] }) => (
          <tr key={label} className="border-hairline border-t align-top">
            <th scope="row" className="py-1 pe-2 font-normal text-dim">
              {label}
            </th>
            <td className="whitespace-pre-wrap py-1 pe-2">{first}</td>
            <td className="whitespace-pre-wrap py-1">{now}</td>
          </tr>
        ))}
      </tbody>
    </table>
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
