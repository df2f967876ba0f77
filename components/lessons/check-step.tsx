import { useState } from 'react';
import { Button } from '@/components/ui/button';
import type { Check } from '@/lib/lessons/lesson';
import { OptionList } from './option-list';

type CheckStepProps = { check: Check; onNext: () => void };

/** One question. Whatever the answer, the right one follows, and why it is right. */
export function CheckStep({ check, onNext }: CheckStepProps) {
  const [chosen, setChosen] = useState<number | null>(null);
  const [answered, setAnswered] = useState<number | null>(null);
  return (
    <form
      className="flex flex-col gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        setAnswered(chosen);
      }}
    >
      <OptionList name="check" question={check.question} options={check.options} chosen={chosen} onChoose={setChosen} />
      <div data-needs-script>
        <Button type="submit" variant={answered === null ? 'primary' : 'plain'}>
          Show the answer
        </Button>
      </div>
      <div role="status">
        {answered !== null && (
          <p>
            <strong>{answered === check.right ? 'Yes.' : 'Not quite.'}</strong> The answer is “
            {check.options[check.right]}”. {check.why}
          </p>
        )}
      </div>
      {answered !== null && (
        <Button variant="primary" className="self-start" onClick={onNext}>
          Next: change something
        </Button>
      )}
    </form>
  );
}
