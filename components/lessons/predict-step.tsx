import { Button } from '@/components/ui/button';
import { inputClass } from '@/components/ui/field';
import type { LessonText } from '@/lib/lessons/lesson';
import { plural } from '@/lib/words/english';
import { OptionList } from './option-list';
import { StepFoot } from './step-foot';
import { saveProgress, useLessonProgress } from './use-progress';

type PredictStepProps = { lesson: LessonText; onNext: () => void };

/** The question before the run: to be guessed at, or skipped. */
export function PredictStep({ lesson, onNext }: PredictStepProps) {
  const { slug, predict } = lesson;
  const { prediction: value } = useLessonProgress(slug);
  const guess = (prediction: string) => saveProgress(slug, { prediction });
  function skip() {
    guess('');
    onNext();
  }
  return (
    <form
      className="flex flex-col gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        onNext();
      }}
    >
      {predict.kind === 'choice' ? (
        <OptionList
          name="prediction"
          question={predict.question}
          options={predict.options}
          chosen={value === '' ? null : predict.options.indexOf(value)}
          onChoose={(index) => guess(predict.options[index] ?? '')}
        />
      ) : (
        <label className="flex flex-col gap-2">
          <span className="font-medium">{predict.question}</span>
          <span className="flex items-center gap-2">
            <input
              type="number"
              required
              min={predict.min}
              max={predict.max}
              step="any"
              value={value}
              onChange={(event) => guess(event.target.value)}
              className={`${inputClass} max-w-28 font-mono`}
            />
            <span>
              {plural(Number(value), predict.unit)}
              <span className="text-dim text-sm">
                {' '}
                ({predict.min} to {predict.max})
              </span>
            </span>
          </span>
        </label>
      )}
      <p className="text-dim text-sm">A guess is all it takes. It is not graded, and stays in this browser.</p>
      <StepFoot>
        <Button type="submit" variant="primary">
          Keep my guess
        </Button>
        <Button onClick={skip}>Skip, just run</Button>
      </StepFoot>
    </form>
  );
}
