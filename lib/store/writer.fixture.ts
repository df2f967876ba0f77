import { writeSync } from 'node:fs';
import { aRecipe, ended } from '@/lib/run/records.fixture';
import { openSqlite } from './sqlite';
import { writtenText } from './writer-texts.fixture';

/*
 * A process that tests start and kill (see writer-process.fixture.ts): it saves runs as fast as it can, and prints the
 * name of each once the store has acknowledged it.
 */

const [folder = '', name = ''] = process.argv.slice(2);
const runsEach = 20;
const recipe = aRecipe({ repeats: runsEach });
const say = (line: string) => writeSync(1, `${line}\n`);

const store = await openSqlite(folder).catch((error: Error) => {
  say(error.message);
  process.exit(1);
});
say('open');
for (let number = 1; ; number += 1) {
  const id = `${name}-${number}`;
  const leaseUntil = Date.now() + 60_000;
  await store.create({
    ...{ id, owner: 'writer', recipe, recipeHash: 'hash', createdAt: number, parent: null, origin: 'run', leaseUntil },
  });
  for (let run = 1; run <= runsEach; run += 1) {
    await store.saveRun(id, ended(run, writtenText(id, run)));
    say(`${id} ${run}`);
  }
}
