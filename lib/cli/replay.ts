import { compareReplay, type Replay, type Rerun, type Stored } from '@/lib/compare/measure/replay';
import { toReplay } from '@/lib/export/replay';
import { exitCodes } from '@/lib/gate/exit';
import { sentences } from '@/lib/words/english';
import { sayNotAskable } from '@/lib/words/gate';
import { sayReplay } from '@/lib/words/replay';
import { asJson, BadUse, type Command, type Typed } from './command';
import { readExperiment } from './experiments';
import { watchIn } from './progress';
import { findProviders, providersFor } from './providers';
import { makeRuns } from './running';
import { readSending, sendingOptions } from './sending';
import type { World } from './world';

export const command: Command = {
  words: '<file or permalink>',
  about: 'Runs a stored experiment again, and compares run by run with its texts.',
  options: { ...sendingOptions, json: { about: 'print facts as JSON' } },
  run: replay,
};

async function replay(typed: Typed, world: World): Promise<number> {
  const [named, ...others] = typed.words;
  if (named === undefined || others.length > 0) throw new BadUse('Name one experiment: a file, or its permalink.');
  const { recipe, runs } = await readExperiment(named, world);
  const sending = readSending(typed);
  const providerOf = providersFor(findProviders(world, sending), recipe);
  if (!providerOf.ok) throw new BadUse(`${named} cannot be run again: ${sayNotAskable(providerOf.error)}`);
  world.progress('Running …');
  const now = await makeRuns({ recipe, asked: providerOf.value, atOnce: sending.atOnce, watch: watchIn(world) }, world);
  world.progress('');
  const code = printReplay({ recipe, runs }, { recipe, runs: now.runs, running: false }, typed, world);
  return world.signal.aborted ? exitCodes.stopped : code;
}

/** Prints how two experiments compare run by run. Returns the exit code: 0 if all runs match, 3 if none can be compared. */
export function printReplay(stored: Stored, now: Rerun, typed: Typed, world: World): number {
  const compared = compareReplay(stored, now);
  if (typed.has('json')) world.print(asJson('replay', toReplay(compared)));
  else {
    const { sentence, groups, address, fingerprints } = sayReplay(compared);
    world.print(sentences(sentence, groups, address, fingerprints));
  }
  return codeOf(compared);
}

function codeOf({ pairs }: Replay): number {
  if (pairs.length === 0) return exitCodes.notJudged;
  return pairs.every(({ matches }) => matches) ? exitCodes.holds : exitCodes.fails;
}
