import { Field, inputClass } from '@/components/ui/field';
import type { Draft } from '@/lib/session/draft';
import type { ProviderList } from '@/lib/session/providers';
import { modelIn } from '@/lib/session/select';

type ModelFieldProps = {
  provider: string;
  model: string;
  providers: ProviderList;
  problem: string | null;
  className?: string;
  onChange: (change: Pick<Draft, 'provider' | 'model'>) => void;
};

/** Models by provider. A provider that lists none, or not the one wanted, takes a name typed in. */
export function ModelField({ provider, model, providers, problem, className, onChange }: ModelFieldProps) {
  const chosen = providers.find(({ id }) => id === provider);
  const listed = modelIn(providers, provider, model) !== undefined;
  const choose = (value: string) => {
    const [id = '', ...rest] = value.split('/');
    onChange({ provider: id, model: rest.join('/') });
  };
  return (
    <Field
      id="model"
      label="Model"
      problem={problem}
      hint={provider === 'seedling' ? 'tiny, built in, free' : chosen?.name}
      className={className}
    >
      <select
        id="model"
        aria-describedby="model-note"
        aria-invalid={problem !== null}
        value={listed ? `${provider}/${model}` : `${provider}/`}
        onChange={(event) => choose(event.target.value)}
        className={inputClass}
      >
        {providers.map(({ id, name, models }) => (
          <optgroup key={id} label={name}>
            {models.map((each) => (
              <option key={each.id} value={`${id}/${each.id}`}>
                {each.id}
              </option>
            ))}
            {id !== 'seedling' && <option value={`${id}/`}>another model …</option>}
          </optgroup>
        ))}
      </select>
      {!listed && (
        <input
          type="text"
          aria-label="Name of the model"
          placeholder="name of the model, as the provider spells it"
          value={model}
          onChange={(event) => onChange({ provider, model: event.target.value })}
          className={`${inputClass} mt-1 font-mono`}
        />
      )}
    </Field>
  );
}
