import { useSession } from '@/components/session/session-context';
import { Field } from '@/components/ui/field';
import { type FormSetting, model, parameters, prompt, system } from '@/lib/recipe/parameters';
import { providerIn } from '@/lib/session/select';
import { Disclosure } from './disclosure';
import { furtherSettings, isFurtherUsed } from './more-settings';
import { SettingInput } from './setting-input';
import { useSetting } from './use-form';

const usualSettings = parameters.filter(({ place }) => place === 'own' || place === 'first');

/** The second of two settings side by side: whatever is left empty is as in the first. */
export function SecondSettings() {
  const used = useSession((session) => isFurtherUsed(session, 'other'));
  return (
    <fieldset className="my-2 min-w-0 basis-full border-accent border-s-2 ps-3">
      <legend className="contents">
        <span className="font-medium text-sm">Second settings</span>{' '}
        <span className="text-fine text-dim">
          What is left empty is as in the first, above. Half of the runs have these.
        </span>
      </legend>
      <div className="mt-2 grid grid-cols-2 gap-x-4 gap-y-3 lg:grid-cols-[3fr_3fr_3fr_3fr_3fr]">
        <SecondField setting={prompt} className="col-span-2 lg:col-span-3" />
        <SecondField setting={system} className="col-span-2" />
        <SecondField setting={model} className="max-sm:col-span-2" />
        <ModelNames />
        {usualSettings.map((setting) => (
          <SecondField key={setting.key} setting={setting} />
        ))}
        <Disclosure summary={`More second settings${used ? '' : ' (none)'}`} filled={used} className="col-span-full">
          <div className="mt-1 grid grid-cols-2 gap-x-4 gap-y-3 lg:grid-cols-[3fr_3fr_3fr_3fr_3fr]">
            {furtherSettings.map((setting) => (
              <SecondField key={setting.key} setting={setting} />
            ))}
          </div>
        </Disclosure>
      </div>
    </fieldset>
  );
}

function SecondField({ setting, className = '' }: { setting: FormSetting; className?: string }) {
  const { text, problem, change } = useSetting(setting.key, 'other');
  const id = `other-${setting.key}`;
  return (
    <Field id={id} label={`Second ${setting.name}`} problem={problem} className={className}>
      <SettingInput
        id={id}
        setting={setting}
        text={text}
        placeholder="as in the first"
        invalid={problem !== null}
        className={setting.type.kind === 'text' ? 'min-h-16' : ''}
        onChange={change}
      />
    </Field>
  );
}

/** Models to choose from for the second settings; any other name may be typed. */
function ModelNames() {
  const models = useSession(({ draft, providers }) => providerIn(providers, draft.provider)?.models ?? noModels);
  return (
    <datalist id="other-model-names">
      {models.map(({ id }) => (
        <option key={id} value={id} />
      ))}
    </datalist>
  );
}

const noModels: readonly { id: string }[] = [];
