import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

/*
 * Holds who may import whom. To add an import between rooms, add it here and say why it goes downhill. An entry that nothing
 * uses any more must go. What each room is for is said in docs/architecture.md.
 */

/** Room → the rooms that it imports from, by whatever kind of import, types too. */
const allowed: Record<string, string[]> = {
  app: [
    'components/compare',
    'components/gallery',
    'components/commands',
    'components/glossary',
    'components/lessons',
    'components/reference',
    'components/share',
    'components/ui',
    'components/workbench',
    'lib/api',
    'lib/compare',
    'lib/gallery',
    'lib/lessons',
    'lib/palette',
    'lib/recipe',
    'lib/run',
    'lib/server',
  ],
  'components/lessons': [
    'components/api',
    'components/lens',
    'components/session',
    'components/ui',
    'components/workbench',
    'lib/api',
    'lib/lessons',
    'lib/palette',
    'lib/recipe',
    'lib/run',
    'lib/session',
    'lib/words',
  ],
  'components/gallery': [
    'components/compare', // texts in miniature
    'components/ui',
    'components/views', // a tree in miniature
    'lib/api',
    'lib/compare',
    'lib/compare/measure',
    'lib/gallery',
    'lib/lessons',
    'lib/palette',
    'lib/recipe',
    'lib/run',
    'lib/words',
  ],
  'components/workbench': [
    'components/compare',
    'components/glossary',
    'components/session',
    'components/share',
    'components/ui',
    'lib/api',
    'lib/recipe',
    'lib/run',
    'lib/session',
    'lib/words',
  ],
  'components/compare': [
    'components/api',
    'components/lens',
    'components/runs',
    'components/session',
    'components/ui',
    'components/views',
    'lib/api',
    'lib/compare',
    'lib/compare/align',
    'lib/compare/measure',
    'lib/recipe',
    'lib/run',
    'lib/session',
    'lib/words',
    'lib/worker',
  ],
  'components/views': [
    'components/runs',
    'components/session',
    'components/ui',
    'lib/compare',
    'lib/compare/align',
    'lib/compare/measure',
    'lib/palette', // the colours of variants
    'lib/run',
    'lib/session',
    'lib/words',
  ],
  'components/runs': [
    'components/api', // what was sent for a run
    'components/glossary',
    'components/session',
    'components/ui',
    'lib/api', // its addresses
    'lib/compare',
    'lib/compare/align',
    'lib/compare/measure',
    'lib/run',
    'lib/session',
    'lib/words',
  ],
  'components/share': [
    'components/api',
    'components/runs',
    'components/session',
    'components/ui',
    'lib/api',
    'lib/compare',
    'lib/recipe',
    'lib/run',
    'lib/session',
    'lib/words',
  ],
  'components/commands': ['components/ui', 'lib/api', 'lib/lessons', 'lib/words'],
  // A room of its own, since terms stand in the workbench and the lessons have the workbench beside them.
  'components/glossary': ['components/ui', 'lib/api', 'lib/lessons'],
  'components/lens': [
    'components/api',
    'lib/compare/align', // where the runs part
    'lib/compare/measure',
    'components/glossary',
    'components/session',
    'components/ui',
    'lib/api', // its addresses
    'lib/lens',
    'lib/palette', // the colours of tokens
    'lib/recipe',
    'lib/run',
    'lib/sapling',
    'lib/seedling',
    'lib/session',
    'lib/words',
    'lib/worker',
  ],
  'components/session': [
    'components/api',
    'components/ui',
    'lib/api',
    'lib/compare',
    'lib/lessons',
    'lib/recipe',
    'lib/session',
  ],
  'components/api': ['lib/api'],
  'components/reference': ['lib/api'],
  'components/ui': ['lib/api', 'lib/palette'], // its addresses; the colours of variants
  // The program in a terminal: it runs experiments as the server does, and needs none.
  'lib/cli': [
    'lib/api',
    'lib/compare/align',
    'lib/compare/measure',
    'lib/export',
    'lib/gate',
    'lib/recipe',
    'lib/run',
    'lib/server',
    'lib/words',
  ],
  'lib/server': [
    'lib/api',
    'lib/built-in',
    'lib/compare',
    'lib/compare/align',
    'lib/compare/measure',
    'lib/export',
    'lib/gallery',
    'lib/http',
    'lib/lens', // the pictures of lessons
    'lib/lessons',
    'lib/openai',
    'lib/palette',
    'lib/recipe',
    'lib/run',
    'lib/sapling',
    'lib/seedling',
    'lib/store',
    'lib/telemetry',
    'lib/words',
  ],
  'lib/session': [
    'lib/api',
    'lib/built-in',
    'lib/compare',
    'lib/compare/align',
    'lib/compare/measure',
    'lib/gallery',
    'lib/lens',
    'lib/lessons',
    'lib/recipe',
    'lib/run',
    'lib/words',
  ],
  // The types of facts and the names of parameters, nothing else that runs.
  'lib/words': [
    'lib/api',
    'lib/compare',
    'lib/compare/align',
    'lib/compare/measure',
    'lib/gate',
    'lib/lens',
    'lib/recipe',
    'lib/run',
  ],
  'lib/store': ['lib/recipe', 'lib/run'],
  // How to call a server that need not be trusted; the longest name of a model, and what is sent.
  'lib/openai': ['lib/http', 'lib/recipe', 'lib/run', 'lib/sapling', 'lib/seedling'],
  // Seeds that JSON.parse alone would round.
  'lib/http': ['lib/api', 'lib/recipe'],
  'lib/export': [
    'lib/api',
    'lib/compare',
    'lib/compare/align',
    'lib/compare/measure',
    'lib/gate',
    'lib/recipe',
    'lib/run',
    'lib/words',
  ],
  'lib/gate': ['lib/compare/align', 'lib/compare/measure', 'lib/recipe', 'lib/run'],
  'lib/api': ['lib/compare/align', 'lib/compare/measure', 'lib/recipe', 'lib/run'],
  'lib/lens': ['lib/recipe', 'lib/run', 'lib/sapling', 'lib/seedling'],
  // Prose of its own, grammar from lib/words.
  'lib/lessons': [
    'lib/compare',
    'lib/compare/align',
    'lib/compare/measure',
    'lib/lens',
    'lib/recipe',
    'lib/run',
    'lib/seedling',
    'lib/words',
  ],
  'lib/gallery': ['lib/compare', 'lib/lessons', 'lib/recipe', 'lib/run'],
  'lib/compare': ['lib/compare/align', 'lib/compare/measure', 'lib/recipe', 'lib/run'],
  'lib/compare/measure': ['lib/compare/align', 'lib/recipe', 'lib/run'],
  'lib/compare/align': ['lib/recipe', 'lib/run'],
  'lib/run': ['lib/recipe'],
  'lib/recipe': [],
  'lib/built-in': ['lib/recipe', 'lib/sapling', 'lib/seedling'], // the provider's id, and the models' names
  'lib/sapling': ['lib/seedling'], // how a token is drawn, and arithmetic that repeats
  'lib/telemetry': [],
  'lib/worker': [],
  // What Sapling learns from: programs of their own, which run where it is trained. Nothing of the site imports them.
  'training/corpus': ['lib/seedling'], // its hand-written corpus
  'training/readings': ['training/corpus'],
  'training/tokenizer': ['lib/sapling', 'training/corpus'],
};

/** The npm packages of the pure rooms. A pure room that is not named here has none. */
const packages: Record<string, string[]> = {
  'lib/api': ['@valibot/to-json-schema', 'eventsource-parser', 'valibot', 'zod'],
  'lib/recipe': ['@noble/hashes', 'zod'],
  'lib/run': ['valibot', 'zod'],
  'lib/compare': ['@noble/hashes'],
  'lib/compare/align': ['diff'],
  'lib/export': ['@noble/hashes', 'zod'],
  'lib/gallery': ['zod'],
  'lib/gate': ['yaml', 'zod'],
  'lib/sapling': ['@noble/hashes', 'valibot'],
  'lib/seedling': ['pure-rand'],
};

const pureRooms = [
  'lib/built-in',
  'lib/palette',
  'lib/recipe',
  'lib/run',
  'lib/compare',
  'lib/compare/align',
  'lib/compare/measure',
  'lib/words',
  'lib/api',
  'lib/session',
  'lib/export',
  'lib/gate',
  'lib/sapling',
  'lib/seedling',
  'lib/lens',
  'lib/lessons',
  'lib/gallery',
];

/** Packages that live in one room only. */
const owners: Record<string, string> = { openai: 'lib/openai', diff: 'lib/compare/align' };
const sqlPackages = ['node:sqlite', 'better-sqlite3', 'pg', 'kysely'];

const root = fileURLToPath(new URL('..', import.meta.url));
const isTest = (path: string): boolean => /\.(test|contract|fixture)\.tsx?$|\/__fixtures__\//.test(path);

const everyFile = ['app', 'components', 'lib', 'training'].flatMap((top) =>
  readdirSync(join(root, top), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(root, join(entry.parentPath, entry.name))),
);
const codeFiles = everyFile.filter((path) => /\.(tsx?|m?js)$/.test(path) && !isTest(path));
const textOf = (path: string): string => readFileSync(join(root, path), 'utf8');

/** Folders inside a room that are rooms of their own. */
const innerRooms = ['lib/compare/align', 'lib/compare/measure'];

/** What every room may stand on: a file, not a folder. */
const floors = ['lib/result', 'lib/defined'];

/** A file's room: its folder under lib or components; all of app is one. */
function roomOf(path: string): string {
  const [top = '', folder = ''] = path.split('/');
  const inner = innerRooms.find((room) => path.startsWith(`${room}/`));
  return inner ?? (top === 'app' ? top : `${top}/${folder.replace(/\.ts$/, '')}`);
}

const importForms = [
  /^[ \t]*(?:import|export)\b[^'";]*?\bfrom\s*['"]([^'"]+)['"]/gm,
  /^[ \t]*import\s*['"]([^'"]+)['"]/gm,
  /\bimport\s*\(\s*['"`]([^'"`]+)['"`]/g,
  /\bnew\s+URL\s*\(\s*['"`]([^'"`]+)['"`]\s*,\s*import\.meta\.url/g,
  /\brequire(?:\.resolve)?\s*\(\s*['"`]([^'"`]+)['"`]/g,
];

/** Everything that a text imports: statically, dynamically, as a type, by re-export, or as a worker. */
const importsIn = (text: string): string[] =>
  importForms.flatMap((form) => [...text.matchAll(form)].map(([, specifier = '']) => specifier));

const withoutComments = (text: string): string =>
  text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|[^:'"`\\])\/\/.*$/gm, '$1');

type Import = { file: string; room: string; specifier: string; path: string | null; package: string | null };

/** One import: either of a file of ours, or of a package. */
function resolve(file: string, specifier: string): Import {
  const ours = specifier.startsWith('@/') ? specifier.slice(2) : null;
  const path = specifier.startsWith('.') ? join(dirname(file), specifier) : ours;
  const parts = specifier.startsWith('@') ? 2 : 1;
  const name = path === null ? specifier.split('/').slice(0, parts).join('/') : null;
  return { file, room: roomOf(file), specifier, path, package: name };
}

const imports = codeFiles.flatMap((file) => importsIn(textOf(file)).map((specifier) => resolve(file, specifier)));
const between = imports.flatMap((each) => {
  const to = each.path === null ? null : roomOf(each.path);
  return to === null || to === each.room || floors.includes(to) ? [] : [{ ...each, to }];
});
const say = ({ file, specifier }: Import): string => `${file} imports ${specifier}`;

describe('imports between rooms', () => {
  it('are those of the table and no others', () => {
    expect(between.filter(({ room, to }) => !allowed[room]?.includes(to)).map(say)).toEqual([]);
  });

  it('occur wherever the table has them', () => {
    const used = new Set(between.map(({ room, to }) => `${room} → ${to}`));
    const entries = Object.entries(allowed).flatMap(([room, tos]) => tos.map((to) => `${room} → ${to}`));
    expect(entries.filter((entry) => !used.has(entry))).toEqual([]);
  });

  it('never go uphill, whatever the table says', () => {
    const edges = Object.entries(allowed).flatMap(([room, tos]) => tos.map((to) => ({ room, to })));
    const uphill = edges.filter(
      ({ room, to }) =>
        (room.startsWith('lib/') && !to.startsWith('lib/')) ||
        to === 'app' ||
        (room.startsWith('components/') && ['lib/server', 'lib/store', 'lib/openai', 'lib/http'].includes(to)) ||
        (room === 'app' && ['lib/store', 'lib/openai', 'lib/seedling'].includes(to)) ||
        (pureRooms.includes(room) && !pureRooms.includes(to)),
    );
    expect(uphill).toEqual([]);
  });

  it('never go in a circle', () => {
    const reachable = (from: string, seen: Set<string> = new Set()): Set<string> => {
      for (const to of allowed[from] ?? []) if (!seen.has(to)) reachable(to, seen.add(to));
      return seen;
    };
    expect(Object.keys(allowed).filter((room) => reachable(room).has(room))).toEqual([]);
  });

  it('never reach into tests', () => {
    expect(imports.filter(({ path }) => path !== null && isTest(`${path}.ts`)).map(say)).toEqual([]);
  });
});

describe('packages', () => {
  it.each(Object.entries(owners))('%s is imported in %s and nowhere else', (name, owner) => {
    expect(new Set(imports.filter((each) => each.package === name).map(({ room }) => room))).toEqual(new Set([owner]));
  });

  it('that speak SQL are imported in lib/store only', () => {
    const users = imports.filter(({ package: name, room }) => sqlPackages.includes(name ?? '') && room !== 'lib/store');
    expect(users.map(say)).toEqual([]);
  });

  it.each(pureRooms)('of %s are those of the table, all of them', (room) => {
    const used = imports.filter((each) => each.room === room).flatMap((each) => each.package ?? []);
    expect([...new Set(used)].sort()).toEqual(packages[room] ?? []);
  });

  it('that make pages stay out of lib', () => {
    const users = imports.filter((each) => each.room.startsWith('lib/') && /^(react|next)/.test(each.package ?? ''));
    expect(users.map(say)).toEqual([]);
  });

  it('of Node stay out of components', () => {
    const users = imports.filter((each) => each.room.startsWith('components/') && each.package?.startsWith('node:'));
    expect(users.map(say)).toEqual([]);
  });
});

describe('pure rooms', () => {
  const impure =
    /\b(Date\.now|new Date\b|Math\.random|performance\.|process\.|globalThis|setTimeout|setInterval|fetch\()/;

  it('know no clock, no chance and no process', () => {
    const found = codeFiles
      .filter((path) => pureRooms.includes(roomOf(path)))
      .flatMap(
        (path) =>
          withoutComments(textOf(path))
            .match(impure)
            ?.map((match) => `${path}: ${match}`) ?? [],
      );
    expect(found).toEqual([]);
  });

  it('of the models use no arithmetic that an engine may round as it likes', () => {
    const exact = ['LOG2E', 'abs', 'ceil', 'floor', 'fround', 'imul', 'max', 'min', 'round', 'trunc'];
    const used = codeFiles
      .filter((path) => ['lib/sapling', 'lib/seedling'].includes(roomOf(path)))
      .flatMap((path) => [...withoutComments(textOf(path)).matchAll(/\bMath\.(\w+)/g)].map(([, name = '']) => name));
    expect(used.filter((name) => !exact.includes(name))).toEqual([]);
  });
});

describe('Request and Response', () => {
  it('are known to lib/http, lib/server and routes only', () => {
    const rooms = [...pureRooms, 'lib/openai', 'lib/store'];
    const found = codeFiles
      .filter((path) => rooms.includes(roomOf(path)))
      .filter((path) =>
        /\bnew (Request|Response)\b|: (Request|Response)\b|<Response>|\bResponse\./.test(withoutComments(textOf(path))),
      );
    expect(found).toEqual([]);
  });
});

const rooms = new Set([...Object.keys(allowed), ...Object.values(allowed).flat()]);

describe('rooms', () => {
  it('are each described in docs/architecture.md, and no others are', () => {
    const described = [...textOf('docs/architecture.md').matchAll(/^- \*\*`(.+?)`\*\*: /gm)].map(
      ([, room = '']) => room,
    );
    expect(described.toSorted()).toEqual([...rooms].toSorted());
  });
});

describe('files', () => {
  it('lie in the rooms of the table', () => {
    expect(codeFiles.filter((path) => !floors.includes(roomOf(path)) && !rooms.has(roomOf(path)))).toEqual([]);
  });

  it('are never named utils, misc, helpers or common', () => {
    const drawers = everyFile.filter((path) =>
      path.split('/').some((part) => /^(utils?|misc|helpers?|common)(\.|$)/i.test(part)),
    );
    expect(drawers).toEqual([]);
  });

  it('keep to their length: a page 40 lines, a route 25', () => {
    const most: Record<string, number> = { 'page.tsx': 40, 'route.ts': 25 };
    const long = codeFiles.filter(
      (path) => textOf(path).trimEnd().split('\n').length > (most[basename(path)] ?? Number.POSITIVE_INFINITY),
    );
    expect(long.filter((path) => roomOf(path) === 'app')).toEqual([]);
  });
});

describe('this test', () => {
  it('finds every kind of import', () => {
    const text = `
import 'a';
import b from 'b';
import { c, type C } from "c";
import type { D } from 'd';
import {
  e,
  f,
} from 'e';
import * as g from 'g';
export { h } from 'h';
export type { I } from 'i';
export * from 'j';
const k = await import('k');
type L = import('l').L;
const m = new Worker(new URL('./m.worker.ts', import.meta.url));
const n = require('n');
`;
    expect(importsIn(text).toSorted()).toEqual([...'abcdeghijkl', './m.worker.ts', 'n'].toSorted());
  });

  it('knows our own files from packages', () => {
    expect(resolve('lib/run/fold.ts', './events')).toMatchObject({
      room: 'lib/run',
      path: 'lib/run/events',
      package: null,
    });
    expect(resolve('lib/run/fold.ts', '../recipe/plan')).toMatchObject({ path: 'lib/recipe/plan', package: null });
    expect(resolve('app/page.tsx', '@/lib/recipe/plan')).toMatchObject({ room: 'app', path: 'lib/recipe/plan' });
    expect(resolve('app/page.tsx', '@noble/hashes/sha2.js')).toMatchObject({ path: null, package: '@noble/hashes' });
    expect(resolve('app/page.tsx', 'next/link')).toMatchObject({ path: null, package: 'next' });
    expect(resolve('app/page.tsx', 'node:fs')).toMatchObject({ path: null, package: 'node:fs' });
  });

  it('reads no comments as code', () => {
    expect(withoutComments("const a = 'http://x'; // Math.random\n/* Date.now */ b")).toBe(
      "const a = 'http://x'; \n b",
    );
  });

  it('walks more than a few files', () => {
    expect(codeFiles.length).toBeGreaterThan(80);
    expect(imports.length).toBeGreaterThan(200);
  });
});
