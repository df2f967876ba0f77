import { inflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { RunRecord } from '@/lib/run/record';
import { aRecipe, aRequest, aSaved, ended, endedWith } from '@/lib/run/records.fixture';
import { drawPreview } from './preview';

const saved = (content: string, runs: RunRecord[], model = 'seedling-1') => {
  const request = aRequest({ model, messages: [{ role: 'user', content }] });
  return aSaved({ runs, recipe: aRecipe({ repeats: runs.length, request }) });
};
const two = endedWith('x', 'x');

/** Reads a PNG as `drawPreview` writes it: one IDAT, RGBA, no filters. The pixel at a place, as 'rrggbb'. */
function readPng(png: Uint8Array) {
  const bytes = Buffer.from(png);
  const [width, height] = [bytes.readUInt32BE(16), bytes.readUInt32BE(20)];
  const rows = inflateSync(bytes.subarray(41, 41 + bytes.readUInt32BE(33)));
  const at = (x: number, y: number) =>
    rows.toString('hex', y * (1 + 4 * width) + 1 + 4 * x, y * (1 + 4 * width) + 4 + 4 * x);
  return { width, height, at };
}

/** The rightmost column in a band of rows that is not white. */
function rightmost(png: Uint8Array, top: number, bottom: number): number {
  const { width, at } = readPng(png);
  for (let x = width - 1; x >= 0; x--) for (let y = top; y < bottom; y++) if (at(x, y) !== 'ffffff') return x;
  return -1;
}

describe('the preview as PNG', () => {
  it('is a PNG of 1200 × 630', async () => {
    const png = await drawPreview(saved('Hi', two));
    expect([...png.subarray(0, 8)]).toEqual([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
    expect(Buffer.from(png).toString('latin1', 12, 16)).toBe('IHDR');
    expect(readPng(png)).toMatchObject({ width: 1200, height: 630 });
  });

  it('is the same for the same experiment, and differs for another', async () => {
    const first = await drawPreview(saved('Hi', two));
    expect(await drawPreview(saved('Hi', two))).toEqual(first);
    expect(await drawPreview(saved('Ho', two))).not.toEqual(first);
  });

  it('can be drawn several times at once from the start', async () => {
    const drawn = await Promise.all([1, 2, 3].map(() => drawPreview(saved('Hi', two))));
    expect(new Set(drawn.map((png) => Buffer.from(png).toString('base64'))).size).toBe(1);
  });

  it('has text in it, and cells in the colours of their variants', async () => {
    const { at } = readPng(await drawPreview(saved('Hi', endedWith('x', 'x', 'y'))));
    expect([72, 152, 232].map((x) => at(x, 430))).toEqual(['165fd9', '165fd9', 'a53610']);
    expect(rightmost(await drawPreview(saved('Hi', two)), 130, 200)).toBeGreaterThan(400);
  });

  it.each([
    ['32,000 characters with emoji', '😀 Tell me of 🦄 and 👩‍👩‍👧. '.repeat(1600)],
    ['one word of 32,000 letters', 'W'.repeat(32_000)],
    ['scripts that the font lacks', '漢字かな한국어नमस्ते'.repeat(2000)],
    ['writing from right to left', 'مرحبا بالعالم '.repeat(2000)],
    ['shades and boxes', '▓▒░@#'.repeat(6000)],
    ['piles of accents', `z${'\u0336\u0301'.repeat(9)}`.repeat(1500)],
    ['the widest letters', 'ﷺ﷽⟹㎒'.repeat(8000)],
  ])('stays within its margins and below 100 KB: %s', async (_, content) => {
    const finish = content.slice(0, 3000);
    const runs = Array.from({ length: 100 }, (_, index) =>
      ended(index + 1, `${index}`, { finish: index % 5 === 1 ? finish : 'stop', fingerprints: [`${content}${index}`] }),
    );
    const png = await drawPreview(saved(content, runs, content.slice(0, 200)));
    expect(png.length).toBeLessThan(100_000);
    expect(rightmost(png, 0, 630)).toBeLessThan(1200 - 56);
    expect(rightmost(png, 300, 400)).toBeGreaterThan(400);
  });

  it('shows a box for characters that the font lacks', async () => {
    const [cjk, none] = [await drawPreview(saved('漢漢漢漢', two)), await drawPreview(saved('', two))];
    expect(rightmost(cjk, 215, 270)).toBeGreaterThan(rightmost(none, 215, 270) + 50);
  });

  it('draws hostile text as text', async () => {
    const hostile = '</svg><script>alert(1)</script> & ]]> <!-- \u0000\u202e\ud83d\uffff';
    const png = await drawPreview(
      saved(hostile, [ended(1, 'x', { finish: hostile, fingerprints: [hostile] }), ...two]),
    );
    expect(readPng(png)).toMatchObject({ width: 1200, height: 630 });
    expect(rightmost(png, 500, 620)).toBeGreaterThan(500);
  });
});
