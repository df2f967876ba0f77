import { err, type Result } from '@/lib/result';

/** Why a file cannot be imported, in words for the person who tries. `param` is the path of the field, if there is one. */
export type ImportProblem = { code: 'invalid_import'; message: string; param: string | null };

export type ImportResult<T> = Result<T, ImportProblem>;

export const refuse = (message: string, param: string | null = null): { ok: false; error: ImportProblem } =>
  err({ code: 'invalid_import', message, param });
