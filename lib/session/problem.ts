import { model, parameters, prompt, system } from '@/lib/recipe/parameters';
import type { FieldProblem } from './draft';

/**
 * What the page calls the field of a recipe that a problem is about: "Top-p". Of a message that is the prompt or the system message,
 * whichever stands in the field; '' if it is about no field.
 */
export function labelOf({ field, fault }: FieldProblem): string {
  const name = 'field' in fault ? fault.field : '';
  if (name === 'repeats') return 'Runs';
  if (name === 'content') return field?.endsWith('prompt') ? prompt.label : system.label;
  return [model, ...parameters].find(({ key }) => key === name)?.label ?? name;
}
