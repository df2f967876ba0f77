import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseSync } from 'rolldown/utils';
import { describe, expect, it } from 'vitest';

/*
 * Holds how large a function may be. Complexity is McCabe's: 1 and one more for each if, ?:, loop, case, catch, &&, ||
 * and ??. A callback without a name counts to the function that it stands in, or a component could hide in its hooks.
 */
const maxComplexity = 15;
const maxLines = 90;
const maxProps = 8;

/** A node of the syntax tree (ESTree with TypeScript), as far as it is read here. */
type Node = { type: string; start: number; end: number; [key: string]: unknown };

type Measured = { name: string; complexity: number; lines: number; props: number };

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';

const childrenOf = (node: Node): Node[] => Object.values(node).flat().filter(isNode);

const nameIn = (node: unknown): string | null =>
  isNode(node) && 'name' in node && typeof node.name === 'string' ? node.name : null;

function languageOf(path: string): 'tsx' | 'ts' | 'js' {
  if (path.endsWith('.tsx')) return 'tsx';
  return path.endsWith('.ts') ? 'ts' : 'js';
}

const isFunction = ({ type }: Node): boolean =>
  ['FunctionDeclaration', 'FunctionExpression', 'ArrowFunctionExpression'].includes(type);

/** What a function is called: by itself, or by the constant, method or property of a class that it is. */
function nameOf(node: Node, parent: Node | null): string | null {
  if (node.id) return nameIn(node.id);
  if (parent?.type === 'VariableDeclarator') return nameIn(parent.id);
  return parent?.type === 'MethodDefinition' || parent?.type === 'PropertyDefinition' ? nameIn(parent.key) : null;
}

const branching = [
  'IfStatement',
  'ConditionalExpression',
  'ForStatement',
  'ForInStatement',
  'ForOfStatement',
  'WhileStatement',
  'DoWhileStatement',
  'CatchClause',
  'LogicalExpression',
];

const isBranch = ({ type, test, operator }: Node): boolean =>
  branching.includes(type) ||
  (type === 'SwitchCase' && isNode(test)) ||
  (type === 'AssignmentExpression' && ['&&=', '||=', '??='].includes(String(operator)));

/** The named functions of a text, each with what it holds. */
function measure(path: string, text: string): Measured[] {
  const program = parse(path, text);
  const types = new Map(
    childrenOf(program)
      .map((node) => (isNode(node.declaration) ? node.declaration : node))
      .flatMap((node) =>
        node.type === 'TSTypeAliasDeclaration' ? [[nameIn(node.id) ?? '', node.typeAnnotation]] : [],
      ),
  );
  const found: Measured[] = [];
  const walk = (node: Node, parent: Node | null, within: Measured | null): void => {
    let holder = within;
    const name = isFunction(node) ? nameOf(node, parent) : null;
    if (isFunction(node) && (name !== null || !within)) {
      const lines = text.slice(node.start, node.end).split('\n').length;
      holder = { name: name ?? 'without a name', complexity: 1, lines, props: propsOf(name, node, types) };
      found.push(holder);
    }
    if (holder && isBranch(node)) holder.complexity++;
    for (const child of childrenOf(node)) walk(child, node, holder);
  };
  walk(program, null, null);
  return found;
}

function parse(path: string, text: string): Node {
  const { program, errors } = parseSync(path, text, { lang: languageOf(path) });
  if (errors.length > 0 || !isNode(program)) throw new Error(`${path} cannot be read.`);
  return program;
}

/** How many props a component takes: a function with a capital, by its first parameter. */
function propsOf(name: string | null, { params }: Node, types: ReadonlyMap<string, unknown>): number {
  const [first] = Array.isArray(params) ? params.filter(isNode) : [];
  if (!first || !/^[A-Z]/.test(name ?? '')) return 0;
  const taken = Array.isArray(first.properties) ? first.properties.filter(isNode).map(({ key }) => nameIn(key)) : [];
  return new Set([...taken, ...membersOf(first.typeAnnotation, types)].filter((each) => each !== null)).size;
}

/** The names in an object's type, as far as they stand in this file: written out, joined by &, or under a type's name. */
function membersOf(type: unknown, types: ReadonlyMap<string, unknown>): (string | null)[] {
  if (!isNode(type)) return [];
  if (type.type === 'TSPropertySignature') return [nameIn(type.key)];
  if (type.type === 'TSTypeReference') return membersOf(types.get(nameIn(type.typeName) ?? ''), types);
  const open = ['TSTypeAnnotation', 'TSTypeLiteral', 'TSIntersectionType', 'TSUnionType', 'TSParenthesizedType'];
  return open.includes(type.type) ? childrenOf(type).flatMap((child) => membersOf(child, types)) : [];
}

const root = fileURLToPath(new URL('..', import.meta.url));
const isTest = (path: string): boolean => /\.(test|contract|fixture)\.tsx?$|\/__fixtures__\//.test(path);
const paths = ['app', 'components', 'lib', 'bin', 'training']
  .flatMap((top) => readdirSync(join(root, top), { recursive: true, withFileTypes: true }))
  .filter((entry) => entry.isFile() && /\.(tsx?|m?js)$/.test(entry.name))
  .map((entry) => relative(root, join(entry.parentPath, entry.name)));
const textOf = (path: string): string => readFileSync(join(root, path), 'utf8');
const all = paths
  .filter((path) => !isTest(path))
  .flatMap((path) => measure(path, textOf(path)).map((each) => ({ ...each, name: `${path}: ${each.name}` })));

describe('functions', () => {
  const over = all.filter(
    ({ complexity, lines, props }) => complexity > maxComplexity || lines > maxLines || props > maxProps,
  );

  it(`have a complexity of at most ${maxComplexity}, ${maxLines} lines, and as components ${maxProps} props`, () => {
    expect(over).toEqual([]);
  });
});

describe('property tests', () => {
  it('draw as many cases as lib/cases.fixture.ts says, so that one switch is for all of them', () => {
    const tests = paths.filter((path) => /\.(test|contract)\.tsx?$/.test(path));
    const counts = tests.flatMap((path) =>
      [...textOf(path).matchAll(/numRuns: \w+(?<!cases)\b.*/g)].map(([count]) => `${path}: ${count}`),
    );
    // How often processes are killed is no matter of cases.
    expect(counts.filter((count) => !count.startsWith('lib/store/crash.test.ts'))).toEqual([]);
  });
});

describe('this test', () => {
  it('counts every kind of branch, and the callbacks without a name to the function around them', () => {
    const text = `
      function plain() { return 1; }
      const branches = (a) => {
        if (a) for (;;) {} else while (a) {}
        for (const b of a) do {} while (b);
        for (const c in a) try {} catch {}
        switch (a) { case 1: case 2: default: }
        a ??= a ? 1 : a && a || a;
        return a.map((b) => b ?? 0);
      };
      class Some { method(a) { const inner = () => (a ? 1 : 2); return inner; } }
    `;
    const counted = measure('x.ts', text).map(({ name, complexity }) => [name, complexity]);
    expect(counted).toEqual([
      ['plain', 1],
      ['branches', 15],
      ['method', 1],
      ['inner', 2],
    ]);
  });

  it('counts lines and props, wherever the props are written', () => {
    const text = [
      'type Props = { a: 1; b?: 2 } & Both;',
      'export type Both = { c: 3 };',
      'export function One({ a, ...rest }: Props & { d: 4 }) {',
      '  return a;',
      '}',
      'const Two = memo(function Two({ a, b }) { return a; });',
      'const Three = (props: Both & ComponentProps<"a">) => props.c;',
      'const four = ({ a, b }) => a;',
    ].join('\n');
    expect(measure('x.tsx', text).map(({ name, lines, props }) => [name, lines, props])).toEqual([
      ['One', 3, 4],
      ['Two', 1, 2],
      ['Three', 1, 1],
      ['four', 1, 0],
    ]);
  });

  it('reads more than a few functions', () => {
    expect(all.length).toBeGreaterThan(1000);
  });
});
