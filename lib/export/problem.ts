import { err, type Result } from '@/lib/result';

/**
 * Why a file cannot be imported, in words for the person who tries. `param` is the path of the field, if there is one; `line` that
 * of a file that is read by lines, from 1.
 */
export type ImportProblem = { code: 'invalid_import'; message: string; param: string | null; line?: number };

export type ImportResult<T> = Result<T, ImportProblem>;

export const refuse = (
  message: string,
  param: string | null = null,
  line?: number,
): { ok: false; error: ImportProblem } =>
  err({ code: 'invalid_import', message, param, ...(line === undefined ? {} : { line }) });
