import { Field } from '@/components/ui/field';
import { prompt, system } from '@/lib/recipe/parameters';
import { ControlOptions } from './control-options';
import { Disclosure } from './disclosure';
import { SettingInput } from './setting-input';
import { useSetting } from './use-form';

export function PromptField() {
  const { text, problem, change } = useSetting('prompt');
  return (
    <ControlOptions control="prompt" className="grow">
      <Field id="prompt" label={prompt.label} problem={problem} className="grow">
        <SettingInput
          id="prompt"
          setting={prompt}
          text={text}
          invalid={problem !== null}
          className="min-h-16 resize-y"
          onChange={change}
        />
      </Field>
    </ControlOptions>
  );
}

export function SystemField() {
  const { text, problem, change } = useSetting('system');
  return (
    <ControlOptions control="system" className="has-[[open]]:basis-full">
      <Disclosure
        summary={`${system.label}${text === '' ? ' (none)' : ''}`}
        filled={text !== '' || problem !== null}
        className="open:basis-full"
      >
        <Field id="system" label={system.label} problem={problem} className="mt-1">
          <SettingInput id="system" setting={system} text={text} invalid={problem !== null} onChange={change} />
        </Field>
      </Disclosure>
    </ControlOptions>
  );
}
