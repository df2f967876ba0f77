import { useSession } from '@/components/session/session-context';
import { useCommands } from '@/components/ui/commands';
import { Field, inputClass, selectClass } from '@/components/ui/field';
import { model } from '@/lib/recipe/parameters';
import type { OfferedProvider, ProviderList } from '@/lib/session/providers';
import { hasMoved, modelIn, providerIn } from '@/lib/session/select';
import { ControlOptions } from './control-options';
import { useEdit, useSetting } from './use-form';
import { useLinkOptions } from './use-link-options';

/** Models by provider. For a provider whose list may lack the model, its name can be typed. */
export function ModelField() {
  const { text, problem, change } = useSetting('model');
  const provider = useSession(({ draft }) => draft.provider);
  const providers = useSession((session) => session.providers);
  const offer = useSession((session) => session.offer);
  const ownKeys = useSession((session) => session.ownKeys);
  const moved = useSession((session) => session.on.experiment.recipe.provider === provider && hasMoved(session));
  const edit = useEdit();
  const { lock } = useLinkOptions();
  useCommands(() =>
    lock.has('model')
      ? []
      : providers.flatMap(({ id, models }) =>
          models.map((each) => ({
            name: `Model: ${each.id}`,
            group: 'Models',
            run: () => edit({ provider: id, settings: { model: each.id } }),
          })),
        ),
  );
  const chosen = providerIn(providers, provider);
  const listed = modelIn(providers, provider, text) !== undefined;
  function choose(value: string) {
    const [id = '', ...rest] = value.split('/');
    edit({ provider: id, settings: { model: rest.join('/') } });
  }
  return (
    <ControlOptions control="model">
      <Field
        id="model"
        label={model.label}
        problem={problem}
        hint={offer === 'missed' ? 'other models cannot be listed at the moment' : chosen && sayProvider(chosen, moved)}
      >
        <select
          id="model"
          aria-describedby="model-note"
          aria-invalid={problem !== null}
          value={listed ? `${provider}/${text}` : `${provider}/`}
          onChange={(event) => choose(event.target.value)}
          className={`${selectClass} w-full text-base`}
        >
          {!chosen && (
            <option value={`${provider}/`}>
              {offer === 'known' ? `${provider}, which is not known here` : provider}
            </option>
          )}
          {providers.map(({ id, name, ownKey, complete, models }) => (
            <optgroup key={id} label={ownKey === 'must' || id in ownKeys ? `${name}, with your own key` : name}>
              {models.map((each) => (
                <option key={each.id} value={`${id}/${each.id}`}>
                  {each.id}
                </option>
              ))}
              {!complete && <option value={`${id}/`}>another model …</option>}
            </optgroup>
          ))}
        </select>
        {!listed && (
          <input
            type="text"
            aria-label="Name of the model"
            placeholder="name of the model, as the provider spells it"
            value={text}
            onChange={(event) => change(event.target.value)}
            className={`${inputClass} mt-1 font-mono`}
          />
        )}
      </Field>
      <ListProblems providers={providers} />
    </ControlOptions>
  );
}

/** Why providers do not list their models, and that these can be asked for all the same. */
const ListProblems = ({ providers }: { providers: ProviderList }) =>
  providers.map(
    ({ id, name, listProblem }) =>
      listProblem && (
        <p key={id} className="mt-2 max-w-prose break-words text-fine">
          <strong className="font-medium">{name} does not list its models.</strong> {listProblem.message}{' '}
          <span className="text-dim">Choose “another model …” below its name to type one.</span>
        </p>
      ),
  );

/** What the provider is. If it has moved, its name of today is not that of the runs below. */
const sayProvider = ({ about, name }: OfferedProvider, moved: boolean): string =>
  about ?? (moved ? `now at ${name}` : name);
