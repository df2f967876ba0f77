import { exitCodes } from '@/lib/gate/exit';
import { urlOf } from '@/lib/run/events';
import type { ProviderEntry } from '@/lib/server/providers';
import { counted } from '@/lib/words/english';
import { asJson, type Command, type Typed } from './command';
import { findProviders } from './providers';
import { inLine } from './text';
import type { World } from './world';

export const command: Command = {
  words: '',
  about: 'Says what is set up, and asks every provider for its models.',
  options: { json: { about: 'print it as JSON' } },
  run: doctor,
};

/** A provider, asked. */
type Asked = { id: string; address: string | null; models: number | null; problem: string | null };

async function doctor(typed: Typed, world: World): Promise<number> {
  const providers = await Promise.all([...findProviders(world).values()].map(ask));
  const wrong = providers.some(({ problem }) => problem !== null);
  if (typed.has('json')) world.print(asJson('doctor', { version: world.version, node: process.version, providers }));
  else world.print([`Seedbed ${world.version} on Node ${process.version}`, ...providers.map(sayAsked)].join('\n'));
  return wrong ? exitCodes.fails : exitCodes.holds;
}

async function ask({ id, provider }: ProviderEntry): Promise<Asked> {
  const address = provider.endpoint && urlOf(provider.endpoint);
  const listed = await provider.models();
  return listed.ok
    ? { id, address, models: listed.value.length, problem: null }
    : { id, address, models: null, problem: listed.error.message };
}

function sayAsked({ id, address, models, problem }: Asked): string {
  const where = address ?? 'inside this program';
  return `${id}, ${where}: ${problem === null ? counted(models ?? 0, 'model') : `does not list its models: ${inLine(problem)}`}`;
}
