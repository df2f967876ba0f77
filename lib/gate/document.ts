import {
  type Alias,
  isMap,
  isNode,
  isSeq,
  LineCounter,
  type Node,
  type Document as Parsed,
  parseDocument,
  visit,
} from 'yaml';
import { seedOf } from '@/lib/recipe/seed';
import { err, ok, type Result } from '@/lib/result';

/** A place in a file; both count from 1. */
export type Position = { line: number; column: number };

/** A path into a value: keys of objects and indices of lists. */
export type Path = readonly PropertyKey[];

/**
 * A file's value, and where each part of it stands: a field by its name, and what is missing by what it is missing in. `isInDigits`:
 * whether what stands there is a whole number, written out, as 9007199254740993 is and 1e300 is not.
 */
export type Document = {
  value: unknown;
  positionOf: (path: Path) => Position;
  isInDigits: (path: Path) => boolean;
};

/** Why a file is neither YAML nor JSON, in the parser's words. */
export type NotRead = Position & { reason: string };

/** As many references to one part of a file as nobody writes by hand. */
const maxAliases = 100;

/** Reads YAML 1.2, of which JSON is a part. */
export function readDocument(text: string): Result<Document, NotRead> {
  const lines = new LineCounter();
  const options = { lineCounter: lines, prettyErrors: false, strict: true, intAsBigInt: true } as const;
  // Dates, sets and bytes, which YAML can make of what is tagged so, are nothing that JSON has.
  const document = parseDocument(text, { ...options, resolveKnownTags: false });
  const at = (offset: number): Position => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(line, 1), column: Math.max(col, 1) };
  };
  const [wrong] = [...document.errors, ...document.warnings];
  if (wrong) return err({ ...at(wrong.pos[0]), reason: reasons[wrong.code] ?? wrong.message });
  const alias = findWrongAlias(document);
  if (alias) return err({ ...at(startOf(alias) ?? 0), reason: `*${alias.source} stands for nothing before it.` });
  const positionOf = (path: Path): Position => at(offsetOf(document.contents, path));
  const isInDigits = (path: Path): boolean => typeof document.getIn(path) === 'bigint';
  try {
    return ok({ value: document.toJS({ maxAliasCount: maxAliases, reviver: readInteger }), positionOf, isInDigits });
  } catch (error) {
    return err({ ...at(0), reason: error instanceof Error ? error.message : String(error) });
  }
}

/** What is told in words of its own: the parser's are for who calls it. */
const reasons: Readonly<Record<string, string>> = { MULTIPLE_DOCS: 'a second document begins here.' };

/** A reference to what is not there, or to what it is itself a part of. */
function findWrongAlias(document: Parsed): Alias | null {
  let wrong: Alias | null = null;
  visit(document, {
    Alias(_, alias, ancestors) {
      const target = alias.resolve(document);
      if (target && !ancestors.includes(target)) return undefined;
      wrong = alias;
      return visit.BREAK;
    },
  });
  return wrong;
}

/** Whole numbers are read as bigints, since a seed may be longer than a number is exact. */
function readInteger(key: unknown, value: unknown): unknown {
  if (typeof value !== 'bigint') return value;
  return key === 'seed' ? seedOf(value) : Number(value);
}

/** Where a path's last field begins, or the last part of it that is there. */
function offsetOf(contents: unknown, path: Path): number {
  let node: Node | null = isNode(contents) ? contents : null;
  let offset = startOf(node) ?? 0;
  for (const step of path) {
    const found = entryIn(node, step);
    if (!found) break;
    offset = startOf(found.field) ?? offset;
    node = found.value;
  }
  return offset;
}

/** The entry of a node: the field that it stands under, which in a list is the entry itself. */
function entryIn(node: Node | null, step: PropertyKey): { field: Node | null; value: Node | null } | null {
  if (isMap(node)) {
    const pair = node.items.find(({ key }) => isNode(key) && String(key) === String(step));
    return pair ? { field: asNode(pair.key), value: asNode(pair.value) } : null;
  }
  if (!isSeq(node)) return null;
  const entry = asNode(node.items[Number(step)]);
  return entry && { field: entry, value: entry };
}

const asNode = (value: unknown): Node | null => (isNode(value) ? value : null);
const startOf = (node: Node | null): number | undefined => node?.range?.[0];
