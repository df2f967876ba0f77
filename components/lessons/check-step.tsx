import { useState } from 'react';
import { Button } from '@/components/ui/button';
import type { LessonText } from '@/lib/lessons/lesson';
import { OptionList } from './option-list';
import { StepFoot } from './step-foot';
import { useInSight } from './use-in-sight';
import { saveProgress, useLessonProgress } from './use-progress';

type CheckStepProps = { lesson: LessonText; onNext: () => void };

/** One question, to be answered as often as one likes. Each option has a reply of its own, which says why. */
export function CheckStep({ lesson: { slug, check }, onNext }: CheckStepProps) {
  const { answer: answered } = useLessonProgress(slug);
  const [choice, setChosen] = useState<number | null>(null);
  const chosen = choice ?? answered;
  const right = answered === check.right;
  const reply = useInSight<HTMLDivElement>(answered);
  return (
    <form
      className="flex flex-col gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        if (chosen !== null) saveProgress(slug, { answer: chosen });
      }}
    >
      <OptionList
        name="check"
        question={check.question}
        options={check.options.map(({ text }) => text)}
        chosen={chosen}
        onChoose={setChosen}
      />
      <div ref={reply} role="status" className="scroll-mb-16">
        {answered !== null && chosen === answered && (
          <p>
            <strong>{right ? 'Yes.' : 'Not quite.'}</strong> {check.options[answered]?.reply}
            {!right && ' Try another.'}
          </p>
        )}
      </div>
      <StepFoot>
        <Button type="submit" variant={right ? 'plain' : 'primary'}>
          Check my answer
        </Button>
        {answered !== null && (
          <Button variant={right ? 'primary' : 'plain'} onClick={onNext}>
            Next: change something
          </Button>
        )}
      </StepFoot>
    </form>
  );
}
