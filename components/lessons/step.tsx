import type { ReactNode } from 'react';
import { lessonStepId } from '@/components/session/ids';
import { useDispatch, useSession } from '@/components/session/session-context';
import { isReached, type LessonStep, lessonSteps } from '@/lib/session/lesson';
import { lessonStep, shownStep } from '@/lib/session/select';

const stepTitles: Record<LessonStep, string> = {
  predict: 'Predict',
  run: 'Run',
  see: 'See',
  explain: 'Explain',
  check: 'Check',
  change: 'Change',
  make: 'Make it yours',
};

type StepProps = { name: LessonStep; children: ReactNode };

/** One step of a lesson. With scripts, only the one that is looked at is on the screen. */
export function Step({ name, children }: StepProps) {
  const shown = useSession(shownStep);
  return (
    <section
      aria-labelledby={lessonStepId(name)}
      data-other-step={name !== shown || undefined}
      className="flex flex-col gap-3 panes:gap-2 pt-3 panes:pt-1"
    >
      <h2 id={lessonStepId(name)} tabIndex={-1} className="font-semibold text-lg outline-none">
        {lessonSteps.indexOf(name) + 1} {stepTitles[name]}
      </h2>
      {children}
    </section>
  );
}

/** The seven steps in one line: which are done, and which one is looked at. Those that were reached can be looked at again. */
export function StepRail() {
  const dispatch = useDispatch();
  const step = useSession(lessonStep);
  const shown = useSession(shownStep);
  return (
    <nav aria-label="Steps" data-needs-script className="grow">
      <ol className="flex gap-1">
        {lessonSteps.map((each, index) => {
          const reached = isReached({ step }, each);
          const done = reached && each !== step;
          return (
            <li key={each} className="min-w-0 grow">
              <button
                type="button"
                disabled={!reached}
                aria-current={each === shown ? 'step' : undefined}
                aria-label={`Step ${index + 1}: ${stepTitles[each]}${done ? ', done' : ''}`}
                title={stepTitles[each]}
                onClick={() => dispatch({ kind: 'lesson-step', step: each })}
                className="group flex min-h-7 w-full flex-col justify-center pointer-coarse:min-h-11"
              >
                <span
                  className={`grid h-1.5 w-full place-items-center rounded-full group-aria-[current]:h-2.5 ${reached ? 'bg-accent' : 'bg-hairline'} ${done ? 'opacity-60 group-aria-[current]:opacity-100' : ''}`}
                />
              </button>
            </li>
          );
        })}
      </ol>
      <p role="status" className="sr-only">
        Step {lessonSteps.indexOf(shown) + 1} of {lessonSteps.length}: {stepTitles[shown]}
        {shown !== step && ', done'}
      </p>
    </nav>
  );
}
