import { type RefObject, useState } from 'react';
import { CopyButton } from '@/components/ui/copy-button';
import { Dialog } from '@/components/ui/dialog';
import { inputClass } from '@/components/ui/field';
import { Select } from '@/components/ui/select';
import { useOrigin } from '@/components/ui/use-origin';
import { type Control, controlLabel, controls, linkOptionsToQuery } from '@/lib/session/link-options';

const choices = ['shown', 'locked', 'hidden'] as const;
type Choice = (typeof choices)[number];

/** A link to the lesson for a class, with controls hidden or locked. What is sent stays the same. */
export function ClassLinkDialog({ dialog, path }: { dialog: RefObject<HTMLDialogElement | null>; path: string }) {
  const [chosen, setChosen] = useState<Partial<Record<Control, Choice>>>({});
  const controlsThatAre = (choice: Choice) => new Set(controls.filter((control) => chosen[control] === choice));
  const query = linkOptionsToQuery({ hide: controlsThatAre('hidden'), lock: controlsThatAre('locked') });
  const link = useOrigin() + path + query;
  return (
    <Dialog title="Class link" dialog={dialog}>
      <p>Hide or lock what should not be changed in class. The recipe stays as it is.</p>
      <ul className="my-3 grid gap-x-6 gap-y-2 sm:grid-cols-2">
        {controls.map((control) => (
          <li key={control}>
            <Select
              label={controlLabel(control)}
              options={choices}
              value={chosen[control] ?? 'shown'}
              nameOf={(choice) => choice}
              onChange={(choice) => setChosen({ ...chosen, [control]: choice })}
              className="justify-between"
            />
          </li>
        ))}
      </ul>
      <div className="flex items-center gap-2">
        <input readOnly aria-label="Class link" value={link} className={`${inputClass} min-w-0 font-mono`} />
        <CopyButton text={link} label="Copy class link" />
      </div>
    </Dialog>
  );
}
