import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';

/*
 * Holds that documents and comments point at nothing that a clone does not have: links and their anchors, paths, and
 * file names.
 */

const root = fileURLToPath(new URL('..', import.meta.url));
const tops = ['app', 'bench', 'bin', 'components', 'docs', 'e2e', 'lib', 'public', 'training'];

const filesIn = (folder: string): string[] =>
  readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(root, join(entry.parentPath, entry.name)));

const atRoot = readdirSync(root, { withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map(({ name }) => name);
const files = [...tops.flatMap(filesIn), ...atRoot];
const paths = new Set(files.flatMap((file) => [file, ...foldersOf(file)]));
const textOf = (file: string): string => readFileSync(join(root, file), 'utf8');

/** The folders that a file is in: 'lib/run/fold.ts' is in 'lib/run' and 'lib'. */
function foldersOf(file: string): string[] {
  const folder = dirname(file);
  return folder === '.' ? [] : [folder, ...foldersOf(folder)];
}

/** Whether there is a file or folder of that path; without its ending, too, as imports name it. */
const isPath = (path: string): boolean =>
  paths.has(path) || ['.ts', '.tsx', '.mjs'].some((end) => paths.has(path + end));

/** Whether there is a file of that name, or one whose path ends in it. */
const isFileName = (name: string): boolean => files.some((file) => `/${file}`.endsWith(`/${name}`));

const pathForm = new RegExp(String.raw`(?<![\w./@-])(?:${tops.join('|')})/[\w./[\]()-]+`, 'g');
const nameForm = /(?<![\w./@*>-])[\w-]+(?:[./][\w-]+)*\.(?:md|tsx?|mjs|css|fixture|contract)\b(?![\w/(])/g;

/** The paths and file names in a text that are of nothing here. A path with a * is a pattern, and is passed over. */
function missingIn(text: string): string[] {
  const patterns = (path: string, index: number) => text.slice(index + path.length).startsWith('*');
  const named = [...text.matchAll(pathForm)]
    .filter(({ index, 0: path }) => !patterns(path, index))
    .map(([path]) => path.replace(/\]\(.*/, ''))
    .map((path) => (isPath(path) ? path : path.replace(/[./)]+$/, '')))
    .filter((path) => !isPath(path));
  const names = [...text.matchAll(nameForm)].map(([name]) => name).filter((name) => !isFileName(name));
  return [...new Set([...named, ...names])];
}

/** The comments of a program; of a style sheet, too. */
const commentsIn = (text: string): string =>
  [...text.matchAll(/\/\*[\s\S]*?\*\/|(?<=^|\s)\/\/.*$/gm)].map(([comment]) => comment).join('\n');

const withoutFences = (markdown: string): string => markdown.replace(/^(?: {4}|```).*$/gm, '');

/** The anchors of a document, made of its headings as GitHub makes them: "The walk, step by step" is #the-walk-step-by-step. */
const anchorsIn = (markdown: string): string[] =>
  [...withoutFences(markdown).matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .replaceAll(' ', '-'),
  );

/** The links of a document that lead nowhere in the repository. Those to other sites are not followed. */
function brokenLinks(file: string, markdown: string): string[] {
  const links = [...withoutFences(markdown).matchAll(/\]\(([^)\s]+)\)/g)].map(([, link = '']) => link);
  return links.filter((link) => {
    if (/^\w+:/.test(link)) return false;
    const [path = '', anchor] = link.split('#');
    const target = path === '' ? file : normalize(join(dirname(file), path)).replace(/\/$/, '');
    if (!paths.has(target)) return true;
    return anchor !== undefined && !anchorsIn(textOf(target)).includes(anchor);
  });
}

const documents = files.filter((file) => file.endsWith('.md'));
const programs = files.filter((file) => /\.(tsx?|m?js|css)$/.test(file) && !file.endsWith('documents.test.ts'));

describe('a document', () => {
  it.each(documents)('links to what exists: %s', (file) => {
    expect(brokenLinks(file, textOf(file))).toEqual([]);
  });

  it.each(documents)('names only files that exist: %s', (file) => {
    expect(missingIn(textOf(file))).toEqual([]);
  });
});

describe('a decision', () => {
  const form =
    /^\n\*\*Decision\*\* of \d{4}-\d\d-\d\d · (accepted|superseded by\s\[[^\]]+\]\([^)]+\)) · instead\sof\s\S/;
  const topics = documents.filter(
    (file) => dirname(file) === 'docs/decisions' && !/(README|dependencies)\.md$/.test(file),
  );

  it.each(topics)('says when it was made, whether it holds, and instead of what: %s', (file) => {
    const [, ...decisions] = textOf(file).split(/^## /m);
    expect(decisions.length).toBeGreaterThan(0);
    const shapeless = decisions.filter((decision) => !form.test(decision.slice(decision.indexOf('\n') + 1)));
    expect(shapeless.map((decision) => decision.split('\n')[0])).toEqual([]);
  });
});

describe('the list of dependencies', () => {
  const { dependencies, devDependencies } = z
    .object({ dependencies: z.record(z.string(), z.string()), devDependencies: z.record(z.string(), z.string()) })
    .parse(JSON.parse(textOf('package.json')));

  it('has each package of package.json once, and no others', () => {
    const rows = [...textOf('docs/decisions/dependencies.md').matchAll(/^\| ([^|]+?) +\|/gm)].slice(2);
    const listed = rows.flatMap(([, names = '']) => names.split(', '));
    expect(listed.toSorted()).toEqual(Object.keys({ ...dependencies, ...devDependencies }).toSorted());
  });
});

describe('the comments of a program', () => {
  it('name only files that exist', () => {
    const missing = programs.flatMap((file) => missingIn(commentsIn(textOf(file))).map((name) => `${file}: ${name}`));
    expect(missing).toEqual([]);
  });
});

describe('this test', () => {
  it('finds paths and file names of nothing', () => {
    expect(missingIn('See lib/run/fold.ts, lib/run/gone.ts, `docs/decisions/` and field/facts.md 4.6.')).toEqual([
      'lib/run/gone.ts',
      'field/facts.md',
    ]);
    expect(missingIn('as in fold.ts, style.md (7.6) and lib/words')).toEqual(['style.md']);
    expect(missingIn('lib/**/*.ts, e.g. 3.14, https://example.org/lib/x.md')).toEqual([]);
  });

  it('finds links that lead nowhere', () => {
    const text = '[a](gone.md) [b](README.md) [c](README.md#no-such-part) [d](#licence) [e](https://example.org)';
    expect(brokenLinks('README.md', text)).toEqual(['gone.md', 'README.md#no-such-part']);
  });

  it('reads comments and nothing else', () => {
    expect(commentsIn("const a = 'http://x'; // see y.ts\n/* and z.md */ b")).toBe('// see y.ts\n/* and z.md */');
  });

  it('reads more than a few files', () => {
    expect(documents.length).toBeGreaterThan(8);
    expect(programs.length).toBeGreaterThan(200);
  });
});
