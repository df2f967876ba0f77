import { useEffect, useEffectEvent, useState } from 'react';
import { inputClass } from '@/components/ui/field';
import { prompt } from '@/lib/recipe/parameters';
import { ControlOptions } from './control-options';
import { useSetting } from './use-form';

/** One line, which grows over the page while it is written in. */
export function PromptField() {
  const { text, problem, change } = useSetting('prompt');
  const [early] = useState(writtenEarly);
  const takeIn = useEffectEvent(() => {
    if (early !== null && early !== text) change(early);
  });
  useEffect(takeIn, []);
  return (
    <ControlOptions control="prompt" className="grow max-sm:col-span-2">
      <div className="min-w-0 grow max-sm:col-span-2">
        <label htmlFor="prompt" className="sr-only">
          {prompt.label}
        </label>
        <div className="relative h-11 focus-within:z-20">
          <textarea
            id="prompt"
            rows={1}
            placeholder="Write a prompt"
            aria-describedby="prompt-note"
            aria-invalid={problem !== null}
            value={text}
            onChange={(event) => change(event.target.value)}
            onBlur={(event) => event.currentTarget.scrollTo(0, 0)}
            className={`${inputClass} field-sizing-content absolute inset-x-0 top-0 block h-11 resize-none overflow-hidden px-3 py-2 text-lg leading-snug not-focus:py-0 not-focus:leading-[2.625rem] focus:h-auto focus:max-h-[50dvh] focus:min-h-11 focus:overflow-y-auto focus:shadow-lg max-sm:top-auto max-sm:bottom-0`}
          />
        </div>
        <p id="prompt-note" className={problem ? 'mt-1 font-medium text-fine text-failure' : 'sr-only'}>
          {problem}
        </p>
      </div>
    </ControlOptions>
  );
}

/** What was written before any script was at work; React would take it back. Null on the server, and where the field is new. */
const writtenEarly = (): string | null =>
  globalThis.document?.querySelector<HTMLTextAreaElement>('textarea#prompt')?.value ?? null;
