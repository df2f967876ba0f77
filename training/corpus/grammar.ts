import { capital, plural, small, withArticle } from './english.ts';
import type { Random } from './random.ts';

/*
 * Texts are authored in plain files. A section is a symbol and each of its lines a way to say it:
 *
 *     # greeting
 *     [Good morning|Hello], {name}!
 *
 * `[a|b]` is one of the two, `{name}` a symbol or what the scope binds. `{^name}` begins with a capital, `{name:s}` is
 * the plural, `{name:a}` has its article, `{name:low}` begins small, `{name:bare}` has lost its article. `\n` breaks the
 * line. A section "# rows fear: what | deed" is a table: its names are bound to the cells of one line. "# also fear" adds
 * lines to a section of another file.
 */

export type Scope = { [name: string]: string };
type Part = string | { name: string; change: string; rise: boolean } | Part[][];

const changes: Record<string, (text: string) => string> = {
  '': (text) => text,
  s: plural,
  a: withArticle,
  low: small,
  up: (text) => text.toUpperCase(),
  bare: (text) => text.replace(/^(an?|the) /, ''),
};

export class Grammar {
  readonly symbols = new Map<string, string[]>();
  readonly tables = new Map<string, { names: string[]; rows: string[][] }>();
  readonly #parsed = new Map<string, Part[]>();

  readonly #later: [string, string[]][] = [];

  constructor(files: readonly string[]) {
    for (const file of files) for (const section of file.split(/^# /m).slice(1)) this.#add(section);
    for (const [name, lines] of this.#later) this.#extend(name, lines);
  }

  #extend(name: string, lines: readonly string[]): void {
    const table = this.tables.get(name);
    const symbol = this.symbols.get(name);
    if (!table && !symbol) throw new Error(`Nothing to add to: ${name}`);
    if (lines.some((line) => line.includes(' | ')) && table) this.#addTable(name, table.names, lines, table.rows);
    else symbol?.push(...lines);
  }

  #add(section: string): void {
    const [head = '', ...lines] = section.split('\n').filter((line) => line.trim() !== '');
    const [, table, names = ''] = /^rows (\S+): (.*)$/.exec(head) ?? [];
    const [, also] = /^also (\S+)$/.exec(head) ?? [];
    const known = table === undefined ? this.symbols.has(head) : this.tables.has(table);
    if (known || lines.length === 0) throw new Error(`A section twice, or empty: ${head}`);
    if (also !== undefined) this.#later.push([also, lines]);
    else if (table === undefined) this.symbols.set(head, lines);
    else this.#addTable(table, names.split(' | '), lines);
  }

  #addTable(table: string, names: string[], lines: readonly string[], before: readonly string[][] = []): void {
    const rows = [...before, ...lines.map((line) => line.split(' | '))];
    const odd = rows.find((row) => row.length !== names.length);
    if (odd) throw new Error(`A row of ${table} has ${odd.length} cells, not ${names.length}: ${odd.join(' | ')}`);
    this.tables.set(table, { names, rows });
  }

  /** One line of a symbol, filled in. A scope's own values are taken as templates, too: a row may name the hero. */
  say(symbol: string, random: Random, scope: Scope = {}): string {
    const lines = this.symbols.get(symbol);
    if (!lines) throw new Error(`No such symbol: ${symbol}`);
    return this.fill(random.pick(lines), random, scope);
  }

  fill(template: string, random: Random, scope: Scope = {}): string {
    let parts = this.#parsed.get(template);
    if (!parts) {
      parts = parse(template);
      this.#parsed.set(template, parts);
    }
    return this.#join(parts, random, scope);
  }

  /** One row of a table, as bindings. */
  row(table: string, random: Random): Scope {
    return random.pick(this.rows(table));
  }

  rows(table: string): Scope[] {
    const found = this.tables.get(table);
    if (!found) throw new Error(`No such table: ${table}`);
    return found.rows.map((row) => Object.fromEntries(found.names.map((name, at) => [name, row[at] ?? ''])));
  }

  #join(parts: readonly Part[], random: Random, scope: Scope): string {
    return parts.map((part) => this.#part(part, random, scope)).join('');
  }

  #part(part: Part, random: Random, scope: Scope): string {
    if (typeof part === 'string') return part;
    if (Array.isArray(part)) return this.#join(random.pick(part), random, scope);
    const bound = scope[part.name];
    const text = bound === undefined ? this.say(part.name, random, scope) : this.#bound(bound, random, scope);
    const changed = (changes[part.change] ?? unknown(part.change))(text);
    return part.rise ? capital(changed) : changed;
  }

  #bound(value: string, random: Random, scope: Scope): string {
    return /[[{]/.test(value) ? this.fill(value, random, scope) : value;
  }
}

function unknown(change: string): never {
  throw new Error(`No such change of a word: ${change}`);
}

function parse(template: string): Part[] {
  let at = 0;
  const text = template.replaceAll('\\n', '\n');
  const sequence = (ends: string): Part[] => {
    const parts: Part[] = [];
    while (at < text.length && !ends.includes(text[at] ?? '')) {
      const mark = text[at];
      if (mark === '[') parts.push(choice());
      else if (mark === '{') parts.push(slot());
      else parts.push(plain());
    }
    return parts;
  };
  const choice = (): Part => {
    const options: Part[][] = [];
    do {
      at++;
      options.push(sequence('|]'));
    } while (text[at] === '|');
    if (text[at] !== ']') throw new Error(`An open [ in: ${template}`);
    at++;
    return options;
  };
  const slot = (): Part => {
    const end = text.indexOf('}', at);
    const [, rise, name = '', change = ''] = /^(\^?)([\w-]+)(?::(\w+))?$/.exec(text.slice(at + 1, end)) ?? [];
    if (end < 0 || name === '') throw new Error(`Not a slot in: ${template}`);
    at = end + 1;
    return { name, change, rise: rise === '^' };
  };
  const plain = (): Part => {
    const rest = /^[^[{|\]]+|^[|\]]/.exec(text.slice(at))?.[0] ?? '';
    at += rest.length;
    return rest;
  };
  return sequence('');
}
