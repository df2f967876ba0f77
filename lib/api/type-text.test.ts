import { describe, expect, it } from 'vitest';
import { typeText } from './type-text';

describe('a schema as a type', () => {
  it('has optional fields, limits and names of others', () => {
    const schema = {
      type: 'object',
      properties: {
        seed: { anyOf: [{ type: 'integer', minimum: -Number.MAX_SAFE_INTEGER }, { type: 'null' }] },
        repeats: { type: 'integer', minimum: 1, maximum: 1000 },
        recipe: { $ref: '#/components/schemas/Recipe' },
        title: { type: 'string', maxLength: 200 },
      },
      required: ['repeats', 'recipe'],
    };
    expect(typeText(schema)).toBe(
      '{\n  seed?: integer | null;\n  repeats: integer; // 1 to 1000\n  recipe: Recipe;\n  title?: string; // at most 200 characters\n}',
    );
  });

  it('lists what may stand, and arrays of it', () => {
    const options = { enum: ['run', 'import'] };
    expect(typeText(options)).toBe('"run" | "import"');
    expect(typeText({ type: 'array', items: options })).toBe('("run" | "import")[]');
    expect(typeText({ type: 'array', items: { type: 'string' } })).toBe('string[]');
  });

  it('has alternatives that are objects a line each', () => {
    const kind = (name: string) => ({
      ...{ type: 'object', required: ['kind'] },
      properties: { kind: { const: name } },
    });
    expect(typeText({ oneOf: [kind('a'), kind('b')] })).toBe('\n| {\n  kind: "a";\n}\n| {\n  kind: "b";\n}');
  });

  it('knows maps, and what may be anything', () => {
    expect(typeText({ type: 'object', additionalProperties: { type: 'number' } })).toBe('Record<string, number>');
    expect(typeText({ type: 'object' })).toBe('object');
    expect(typeText({})).toBe('unknown');
  });

  it('says an end of a range alone', () => {
    expect(typeText({ type: 'object', properties: { run: { type: 'integer', minimum: 1 } } })).toContain('at least 1');
  });
});
