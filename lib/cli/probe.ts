import { randomUUID } from 'node:crypto';
import { probeFindings } from '@/lib/compare/measure/probe';
import { exitCodes } from '@/lib/gate/exit';
import { maxProbeCalls, probeRecipe } from '@/lib/recipe/probe';
import { builtInProvider } from '@/lib/recipe/recipe';
import { LiveExperiment } from '@/lib/server/live-experiment';
import { sayNotAskable } from '@/lib/words/gate';
import { sayProbeCalls, sayProbed, sayProbeEvidence, sayProbeState } from '@/lib/words/probe';
import { asJson, BadUse, type Command, type Typed } from './command';
import { findProviders, providersFor } from './providers';
import { madeOf } from './running';
import { readSending, sendingOptions } from './sending';
import { inLine, paint } from './text';
import type { World } from './world';

export const command: Command = {
  words: '<model>',
  about: `Asks a model at most ${maxProbeCalls} times, and says what it makes of seed, temperature, top-p and logprobs.`,
  options: {
    provider: { value: 'ID', about: `whom to ask; ${builtInProvider} if left out` },
    ...sendingOptions,
    json: { about: 'print facts as JSON' },
  },
  run: probe,
};

async function probe(typed: Typed, world: World): Promise<number> {
  const [model, ...others] = typed.words;
  if (model === undefined || others.length > 0) throw new BadUse('Name one model.');
  const recipe = probeRecipe(typed.get('provider') ?? builtInProvider, model);
  const sending = readSending(typed);
  const providerOf = providersFor(findProviders(world, sending), recipe);
  if (!providerOf.ok) throw new BadUse(`It cannot be probed: ${sayNotAskable(providerOf.error)}`);
  const live = new LiveExperiment({
    ...{ id: randomUUID(), recipe, providerOf: providerOf.value, atOnce: sending.atOnce },
    ...{ pace: undefined, graceMs: 0 },
  });
  world.signal.addEventListener('abort', () => live.stop(), { once: true });
  world.progress('Probing …');
  await live.start();
  world.progress('');
  const { runs } = live.experiment;
  const findings = probeFindings(recipe, runs) ?? [];
  const stopped = world.signal.aborted;
  const calls = { calls: madeOf({ runs }).length, most: maxProbeCalls, running: false, stopped };
  if (typed.has('json')) world.print(asJson('probe', { model, calls: calls.calls, findings }));
  else {
    const rows = findings.map(
      (finding) =>
        `${paint(world, 'bold', sayProbed(finding.parameter))}: ${sayProbeState(finding)}. ${inLine(sayProbeEvidence(finding))}`,
    );
    world.print([...rows, sayProbeCalls(calls)].join('\n'));
  }
  if (stopped) return exitCodes.stopped;
  return findings.every(({ state }) => state === 'unknown') ? exitCodes.notJudged : 0;
}
