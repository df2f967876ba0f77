import { FlaskConical } from 'lucide-react';
import { Button } from '@/components/ui/button';
import { Popover } from '@/components/ui/popover';
import type { Draft } from '@/lib/session/draft';

type ExperimentMenuProps = { draft: Draft; onChoose: (change: Partial<Draft>) => void };

type Example = { name: string; about: string; set: (draft: Draft) => Partial<Draft> };

const seedOf = ({ seed }: Draft): string => (seed.trim() === '' ? '42' : seed);

const examples: Example[] = [
  {
    name: 'Same seed, 5 times',
    about: 'Does one seed give one text?',
    set: (draft) => ({ vary: 'nothing', seed: seedOf(draft), runs: '5' }),
  },
  {
    name: 'Seed sweep',
    about: 'What do ten seeds give?',
    set: (draft) => ({ vary: 'seed', seed: seedOf(draft), runs: '10' }),
  },
  {
    name: 'Seed test',
    about: 'Five runs with the seed, five without, at temperature 1: does it have any effect?',
    set: (draft) => ({ vary: 'seed-test', seed: seedOf(draft), runs: '5', temperature: '1' }),
  },
  {
    name: 'Temperature ladder',
    about: 'Three runs each from temperature 0 to 1.6: from where on do they differ?',
    set: () => ({ vary: 'temperature', values: '0, 0.4, .., 1.6', seed: '', runs: '3' }),
  },
  {
    name: 'Sequential against parallel',
    about: 'Five runs of the seed all at once, then the same five one after the other: does load matter?',
    set: (draft) => ({ vary: 'nothing', seed: seedOf(draft), runs: '5', dispatch: 'both' }),
  },
];

/** Experiments that are set up with one click; the prompt stays. */
export function ExperimentMenu({ draft, onChoose }: ExperimentMenuProps) {
  return (
    <>
      <Button variant="quiet" popoverTarget="experiments">
        <FlaskConical aria-hidden size={16} /> Experiments
      </Button>
      <Popover id="experiments" label="Experiments" className="max-w-sm p-2">
        <ul>
          {examples.map(({ name, about, set }) => (
            <li key={name}>
              <button
                type="button"
                onClick={(event) => {
                  onChoose({ dispatch: 'parallel', ...set(draft) });
                  event.currentTarget.closest<HTMLElement>('[popover]')?.hidePopover();
                }}
                className="block w-full rounded px-3 py-1.5 text-left hover:bg-panel pointer-coarse:py-3"
              >
                <span className="font-medium">{name}</span>
                <span className="block text-dim">{about}</span>
              </button>
            </li>
          ))}
        </ul>
      </Popover>
    </>
  );
}
