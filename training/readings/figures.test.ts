import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const read = (path: string): string => readFileSync(new URL(path, import.meta.url), 'utf8');

it('the card has a row for each kind of question that is counted, and no other', () => {
  const counted = [...read('./figures.ts').matchAll(/^ {4}name: '(.*)',$/gm)].map(([, name]) => name);
  const [, table = ''] = read('../../docs/sapling.md').split('| of these ');
  const rows = [...(table.split('\n\n')[0] ?? '').matchAll(/^\| (\w.*?) +\| \d/gm)].map(([, name]) => name);
  expect(rows).toEqual(counted);
});
