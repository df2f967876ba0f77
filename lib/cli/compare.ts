import { BadUse, type Command, type Typed } from './command';
import { readExperiment } from './experiments';
import { printReplay } from './replay';
import type { World } from './world';

export const command: Command = {
  words: '<stored> <new>',
  about: 'Compares two experiments of one recipe, run by run: files, or permalinks.',
  options: { json: { about: 'print facts as JSON' } },
  run: compare,
};

async function compare(typed: Typed, world: World): Promise<number> {
  const [stored, now, ...others] = typed.words;
  if (stored === undefined || now === undefined || others.length > 0)
    throw new BadUse('Name two experiments: the stored one and the new one.');
  const [before, after] = [await readExperiment(stored, world), await readExperiment(now, world)];
  return printReplay(before, { ...after, running: false }, typed, world);
}
