import { useSession } from '@/components/session/session-context';
import { useCommands } from '@/components/ui/commands';
import type { DraftChange } from '@/lib/session/draft';
import type { Settings } from '@/lib/session/settings';
import { useEdit } from './use-form';

type Example = { name: string; about: string; set: (settings: Settings) => DraftChange };

/** The seed that is typed, or one to start with. */
const seedOf = ({ seed }: Settings): string => (seed.trim() === '' ? '42' : seed);

const examples: Example[] = [
  {
    name: 'Same seed, 5 times',
    about: 'Does one seed give one text?',
    set: (settings) => ({ vary: 'nothing', settings: { seed: seedOf(settings) }, runs: '5' }),
  },
  {
    name: 'Seed sweep',
    about: 'What do ten seeds give?',
    set: (settings) => ({ vary: 'seed', settings: { seed: seedOf(settings) }, runs: '10' }),
  },
  {
    name: 'Seed test',
    about: 'Five runs with the seed, five without, at temperature 1: does it have any effect?',
    set: (settings) => ({ vary: 'seed-test', settings: { seed: seedOf(settings), temperature: '1' }, runs: '5' }),
  },
  {
    name: 'Temperature ladder',
    about: 'Three runs each from temperature 0 to 1.6: from where on do they differ?',
    set: () => ({ vary: 'temperature', values: '0, 0.4, .., 1.6', settings: { seed: '' }, runs: '3' }),
  },
  {
    name: 'Sequential against parallel',
    about: 'Five runs of the seed all at once, then the same five one after the other: does load matter?',
    set: (settings) => ({ vary: 'nothing', settings: { seed: seedOf(settings) }, runs: '5', dispatch: 'both' }),
  },
];

/** What can be set up with one click; each is a command, too. */
export function ExperimentList() {
  const settings = useSession(({ draft }) => draft.settings);
  const edit = useEdit();
  const setUp = ({ set }: Example) => edit({ dispatch: 'parallel', ...set(settings) });
  useCommands(() =>
    examples.map((example) => ({ name: example.name, group: 'Experiments', run: () => setUp(example) })),
  );
  return (
    <ul>
      {examples.map((example) => (
        <li key={example.name}>
          <button
            type="button"
            onClick={(event) => {
              setUp(example);
              event.currentTarget.closest<HTMLElement>('[popover]')?.hidePopover();
            }}
            className="block w-full rounded px-3 py-1.5 text-left hover:bg-panel pointer-coarse:py-3"
          >
            <span className="font-medium">{example.name}</span>
            <span className="block text-dim">{example.about}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}
