import type { ApiProblem } from '@/lib/api/problem';

/** Why a request came to nothing, in the server's own words where it has said. */
export function sayApiProblem(problem: ApiProblem): string {
  switch (problem.kind) {
    case 'unreachable':
      return 'The server cannot be reached.';
    case 'refused':
      return problem.message;
    case 'unreadable':
      return problem.status < 400 ? 'The server’s answer cannot be read.' : `The server answered ${problem.status}.`;
  }
}
