import { FlaskConical } from 'lucide-react';
import { WhenAwake } from '@/components/ui/awake';
import { later } from '@/components/ui/later';
import { Popover } from '@/components/ui/popover';
import type { Control } from '@/lib/session/link-options';
import { chipClass } from './chip';
import { useLinkOptions } from './use-link-options';

const ExperimentList = later(() => import('./fields').then((fields) => fields.ExperimentList));

/** The controls that the experiments set: they are offered only if all of them may be set. */
const controls: readonly Control[] = ['vary', 'seed', 'runs', 'temperature', 'dispatch'];

/** Experiments that are set up with one click; the prompt stays. */
export function ExperimentMenu() {
  const { hide, lock } = useLinkOptions();
  if (controls.some((control) => hide.has(control) || lock.has(control))) return null;
  return (
    <>
      <button type="button" popoverTarget="experiments" className={chipClass}>
        <FlaskConical aria-hidden size={14} /> <span className="lg:max-xl:sr-only">Experiments</span>
      </button>
      <Popover id="experiments" label="Experiments" className="max-w-sm p-2">
        <WhenAwake>
          <ExperimentList />
        </WhenAwake>
      </Popover>
    </>
  );
}
