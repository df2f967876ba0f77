import { useId, useState } from 'react';
import { useSession } from '@/components/session/session-context';
import { Button } from '@/components/ui/button';
import { selectClass } from '@/components/ui/field';
import { writeModel } from '@/lib/session/vary';
import { useEdit } from './use-form';

/** Adds a model of any provider to the list of those that vary. */
export function AddModel() {
  const id = useId();
  const providers = useSession((session) => session.providers);
  const provider = useSession(({ draft }) => draft.provider);
  const values = useSession(({ draft }) => draft.values);
  const edit = useEdit();
  const groups = providers.map((each) => ({
    ...each,
    entries: each.models.map((model) => writeModel(model.id, each.id === provider ? undefined : each.id)),
  }));
  const all = groups.flatMap(({ entries }) => entries);
  const [chosen, setChosen] = useState('');
  const entry = all.includes(chosen) ? chosen : all[0];
  if (entry === undefined) return null;
  const add = () => edit({ values: values.trim() === '' ? entry : `${values.replace(/[,\s]+$/, '')}, ${entry}` });
  return (
    <span className="mt-1 flex max-w-full items-center gap-2">
      <label htmlFor={id} className="sr-only">
        A model to add
      </label>
      <select
        id={id}
        value={entry}
        onChange={(event) => setChosen(event.target.value)}
        className={`${selectClass} min-w-0 grow`}
      >
        {groups.map(({ id: group, name, entries }) => (
          <optgroup key={group} label={name}>
            {entries.map((each) => (
              <option key={each} value={each}>
                {each}
              </option>
            ))}
          </optgroup>
        ))}
      </select>
      <Button onClick={add} disabled={values.split(',').some((each) => each.trim() === entry)}>
        Add
      </Button>
    </span>
  );
}
