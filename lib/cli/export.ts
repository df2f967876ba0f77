import { resolve } from 'node:path';
import { toCurl, toPython, toTypeScript } from '@/lib/export/code';
import { toCsv } from '@/lib/export/csv';
import { toMarkdown } from '@/lib/export/markdown';
import type { SavedExperiment } from '@/lib/run/saved';
import { BadUse, type Command, type Typed } from './command';
import { readExperiment } from './experiments';
import { writeText } from './files';
import { toSaved } from './running';
import type { World } from './world';

const formats: Readonly<Record<string, (saved: SavedExperiment) => string>> = {
  csv: toCsv,
  markdown: toMarkdown,
  python: (saved) => toPython(saved, null),
  typescript: (saved) => toTypeScript(saved, null),
  curl: (saved) => toCurl(saved, null),
};
const names = Object.keys(formats).join(', ');

export const command: Command = {
  words: '<file or permalink>',
  about: 'Writes an experiment in another format.',
  options: {
    to: { value: 'FORMAT', about: names },
    output: { value: 'FILE', short: 'o', about: 'where to write it; to standard output if left out' },
  },
  run: exportAs,
};

async function exportAs(typed: Typed, world: World): Promise<number> {
  const [named, ...others] = typed.words;
  if (named === undefined || others.length > 0) throw new BadUse('Name one experiment: a file, or its permalink.');
  const format = formats[typed.get('to') ?? ''];
  if (!format) throw new BadUse(`Say which format with --to: ${names}.`);
  const { recipe, runs, title, exported } = await readExperiment(named, world);
  const saved = toSaved({ id: exported?.id ?? '', recipe, runs }, title, world);
  const file = format({ ...saved, ...(exported ? { createdAt: exported.createdAt } : {}), origin: 'import' });
  const output = typed.get('output');
  if (output === undefined) world.print(file.trimEnd());
  else writeText(resolve(world.cwd, output), file);
  return 0;
}
