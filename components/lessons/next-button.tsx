import { Button } from '@/components/ui/button';

/** Leads to the next step of a lesson. */
export function NextButton({ label, onNext }: { label: string; onNext: () => void }) {
  return (
    <Button data-needs-script variant="primary" className="self-start" onClick={onNext}>
      {label}
    </Button>
  );
}
