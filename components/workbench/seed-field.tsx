import { Dices } from 'lucide-react';
import { Button } from '@/components/ui/button';
import { Field, inputClass } from '@/components/ui/field';

type SeedFieldProps = { seed: string; problem: string | null; className?: string; onChange: (seed: string) => void };

/** Every back end takes seeds from 0 to this (field/facts.md 4.6). */
const maxCommonSeed = 2_147_483_647;

export function SeedField({ seed, problem, className, onChange }: SeedFieldProps) {
  const dice = () => onChange(String(Math.floor(Math.random() * maxCommonSeed)));
  return (
    <Field
      id="seed"
      label="Seed"
      problem={problem}
      hint={seed.trim() === '' ? 'none sent: the provider draws its own' : 'the starting number for the dice'}
      className={className}
    >
      <div className="flex gap-1">
        <input
          id="seed"
          type="text"
          inputMode="numeric"
          autoComplete="off"
          placeholder="no seed"
          aria-describedby="seed-note"
          aria-invalid={problem !== null}
          value={seed}
          onChange={(event) => onChange(event.target.value)}
          className={`${inputClass} min-w-0 font-mono`}
        />
        <Button onClick={dice} aria-label="New random seed" title="New random seed">
          <Dices aria-hidden size={18} />
        </Button>
        <Button
          onClick={() => onChange('')}
          aria-pressed={seed.trim() === ''}
          className="aria-pressed:border-accent aria-pressed:text-accent"
        >
          No seed
        </Button>
      </div>
    </Field>
  );
}
