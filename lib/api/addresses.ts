/*
 * Every address of the site, once. All are paths: put the origin before one to get a whole address. Ids, slugs and
 * hashes need no escaping.
 */

import type { ExportFormat } from './formats';

// Apart, since what a page loads at first has links and asks nothing.
export { pages } from './pages';

type Query = Record<string, string | number | null | undefined>;

/** The endpoints under /api. Parts of a query that are null or absent are left out. */
export const endpoints = {
  /** POST: starts an experiment, `pace` in tokens a second, `parent` the id of the one whose recipe is run again */
  start: (query: { pace?: number | null; parent?: string | null } = {}): string => `/api/experiments${toQuery(query)}`,
  /** POST: probes a model, as an experiment */
  probe: '/api/probe',
  /** GET: a page of the caller's own, `after` the `next` of the page before */
  list: (query: { search?: string; after?: string | null; limit?: number } = {}): string =>
    `/api/experiments${toQuery(query)}`,
  import: '/api/experiments/import',
  /** GET, PATCH, DELETE */
  experiment: (id: string): string => `/api/experiments/${id}`,
  events: (id: string): string => `/api/experiments/${id}/events`,
  stop: (id: string): string => `/api/experiments/${id}/stop`,
  runs: (id: string, query: { pace?: number | null } = {}): string => `/api/experiments/${id}/runs${toQuery(query)}`,
  /** what was sent for a run */
  exchange: (id: string, run: number | string): string => `/api/experiments/${id}/runs/${run}/exchange`,
  share: (id: string): string => `/api/experiments/${id}/share`,
  own: (id: string): string => `/api/experiments/${id}/own`,
  replays: (id: string): string => `/api/experiments/${id}/replays`,
  export: (id: string, format: ExportFormat): string => `/api/experiments/${id}/export?format=${format}`,
  models: '/api/models',
  quotas: '/api/quotas',
  health: '/api/health',
  openApi: '/api/openapi.json',
  /** the counts that Seedling writes from, by their hash */
  seedling: (hash: string): string => `/api/seedling/${hash}`,
  /** Sapling's weights and tokenizer, by the hash in its fingerprints */
  sapling: (hash: string): string => `/api/sapling/${hash}`,
};

/** Those that no page asks for, but whoever watches over the server. */
export const forWatchers = { live: '/api/health/live', ready: '/api/health/ready', metrics: '/api/metrics' };

/** '?search=a&limit=5', or '' for nothing. */
function toQuery(query: Query): string {
  const given = Object.entries(query).flatMap(([name, value]) => (value == null ? [] : [[name, String(value)]]));
  return given.length > 0 ? `?${new URLSearchParams(given)}` : '';
}
