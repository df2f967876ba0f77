import { Dices } from 'lucide-react';
import { Button } from '@/components/ui/button';
import { useCommands } from '@/components/ui/commands';
import { Field, inputClass } from '@/components/ui/field';
import { seed } from '@/lib/recipe/parameters';
import { ControlOptions } from './control-options';
import { useSetting } from './use-form';
import { useLinkOptions } from './use-link-options';

/** Servers with 32-bit seeds accept 0 to this, and so do all others. */
const maxCommonSeed = 2_147_483_647;

/** Another seed, drawn with a press. */
export function RollDice() {
  const { change } = useSetting('seed');
  const { hide, lock } = useLinkOptions();
  const fixed = hide.has('seed') || lock.has('seed');
  const roll = () => change(String(Math.floor(Math.random() * maxCommonSeed)));
  useCommands(() => (fixed ? [] : [{ name: 'New random seed', group: 'This page', run: roll }]));
  if (fixed) return null;
  return (
    <Button
      variant="quiet"
      onClick={roll}
      aria-label="New random seed"
      title="New random seed"
      className="-ms-1 min-h-8 px-1.5"
    >
      <Dices aria-hidden size={18} />
    </Button>
  );
}

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
