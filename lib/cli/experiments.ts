import { basename } from 'node:path';
import { endpoints } from '@/lib/api/addresses';
import { type Import, parseImport } from '@/lib/export/import';
import { readDocument } from '@/lib/gate/document';
import { BadUse } from './command';
import { readNamed } from './files';
import { permalinkIn } from './permalink';
import type { World } from './world';

/** An experiment by the path of a file, or by its permalink on a server that shares it. Throws BadUse. */
export async function readExperiment(named: string, world: World, prompt?: string): Promise<Import> {
  const link = permalinkIn(named);
  const text = link ? await download(`${link.origin}${endpoints.export(link.id, 'json')}`) : readNamed(world, named);
  const read = parseImport(text, { fileName: link ? 'shared.json' : basename(named), ...(prompt ? { prompt } : {}) });
  if (read.ok) return read.value;
  throw new BadUse(`${named}${placeIn(text, named, read.error.param)}: ${read.error.message}`);
}

/** Where a field of a JSON file stands, or where the file stops being JSON: ":7:5 runs.0.text"; '' for other files. */
function placeIn(text: string, named: string, param: string | null): string {
  if (!/\.json$/i.test(named)) return param === null ? '' : ` ${param}`;
  const document = readDocument(text);
  const at = document.ok ? document.value.positionOf((param ?? '').split('.')) : document.error;
  return `:${at.line}:${at.column}${param === null ? '' : ` ${param}`}`;
}

async function download(address: string): Promise<string> {
  const response = await fetch(address).catch(() => null);
  if (!response) throw new BadUse(`${address} cannot be reached.`);
  if (response.ok) return await response.text();
  throw new BadUse(`${address} answers with ${response.status}. Is the experiment shared?`);
}
