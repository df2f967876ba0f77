import type { Numbered } from '@/lib/api/event-stream';
import { applyEvent, type Experiment } from '@/lib/run/fold';
import type { SavedExperiment, SavedHead } from '@/lib/run/saved';
import type { Action, Handlers } from './actions';
import type { Effect } from './effects';
import { isShownToAll } from './select';
import type { OnScreen, Session, Step } from './session';

/** How long to wait, in milliseconds, before a broken connection is resumed: for the first time, the second … */
const reconnectAfterMs = [250, 500, 1000, 2000, 4000];

export const handlers: Pick<
  Handlers,
  | 'connected'
  | 'heard'
  | 'disconnected'
  | 'refused'
  | 'models-known'
  | 'models-missed'
  | 'mounted'
  | 'own-known'
  | 'left'
> = {
  connected: (session) => (session.link.kind === 'lost' ? { ...session, link: { kind: 'open' } } : session),
  heard,
  disconnected,
  refused: (session, { problem }) => ({
    ...session,
    link: session.link.kind === 'asking' ? { kind: 'idle' } : session.link,
    problem,
    queue: [],
  }),
  'models-known': (session, { providers }) => ({ ...session, providers, offer: 'known' }),
  'models-missed': (session) => ({ ...session, offer: 'missed' }),
  mounted,
  'own-known': takeInOwn,
  left: (session) => ({ session: { ...session, link: { kind: 'idle' } }, effects: [{ kind: 'hang-up' }] }),
};

/**
 * Starts with what the page was opened with: the view in the address, and an experiment that is already running. A shared
 * one may be the visitor's own, of which its page says nothing.
 */
function mounted(session: Session, { reducedMotion, view }: Action<'mounted'>): Step {
  const shown = { ...session, reducedMotion, view: view ? { ...session.view, view } : session.view };
  const { id, running } = session.on.experiment;
  const asking: readonly Effect[] = isShownToAll(session) ? [{ kind: 'ask-own', id }] : [];
  if (!running) return { session: shown, effects: asking };
  return {
    session: { ...shown, link: { kind: 'lost', attempt: 0 } },
    effects: [...asking, { kind: 'follow', id, after: session.seen, delayMs: 0 }],
  };
}

/** What everybody sees stays where the visitor sees no more. */
function takeInOwn(session: Session, { id, own, parent, drift }: Action<'own-known'>): Session {
  const { on, view } = session;
  if (on.kind !== 'saved' || on.head.id !== id) return session;
  const known = {
    ...on,
    head: { ...on.head, own, parent: parent?.id ?? on.head.parent },
    parent: parent ?? on.parent,
    drift: drift ?? on.drift,
  };
  return { ...session, on: known, view: parent && !on.parent ? { ...view, baseline: 'stored' } : view };
}

/** Takes in the events that are new. */
function heard(session: Session, { events, at }: Action<'heard'>): Session | Step {
  const stop = session.link.kind === 'asking' && session.link.stop;
  const next = events.reduce((before, event) => takeIn(before, event, at), session);
  const { id, running } = next.on.experiment;
  const linked: Session = { ...next, link: running ? { kind: 'open' } : { kind: 'idle' } };
  return stop && running ? { session: linked, effects: [{ kind: 'stop', id, runs: null }] } : linked;
}

function takeIn(session: Session, { seq, event }: Numbered, at: string): Session {
  const begins = event.type === 'experiment-start' && event.id !== session.on.experiment.id;
  if (!begins && seq <= session.seen) return session;
  const known = begins ? null : session.on.experiment;
  const experiment = applyEvent(known, event) ?? session.on.experiment;
  if (!begins) return { ...session, seen: seq, on: { ...session.on, experiment } };
  const parent = session.link.kind === 'asking' ? session.link.parent : null;
  return { ...session, seen: seq, on: begun(experiment, parent, at) };
}

const begun = (experiment: Experiment, parent: SavedExperiment | null, at: string): OnScreen => ({
  kind: 'mine',
  experiment,
  head: freshHead(experiment.id, parent?.id ?? null, at),
  parent,
});

/** The head of an experiment that has just been started, at a time given as ISO 8601. */
const freshHead = (id: string, parent: string | null, createdAt: string): SavedHead => ({
  id,
  title: null,
  createdAt,
  sharedAt: null,
  parent,
  origin: 'run',
  own: true,
});

/** Resumes a connection that broke before the end after the last event that was heard, a few times. */
function disconnected(session: Session): Session | Step {
  const { link, on, seen } = session;
  if (link.kind === 'idle') return session;
  if (link.kind === 'asking') return giveUp(session, 'unreachable');
  if (!on.experiment.running) return { ...session, link: { kind: 'idle' } };
  const attempt = link.kind === 'lost' ? link.attempt + 1 : 0;
  const delayMs = reconnectAfterMs[attempt];
  if (delayMs === undefined) return giveUp(session, 'connection-lost');
  return {
    session: { ...session, link: { kind: 'lost', attempt } },
    effects: [{ kind: 'follow', id: on.experiment.id, after: seen, delayMs }],
  };
}

const giveUp = (session: Session, kind: 'unreachable' | 'connection-lost'): Session => ({
  ...session,
  link: { kind: 'idle' },
  queue: [],
  problem: { field: null, fault: { kind } },
});
