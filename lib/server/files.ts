import { pages } from '@/lib/api/addresses';
import type { ImportResponse } from '@/lib/api/experiments';
import { type ExportFormat, exportFormats, toExportFormat } from '@/lib/api/formats';
import { ImportRequest } from '@/lib/api/requests';
import { toCurl, toPython, toTypeScript } from '@/lib/export/code';
import { toCsv } from '@/lib/export/csv';
import { parseImport } from '@/lib/export/import';
import { toJson } from '@/lib/export/json';
import { toMarkdown } from '@/lib/export/markdown';
import { toPack } from '@/lib/export/pack';
import { maxBodyBytes } from '@/lib/http/body';
import { jsonResponse } from '@/lib/http/json-response';
import { notFound, type Problem, problemResponse } from '@/lib/http/problem';
import { recipeHash } from '@/lib/recipe/hash';
import { providersOf } from '@/lib/recipe/plan';
import type { Recipe } from '@/lib/recipe/recipe';
import type { SavedExperiment } from '@/lib/run/saved';
import { findVisible, toSaved } from './access';
import { newId } from './hub';
import { readOwn } from './own-request';
import { parseAs } from './parse';
import { services } from './services';
import { versions } from './versions';
import { ownerOf, visitorOf } from './visitor';

type Format = { type: string; name: string; write: (saved: SavedExperiment, openUrl: string | null) => string };

const formats: Record<ExportFormat, Format> = {
  json: { type: 'application/json', name: 'seedbed.json', write: (saved) => toJson(saved, versions().seedbed) },
  csv: { type: 'text/csv', name: 'seedbed.csv', write: (saved) => toCsv(saved) },
  markdown: { type: 'text/markdown', name: 'seedbed.md', write: (saved) => toMarkdown(saved) },
  python: { type: 'text/x-python', name: 'repeat.py', write: toPython },
  typescript: { type: 'text/plain', name: 'repeat.mts', write: toTypeScript },
  curl: { type: 'text/x-shellscript', name: 'repeat.sh', write: toCurl },
  pack: { type: 'application/json', name: 'repro-pack.json', write: (saved, url) => toPack(saved, url, versions()) },
};

/** GET /api/experiments/{id}/export?format=json|csv|markdown|python|typescript|curl|pack */
export async function exportExperiment(request: Request, id: string): Promise<Response> {
  const name = new URL(request.url).searchParams.get('format') ?? 'json';
  const known = toExportFormat(name);
  if (!known) return problemResponse(unknownFormat);
  const format = formats[known];
  const stored = await findVisible(id, ownerOf(request));
  if (!stored) return problemResponse(notFound);
  const file = writeFile(format, toSaved(stored), openUrlOf(request, stored.recipe));
  if (file === null) return problemResponse(tooLarge(known));
  return new Response(file, {
    headers: {
      'content-type': `${format.type}; charset=utf-8`,
      'content-disposition': `attachment; filename="${format.name}"`,
      'cache-control': 'no-store',
    },
  });
}

/** The most that a file may have in bytes, so that whatever is exported can be brought back: 64 MiB. */
const maxFileBytes = 64 * 1024 * 1024;

/** An experiment as a file; null if that would be too large. */
function writeFile({ write }: Format, saved: SavedExperiment, openUrl: string | null): string | null {
  try {
    const file = write(saved, openUrl);
    return Buffer.byteLength(file) > maxFileBytes ? null : file;
  } catch (error) {
    if (error instanceof RangeError) return null; // longer than any string can be
    throw error;
  }
}

const tooLarge = (format: ExportFormat): Problem => ({
  status: 413,
  code: 'export_too_large',
  message: `As ${format} this experiment has more than ${maxFileBytes / 1024 / 1024} MiB, which is all that can be brought back.${format === 'csv' ? '' : ' CSV has the texts without their tokens.'}`,
});

/** The address at which this site itself answers a recipe's calls without a key; null if only the provider does. */
function openUrlOf(request: Request, recipe: Recipe): string | null {
  const [provider = '', ...others] = providersOf(recipe);
  const path = others.length === 0 ? (services().providers.get(provider)?.endpointPath ?? null) : null;
  return path === null ? null : `${siteOf(request)}${path}`;
}

/** The address of this site: the one that the operator has set, or the one that was asked. */
const siteOf = (request: Request): string =>
  services().environment.PUBLIC_URL ?? `http://${request.headers.get('host') ?? new URL(request.url).host}`;

const unknownFormat: Problem = {
  status: 400,
  code: 'unknown_format',
  message: `format must be one of ${exportFormats.join(', ')}.`,
  param: 'format',
};

/** The maximum size of an import in bytes. In a JSON string a quote and a line break of the file take two. */
const maxImportBytes = 2 * maxFileBytes + maxBodyBytes;

/** POST /api/experiments/import { text, fileName?, prompt? }: stores texts that were made elsewhere, marked as such. */
export async function importExperiment(request: Request): Promise<Response> {
  const body = await readOwn(request, maxImportBytes);
  if (!body.ok) return problemResponse(body.error);
  const parsed = parseAs(ImportRequest, body.value);
  if (!parsed.ok) return problemResponse(parsed.error);
  const { text, ...options } = parsed.value;
  const read = parseImport(text, options);
  if (!read.ok) return problemResponse({ status: 400, ...read.error });
  const { recipe, runs, title } = read.value;
  const visitor = visitorOf(request);
  const id = newId();
  const head = { id, owner: visitor.owner, recipe, recipeHash: recipeHash(recipe), createdAt: Date.now() };
  await services().store.create({ ...head, parent: null, origin: 'import', leaseUntil: 0 }, runs);
  if (title !== null) await nameOrRemove(id, title);
  return jsonResponse<ImportResponse>({ id, path: pages.permalink(id) }, { status: 201, headers: visitor.headers });
}

/** Names what was just imported. If that fails it is removed, so that another try does not import it twice. */
async function nameOrRemove(id: string, title: string): Promise<void> {
  const { store } = services();
  try {
    await store.rename(id, title);
  } catch (error) {
    await store.remove(id).catch(() => undefined);
    throw error;
  }
}
