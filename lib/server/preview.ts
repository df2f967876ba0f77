import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { crc32, deflate } from 'node:zlib';
import { initWasm, Resvg } from '@resvg/resvg-wasm';
import type { SavedExperiment } from '@/lib/run/saved';
import { previewSvg, size } from './preview-svg';

/**
 * The picture that chats show beside a link to an experiment: a PNG of 1200 × 630 pixels, tens of kilobytes, the same
 * bytes for the same experiment. Drawn from our own SVG with fonts of this machine; nothing is fetched. It takes a
 * tenth of a second of this process's time, so draw it once and store it.
 */
export async function drawPreview(saved: SavedExperiment): Promise<Uint8Array> {
  const render = await loadRenderer();
  return encodePng(render(previewSvg(saved)));
}

/** SVG of `size` in, its pixels out: red, green, blue and alpha of each, row by row. */
type Render = (svg: string) => Uint8Array;

// The renderer may be set up only once. Pages and routes are separate bundles: only globalThis is one for all of them.
const shared = globalThis as typeof globalThis & { seedbedRenderer?: Promise<Render> };

function loadRenderer(): Promise<Render> {
  shared.seedbedRenderer ??= makeRenderer().catch((error: unknown) => {
    delete shared.seedbedRenderer;
    throw error;
  });
  return shared.seedbedRenderer;
}

/** Only the two faces that the SVG uses: with others, missing characters would be taken from those, in any width. */
async function makeRenderer(): Promise<Render> {
  const packages = join(process.cwd(), 'node_modules');
  const font = (name: string) => readFile(join(packages, 'dejavu-fonts-ttf/ttf', name));
  const fontBuffers = await Promise.all([font('DejaVuSansMono.ttf'), font('DejaVuSansMono-Bold.ttf')]);
  await initWasm(await readFile(join(packages, '@resvg/resvg-wasm/index_bg.wasm')));
  return (svg) => renderPixels(svg, fontBuffers);
}

/** The wasm side frees nothing of its own accord. */
function renderPixels(svg: string, fontBuffers: Uint8Array[]): Uint8Array {
  const picture = new Resvg(svg, { font: { fontBuffers, defaultFontFamily: 'DejaVu Sans Mono' } });
  try {
    const rendered = picture.render();
    try {
      return rendered.pixels;
    } finally {
      rendered.free();
    }
  } finally {
    picture.free();
  }
}

/**
 * Pixels as PNG. The renderer's own encoder filters each row, which for flat colours and letters gives nearly twice the
 * bytes; and this one compresses off the main thread.
 */
async function encodePng(rgba: Uint8Array): Promise<Uint8Array> {
  const { width, height } = size;
  const rows = Buffer.alloc(height * (1 + 4 * width));
  for (let row = 0; row < height; row++)
    rows.set(rgba.subarray(row * 4 * width, (row + 1) * 4 * width), row * (1 + 4 * width) + 1);
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 6], 8); // eight bits each of red, green, blue, alpha; then: deflate, not interlaced
  const data = await promisify(deflate)(rows, { level: 9 });
  return Buffer.concat([signature, chunk('IHDR', header), chunk('IDAT', data), chunk('IEND', Buffer.alloc(0))]);
}

const signature = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1');

/** A PNG chunk: length, name, content, and the checksum of the latter two. */
function chunk(name: string, content: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(name, 'latin1'), content]);
  const framed = Buffer.alloc(body.length + 8);
  framed.writeUInt32BE(content.length, 0);
  framed.set(body, 4);
  framed.writeUInt32BE(crc32(body), body.length + 4);
  return framed;
}
