import { Check } from 'lucide-react';
import type { ReactNode } from 'react';
import { lessonStepId } from '@/components/session/ids';
import { useSession } from '@/components/session/session-context';
import { type LessonStep, lessonSteps } from '@/lib/session/lesson';
import { lessonStep } from '@/lib/session/select';

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

/** One step of a lesson: open while it is the current one, folded to its title when it is done, hidden until its turn. */
export function Step({ name, children }: StepProps) {
  const current = useSession(lessonStep);
  const place = lessonSteps.indexOf(name);
  const now = lessonSteps.indexOf(current);
  const heading = (
    <h2 id={lessonStepId(name)} tabIndex={-1} className="inline font-semibold text-lg">
      {place + 1} {stepTitles[name]}
    </h2>
  );
  if (place < now)
    return (
      <details className="border-hairline border-t py-2">
        <summary>
          {heading} <Check aria-hidden size={16} className="inline text-good" />
          <span className="sr-only">done</span>
        </summary>
        <div className="flex flex-col gap-3 pt-2">{children}</div>
      </details>
    );
  return (
    <section
      aria-labelledby={lessonStepId(name)}
      data-later={place > now || undefined}
      className="flex flex-col gap-3 border-hairline border-t py-3"
    >
      {heading}
      {children}
    </section>
  );
}

/** At the foot of the window, where lesson and tool stand one below the other: the step, and the way to either of them. */
export function StepBar() {
  const step = useSession(lessonStep);
  return (
    <p
      data-step-bar
      data-needs-script
      className="sticky bottom-0 z-10 @6xl:hidden border-control border-t bg-panel px-4 py-2 text-sm"
    >
      <span className="flex flex-wrap items-center justify-between gap-x-4">
        <span role="status" className="font-medium">
          Step {lessonSteps.indexOf(step) + 1} of {lessonSteps.length}: {stepTitles[step]}
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
