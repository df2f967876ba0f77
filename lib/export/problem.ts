import { err, type Result } from '@/lib/result';

/** Why a file is not taken, in words for the person who brings it. `param` is the path of the field, if there is one. */
export type ImportProblem = { code: 'invalid_import'; message: string; param: string | null };

export type ImportResult<T> = Result<T, ImportProblem>;

export const refuse = (message: string, param: string | null = null): { ok: false; error: ImportProblem } =>
  err({ code: 'invalid_import', message, param });
