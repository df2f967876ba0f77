import { Button } from '@/components/ui/button';
import { Field, inputClass } from '@/components/ui/field';
import { seed } from '@/lib/recipe/parameters';
import { ControlOptions } from './control-options';
import { NumberInput } from './number-input';
import { useSetting } from './use-form';

const steps = { ...seed.type, step: 1 };

export function SeedField() {
  const { text, problem, change } = useSetting('seed');
  const isEmpty = text.trim() === '';
  return (
    <ControlOptions control="seed">
      <Field
        id="seed"
        label={seed.label}
        problem={problem}
        hint={isEmpty ? 'none sent: the provider draws its own' : seed.help}
      >
        <div className="flex gap-1">
          <NumberInput
            id="seed"
            placeholder={seed.chip.unset}
            aria-describedby="seed-note"
            aria-invalid={problem !== null}
            value={text}
            steps={steps}
            onChange={change}
            className={`${inputClass} min-w-0 font-mono`}
          />
          <Button
            onClick={() => change('')}
            aria-pressed={isEmpty}
            className="aria-pressed:border-accent aria-pressed:text-accent"
          >
            No seed
          </Button>
        </div>
      </Field>
    </ControlOptions>
  );
}
