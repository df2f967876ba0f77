import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Validator } from '@seriousme/openapi-schema-validator';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { describeApi } from './openapi';
import { operations } from './operations';

const app = fileURLToPath(new URL('../../app', import.meta.url));
const description = describeApi('1.2.3');

/** Every address below a folder of app that a route answers, with the methods that it has: "get /api/health". */
const routes = (folder: string): string[] =>
  readdirSync(join(app, folder), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('route.ts') && !path.includes('[[...'))
    .flatMap((path) => {
      const address = `/${folder}/${path}`
        .replace(/\/route\.ts$/, '')
        .replaceAll('[', '{')
        .replaceAll(']', '}');
      const source = readFileSync(join(app, folder, path), 'utf8');
      const own = [...source.matchAll(/(?:apiMethods\(\{ |^ {2}|, )(GET|POST|PATCH|DELETE):/gm)].map(
        ([, name]) => name,
      );
      const exported = [...source.matchAll(/^export const (GET|POST) =/gm)].map(([, name]) => name);
      return [...own, ...exported].map((method) => `${method?.toLowerCase()} ${address}`);
    });

describe('the description of the API', () => {
  it('is OpenAPI 3.1', async () => {
    const { valid, errors } = await new Validator().validate(structuredClone(description));
    expect(errors).toBeUndefined();
    expect(valid).toBe(true);
  });

  it('has every address and method that there is, and no other', () => {
    const described = operations.map(({ method, path }) => `${method} ${path}`);
    expect(described.toSorted()).toEqual([...routes('api'), ...routes('e')].toSorted());
  });

  it('refers to nothing that it does not have', () => {
    const named = [...JSON.stringify(description).matchAll(/"\$ref":"#\/components\/schemas\/(\w+)"/g)];
    expect(named.length).toBeGreaterThan(30);
    for (const [, name = ''] of named) expect(Object.keys(description.components.schemas)).toContain(name);
  });

  it('names each operation once', () => {
    const ids = Object.values(description.paths).flatMap((path) => Object.values(path).map((each) => each.operationId));
    expect(new Set(ids).size).toBe(operations.length);
    for (const id of ids) expect(id).toMatch(/^[a-z][A-Za-z]+$/);
  });

  it('takes what the server takes, and refuses what it refuses', () => {
    const ajv = new Ajv2020({ strict: false, schemas: [{ $id: 'api', ...description }] });
    const recipe = ajv.getSchema('api#/components/schemas/Recipe');
    const good = {
      ...{ v: 1, provider: 'seedling', repeats: 2 },
      request: { model: 'seedling-1', seed: 7, messages: [{ role: 'user', content: 'Hi' }] },
    };
    expect(recipe?.(good)).toBe(true);
    expect(recipe?.({ ...good, repeats: 0 })).toBe(false);
    expect(recipe?.({ ...good, request: { ...good.request, temperature: 'hot' } })).toBe(false);
    expect(recipe?.({ ...good, seed: 7 })).toBe(false);
  });

  it('tells an event from what is none', () => {
    const ajv = new Ajv2020({ strict: false, schemas: [{ $id: 'api', ...description }] });
    const event = ajv.getSchema('api#/components/schemas/RunEvent');
    expect(event?.({ type: 'text-delta', run: 1, text: 'Hi' })).toBe(true);
    expect(event?.({ type: 'text-delta', run: 0, text: 'Hi' })).toBe(false);
    expect(event?.({ type: 'something else' })).toBe(false);
  });
});
