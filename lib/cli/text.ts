import { styleText } from 'node:util';
import type { Part } from '@/lib/compare/align/diff';
import type { World } from './world';

type Style = Parameters<typeof styleText>[0];

/** Text in a style, where the terminal has colours and nobody has asked for none. */
export const paint = ({ colour }: Pick<World, 'colour'>, style: Style, text: string): string =>
  colour && text !== '' ? styleText(style, text, { validateStream: false }) : text;

/** A text from elsewhere as a terminal may show it: without what would move the cursor, colour it or change its title. */
export const harmless = (text: string): string =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is taken out
  text.replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '\ufffd');

/** The same in one line: a line of its own could be read as a command by what reads the output in CI. */
export const inLine = (text: string): string => harmless(text.replace(/\r?\n/g, '↵')).replaceAll('\n', '↵');

/** A text of several lines, each with a bar before it, for the same reason. */
export const barred = (text: string): string =>
  text
    .split('\n')
    .map((line) => `│ ${line}`.trimEnd())
    .join('\n');

/** A difference of words, as `git diff --word-diff` shows it: in colours, or where there are none with [-old-]{+new+}. */
export const showParts = (world: Pick<World, 'colour'>, parts: readonly Part[]): string =>
  parts
    .map((part) => {
      const [text, was] = [harmless(part.text), 'was' in part ? harmless(part.was) : ''];
      if (part.kind === 'same') return text;
      if (world.colour) return paint(world, ['red', 'strikethrough'], was) + paint(world, ['green', 'underline'], text);
      return `${was && `[-${was}-]`}${text && `{+${text}+}`}`;
    })
    .join('');
