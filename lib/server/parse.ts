import type { z } from 'zod';
import type { Problem } from '@/lib/http/problem';
import { err, ok, type Result } from '@/lib/result';

/** A body or a query, parsed by a schema; or the first thing that the schema finds wrong with it. */
export function parseAs<T>(shape: z.ZodType<T>, value: unknown): Result<T, Problem> {
  const parsed = shape.safeParse(value);
  return parsed.success ? ok(parsed.data) : err(invalid(parsed.error));
}

function invalid({ issues: [issue] }: z.ZodError): Problem {
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
