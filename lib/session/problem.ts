import { model, parameters, prompt, type SettingKey, settings, system } from '@/lib/recipe/parameters';
import type { FormFault, RecipeProblem } from '@/lib/recipe/problem';
import type { Draft } from './draft';

/** A field of the form; "other.seed" is the seed of the second column. */
export type Field = SettingKey | `other.${SettingKey}` | Exclude<keyof Draft, 'settings' | 'other'>;
/** What is wrong, and the field that shows it; null if it is about the whole form. */
export type FieldProblem = { field: Field | null; fault: FormFault };

/**
 * What the page calls the field that a problem is about: "Top-p". For a message, the prompt or the system message, whichever
 * it is; '' if the problem is about no field.
 */
export function labelOf({ field, fault }: FieldProblem): string {
  if (fault.kind === 'not-opened' && fault.fault.kind === 'unusable-link') {
    const { param, fault: inner } = fault.fault.problem;
    return labelOf({ field: fieldOf(param), fault: inner });
  }
  const name = 'field' in fault ? fault.field : '';
  if (name === 'repeats') return 'Runs';
  if (name === 'content') return field?.endsWith('prompt') ? prompt.label : system.label;
  return [model, ...parameters].find(({ key }) => key === name)?.label ?? name;
}

/** A recipe's problem, with the field of the form that it comes from. */
export function locate({ param, fault }: RecipeProblem, { vary, settings, other }: Draft): FieldProblem {
  const inSecond = vary === 'two' ? /^arms\.1\.set\.(.*)$/.exec(param ?? '')?.[1] : undefined;
  if (inSecond === undefined) return { field: fieldIn(param, settings.system), fault };
  const field = fieldIn(`request.${inSecond}`, other.system);
  return { field: isSetting(field) ? `other.${field}` : field, fault };
}

const isSetting = (field: Field | null): field is SettingKey => settings.some(({ key }) => key === field);

/** The field of a path. The first message is the system message if there is one. */
const fieldIn = (param: string | null, systemMessage: string): Field | null =>
  param?.startsWith('request.messages.0') && systemMessage.trim() !== '' ? 'system' : fieldOf(param);

/** The field that a recipe's path belongs to: "request.top_p" is the form's top_p. */
export function fieldOf(param: string | null): Field | null {
  if (param === null) return null;
  if (/^arms\.\d+\.set\.seed$/.test(param)) return 'seed';
  if (/^arms\.\d+\.(set\.|provider$)/.test(param)) return 'values';
  const [top = '', name = ''] = param.split('.');
  if (top === 'request')
    return name === 'messages' ? 'prompt' : (settings.find(({ key }) => key === name)?.key ?? null);
  return fieldsOfRecipe[top] ?? null;
}

const fieldsOfRecipe: Record<string, Field> = { provider: 'model', repeats: 'runs', arms: 'runs' };
