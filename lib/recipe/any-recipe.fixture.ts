import fc from 'fast-check';
import type { Arm, ChatRequest, Recipe } from './recipe';

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

const parameters = {
  model: anyUnicode.map((text) => `m${text}`.slice(0, 200)),
  messages,
  seed: fc.option(fc.maxSafeInteger()),
  temperature: number(0, 2),
  top_p: number(0, 1),
  max_completion_tokens: fc.integer({ min: 1, max: 4096 }),
  stop: fc.oneof(
    anyUnicode.map((text) => `${text}.`.slice(-200)),
    fc.array(
      anyUnicode.map((text) => `${text}.`.slice(-200)),
      { minLength: 1, maxLength: 4 },
    ),
  ),
  frequency_penalty: number(-2, 2),
  presence_penalty: number(-2, 2),
  logit_bias: fc.dictionary(
    fc.nat().map((token) => String(token)),
    number(-100, 100),
    { maxKeys: 4, noNullPrototype: true },
  ),
  reasoning_effort: fc.constantFrom('none', 'minimal', 'low', 'medium', 'high', 'xhigh', 'max'),
  logprobs: fc.boolean(),
  top_logprobs: fc.integer({ min: 0, max: 20 }),
} satisfies { [Key in keyof Required<ChatRequest>]: fc.Arbitrary<ChatRequest[Key]> };

const title = anyUnicode.map((text) => text.slice(0, 200));

const arm: fc.Arbitrary<Arm> = fc.record(
  { label: title, set: fc.record(parameters, { requiredKeys: [] }) },
  { requiredKeys: ['set'] },
);

/** Any recipe that is valid, small enough for thousands of them. */
export const anyRecipe: fc.Arbitrary<Recipe> = fc.record(
  {
    v: fc.constant(1 as const),
    provider: fc.constantFrom('seedling', 'openai', 'imported', 'my-server-2'),
    request: fc.record(parameters, { requiredKeys: ['model', 'messages'] }),
    arms: fc.array(arm, { minLength: 1, maxLength: 4 }),
    repeats: fc.integer({ min: 1, max: 4 }),
    dispatch: fc.constantFrom('parallel', 'sequential'),
    title,
  },
  { requiredKeys: ['v', 'provider', 'request', 'repeats'] },
);
