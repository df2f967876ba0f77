import { useDispatch, useSession } from '@/components/session/session-context';
import type { SettingKey } from '@/lib/recipe/parameters';
import type { DraftChange } from '@/lib/session/draft';
import { type Field, type FieldProblem, labelOf } from '@/lib/session/problem';
import { formFaultSentence } from '@/lib/words/problems';

/** The function that changes the form. */
export function useEdit(): (change: DraftChange) => void {
  const dispatch = useDispatch();
  return (part) => dispatch({ kind: 'edited', part });
}

/** What is wrong with a field of the form, to show beside it; null if nothing is. */
export const useProblem = (field: Field): string | null =>
  useSession(({ problem }) => (problem?.field === field ? problemSentence(problem) : null));

export const problemSentence = (problem: FieldProblem): string => formFaultSentence(problem.fault, labelOf(problem));

/** The text of a setting, in the first column or in the second, and what is wrong with it. */
export function useSetting(key: SettingKey, column: 'settings' | 'other' = 'settings') {
  const edit = useEdit();
  return {
    text: useSession(({ draft }) => draft[column][key]),
    problem: useProblem(column === 'other' ? `other.${key}` : key),
    change: (text: string) => edit({ [column]: { [key]: text } }),
  };
}
