import { type RefObject, useEffect, useState } from 'react';
import { CopyButton } from '@/components/ui/copy-button';
import { Dialog } from '@/components/ui/dialog';
import { inputClass } from '@/components/ui/field';
import { type Control, controls, linkOptionsToQuery } from '@/components/workbench/link-options';

const names: Record<Control, string> = {
  model: 'Model',
  prompt: 'Prompt',
  system: 'System message',
  seed: 'Seed',
  temperature: 'Temperature',
  top_p: 'Top-p',
  max_completion_tokens: 'Max tokens',
  runs: 'Runs',
  vary: 'Vary between runs',
  dispatch: 'Send',
  logprobs: 'Logprobs',
  pace: 'Pace',
};

type Choice = 'shown' | 'locked' | 'hidden';
const choices: Choice[] = ['shown', 'locked', 'hidden'];

/** A link to the lesson for a class, with controls hidden or locked. What is sent stays the same. */
export function ClassLinkDialog({ dialog, path }: { dialog: RefObject<HTMLDialogElement | null>; path: string }) {
  const [position, setSite] = useState('');
  useEffect(() => setSite(location.origin), []);
  const [chosen, setChosen] = useState<Partial<Record<Control, Choice>>>({});
  const those = (choice: Choice) => new Set(controls.filter((control) => chosen[control] === choice));
  const query = linkOptionsToQuery({ hide: those('hidden'), lock: those('locked') });
  const link = position + path + query;
  return (
    <Dialog title="Class link" dialog={dialog}>
      <p>Hide or lock what should not be changed in class. The recipe stays as it is.</p>
      <ul className="my-3 grid gap-x-6 gap-y-2 sm:grid-cols-2">
        {controls.map((control) => (
          <li key={control}>
            <label className="flex items-center justify-between gap-2">
              {names[control]}
              <select
                value={chosen[control] ?? 'shown'}
                onChange={(event) =>
                  setChosen({ ...chosen, [control]: choices.find((each) => each === event.target.value) })
                }
                className="min-h-9 rounded-md border border-control bg-ground px-2 pointer-coarse:min-h-11"
              >
                {choices.map((each) => (
                  <option key={each}>{each}</option>
                ))}
              </select>
            </label>
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
