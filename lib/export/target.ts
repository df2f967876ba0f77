import { groupDestinations } from '@/lib/compare/measure/destinations';
import { armProvider, providersOf } from '@/lib/recipe/plan';
import type { RunRecord } from '@/lib/run/record';
import type { SavedExperiment } from '@/lib/run/saved';

/**
 * Where a program that repeats an experiment sends its calls: to an API that needs no key; to the address that the runs were
 * sent to, unless its user names another; or wherever its user says, who must. `notes` say so, in lines for a comment.
 */
export type Target =
  | { kind: 'open'; url: string; notes: string[] }
  | { kind: 'recorded'; url: string; notes: string[]; urlVariable: string; keyVariable: string | null }
  | { kind: 'unknown'; notes: string[]; urlVariable: string; keyVariable: string | null };

/** What a program is made of. */
export type Asked = Pick<SavedExperiment, 'recipe' | 'runs' | 'origin'>;

/**
 * The targets of an experiment's programs, one for each provider in the order of `providersOf`. A single one is called with the
 * variables that the official packages read, several each with variables of its own. `openUrl` is the address of an API that needs no
 * key, for what this site itself answers.
 */
export function targetsOf({ recipe, runs, origin }: Asked, openUrl: string | null): Target[] {
  const providers = providersOf(recipe);
  if (providers.length === 1) return [targetOf(runs, origin, openUrl, 'openai')];
  return providers.map((provider) => {
    const own = runs.filter(({ arm }) => armProvider(recipe, arm) === provider);
    const inside = groupDestinations(own).every(({ destination }) => destination.kind === 'inside');
    const target = targetOf(own, origin, inside ? openUrl : null, provider);
    return { ...target, notes: target.notes.map((note) => (note.startsWith(' ') ? note : `${provider}: ${note}`)) };
  });
}

/**
 * The target of one provider's runs. An address that is only claimed by an imported file is named but never taken:
 * whoever wrote the file would be sent the key of whoever runs the program.
 */
function targetOf(
  runs: readonly RunRecord[],
  origin: SavedExperiment['origin'],
  openUrl: string | null,
  provider: string,
): Target {
  if (openUrl !== null) return { kind: 'open', url: openUrl, notes: [] };
  const groups = groupDestinations(runs);
  const addresses = groups.flatMap(({ destination }) => (destination.kind === 'address' ? [destination.address] : []));
  const [url] = addresses;
  const urlVariable = `${variableName(provider)}_BASE_URL`;
  const variables = { urlVariable, keyVariable: hadNoKey(runs) ? null : keyVariable(provider) };
  const unknown = (...notes: string[]): Target => ({ kind: 'unknown', notes, ...variables });
  const toSet = `Set ${urlVariable} to the address that it shall call.`;
  if (url === undefined) {
    const none = origin === 'run' && groups.length === 0;
    const where = none ? 'None of the runs was sent.' : 'Where the runs were sent was not recorded.';
    return unknown(`${where} ${toSet}`);
  }
  const named = addresses.map((address) => `  ${address}`);
  if (origin === 'import')
    return unknown('The runs were imported. Their file says that they were sent to', ...named, toSet);
  if (groups.length > 1) return unknown('Not all runs were sent to one address that is known:', ...named, toSet);
  const notes = [`Calls ${url}, where the runs were sent, unless ${urlVariable} names another.`];
  return { kind: 'recorded', url, notes, ...variables };
}

/** Whether it is known of these runs that none was sent with a key. */
function hadNoKey(runs: readonly RunRecord[]): boolean {
  const sent = runs.flatMap((run) => ('exchange' in run && run.exchange ? [run.exchange.request.headers] : []));
  return sent.length > 0 && sent.every((headers) => !('authorization' in headers || 'api-key' in headers));
}

/** The environment's variable with the key of a provider: 'my-server' has MY_SERVER_API_KEY. */
export const keyVariable = (provider: string): string => `${variableName(provider)}_API_KEY`;

const variableName = (provider: string): string => {
  const name = provider.toUpperCase().replace(/[^A-Z0-9]/g, '_');
  return /^[A-Z]/.test(name) ? name : `P_${name}`;
};
