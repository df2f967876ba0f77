import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { initWasm, Resvg } from '@resvg/resvg-wasm';
import type { SavedExperiment } from '@/lib/run/saved';
import { previewSvg } from './preview-svg';

/** The server always starts in the project's folder; nothing is fetched from elsewhere. */
const fromPackage = (path: string): Buffer => readFileSync(join(process.cwd(), 'node_modules', path));

let renderer: Promise<{ fonts: Uint8Array[] }> | undefined;

async function load(): Promise<{ fonts: Uint8Array[] }> {
  await initWasm(new Uint8Array(fromPackage('@resvg/resvg-wasm/index_bg.wasm')).buffer);
  const names = ['DejaVuSans', 'DejaVuSans-Bold', 'DejaVuSansMono', 'DejaVuSansMono-Bold'];
  return { fonts: names.map((name) => new Uint8Array(fromPackage(`dejavu-fonts-ttf/ttf/${name}.ttf`))) };
}

/** Draws the preview image of an experiment: a PNG of 1200 × 630. The same experiment gives the same bytes. */
export async function drawPreview(saved: SavedExperiment): Promise<Uint8Array> {
  renderer ??= load();
  const { fonts } = await renderer;
  const drawing = new Resvg(previewSvg(saved), { font: { fontBuffers: fonts, defaultFontFamily: 'DejaVu Sans' } });
  const image = drawing.render();
  const png = Uint8Array.from(image.asPng());
  image.free();
  drawing.free();
  return png;
}
