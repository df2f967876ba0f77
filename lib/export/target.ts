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
  | ({ kind: 'recorded'; url: string; notes: string[] } & Needed)
  | ({ kind: 'unknown'; notes: string[] } & Needed);

/**
 * What a program takes from the environment, and how it sends it: its key in the header in which the runs sent theirs, and the
 * `api-version` that stood in their address.
 */
type Needed = {
  urlVariable: string;
  keyVariable: string | null;
  keyHeader: 'authorization' | 'api-key';
  apiVersion: string | null;
};

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
  const needed = { urlVariable, ...sentWith(runs, keyVariable(provider)) };
  const unknown = (...notes: string[]): Target => ({ kind: 'unknown', notes, ...needed });
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
  return { kind: 'recorded', url, notes, ...needed };
}

/** How these runs were sent, as far as that is known; without a key if it is known that none had one. */
function sentWith(runs: readonly RunRecord[], variable: string): Omit<Needed, 'urlVariable'> {
  const sent = runs.flatMap((run) => ('exchange' in run && run.exchange ? [run.exchange.request] : []));
  const had = (header: string): boolean => sent.some(({ headers }) => header in headers);
  const versions = sent.map(({ url }) => new URLSearchParams(url.split('?')[1]).get('api-version'));
  return {
    keyVariable: sent.length > 0 && !had('authorization') && !had('api-key') ? null : variable,
    keyHeader: had('api-key') ? 'api-key' : 'authorization',
    apiVersion: versions.find((version) => version !== null) ?? null,
  };
}

/** The environment's variable with the key of a provider: 'my-server' has MY_SERVER_API_KEY. */
export const keyVariable = (provider: string): string => `${variableName(provider)}_API_KEY`;

const variableName = (provider: string): string => {
  const name = provider.toUpperCase().replace(/[^A-Z0-9]/g, '_');
  return /^[A-Z]/.test(name) ? name : `P_${name}`;
};
