import { pages } from '@/lib/api/addresses';
import type { ImportResponse } from '@/lib/api/experiments';
import { type ExportFormat, exportFormats, toExportFormat } from '@/lib/api/formats';
import { maxBodyBytes } from '@/lib/http/body';
import { jsonResponse } from '@/lib/http/json-response';
import { notFound, type Problem, problemResponse } from '@/lib/http/problem';
import { recipeHash } from '@/lib/recipe/hash';
import { providersOf } from '@/lib/recipe/plan';
import type { Recipe } from '@/lib/recipe/recipe';
import { err, ok } from '@/lib/result';
import { findVisible, openFor } from './access';
import { formats, maxFileBytes } from './export-file';
import { newId } from './hub';
import { readOwnBytes } from './own-request';
import { beginWithin, costOfImport } from './quotas';
import { tooLargeRecipe } from './recipe-size';
import { sendBytes } from './sending';
import { services } from './services';
import { siteOf } from './site';
import { ownerOf, visitorKey, visitorOf } from './visitor';

/** GET /api/experiments/{id}/export?format=json|csv|markdown|python|typescript|curl|pack */
export async function exportExperiment(request: Request, id: string): Promise<Response> {
  const name = new URL(request.url).searchParams.get('format') ?? 'json';
  const known = toExportFormat(name);
  if (!known) return problemResponse(unknownFormat);
  const format = formats[known];
  const owner = ownerOf(request);
  const stored = await findVisible(id, owner);
  if (!stored) return problemResponse(notFound);
  const { weight, read } = await openFor(stored, owner);
  const about = { visitor: await visitorKey(request), weight, ms: fileMs, left: request.signal };
  const { recipe } = stored;
  const file = await services().aside.do(about, 'file', known, read, openUrlOf(request, recipe));
  if (file === null) return problemResponse(tooLargeFile(known));
  return sendBytes(request, file, {
    'content-type': `${format.type}; charset=utf-8`,
    'content-disposition': `attachment; filename="${format.name}"`,
    'cache-control': 'no-store',
  });
}

const tooLargeFile = (format: ExportFormat): Problem => ({
  status: 413,
  code: 'export_too_large',
  message: `As ${format} this experiment has more than ${maxFileBytes / 1024 / 1024} MiB, which is all that can be brought back.${format === 'csv' ? '' : ' CSV has the texts without their tokens.'}`,
});

/** The address at which this site itself answers calls for one of a recipe's providers without a key; null if it does for none. */
function openUrlOf(request: Request, recipe: Recipe): string | null {
  const [path = null] = providersOf(recipe).flatMap((id) => services().providers.get(id)?.endpointPath ?? []);
  return path === null ? null : `${siteOf(request)}${path}`;
}

const unknownFormat: Problem = {
  status: 400,
  code: 'unknown_format',
  message: `format must be one of ${exportFormats.join(', ')}.`,
  param: 'format',
};

/** How long writing and reading a file may take, in milliseconds. */
const fileMs = 20_000;
const importMs = 20_000;

/** The maximum size of an import in bytes. In a JSON string a quote and a line break of the file take two. */
const maxImportBytes = 2 * maxFileBytes + maxBodyBytes;

/** POST /api/experiments/import { text, fileName?, prompt? }: stores texts that were made elsewhere, marked as such. */
export async function importExperiment(request: Request): Promise<Response> {
  const body = await readOwnBytes(request, maxImportBytes);
  if (!body.ok) return problemResponse(body.error);
  const about = { visitor: await visitorKey(request), weight: body.value.length, ms: importMs, left: request.signal };
  const read = await services().aside.do(about, 'imported', body.value);
  if (!read.ok) return problemResponse(read.error);
  const { recipe, runs, title } = read.value;
  const tooLarge = tooLargeRecipe(recipe);
  if (tooLarge) return problemResponse(tooLarge);
  const visitor = await visitorOf(request);
  const id = newId();
  const head = { id, owner: visitor.owner, recipe, recipeHash: recipeHash(recipe), createdAt: Date.now() };
  const cost = costOfImport(body.value.length);
  const begun = await beginWithin({ request, owner: visitor.owner, id }, cost, async (afford) => {
    const refusal = await afford();
    if (refusal) return err(refusal);
    return ok(await services().store.create({ ...head, parent: null, origin: 'import', leaseUntil: 0 }, runs));
  });
  if (!begun.ok) return problemResponse(begun.error);
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
