import { exitCodes } from '@/lib/gate/exit';
import { BadUse, type Command, helpOf, readArguments } from './command';
import { withoutKeys } from './without-keys';
import type { World } from './world';

/** Each command by its name. What it needs is loaded when it is called. */
const commands: Readonly<Record<string, { about: string; load: () => Promise<{ command: Command }> }>> = {
  init: { about: 'write a suite to begin with', load: () => import('./init') },
  check: { about: 'run a suite, and say which cases hold, fail or cannot be told', load: () => import('./check') },
  accept: { about: 'take what a check has given as the new baseline', load: () => import('./accept') },
  run: { about: 'run one prompt several times, and compare', load: () => import('./run') },
  replay: { about: 'run an experiment again, and compare with its stored texts', load: () => import('./replay') },
  compare: { about: 'compare two experiments of one recipe', load: () => import('./compare') },
  probe: { about: 'say what a model makes of seed, temperature, top-p and logprobs', load: () => import('./probe') },
  import: { about: 'make an experiment of texts from elsewhere', load: () => import('./import') },
  export: { about: 'write an experiment in another format', load: () => import('./export') },
  serve: { about: 'start the site', load: () => import('./serve') },
  cache: { about: 'list, remove or verify the answers that checks have kept', load: () => import('./cache') },
  doctor: { about: 'say what is set up, and whether providers answer', load: () => import('./doctor') },
};

/** Runs the command that the arguments name. Resolves to the exit code. No message that it gives repeats a key. */
export async function main(args: readonly string[], given: World): Promise<number> {
  const world = { ...given, tell: (text: string) => given.tell(withoutKeys(text, given.env)) };
  const [name, ...rest] = args;
  if (name === '--version' || name === '-v') return said(world, world.version);
  if (name === undefined || name === '--help' || name === '-h') return said(world, overview());
  const entry = Object.hasOwn(commands, name) ? commands[name] : undefined;
  try {
    if (!entry) throw new BadUse(`There is no command "${name}". \`seedbed --help\` lists them.`);
    const { command } = await entry.load();
    if (rest.includes('--help') || rest.includes('-h')) return said(world, helpOf(name, command));
    return await command.run(readArguments(rest, command), world);
  } catch (error) {
    if (!(error instanceof BadUse)) throw error;
    world.tell(error.message);
    return exitCodes.badUse;
  }
}

function said(world: World, text: string): number {
  world.print(text);
  return 0;
}

const overview = (): string =>
  [
    'seedbed <command>',
    '',
    ...Object.entries(commands).map(([name, { about }]) => `  ${name.padEnd(9)} ${about}`),
    '',
    '`seedbed <command> --help` has its options. Nothing needs a key: Seedling and Sapling, two small models, come with the program.',
    'OPENAI_API_KEY and OPENAI_BASE_URL add a provider, called openai in suites; seedbed.config.json names others.',
    '',
    'Ends with 0 if all cases hold, 1 if one fails, 2 for bad use or a bad file, 3 if nothing could be judged,',
    '4 if runs are too few to tell, 130 if it was stopped.',
  ].join('\n');
