import type { ApiResult } from '@/lib/api/client';

/** The value of an answer, or a rejection with its ApiProblem, as SWR expects. */
export async function orReject<T>(asked: ApiResult<T>): Promise<T> {
  const answer = await asked;
  return answer.ok ? answer.value : Promise.reject(answer.error);
}
