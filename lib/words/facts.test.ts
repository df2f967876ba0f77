import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseSync } from 'rolldown/utils';
import { describe, expect, it } from 'vitest';

/*
 * Facts before words: the rooms that find things out answer with tagged values, and English is made in lib/words alone. So
 * a second language is one folder more.
 */

const lib = fileURLToPath(new URL('..', import.meta.url));
const sourcesOf = (room: string): string[] =>
  readdirSync(join(lib, room), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts') && !/\.(test|fixture|contract)\.ts$|__fixtures__/.test(path))
    .map((path) => join(room, path));

/** Every piece of text that a program holds: strings, and what stands between the values of a template. */
function textsIn(source: string): string[] {
  const texts: string[] = [];
  const visit = (node: unknown): void => {
    if (Array.isArray(node)) node.forEach(visit);
    if (typeof node !== 'object' || node === null || Array.isArray(node)) return;
    if ('type' in node && node.type === 'Literal' && 'value' in node && typeof node.value === 'string')
      texts.push(node.value);
    if ('type' in node && node.type === 'TemplateElement' && 'value' in node) texts.push(JSON.stringify(node.value));
    for (const value of Object.values(node)) visit(value);
  };
  visit(parseSync('source.ts', source).program);
  return texts;
}

/** Two words with a space between them: no key, tag or unit is written so. */
const phrase = /\p{L}{2,},? \p{L}{2,}/u;

describe('facts', () => {
  it.each(['compare', 'lens', 'run'])('are found in lib/%s without a phrase of English', (room) => {
    const phrases = sourcesOf(room).flatMap((path) =>
      textsIn(readFileSync(join(lib, path), 'utf8'))
        .filter((text) => phrase.test(text))
        .map((text) => `${path}: ${text}`),
    );
    expect(phrases).toEqual([]);
  });

  it('come to lib/words as types, so that it works nothing out by itself; names of parameters stand in their table', () => {
    const imports = sourcesOf('words').flatMap((path) =>
      [
        ...readFileSync(join(lib, path), 'utf8').matchAll(
          /^import (?!type\b)[^;]*?from '@\/(?!lib\/recipe\/parameters)[^']*';/gm,
        ),
      ].map(([statement]) => `${path}: ${statement}`),
    );
    expect(imports).toEqual([]);
  });
});

describe('the search for phrases', () => {
  it('finds them in strings and templates, and in no comment', () => {
    const found = textsIn("const a = 'one run'; /* two runs */ const b = `of $" + '{a} three runs`; // four runs');
    expect(found.filter((text) => phrase.test(text))).toHaveLength(2);
  });
});
