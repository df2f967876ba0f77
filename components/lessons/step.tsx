import { Check } from 'lucide-react';
import type { ReactNode } from 'react';

export const steps = ['predict', 'run', 'see', 'explain', 'check', 'change', 'make'] as const;
export type StepName = (typeof steps)[number];

export const stepTitles: Record<StepName, string> = {
  predict: 'Predict',
  run: 'Run',
  see: 'See',
  explain: 'Explain',
  check: 'Check',
  change: 'Change',
  make: 'Make it yours',
};

export const headingOf = (step: StepName): string => `step-${step}`;

/** "Step 2 of 7: Run" */
export const sayStep = (step: StepName): string =>
  `Step ${steps.indexOf(step) + 1} of ${steps.length}: ${stepTitles[step]}`;

type StepProps = { name: StepName; current: StepName; children: ReactNode };

/** One step of a lesson: open while it is the current one, then folded to its title. Later ones come in their time. */
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
