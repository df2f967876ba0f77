import { type FormSetting, parameters } from '@/lib/recipe/parameters';
import type { Field } from '@/lib/session/problem';
import type { Session } from '@/lib/session/session';

/** The settings that few people need. */
export const furtherSettings: readonly FormSetting[] = parameters.filter(({ place }) => place === 'more');

/** Whether one of them is set in a column, or wrong. */
export const isFurtherUsed = ({ draft, problem }: Session, column: 'settings' | 'other'): boolean =>
  furtherSettings.some(({ key }) => {
    const field: Field = column === 'other' ? `other.${key}` : key;
    return draft[column][key] !== '' || problem?.field === field;
  });
