/*
 * Reading what other programs sent as JSON: each reader takes any value and gives what it can use, or null.
 */

/**
 * A JSON text, or undefined if it is none. Numbers that JSON does not have (NaN, Infinity, -Infinity), which servers written in
 * Python send as a logprob, are read as null.
 */
export function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return readWithNumbersBeyondJson(text);
  }
}

function readWithNumbersBeyondJson(text: string): unknown {
  if (!/NaN|Infinity/.test(text)) return undefined;
  try {
    return JSON.parse(
      text.replace(/"(?:[^"\\]|\\.)*"|-?\bInfinity\b|\bNaN\b/g, (part) => (part[0] === '"' ? part : 'null')),
    );
  } catch {
    return undefined;
  }
}

type Fields = Readonly<Record<string, unknown>>;

export const isObject = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The fields of an object; of anything else, none. */
export const fieldsOf = (value: unknown): Fields => (isObject(value) ? value : {});

export const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/** A text that says something. */
export const textIn = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);
