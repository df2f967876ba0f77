import type { Spotlight } from '@/lib/lessons/lesson';
import type { Experiment } from '@/lib/run/fold';
import type { Handlers } from './actions';
import type { LensPlace, Session } from './session';

export const handlers: Pick<
  Handlers,
  'view-changed' | 'went-to' | 'lens-opened' | 'lens-moved' | 'lens-closed' | 'head-changed'
> = {
  'view-changed': (session, { part }) => ({ ...session, view: { ...session.view, ...part } }),
  'went-to': (session, { offset }) => ({
    ...session,
    place: offset,
    view: { ...session.view, view: 'columns' },
  }),
  'lens-opened': (session, { place }) => ({ ...session, lens: { place, led: false } }),
  // A student who moves a lens that a lesson has opened is still reading the lesson.
  'lens-moved': (session, { place }) => ({ ...session, lens: { place, led: session.lens?.led ?? false } }),
  'lens-closed': (session) => ({ ...session, lens: null }),
  'head-changed': (session, { head }) =>
    'head' in session.on && session.on.head.id === head.id ? { ...session, on: { ...session.on, head } } : session,
};

/** Shows what a lesson points at: a view, and the lens at a token of a run, or where the runs part. */
export function shine(session: Session, { view, lens }: Spotlight): Session {
  const turned = view ? { ...session, view: { ...session.view, view } } : session;
  return lens ? { ...turned, lens: { place: lensPlaceAt(lens, session.on.experiment), led: true } } : turned;
}

/** Where a lesson opens the lens: by default where the runs part, or at the start of the first run. */
function lensPlaceAt(lens: NonNullable<Spotlight['lens']>, { runs }: Experiment): LensPlace {
  if (lens !== 'fork') return { run: lens.run, at: lens.token };
  return { run: runs[0]?.run ?? 1, fork: true };
}
