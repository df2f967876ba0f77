import { Check } from 'lucide-react';
import type { ReactNode } from 'react';
import { type StepName, steps } from '@/lib/lessons/lesson-state';

const stepTitles: Record<StepName, string> = {
  predict: 'Predict',
  run: 'Run',
  see: 'See',
  explain: 'Explain',
  check: 'Check',
  change: 'Change',
  make: 'Make it yours',
};

export const headingOf = (step: StepName): string => `step-${step}`;

type StepProps = { name: StepName; current: StepName; children: ReactNode };

/** One step of a lesson: open while it is the current one, folded to its title once it is done, hidden until its turn. */
export function Step({ name, current, children }: StepProps) {
  const place = steps.indexOf(name);
  const now = steps.indexOf(current);
  const heading = (
    <h2 id={headingOf(name)} tabIndex={-1} className="inline font-semibold text-lg">
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
      aria-labelledby={headingOf(name)}
      data-later={place > now || undefined}
      className="flex flex-col gap-3 border-hairline border-t py-3"
    >
      {heading}
      {children}
    </section>
  );
}

/** Where a phone shows the tool far below the lesson: how far one has come, and the way to either. */
export function StepBar({ step }: { step: StepName }) {
  return (
    <p
      data-step-bar
      data-needs-script
      className="sticky bottom-0 z-10 @6xl:hidden border-control border-t bg-panel px-4 py-2 text-sm"
    >
      <span className="flex flex-wrap items-center justify-between gap-x-4">
        <span role="status" className="font-medium">
          Step {steps.indexOf(step) + 1} of {steps.length}: {stepTitles[step]}
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
  );
}
