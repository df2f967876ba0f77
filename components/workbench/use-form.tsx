import type { ReactNode } from 'react';
import { useDispatch, useSession } from '@/components/session/session-context';
import { later } from '@/components/ui/later';
import type { SettingKey } from '@/lib/recipe/parameters';
import type { DraftChange } from '@/lib/session/draft';
import type { Field } from '@/lib/session/problem';

/** Rare, and long to tell. */
export const ProblemText = later(() => import('./problem-text').then((text) => text.ProblemText));

/** The function that changes the form. */
export function useEdit(): (change: DraftChange) => void {
  const dispatch = useDispatch();
  return (part) => dispatch({ kind: 'edited', part });
}

/** What is wrong with a field of the form, to show beside it; null if nothing is. */
export function useProblem(field: Field): ReactNode {
  const problem = useSession((session) => (session.problem?.field === field ? session.problem : null));
  return problem && <ProblemText problem={problem} />;
}

/** The text of a setting, in the first column or in the second, and what is wrong with it. */
export function useSetting(key: SettingKey, column: 'settings' | 'other' = 'settings') {
  const edit = useEdit();
  return {
    text: useSession(({ draft }) => draft[column][key]),
    problem: useProblem(column === 'other' ? `other.${key}` : key),
    change: (text: string) => edit({ [column]: { [key]: text } }),
  };
}
