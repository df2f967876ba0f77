import { judge } from './lesson';
import { shine } from './looking';
import { launchNext } from './running';
import { isOver } from './select';
import type { Step } from './session';

/**
 * What follows by itself once an experiment is over and all of it is on the screen: a lesson judges it, and the next
 * recipe of the queue starts.
 */
export function goOn(step: Step): Step {
  const { session, effects } = step;
  const { on, lesson, queue } = session;
  if (!('head' in on) || !isOver(session)) return step;
  if (lesson && lesson.judged !== on.experiment) {
    const { progress, spotlight } = judge(lesson, on.experiment);
    const judged = { ...session, lesson: progress };
    if (!spotlight) return goOn({ session: judged, effects });
    const part = spotlight.lens ? 'lens' : 'results';
    return goOn({ session: shine(judged, spotlight), effects: [...effects, { kind: 'show', part }] });
  }
  if (queue.length === 0) return step;
  const next = launchNext(session);
  return { session: next.session, effects: [...effects, ...next.effects] };
}
