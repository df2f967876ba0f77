import fc from 'fast-check';
import { model, parameters, type ValueType } from './parameters';
import type { Arm, ChatRequest, Recipe } from './recipe';
import { type Seed, seedOf, seedRange } from './seed';

/** Texts that code, tables and transports tend to break on. */
export const nastyTexts = [
  `'single' "double" \`back\` \\ \\\\ \\n \${HOME} $(id) $1 %s {0} </script> <!-- --> */ """ '''`,
  'BODY\nEOF\n\nBODY\n',
  'line\r\nline\rline\u0085line\u2028line\u2029end',
  '\ud800 half, \udc00 half, whole 😀, family 👩‍👩‍👧, flag 🇨🇭',
  '\u202eright to left\u202c \u2067isolated\u2069 \ufeff',
  `${Array.from({ length: 256 }, (_, code) => String.fromCharCode(code)).join('')}`,
  '\\ud800 \\u0041 \\x41 \\N{DASH}',
  '```\nfenced\n````\n| a | b |\n# Heading',
  '=1+1',
  '-',
  '__proto__',
];

/** Any string: whole characters, single UTF-16 units including halves of surrogate pairs, and the texts above. */
export const anyUnicode: fc.Arbitrary<string> = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 40 }).map((units) => String.fromCharCode(...units)),
  fc.constantFrom(...nastyTexts),
);

/** JSON has no minus zero. */
const number = (min: number, max: number) => fc.double({ min, max, noNaN: true }).map((value) => value + 0);

const messages = fc
  .tuple(
    fc.array(fc.record({ role: fc.constantFrom('system', 'developer', 'user', 'assistant'), content: anyUnicode }), {
      maxLength: 3,
    }),
    anyUnicode,
  )
  .map(([others, text]) => [...others, { role: 'user' as const, content: `Say ${text}` }]);

/** What a body may hold: of whole numbers those that JSON keeps exact. */
const exactNumber = (_: string, value: unknown): unknown =>
  Number.isInteger(value) && !Number.isSafeInteger(value) ? 1 : value;

const line = anyUnicode.map((text) => `${text}.`.slice(-200));

/** Any seed, half of them too long for a number. */
export const anySeed: fc.Arbitrary<Seed> = fc.oneof(
  fc.maxSafeInteger(),
  fc.bigInt({ min: BigInt(seedRange.min), max: BigInt(seedRange.max) }).map(seedOf),
);

/** Any value of a type, as JSON has it. */
export function anyValue(type: ValueType): fc.Arbitrary<unknown> {
  switch (type.kind) {
    case 'number':
      return number(type.min, type.max);
    case 'integer':
      return fc.integer({ min: type.min, max: type.max });
    case 'seed':
      return fc.option(anySeed);
    case 'choice':
      return fc.constantFrom(...type.options);
    case 'lines':
      return fc.oneof(line, fc.array(line, { minLength: 1, maxLength: type.maxLines }));
    case 'map': {
      const token = fc.nat().map((each) => String(each));
      return fc.dictionary(token, number(type.min, type.max), { maxKeys: 4, noNullPrototype: true });
    }
    case 'object':
      return fc.dictionary(
        fc.constantFrom('top_k', 'min_p', 'provider', '__proto__', 'ü'),
        fc.jsonValue({ maxDepth: 3 }).map((value): unknown => JSON.parse(JSON.stringify(value), exactNumber)),
        { maxKeys: 3, noNullPrototype: true },
      );
    case 'switch':
    case 'flag':
      return fc.boolean();
    case 'name':
      return anyUnicode.map((text) => `m${text}`.slice(0, type.maxCharacters));
    case 'text':
      return anyUnicode;
  }
}

type AnyRequest = { [Key in keyof Required<ChatRequest>]: fc.Arbitrary<ChatRequest[Key]> };

/** Where the table's types and its values meet: what `anyValue` gives cannot be typed row by row. */
const requests = {
  model: anyValue(model.type),
  messages,
  ...Object.fromEntries(parameters.map(({ key, type }) => [key, anyValue(type)])),
} as AnyRequest;

const title = anyUnicode.map((text) => text.slice(0, 200));

const arm: fc.Arbitrary<Arm> = fc.record(
  {
    label: title,
    provider: fc.constantFrom('seedling', 'my-server-2'),
    set: fc.record(requests, { requiredKeys: [] }),
  },
  { requiredKeys: ['set'] },
);

/** Any recipe that is valid, small enough for thousands of them. */
export const anyRecipe: fc.Arbitrary<Recipe> = fc.record(
  {
    v: fc.constant(1 as const),
    provider: fc.constantFrom('seedling', 'openai', 'imported', 'my-server-2'),
    request: fc.record(requests, { requiredKeys: ['model', 'messages'] }),
    arms: fc.array(arm, { minLength: 1, maxLength: 4 }),
    repeats: fc.integer({ min: 1, max: 4 }),
    dispatch: fc.constantFrom('parallel', 'sequential'),
    title,
  },
  { requiredKeys: ['v', 'provider', 'request', 'repeats'] },
);
