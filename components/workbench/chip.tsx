import { Lock } from 'lucide-react';
import { type ReactNode, useEffect, useId, useRef } from 'react';
import { createPortal } from 'react-dom';
import { useSession } from '@/components/session/session-context';
import { WhenAwake } from '@/components/ui/awake';
import { later } from '@/components/ui/later';
import { focusField, Popover } from '@/components/ui/popover';
import { type Control, controlOf } from '@/lib/session/link-options';
import { changedControls } from '@/lib/session/select';
import type { Session } from '@/lib/session/session';
import { useRail } from './rail-context';
import { useLinkOptions } from './use-link-options';

const RefusedSign = later(() => import('./fields').then((fields) => fields.RefusedSign));
const RefusedNote = later(() => import('./fields').then((fields) => fields.RefusedNote));

type ChipProps = {
  /** the controls of the form that stand behind it */
  controls: readonly Control[];
  label: string;
  value: string;
  children: ReactNode;
};

/**
 * A setting as the recipe's line shows it, "Temperature 0.2"; a press opens its fields. It wears a dot where the form asks for
 * something else than what is on the screen, and a sign where the model has refused it, and opens by itself where something in it is wrong.
 * Where the fields are pinned open, a press goes to them.
 */
export function Chip({ controls, label, value, children }: ChipProps) {
  const id = useId();
  const { hide, lock } = useLinkOptions();
  const changed = useSession((session) => controls.some((control) => changedControls(session).has(control)));
  const problem = useSession((session) => problemIn(session, controls));
  const button = useRef<HTMLButtonElement>(null);
  const fields = useRef<HTMLDivElement>(null);
  const rail = useRail();
  useEffect(() => {
    // A press, not showPopover(): that would not know which button to stand beside.
    if (problem && !fields.current?.matches(':popover-open')) button.current?.click();
  }, [problem]);
  if (controls.every((control) => hide.has(control))) return null;
  return (
    <>
      <button
        ref={button}
        type="button"
        popoverTarget={rail ? undefined : id}
        onClick={rail ? () => fields.current && focusField(fields.current) : undefined}
        data-wrong={problem !== null || undefined}
        className={`${chipClass} ${value.length > 12 ? 'xl:min-w-24' : ''}`}
      >
        <span className="text-dim">{label}</span>
        <span className="min-w-0 max-w-48 sm:max-xl:max-w-30 truncate font-medium tabular-nums">{value}</span>
        {changed && (
          <span className="size-1.5 rounded-full bg-accent" title="Not what the result shows">
            <span className="sr-only">, not what the result shows</span>
          </span>
        )}
        <WhenAwake>
          <RefusedSign controls={controls} />
        </WhenAwake>
        {controls.every((control) => lock.has(control)) && <Lock aria-label="locked by the link" size={12} />}
      </button>
      {rail ? (
        createPortal(
          <section ref={fields} aria-label={`Set ${label}`} className="p-3 text-sm">
            {children}
            <RefusedNote controls={controls} />
          </section>,
          rail,
        )
      ) : (
        <Popover id={id} ref={fields} label={`Set ${label}`} sheet className="max-w-2xl p-4">
          <WhenAwake>
            {children}
            <RefusedNote controls={controls} />
          </WhenAwake>
        </Popover>
      )}
    </>
  );
}

export const chipClass =
  'inline-flex min-h-8 items-center gap-1.5 whitespace-nowrap rounded-full border border-hairline bg-ground px-3 sm:max-2xl:px-2.5 lg:max-xl:px-2 text-fine hover:border-control data-wrong:border-failure data-wrong:border-2 pointer-coarse:min-h-11';

const problemIn = ({ problem }: Session, controls: readonly Control[]): Session['problem'] =>
  problem?.field && controls.includes(controlOf(problem.field)) ? problem : null;
