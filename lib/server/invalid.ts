import type { z } from 'zod';
import type { Problem } from '@/lib/http/problem';

/** What is wrong with a body or a query, by the first thing that its schema says of it. */
export function invalid({ issues: [issue] }: z.ZodError): Problem {
  const path = issue?.path.map(String) ?? [];
  if (issue?.code === 'unrecognized_keys') {
    const param = [...path, issue.keys[0] ?? ''].join('.');
    return { status: 400, code: 'invalid_request', message: `Unknown field: ${param}.`, param };
  }
  return {
    status: 400,
    code: 'invalid_request',
    message: issue?.message ?? 'Not understood.',
    param: path.join('.') || null,
  };
}
