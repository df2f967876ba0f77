import { resolve } from 'node:path';
import { toBatch } from '@/lib/export/batch';
import { toCurl, toPython, toTypeScript } from '@/lib/export/code';
import { toCsv } from '@/lib/export/csv';
import { toJson } from '@/lib/export/json';
import { toMarkdown } from '@/lib/export/markdown';
import { toPromptfoo } from '@/lib/export/promptfoo-config';
import type { SavedExperiment } from '@/lib/run/saved';
import { asJson, BadUse, type Command, type Typed } from './command';
import { readExperiment } from './experiments';
import { writeText } from './files';
import { toSaved } from './running';
import type { World } from './world';

const formats: Readonly<Record<string, (saved: SavedExperiment, world: World) => string>> = {
  json: (saved, { version }) => toJson(saved, version),
  csv: (saved) => toCsv(saved),
  markdown: (saved) => toMarkdown(saved),
  python: (saved) => toPython(saved, null),
  typescript: (saved) => toTypeScript(saved, null),
  curl: (saved) => toCurl(saved, null),
  batch: (saved) => toBatch(saved),
  promptfoo: (saved) => toPromptfoo(saved, null),
};
const names = Object.keys(formats).join(', ');

export const command: Command = {
  words: '<file or permalink>',
  about: 'Writes an experiment in another format.',
  options: {
    to: { value: 'FORMAT', about: names },
    output: { value: 'FILE', short: 'o', about: 'where to write it; to standard output if left out' },
    json: { about: 'with --output: print what was written as JSON' },
  },
  run: exportAs,
};

async function exportAs(typed: Typed, world: World): Promise<number> {
  const [named, ...others] = typed.words;
  if (named === undefined || others.length > 0) throw new BadUse('Name one experiment: a file, or its permalink.');
  const name = typed.get('to') ?? '';
  const format = Object.hasOwn(formats, name) ? formats[name] : undefined;
  if (!format) throw new BadUse(`Say which format with --to: ${names}.`);
  const { recipe, runs, title, exported } = await readExperiment(named, world);
  const saved = toSaved({ id: exported?.id ?? '', recipe, runs }, title, world);
  const file = format({ ...saved, ...(exported ? { createdAt: exported.createdAt } : {}), origin: 'import' }, world);
  const output = typed.get('output');
  if (output === undefined) world.print(file.trimEnd());
  else {
    writeText(resolve(world.cwd, output), file);
    if (typed.has('json')) world.print(asJson('exported', { to: name, file: output, runs: runs.length }));
  }
  return 0;
}
