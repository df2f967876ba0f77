import type { ProviderKeys } from '@/lib/api/own-keys';
import type { Action, Handlers } from './actions';
import type { Effect } from './effects';
import { handlers as running } from './running';
import type { Session, Step } from './session';

/** A key of the visitor's own. `kept`: it outlasts the page, in this tab. */
export type OwnKey = { key: string; kept: boolean };

/** Keys by the id of the provider for which they were entered. Nothing else of a session holds one. */
export type OwnKeys = Readonly<Record<string, OwnKey>>;

/** The keys alone, as they are sent. */
export const providerKeys = (keys: OwnKeys): ProviderKeys =>
  Object.fromEntries(Object.entries(keys).map(([provider, { key }]) => [provider, key]));

export const handlers: Pick<
  Handlers,
  'own-key-asked' | 'own-key-declined' | 'own-key-entered' | 'own-key-forgotten' | 'own-keys-held'
> = {
  'own-key-asked': (session, { provider }) => ({ ...session, keyAsked: { provider, next: null } }),
  'own-key-declined': (session) => ({ ...session, keyAsked: null }),
  'own-key-entered': enter,
  'own-key-forgotten': (session, { provider }) => {
    const { [provider]: _, ...others } = session.ownKeys;
    return { session: { ...session, ownKeys: others }, effects: [hold(others)] };
  },
  'own-keys-held': (session, { keys }) => ({ ...session, ownKeys: { ...keys, ...session.ownKeys } }),
};

const hold = (keys: OwnKeys): Effect => ({ kind: 'hold-keys', keys });

/** Takes a key, and goes on with what it was asked for. */
function enter(session: Session, { provider, key, kept }: Action<'own-key-entered'>): Step {
  const ownKeys = { ...session.ownKeys, [provider]: { key, kept } };
  const keyed: Session = { ...session, ownKeys, keyAsked: null, problem: null };
  const { next } = session.keyAsked ?? {};
  const gone = next ? goOn(keyed, next) : keyed;
  return 'effects' in gone
    ? { ...gone, effects: [hold(ownKeys), ...gone.effects] }
    : { session: gone, effects: [hold(ownKeys)] };
}

/** What waits for a key. */
export type WaitsForKey = 'run-asked' | 'probe-asked' | 'retry-asked' | 'completion-asked' | 'replay-asked';

const goOn = <Kind extends WaitsForKey>(session: Session, next: Action<Kind>): Session | Step =>
  running[next.kind](session, next);
