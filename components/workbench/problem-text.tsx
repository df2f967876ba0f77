import { type FieldProblem, labelOf } from '@/lib/session/problem';
import { formFaultSentence } from '@/lib/words/problems';

/** What is wrong with the form, in words. */
export const ProblemText = ({ problem }: { problem: FieldProblem }) =>
  formFaultSentence(problem.fault, labelOf(problem));
