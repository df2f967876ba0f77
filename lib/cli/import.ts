import { randomUUID } from 'node:crypto';
import { resolve } from 'node:path';
import { toJson } from '@/lib/export/json';
import { counted } from '@/lib/words/english';
import { asJson, BadUse, type Command, type Typed } from './command';
import { readExperiment } from './experiments';
import { writeText } from './files';
import { toSaved } from './running';
import type { World } from './world';

export const command: Command = {
  words: '<file>',
  about: 'Makes an experiment of texts from elsewhere: results of promptfoo, saved answers, JSONL, tables, plain text.',
  options: {
    prompt: { value: 'TEXT', short: 'p', about: 'what the texts answer, where the file does not say' },
    output: { value: 'FILE', short: 'o', about: 'where to write it; to standard output if left out' },
    json: { about: 'with --output: print what was written as JSON' },
  },
  run: importTexts,
};

async function importTexts(typed: Typed, world: World): Promise<number> {
  const [named, ...others] = typed.words;
  if (named === undefined || others.length > 0) throw new BadUse('Name one file with texts.');
  const { recipe, runs, title } = await readExperiment(named, world, typed.get('prompt'));
  const saved = { ...toSaved({ id: randomUUID(), recipe, runs }, title, world), origin: 'import' as const };
  const file = toJson(saved, world.version);
  const output = typed.get('output');
  if (output === undefined) world.print(file.trimEnd());
  else {
    writeText(resolve(world.cwd, output), file);
    if (typed.has('json')) world.print(asJson('imported', { file: output, runs: runs.length }));
    else world.tell(`${counted(runs.length, 'run')} written to ${output}.`);
  }
  return 0;
}
