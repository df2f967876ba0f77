import { basename } from 'node:path';
import { endpoints } from '@/lib/api/addresses';
import { type Import, parseImport } from '@/lib/export/import';
import type { ImportProblem } from '@/lib/export/problem';
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
  throw new BadUse(`${named}${placeIn(text, named, read.error)}: ${read.error.message}`);
}

/** Where a problem of a file is: ":7:5 runs.0.text" of a field in JSON, or where the file stops being JSON; ":3" of lines; ":1" else. */
function placeIn(text: string, named: string, { param, line }: Pick<ImportProblem, 'param' | 'line'>): string {
  const field = param === null ? '' : ` ${param}`;
  if (/\.(jsonl|ndjson)$/i.test(named)) return `:${line ?? lineOfEntry(text, Number(param))}${field}`;
  if (!/\.json$/i.test(named)) return `:${line ?? 1}${field}`;
  const document = readDocument(text);
  const at = document.ok ? document.value.positionOf((param ?? '').split('.')) : document.error;
  return `:${at.line}:${at.column}${field}`;
}

/** The line of an entry of JSONL, which has blank lines, too. */
function lineOfEntry(text: string, entry: number): number {
  const lines = text.split('\n').flatMap((line, at) => (line.trim() === '' ? [] : at + 1));
  return lines[entry] ?? 1;
}

async function download(address: string): Promise<string> {
  const response = await fetch(address).catch(() => null);
  if (!response) throw new BadUse(`${address} cannot be reached.`);
  if (response.ok) return await response.text();
  throw new BadUse(`${address} answers with ${response.status}. Is the experiment shared?`);
}
