import { Field, inputClass } from '@/components/ui/field';
import { Select } from '@/components/ui/select';
import { type Draft, type Field as FormField, type Varied, varied } from '@/lib/session/draft';
import { noSettings } from '@/lib/session/settings';
import { SecondSettings } from './second-settings';

type VaryFieldProps = {
  draft: Draft;
  /** names of the provider's models */
  models: readonly string[];
  problemOf: (field: FormField) => string | null;
  onChange: (change: Partial<Draft>) => void;
};

const names: Record<Varied, string> = {
  nothing: 'nothing',
  seed: 'seed',
  temperature: 'temperature',
  topP: 'top-p',
  model: 'model',
  system: 'system message',
  'seed-test': 'with the seed, and without',
  two: 'two settings, side by side',
};

/** What a setting goes through until something else is typed. */
const usualValues: Partial<Record<Varied, string>> = { temperature: '0, 0.4, .., 1.6', topP: '0.2, 0.4, .., 1' };

/** What differs between the runs. */
export function VaryField({ draft, models, problemOf, onChange }: VaryFieldProps) {
  const { vary } = draft;
  const problem = problemOf('values');
  function choose(chosen: Varied) {
    const values = usualValues[chosen] ?? (chosen === 'model' ? draft.model : '');
    onChange({ vary: chosen, values, other: noSettings });
  }
  return (
    <>
      <div className="flex max-w-full flex-wrap items-center gap-2 text-sm">
        <Select
          label={<span className="font-medium">Vary between runs</span>}
          options={varied}
          value={vary}
          nameOf={(each) => names[each]}
          onChange={choose}
          className="flex-wrap"
        />
        {vary === 'seed' && <span className="font-mono text-dim">{saySeeds(draft)}</span>}
      </div>
      {(vary === 'temperature' || vary === 'topP' || vary === 'model') && (
        <Field
          id="values"
          label={vary === 'model' ? 'Models' : 'Values'}
          hint={vary === 'model' ? 'by comma' : 'as in 0, 0.2, .., 1'}
          problem={problem}
          className="min-w-60"
        >
          <input
            id="values"
            autoComplete="off"
            aria-describedby="values-note"
            aria-invalid={problem !== null}
            value={draft.values}
            onChange={(event) => onChange({ values: event.target.value })}
            className={`${inputClass} font-mono`}
          />
        </Field>
      )}
      {vary === 'system' && (
        <Field id="values" label="System messages" hint="one a line" problem={problem} className="min-w-60 grow">
          <textarea
            id="values"
            rows={3}
            aria-describedby="values-note"
            aria-invalid={problem !== null}
            value={draft.values}
            onChange={(event) => onChange({ values: event.target.value })}
            className={`${inputClass} block`}
          />
        </Field>
      )}
      {vary === 'two' && (
        <SecondSettings
          settings={draft.other}
          models={models}
          problemOf={problemOf}
          onChange={(other) => onChange({ other })}
        />
      )}
    </>
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
