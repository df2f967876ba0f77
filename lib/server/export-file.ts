import type { ExportFormat } from '@/lib/api/formats';
import { toBatch } from '@/lib/export/batch';
import { toCurl, toPython, toTypeScript } from '@/lib/export/code';
import { toCsv } from '@/lib/export/csv';
import { toJson } from '@/lib/export/json';
import { toMarkdown } from '@/lib/export/markdown';
import { toPack } from '@/lib/export/pack';
import { toPromptfoo } from '@/lib/export/promptfoo-config';
import type { SavedExperiment } from '@/lib/run/saved';
import { versions } from './versions';

type Format = {
  type: string;
  name: string;
  write: (saved: SavedExperiment, openUrl: string | null) => string;
};

/** The files that an experiment can be had as. */
export const formats: Record<ExportFormat, Format> = {
  json: { type: 'application/json', name: 'seedbed.json', write: (saved) => toJson(saved, versions().seedbed) },
  csv: { type: 'text/csv', name: 'seedbed.csv', write: (saved) => toCsv(saved) },
  markdown: { type: 'text/markdown', name: 'seedbed.md', write: (saved) => toMarkdown(saved) },
  python: { type: 'text/x-python', name: 'repeat.py', write: toPython },
  typescript: { type: 'text/plain', name: 'repeat.mts', write: toTypeScript },
  curl: { type: 'text/x-shellscript', name: 'repeat.sh', write: toCurl },
  batch: { type: 'application/jsonl', name: 'batch.jsonl', write: (saved) => toBatch(saved) },
  promptfoo: { type: 'application/json', name: 'promptfooconfig.json', write: toPromptfoo },
  pack: {
    type: 'application/json',
    name: 'repro-pack.json',
    write: (saved, url) => toPack(saved, url, versions()),
  },
};

/** The most that a file may have in bytes, so that whatever is exported can be brought back: 64 MiB. */
export const maxFileBytes = 64 * 1024 * 1024;

/** An experiment as a file; null if that would be too large. */
export function writeFile(format: ExportFormat, saved: SavedExperiment, openUrl: string | null): Uint8Array | null {
  try {
    const file = new TextEncoder().encode(formats[format].write(saved, openUrl));
    return file.length > maxFileBytes ? null : file;
  } catch (error) {
    if (error instanceof RangeError) return null; // longer than any string can be
    throw error;
  }
}
