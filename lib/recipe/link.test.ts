import { readFileSync } from 'node:fs';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cases } from '@/lib/cases.fixture';
import { err, ok } from '@/lib/result';
import { aRecipe, aRequest } from '@/lib/run/records.fixture';
import { anyRecipe, anyUnicode, nastyTexts } from './any-recipe.fixture';
import { canonicalJson } from './canonical';
import { exampleRecipe } from './example';
import { fragmentToRecipe, recipeToFragment } from './link';
import type { Recipe } from './recipe';
import { parseRecipe } from './schema';

const packed = (content: string | Uint8Array) => `r=1.${deflateRawSync(content).toString('base64url')}`;
const saying = (content: string) => aRecipe({ request: aRequest({ messages: [{ role: 'user', content }] }) });

describe('a recipe link', () => {
  it('holds the canonical JSON, compressed, and nothing else', async () => {
    const fragment = await recipeToFragment(exampleRecipe);
    const [, payload = ''] = /^r=1\.([\w-]+)$/.exec(fragment) ?? [];
    expect(inflateRawSync(Buffer.from(payload, 'base64url')).toString()).toBe(canonicalJson(exampleRecipe));
  });

  it('is short, with fewer than 300 characters for the example', async () => {
    expect((await recipeToFragment(exampleRecipe)).length).toBeLessThan(300);
  });

  it.each(nastyTexts)('carries %j exactly', async (text) => {
    const recipe = saying(`Say ${text}`);
    expect(await fragmentToRecipe(await recipeToFragment(recipe))).toEqual(ok(recipe));
  });

  it('carries every recipe exactly, with and without the #', async () => {
    await fc.assert(
      fc.asyncProperty(anyRecipe, async (recipe) => {
        expect(parseRecipe(recipe)).toEqual(ok(recipe));
        const fragment = await recipeToFragment(recipe);
        expect(await fragmentToRecipe(fragment)).toEqual(ok(recipe));
        expect(await fragmentToRecipe(`#${fragment}`)).toEqual(ok(recipe));
      }),
      { seed: 1, numRuns: cases(200) },
    );
  });

  it('carries a recipe as long as a body may be, and reports a longer one', async () => {
    const long = (count: number) =>
      aRecipe({
        request: aRequest({
          messages: Array.from({ length: 32 }, () => ({ role: 'user', content: '語'.repeat(count) })),
        }),
      });
    const recipe = long(10_800);
    expect(await fragmentToRecipe(await recipeToFragment(recipe))).toEqual(ok(recipe));
    await expect(recipeToFragment(long(11_000))).rejects.toThrow('The recipe is larger than 1 MiB');
  });
});

/** Made once, when version 1 was new: they are out in the world. Never make them again. */
const links: { name: string; fragment: string; recipe: Recipe }[] = JSON.parse(
  readFileSync(new URL('./__fixtures__/links-v1.json', import.meta.url), 'utf8'),
);

describe('a link of version 1', () => {
  it('has recorded examples', () => {
    expect(links.length).toBe(5);
  });

  it.each(links)('opens for ever: $name', async ({ fragment, recipe }) => {
    expect(await fragmentToRecipe(fragment)).toEqual(ok(recipe));
  });
});

describe('a link whose mark was rewritten on its way', () => {
  it.each(['R=', 'r%3D', 'r%3d'])('opens with %s', async (mark) => {
    for (const { fragment, recipe } of links)
      expect(await fragmentToRecipe(fragment.replace(/r=/, mark))).toEqual(ok(recipe));
  });
});

describe('a fragment', () => {
  it.each(['', '#', '#results', 'x=1.abc', '#x=1.abc', 'a&r=1.abc'])('like %j is not a recipe link', async (text) => {
    expect(await fragmentToRecipe(text)).toEqual(err({ kind: 'not-a-link' }));
  });

  it.each(['r=2.abc', '#r=2.', 'r=17.!?', 'r=99999999999999999999.abc'])(
    'like %j is from a newer version',
    async (text) => {
      expect(await fragmentToRecipe(text)).toEqual(err({ kind: 'newer-link' }));
    },
  );

  it.each(['r=', 'r=1', 'r=0.abc', 'r=01.abc', 'r=x.abc', 'r=1.', 'r=1.A', 'r=1.!!!!', 'r=1.AAAA====', 'r=1.ab cd'])(
    'like %j is damaged',
    async (text) => {
      expect(await fragmentToRecipe(text)).toEqual(err({ kind: 'damaged-link' }));
    },
  );

  it('that is cut off anywhere, or has anything after its end, is damaged', async () => {
    const fragment = await recipeToFragment(exampleRecipe);
    for (let length = 'r=1'.length; length < fragment.length; length++)
      expect(await fragmentToRecipe(fragment.slice(0, length))).toEqual(err({ kind: 'damaged-link' }));
    for (const rest of ['A', 'AAAA', '=', '.', '&utm=1', ' ', '%20'])
      expect(await fragmentToRecipe(fragment + rest)).toEqual(err({ kind: 'damaged-link' }));
  });

  it.each([
    ['no JSON', packed('{"v":1')],
    ['no UTF-8', packed(Uint8Array.of(0x22, 0xff, 0x22))],
  ])('that unpacks to %s is damaged', async (_, fragment) => {
    expect(await fragmentToRecipe(fragment)).toEqual(err({ kind: 'damaged-link' }));
  });

  it.each([
    ['0 repeats', { ...aRecipe(), repeats: 0 }],
    ['a hot arm', aRecipe({ arms: [{ set: { temperature: 300 } }] })],
    ['an unknown field', { ...aRecipe(), extra: 1 }],
    ['no object', 5],
  ])('with %s is refused with what is wrong in the recipe', async (_, recipe) => {
    const parsed = parseRecipe(recipe);
    const fault = { kind: 'unusable-link', problem: parsed.ok ? null : parsed.error };
    expect(await fragmentToRecipe(packed(JSON.stringify(recipe)))).toEqual(err(fault));
  });

  it('that unpacks to more than 1 MiB is refused, though it holds a recipe', async () => {
    const padded = (length: number) => packed(JSON.stringify(aRecipe()).padEnd(length));
    expect(await fragmentToRecipe(padded(1024 * 1024))).toEqual(ok(aRecipe()));
    expect(await fragmentToRecipe(padded(1024 * 1024 + 1))).toEqual(err({ kind: 'damaged-link' }));
  });

  it('of any garbage is refused, without an exception', async () => {
    const garbage = fc.oneof(
      anyUnicode,
      anyUnicode.map((text) => `#r=${text}`),
      fc.tuple(fc.nat(3), anyUnicode).map(([version, text]) => `r=${version}.${text}`),
      fc.uint8Array({ maxLength: 60 }).map((bytes) => `r=1.${Buffer.from(bytes).toString('base64url')}`),
      fc.json().map(packed),
    );
    await fc.assert(
      fc.asyncProperty(garbage, async (fragment) => {
        expect((await fragmentToRecipe(fragment)).ok).toBe(false);
      }),
      { seed: 1, numRuns: cases(500) },
    );
  });
});
