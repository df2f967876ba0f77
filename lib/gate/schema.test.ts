import Ajv from 'ajv';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { ok } from '@/lib/result';
import { suiteSchema } from './schema';
import { readSuite } from './suite';

const accepts = new Ajv({ strict: false }).compile(JSON.parse(suiteSchema()));
const reads = (text: string) => readSuite(text, () => ok('Hi')).ok;
const request = 'request: { model: m }';

describe('the schema of suites', () => {
  it.each([
    `v: 1\ncases: [{ id: a, prompt: Hi, ${request} }]`,
    `$schema: ./x.json\nv: 1\ntitle: T\ndefaults: { runs: 5, ${request} }\ncases: [{ id: a, promptFile: x.txt }]`,
    `v: 1\ncases: [{ id: a, prompt: Hi, request: { model: m, seed: null, temperature: 2, stop: [a] }, demands: [{ kind: equal }, { kind: json, value: { a: 1 } }, { kind: fingerprint }] }]`,
  ])('accepts what the gate reads: %j', (text) => {
    expect(reads(text)).toBe(true);
    expect([accepts(parse(text)), accepts.errors]).toEqual([true, null]);
  });

  it.each([
    'v: 2\ncases: []',
    `v: 1\ncases: [{ id: a b, prompt: Hi, ${request} }]`,
    `v: 1\ncases: [{ id: a, prompt: Hi, ${request}, demands: [{ kind: equal, share: 1 }] }]`,
    `v: 1\ncases: [{ id: a, prompt: Hi, ${request}, demands: [{ kind: alike }] }]`,
    'v: 1\ncases: [{ id: a, prompt: Hi, request: { model: m, top_p: 2 } }]',
    'v: 1\ncases: [{ id: a, prompt: Hi, request: { model: m, seeds: 2 } }]',
  ])('refuses what the gate refuses: %j', (text) => {
    expect(reads(text)).toBe(false);
    expect(accepts(parse(text))).toBe(false);
  });
});
