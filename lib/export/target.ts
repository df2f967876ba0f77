import { groupDestinations } from '@/lib/compare/measure/destinations';
import type { SavedExperiment } from '@/lib/run/saved';

/**
 * Where a program that repeats an experiment sends its calls: to an API that needs no key; to the address that the runs were
 * sent to, unless its user names another; or wherever its user says, who must. `notes` say so, in lines for a comment.
 */
export type Target =
  | { kind: 'open'; url: string; notes: string[] }
  | { kind: 'recorded'; url: string; notes: string[] }
  | { kind: 'unknown'; notes: string[] };

/**
 * The target of an experiment's programs. An address that is only claimed by an imported file is named but never taken:
 * whoever wrote the file would be sent the key of whoever runs the program.
 */
export function targetOf({ runs, origin }: Pick<SavedExperiment, 'runs' | 'origin'>, openUrl: string | null): Target {
  if (openUrl !== null) return { kind: 'open', url: openUrl, notes: [] };
  const groups = groupDestinations(runs);
  const addresses = groups.flatMap(({ destination }) => (destination.kind === 'address' ? [destination.address] : []));
  const [url] = addresses;
  const toSet = 'Set OPENAI_BASE_URL to the address that it shall call.';
  if (url === undefined) {
    const none = origin === 'run' && groups.length === 0;
    const where = none ? 'None of the runs was sent.' : 'Where the runs were sent was not recorded.';
    return { kind: 'unknown', notes: [`${where} ${toSet}`] };
  }
  const named = addresses.map((address) => `  ${address}`);
  if (origin === 'import')
    return {
      kind: 'unknown',
      notes: ['The runs were imported. Their file says that they were sent to', ...named, toSet],
    };
  if (groups.length > 1)
    return { kind: 'unknown', notes: ['Not all runs were sent to one address that is known:', ...named, toSet] };
  return {
    kind: 'recorded',
    url,
    notes: [`Calls ${url}, where the runs were sent, unless OPENAI_BASE_URL names another.`],
  };
}

/** The environment's variable with the key of a provider: 'my-server' has MY_SERVER_API_KEY. */
export const keyVariable = (provider: string): string => `${variableName(provider)}_API_KEY`;

const variableName = (provider: string): string => {
  const name = provider.toUpperCase().replace(/[^A-Z0-9]/g, '_');
  return /^[A-Z]/.test(name) ? name : `P_${name}`;
};
