import type { ReactNode } from 'react';

/** What leads on from a step: always whole and in reach at the foot of the lesson's pane, however far its text is scrolled. */
export function StepFoot({ children }: { children: ReactNode }) {
  return (
    <div data-needs-script className="sticky bottom-0 z-10 flex flex-wrap gap-2 bg-ground py-2">
      {children}
    </div>
  );
}
