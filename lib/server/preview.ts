import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { initWasm, Resvg } from '@resvg/resvg-wasm';
import type { SavedExperiment } from '@/lib/run/saved';
import { previewSvg } from './preview-svg';

/**
 * The picture that chats show beside a link to an experiment: a PNG of 1200 × 630 pixels, tens of kilobytes, the same
 * bytes for the same experiment. Drawn from our own SVG with fonts that lie on this machine; nothing is fetched. Takes a
 * tenth of a second of this process's time, so it is to be drawn once and kept.
 */
export async function drawPreview(saved: SavedExperiment): Promise<Uint8Array> {
  const render = await loadRenderer();
  return render(previewSvg(saved));
}

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

/** Only the two faces that the SVG asks for: with others at hand, missing characters would take theirs, of any width. */
async function makeRenderer(): Promise<Render> {
  const packages = join(process.cwd(), 'node_modules');
  const font = (name: string) => readFile(join(packages, 'dejavu-fonts-ttf/ttf', name));
  const fontBuffers = await Promise.all([font('DejaVuSansMono.ttf'), font('DejaVuSansMono-Bold.ttf')]);
  await initWasm(await readFile(join(packages, '@resvg/resvg-wasm/index_bg.wasm')));
  return (svg) => renderPng(svg, fontBuffers);
}

/** The wasm side frees nothing by itself. */
function renderPng(svg: string, fontBuffers: Uint8Array[]): Uint8Array {
  const picture = new Resvg(svg, { font: { fontBuffers, defaultFontFamily: 'DejaVu Sans Mono' } });
  try {
    const rendered = picture.render();
    try {
      return rendered.asPng();
    } finally {
      rendered.free();
    }
  } finally {
    picture.free();
  }
}
