import { glob, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, gzip } from 'node:zlib';
import { encodings } from './lib/http/encodings.ts';
import { securityHeaders } from './lib/http/security-headers.ts';

/**
 * @param {string} ancestors which pages may show this one in a frame
 * @param {string} scripts what scripts may do besides
 */
const policy = (ancestors, scripts = '') =>
  // Nothing may be loaded from, or sent to, elsewhere. Next writes scripts into its pages: lib/server/inline-scripts.ts
  // adds their hashes to what is allowed; `next dev` asks for more, and has nothing in front of it.
  [
    "default-src 'none'",
    `script-src 'self'${scripts}${process.env.NODE_ENV === 'development' ? " 'unsafe-inline' 'unsafe-eval'" : ''}`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "worker-src 'self'",
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
    `frame-ancestors ${ancestors}`,
  ].join('; ');

const everywhere = Object.entries(securityHeaders).map(([key, value]) => ({ key, value }));

/** Only shared experiments, on the page that is made for it, may be embedded in other sites' pages. */
const embedded = '/e/:id/embed';
const allOthers = '/:path((?!e/[^/]+/embed$).*)';

const briefly = 'public, max-age=0, s-maxage=30, must-revalidate';

const compileAhead = '//# allFunctionsCalledOnLoad\n';
/** In characters. The mark makes a script heavier, and a small one is compiled at once anyway. */
const worthMarking = 24 * 1024;

/**
 * Marks the scripts that pages begin with: browsers that know the mark compile their functions aside, while the script
 * arrives, and not one by one in the way of the page. Next lists these scripts in its manifests.
 * @param {{ distDir: string }} build
 */
async function markFirstScripts({ distDir }) {
  const first = new Set();
  const manifests = glob(['build-manifest.json', 'server/app/**/*_client-reference-manifest.js'], { cwd: distDir });
  for await (const manifest of manifests) {
    const text = await readFile(join(distDir, manifest), 'utf8');
    for (const [script] of text.matchAll(/static\/chunks\/[\w.-]+\.js/g)) first.add(join(distDir, script));
  }
  for (const script of first) {
    const code = await readFile(script, 'utf8');
    if (code.length > worthMarking && !code.startsWith(compileAhead)) await writeFile(script, compileAhead + code);
  }
}

const pack = {
  br: promisify(brotliCompress),
  gzip: (/** @type {Buffer} */ content) => promisify(gzip)(content, { level: 9 }),
};

/** @param {string} path */
async function packFile(path) {
  const content = await readFile(path);
  for (const { name, end } of encodings) await writeFile(path + end, await pack[name](content));
}

/**
 * Packs what browsers load, once and as small as it gets; lib/server/build-files.ts sends it.
 * @param {{ distDir: string }} build
 */
async function packForBrowsers({ distDir }) {
  const packed = [];
  for await (const file of glob('static/chunks/**/*.{css,js}', { cwd: distDir }))
    packed.push(packFile(join(distDir, file)));
  await Promise.all(packed);
}

/** @type {import('next').NextConfig} */
export default {
  poweredByHeader: false,
  reactStrictMode: true,
  images: { unoptimized: true },
  compiler: {
    async runAfterProductionCompile(build) {
      await markFirstScripts(build);
      await packForBrowsers(build);
    },
  },
  // `npm run types` checks them, tests included; the build need not check them again.
  typescript: { ignoreBuildErrors: true },
  // Everybody gets the same page, so what previews of a link read stands in its head, whoever asks.
  htmlLimitedBots: /.*/,
  // Read from the project's folder while running, not bundled: each is there once for all that runs in the process.
  serverExternalPackages: [
    ...['@resvg/resvg-wasm', 'openai', 'pino', 'prom-client'],
    ...['@opentelemetry/api', '@opentelemetry/context-async-hooks', '@opentelemetry/exporter-trace-otlp-http'],
    ...['@opentelemetry/resources', '@opentelemetry/sdk-trace'],
  ],
  headers: async () => [
    { source: '/:path*', headers: everywhere },
    // Pages that are the same for all until the next build, which proxies would keep for a year.
    ...['/', '/explore/:path*', '/learn/:path*'].map((source) => ({
      source,
      headers: [{ key: 'Cache-Control', value: briefly }],
    })),
    // These are for pages of other sites, too.
    ...['/e/:id/opengraph-image', '/e/:id/badge.svg', '/v1/:path*'].map((source) => ({
      source,
      headers: [{ key: 'Cross-Origin-Resource-Policy', value: 'cross-origin' }],
    })),
    { source: '/e/:path*', headers: [{ key: 'X-Robots-Tag', value: 'noindex, nofollow' }] },
    { source: embedded, headers: [{ key: 'Content-Security-Policy', value: policy('*') }] },
    {
      source: allOthers,
      headers: [
        { key: 'Content-Security-Policy', value: policy("'none'") },
        { key: 'X-Frame-Options', value: 'DENY' },
      ],
    },
    {
      // A worker has the policy of its own script: that of the lens computes Sapling with WebAssembly. Pages may not.
      source: '/_next/static/:path*',
      headers: [{ key: 'Content-Security-Policy', value: policy("'none'", " 'wasm-unsafe-eval'") }],
    },
  ],
};
