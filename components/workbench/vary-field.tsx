import { Field, inputClass } from '@/components/ui/field';
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
  const choose = (chosen: Varied | undefined) =>
    chosen &&
    onChange({
      vary: chosen,
      values: usualValues[chosen] ?? (chosen === 'model' ? draft.model : ''),
      other: noSettings,
    });
  return (
    <>
      <label className="flex max-w-full flex-wrap items-center gap-2 text-sm">
        <span className="font-medium">Vary between runs</span>
        <select
          value={vary}
          onChange={(event) => choose(varied.find((each) => each === event.target.value))}
          className="min-h-9 min-w-0 max-w-full rounded-md border border-control bg-ground px-2 pointer-coarse:min-h-11"
        >
          {varied.map((each) => (
            <option key={each} value={each}>
              {names[each]}
            </option>
          ))}
        </select>
        {vary === 'seed' && <span className="font-mono text-dim">{saySeeds(draft)}</span>}
      </label>
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
