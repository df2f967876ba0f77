import { Dices } from 'lucide-react';
import { Button } from '@/components/ui/button';
import { Field, inputClass } from '@/components/ui/field';
import { seed } from '@/lib/recipe/parameters';
import { ControlOptions } from './control-options';
import { useSetting } from './use-form';

/** Servers with 32-bit seeds accept 0 to this, and so do all others. */
const maxCommonSeed = 2_147_483_647;

export function SeedField({ className = '' }: { className?: string }) {
  const { text, problem, change } = useSetting('seed');
  const isEmpty = text.trim() === '';
  function rollDice() {
    change(String(Math.floor(Math.random() * maxCommonSeed)));
  }
  return (
    <ControlOptions control="seed" className={className}>
      <Field
        id="seed"
        label={seed.label}
        problem={problem}
        hint={isEmpty ? 'none sent: the provider draws its own' : seed.help}
        className={className}
      >
        <div className="flex gap-1">
          <input
            id="seed"
            type="text"
            inputMode="numeric"
            autoComplete="off"
            placeholder={seed.chip.unset}
            aria-describedby="seed-note"
            aria-invalid={problem !== null}
            value={text}
            onChange={(event) => change(event.target.value)}
            className={`${inputClass} min-w-0 font-mono`}
          />
          <Button onClick={rollDice} aria-label="New random seed" title="New random seed">
            <Dices aria-hidden size={18} />
          </Button>
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
