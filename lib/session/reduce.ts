import type { Action, ActionKind, Handlers } from './actions';
import { addressOf, isSameAddress } from './address';
import { handlers as form } from './form';
import { goOn } from './going-on';
import { handlers as lesson } from './lesson';
import { handlers as link } from './link';
import { handlers as looking } from './looking';
import { handlers as ownKeys } from './own-keys';
import { handlers as playback } from './playback';
import { handlers as running } from './running';
import type { Session, Step } from './session';

const handlers: Handlers = { ...form, ...running, ...link, ...playback, ...looking, ...lesson, ...ownKeys };

/**
 * What an action makes of a session, and what is to be done in the world because of it. Pure: the page, programs and the
 * tests drive sessions with this same function.
 *
 *     reduce(session, { kind: 'run-asked' })
 *       →  { session: { …, link: { kind: 'asking', … } }, effects: [{ kind: 'start', recipe, pace: 60, parent: null }] }
 */
export function reduce(session: Session, action: Action): Step {
  // In this order: selectors remember the session that was asked about last, so each form is read once.
  const before = addressOf(session);
  const step = goOn(asStep(handle(session, action)));
  const address = addressOf(step.session);
  if (action.kind !== 'mounted' && isSameAddress(address, before)) return step;
  return { ...step, effects: [...step.effects, { kind: 'write-address', address }] };
}

const handle = <Kind extends ActionKind>(session: Session, action: Action<Kind>): Session | Step =>
  handlers[action.kind](session, action);

const asStep = (answer: Session | Step): Step => ('effects' in answer ? answer : { session: answer, effects: [] });
