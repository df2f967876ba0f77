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

/** "Step 2 of 7: Run" */
export const sayStep = (step: LessonStep): string =>
  `Step ${lessonSteps.indexOf(step) + 1} of ${lessonSteps.length}: ${stepTitles[step]}`;

type StepProps = { name: LessonStep; children: ReactNode };

/** One step of a lesson: open while it is the current one, then folded to its title. Later ones come in their time. */
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
