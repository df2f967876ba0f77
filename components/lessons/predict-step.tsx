import { Button } from '@/components/ui/button';
import { inputClass } from '@/components/ui/field';
import type { Prediction } from '@/lib/lessons/lesson';
import { OptionList } from './option-list';

type PredictStepProps = {
  predict: Prediction;
  value: string;
  onChange: (value: string) => void;
  onPredict: () => void;
  onSkip: () => void;
};

export function PredictStep({ predict, value, onChange, onPredict, onSkip }: PredictStepProps) {
  return (
    <form
      className="flex flex-col gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        onPredict();
      }}
    >
      {predict.kind === 'choice' ? (
        <OptionList
          name="prediction"
          question={predict.question}
          options={predict.options}
          chosen={value === '' ? null : predict.options.indexOf(value)}
          onChoose={(index) => onChange(predict.options[index] ?? '')}
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
              onChange={(event) => onChange(event.target.value)}
              className={`${inputClass} max-w-28 font-mono`}
            />
            <span>
              {predict.unit}
              <span className="text-dim text-sm">
                {' '}
                ({predict.min} to {predict.max})
              </span>
            </span>
          </span>
        </label>
      )}
      <p className="text-dim text-sm">A guess is all it takes. It is not graded, and stays in this browser.</p>
      <div data-needs-script className="flex flex-wrap gap-2">
        <Button type="submit" variant="primary">
          Keep my guess
        </Button>
        <Button onClick={onSkip}>Skip, just run</Button>
      </div>
    </form>
  );
}
