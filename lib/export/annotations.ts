import { byImportance, type Check, isNews } from '@/lib/gate/check';
import type { CaseResult } from '@/lib/gate/judge';
import { counted } from '@/lib/words/english';
import { sayCase, sayOutcome } from '@/lib/words/gate';

/** GitHub shows ten of a step, and drops the others without a word. */
const most = 9;

/**
 * What a check shows beside the lines of the suite, as commands of GitHub's workflows: at most nine cases, most important
 * first, and one that counts the others.
 */
export function toAnnotations({ suite, results }: Check): string[] {
  const news = byImportance(results).filter(isNews);
  const others = news.slice(most);
  const rest = `${counted(others.length, 'more case')} to look at: see the summary.`;
  return [
    ...news.slice(0, most).map((result) => annotation(suite, result)),
    ...(others.length > 0 ? [`::${levelOf(others)} file=${property(suite)}::${escaped(rest)}`] : []),
  ];
}

function annotation(suite: string, result: CaseResult): string {
  const { id, line, outcome } = result;
  const title = property(`${id} ${sayOutcome[outcome]}`);
  return `::${levelOf([result])} file=${property(suite)},line=${line},title=${title}::${escaped(sayCase(result))}`;
}

const levelOf = (results: readonly CaseResult[]): 'warning' | 'error' =>
  results.every(({ outcome }) => outcome === 'holds') ? 'warning' : 'error';

const escaped = (text: string): string => text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');

const property = (text: string): string => escaped(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
