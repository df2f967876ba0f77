import { inputClass, selectClass } from '@/components/ui/field';
import type { FormSetting } from '@/lib/recipe/parameters';
import { stepsOf } from '@/lib/session/step-number';
import { NumberInput } from './number-input';

type SettingInputProps = {
  id: string;
  setting: FormSetting;
  text: string;
  /** shown while nothing is typed: what that means */
  placeholder?: string;
  invalid: boolean;
  className?: string;
  onChange: (text: string) => void;
};

/** The input of a setting: one line, several lines, or a choice. The text is parsed when Run is pressed. */
export function SettingInput({ id, setting, text, placeholder, invalid, className = '', onChange }: SettingInputProps) {
  const { type } = setting;
  const shared = {
    id,
    'aria-describedby': `${id}-note`,
    'aria-invalid': invalid,
    value: text,
    onChange: (event: { target: { value: string } }) => onChange(event.target.value),
  };
  const typed = { ...shared, placeholder, autoComplete: 'off' };
  const shape = `${inputClass} placeholder:font-sans placeholder:text-dim placeholder:text-sm ${className}`;
  switch (type.kind) {
    case 'text':
      return <textarea {...typed} rows={2} className={`${shape} ${textClass}`} />;
    case 'lines':
    case 'map':
    case 'object':
      return <textarea {...typed} rows={1} spellCheck={false} className={`${shape} ${linesClass}`} />;
    case 'choice':
    case 'flag':
      return (
        <select {...shared} className={`${selectClass} w-full text-base ${className}`}>
          <option value="">{placeholder}</option>
          {withTyped(type.kind === 'flag' ? ['on', 'off'] : type.options, text).map((option) => (
            <option key={option}>{option}</option>
          ))}
        </select>
      );
    case 'name':
      return <input {...typed} list={`${id}-names`} className={shape} />;
    default: {
      const steps = stepsOf(type);
      return steps && <NumberInput {...typed} steps={steps} onChange={onChange} className={`${shape} font-mono`} />;
    }
  }
}

const textClass = 'field-sizing-content block max-h-72';
const linesClass = 'field-sizing-content block max-h-72 min-h-8 resize-y font-mono pointer-coarse:min-h-11';

/** The options, and the current choice if it is none of them. */
const withTyped = (options: readonly string[], text: string): readonly string[] =>
  text === '' || options.includes(text) ? options : [...options, text];
