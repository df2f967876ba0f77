import { ImportRequest } from '@/lib/api/requests';
import { type Import, parseImport } from '@/lib/export/import';
import { parseJson } from '@/lib/http/body';
import type { Problem } from '@/lib/http/problem';
import { err, type Result } from '@/lib/result';
import { parseAs } from './parse';

/** Reads the body of a request that brings a file. */
export function readImport(body: Uint8Array): Result<Import, Problem> {
  const json = parseJson(body);
  if (!json.ok) return json;
  const request = parseAs(ImportRequest, json.value);
  if (!request.ok) return request;
  const { text, ...options } = request.value;
  const read = parseImport(text, options);
  return read.ok ? read : err({ status: 400, ...read.error });
}
