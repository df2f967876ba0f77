import type { Draft } from './draft';

type VaryFieldProps = { draft: Draft; onChange: (vary: Draft['vary']) => void };

/** What differs between the runs: nothing, or the seed. */
export function VaryField({ draft, onChange }: VaryFieldProps) {
  return (
    <fieldset className="flex flex-wrap items-center gap-x-5 gap-y-1 text-sm">
      <legend className="float-left me-4 font-medium">Vary between runs</legend>
      <Choice value="nothing" checked={draft.vary === 'nothing'} onChange={onChange}>
        nothing
      </Choice>
      <Choice value="seed" checked={draft.vary === 'seed'} onChange={onChange}>
        seed
      </Choice>
      {draft.vary === 'seed' && <span className="font-mono text-dim">{saySeeds(draft)}</span>}
    </fieldset>
  );
}

type ChoiceProps = {
  value: Draft['vary'];
  checked: boolean;
  onChange: (vary: Draft['vary']) => void;
  children: string;
};

function Choice({ value, checked, onChange, children }: ChoiceProps) {
  return (
    <label className="flex min-h-9 items-center gap-1.5 pointer-coarse:min-h-11">
      <input
        type="radio"
        name="vary"
        value={value}
        checked={checked}
        onChange={() => onChange(value)}
        className="size-4 accent-accent"
      />
      {children}
    </label>
  );
}

/** 42 and 5 runs: "42, 43, .., 46". */
function saySeeds({ seed, runs }: Draft): string {
  const first = Number(seed);
  const count = Number(runs);
  if (seed.trim() === '' || !Number.isSafeInteger(first) || !Number.isInteger(count) || count < 1) return '';
  if (count <= 3) return Array.from({ length: count }, (_, index) => first + index).join(', ');
  return `${first}, ${first + 1}, .., ${first + count - 1}`;
}
