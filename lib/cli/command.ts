import { parseArgs } from 'node:util';
import type { World } from './world';

/** An option. `value` names what it takes, for the help; without it the option is a switch. */
export type Option = { about: string; value?: string; short?: string; many?: boolean };

export type Options = Readonly<Record<string, Option>>;

/** What was typed after a command's name. */
export type Typed = {
  words: string[];
  /** whether a switch is on */
  has: (option: string) => boolean;
  /** what an option was given, the last of several */
  get: (option: string) => string | undefined;
  all: (option: string) => string[];
};

/** A command. `words` is how its arguments look in the help; `run` resolves to the exit code. */
export type Command = {
  words: string;
  about: string;
  options: Options;
  run: (typed: Typed, world: World) => Promise<number>;
};

/** Bad use of a command, or a file that cannot be used: the command ends with 2 and these lines. */
export class BadUse extends Error {
  override readonly name = 'BadUse';
}

/** Reads the arguments of a command. Throws BadUse. */
export function readArguments(args: readonly string[], { options }: Pick<Command, 'options'>): Typed {
  const parsed = parse(args, options);
  const values = new Map(Object.entries(parsed.values));
  const all = (option: string): string[] =>
    [values.get(option) ?? []].flat().filter((each) => typeof each === 'string');
  return { words: parsed.positionals, has: (option) => values.has(option), get: (option) => all(option).at(-1), all };
}

function parse(args: readonly string[], options: Command['options']) {
  const config = Object.fromEntries(
    Object.entries(options).map(([name, { value, short, many }]) => [
      name,
      {
        type: value === undefined ? ('boolean' as const) : ('string' as const),
        ...(short === undefined ? {} : { short }),
        multiple: many ?? false,
      },
    ]),
  );
  try {
    return parseArgs({ args: [...args], options: config, allowPositionals: true, strict: true });
  } catch (error) {
    throw new BadUse(error instanceof Error ? error.message : String(error));
  }
}

/** The whole number that an option was given; undefined without the option. Throws BadUse. */
export function wholeNumber(typed: Typed, option: string, min: number, max: number): number | undefined {
  const given = typed.get(option);
  if (given === undefined) return undefined;
  const number = Number(given);
  if (/^\d+$/.test(given) && number >= min && number <= max) return number;
  throw new BadUse(`--${option} must be a whole number from ${min} to ${max}, not "${given}".`);
}

/** A share that an option was given, as 0.9; `usual` without the option. Throws BadUse. */
export function shareOf(typed: Typed, option: string, usual: number): number {
  const given = typed.get(option);
  if (given === undefined) return usual;
  const share = Number(given);
  if (given.trim() !== '' && share >= 0.01 && share <= 0.999) return share;
  throw new BadUse(`--${option} must be a share from 0.01 to 0.999, not "${given}".`);
}

/** What a command found, for programs: each kind of answer has its format, and a version that is raised if it changes. */
export const asJson = (format: string, fields: object): string =>
  JSON.stringify({ format: `seedbed-${format}`, v: 1, ...fields }, null, 2);

/** The help of a command: what it does, and its options. */
export function helpOf(name: string, { words, about, options }: Command): string {
  const rows = Object.entries(options).map(([option, { value, short, about }]) => {
    const names = `${short ? `-${short}, ` : '    '}--${option}${value === undefined ? '' : ` ${value}`}`;
    return `  ${names.padEnd(30)} ${about}`;
  });
  return [`seedbed ${name}${words === '' ? '' : ` ${words}`}`, '', about, '', ...rows].join('\n');
}
