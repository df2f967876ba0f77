import { Button } from '@/components/ui/button';
import { StepFoot } from './step-foot';

/** Leads to the next step of a lesson. */
export function NextButton({ label, onNext }: { label: string; onNext: () => void }) {
  return (
    <StepFoot>
      <Button variant="primary" onClick={onNext}>
        {label}
      </Button>
    </StepFoot>
  );
}
