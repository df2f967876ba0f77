import type { Action, Handlers } from './actions';
import { endsOfWords } from './reveal';
import { isRunning, shown } from './select';
import type { LensPlace, Playback, Session } from './session';

/** Milliseconds between two steps. */
export const stepMs: Record<Playback['speed'], number> = { slow: 900, steady: 350, fast: 80 };

export const handlers: Pick<
  Handlers,
  | 'playback-opened'
  | 'playback-closed'
  | 'played'
  | 'paused'
  | 'ticked'
  | 'stepped-to'
  | 'speed-chosen'
  | 'tokens-known'
> = {
  'playback-opened': (session) =>
    isRunning(session) || session.playback
      ? session
      : { ...session, playback: { shown: 0, playing: true, speed: 'steady', ends: null } },
  'playback-closed': (session) => ({ ...session, playback: null }),
  played: (session) =>
    isAtEnd(session) ? change(showStep(session, 0), { playing: true }) : change(session, { playing: true }),
  paused: (session) => change(session, { playing: false }),
  ticked: (session) => (session.playback ? showStep(session, session.playback.shown + 1) : session),
  'stepped-to': (session, { step }) => change(showStep(session, step), { playing: false }),
  'speed-chosen': (session, { speed }) => change(session, { speed }),
  'tokens-known': tokensKnown,
};

const change = (session: Session, part: Partial<Playback>): Session => ({
  ...session,
  playback: session.playback && { ...session.playback, ...part },
});

const isAtEnd = (session: Session): boolean => (session.playback?.shown ?? 0) >= shown(session).max;

/** Shows `step` steps of each run. An open lens moves to the token of the last of them. */
function showStep(session: Session, step: number): Session {
  const steps = Math.min(shown(session).max, Math.max(0, step));
  const { lens } = session;
  return {
    ...change(session, { shown: steps }),
    lens: lens && { ...lens, place: placeOf(session, lens.place.run, Math.max(0, steps - 1)) },
  };
}

/** Where a step (from 0) of a run begins: its token, or its word's offset. */
function placeOf({ playback, on }: Session, run: number, step: number): LensPlace {
  if (playback?.ends) return { run, at: step };
  const record = on.experiment.runs.find((each) => each.run === run);
  return { run, offset: (record && endsOfWords(record)[step - 1]) ?? 0 };
}

function tokensKnown(session: Session, { id, ends }: Action<'tokens-known'>): Session {
  return id === session.on.experiment.id ? change(session, { ends }) : session;
}
