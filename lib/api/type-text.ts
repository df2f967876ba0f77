/** As much of a JSON schema as the description of the API has (https://json-schema.org/draft/2020-12). */
export type Schema = {
  $ref?: string;
  type?: string;
  const?: unknown;
  enum?: readonly unknown[];
  anyOf?: readonly Schema[];
  oneOf?: readonly Schema[];
  items?: Schema;
  properties?: Record<string, Schema>;
  required?: readonly string[];
  additionalProperties?: Schema | boolean;
  minimum?: number;
  maximum?: number;
  minItems?: number;
  maxItems?: number;
  minLength?: number;
  maxLength?: number;
};

/**
 * A schema as a type of TypeScript, with limits as comments.
 *
 *     { type: 'object', properties: { seed: { type: 'integer', minimum: 0 } }, required: [] }
 *       →  '{\n  seed?: integer; // at least 0\n}'
 */
export function typeText(schema: Schema, indent = ''): string {
  const { $ref, anyOf, oneOf, enum: options, type } = schema;
  if ($ref) return $ref.replace(/^.*\//, '');
  if ('const' in schema) return JSON.stringify(schema.const);
  if (options) return options.map((option) => JSON.stringify(option)).join(' | ');
  if (anyOf ?? oneOf) return unionText(anyOf ?? oneOf ?? [], indent);
  if (type === 'array') return `${inBrackets(typeText(schema.items ?? {}, indent))}[]`;
  return type === 'object' ? objectText(schema, indent) : (type ?? 'unknown');
}

/** A union has to stand in brackets before what applies to all of it. */
const inBrackets = (text: string): string => (/^[^{]* \| /.test(text) ? `(${text})` : text);

/** One alternative a line where there are objects among them. */
function unionText(alternatives: readonly Schema[], indent: string): string {
  const texts = alternatives.map((each) => typeText(each, indent));
  const objects = texts.filter((text) => text.startsWith('{')).length;
  return objects > 1 ? texts.map((text) => `\n${indent}| ${text}`).join('') : texts.join(' | ');
}

function objectText({ properties, required = [], additionalProperties }: Schema, indent: string): string {
  if (!properties)
    return typeof additionalProperties === 'object'
      ? `Record<string, ${typeText(additionalProperties, indent)}>`
      : 'object';
  const inner = `${indent}  `;
  const lines = Object.entries(properties).map(([name, schema]) => {
    const limits = limitsText(schema);
    const comment = limits && ` // ${limits}`;
    return `${inner}${name}${required.includes(name) ? '' : '?'}: ${typeText(schema, inner)};${comment}\n`;
  });
  return `{\n${lines.join('')}${indent}}`;
}

/** What else a value has to keep to, in words; '' for nothing. What any number or text keeps to goes without saying. */
function limitsText(schema: Schema): string {
  const { anyOf = [], minimum, maximum, minItems, maxItems, minLength, maxLength } = schema;
  const own = [
    rangeText(minimum, maximum, ''),
    rangeText(minItems, maxItems, ' of them'),
    rangeText(minLength, maxLength, ' characters'),
  ].filter(Boolean);
  return own.length > 0 ? own.join(', ') : (anyOf.map(limitsText).find(Boolean) ?? '');
}

function rangeText(from: number | undefined, to: number | undefined, unit: string): string {
  const [min, max] = [from, to].map((end) =>
    end !== undefined && Math.abs(end) < Number.MAX_SAFE_INTEGER ? end : null,
  );
  if (min != null && max != null) return `${min} to ${max}${unit}`;
  if (max != null) return `at most ${max}${unit}`;
  return min != null ? `at least ${min}${unit}` : '';
}
