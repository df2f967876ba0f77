/** Why a file is not taken, in words for the person who brings it. `param` is the path of the field, if there is one. */
export type ImportProblem = { code: 'invalid_import'; message: string; param: string | null };

export type ImportResult<T> = { ok: true; value: T } | { ok: false; problem: ImportProblem };

export const refuse = (message: string, param: string | null = null): { ok: false; problem: ImportProblem } => ({
  ok: false,
  problem: { code: 'invalid_import', message, param },
});
