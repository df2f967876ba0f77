import { parse } from 'valibot';
import { endpoints, pages } from '@/lib/api/addresses';
import { ShareResponse } from '@/lib/api/experiment';
import { ListResponse } from '@/lib/api/experiments';
import type { Recipe } from '@/lib/recipe/recipe';
import { deleteExperiment, getExperiment, getOwn, renameExperiment } from './experiment';
import { listExperiments, startExperiment } from './experiments';
import { listReplays } from './replays';
import { route, routeById } from './route';
import { followExperiment, rerunExperiment, stopExperiment } from './runs';
import { newVisitor, request, Shown, type Visitor } from './services.fixture';
import { getPreview, shareExperiment } from './sharing';

/*
 * Requests of the tests, through the routes: as Anna, unless a test says otherwise.
 */

export const anna = newVisitor();
export const bob = newVisitor();

export const haiku: Recipe = {
  v: 1,
  provider: 'seedling',
  request: {
    model: 'seedling-1',
    messages: [{ role: 'user', content: 'Write a haiku about spring.' }],
    seed: 74,
    max_completion_tokens: 30,
  },
  repeats: 5,
};

type Body = BodyInit | object | null;
type Handler = (request: Request, id: string) => Promise<Response>;

/** Asks something of one experiment. */
export const askOf = (handle: Handler, id: string, asked: Request): Promise<Response> =>
  routeById(handle)(asked, { params: Promise.resolve({ id }) });

export const post = (path: string, body: BodyInit | null, headers: Record<string, string> = {}): Request =>
  request('POST', path, { as: anna, body, headers });

export const start = (recipe: unknown, headers?: Record<string, string>): Promise<Response> =>
  route(startExperiment)(post(endpoints.start(), JSON.stringify(recipe), headers));

export const list = (query = '', as: Visitor | null = anna): Promise<Response> =>
  route(listExperiments)(request('GET', endpoints.list() + query, { as }));

export const listed = async (query = '', as: Visitor | null = anna): Promise<ListResponse> =>
  parse(ListResponse, await (await list(query, as)).json());

export const get = (id: string, as: Visitor | null = anna): Promise<Response> =>
  askOf(getExperiment, id, request('GET', endpoints.experiment(id), { as }));

export const shown = async (id: string, as: Visitor | null = anna) => Shown.parse(await (await get(id, as)).json());

export const own = (id: string, as: Visitor | null = anna): Promise<Response> =>
  askOf(getOwn, id, request('GET', endpoints.own(id), { as }));

export const rename = (id: string, body: Body, as: Visitor | null = anna): Promise<Response> =>
  askOf(renameExperiment, id, request('PATCH', endpoints.experiment(id), { as, body }));

export const remove = (id: string, body: Body = null, as: Visitor | null = anna): Promise<Response> =>
  askOf(deleteExperiment, id, request('DELETE', endpoints.experiment(id), { as, body }));

export const share = (id: string, body: Body = null, as: Visitor | null = anna): Promise<Response> =>
  askOf(shareExperiment, id, request('POST', endpoints.share(id), { as, body }));

/** Shares it; the token of its delete link, which the first call gives. */
export async function tokenOf(id: string): Promise<string> {
  const { deletePath } = parse(ShareResponse, await (await share(id)).json());
  const token = deletePath?.split('#delete=')[1];
  if (!token) throw new Error('There is no delete link.');
  return token;
}

export const preview = (id: string): Promise<Response> => askOf(getPreview, id, request('GET', pages.preview(id)));

export const replays = (id: string, as: Visitor | null = anna): Promise<Response> =>
  askOf(listReplays, id, request('GET', endpoints.replays(id), { as }));

export const follow = (id: string, lastEventId?: string, as: Visitor | null = anna): Promise<Response> => {
  const headers: Record<string, string> = lastEventId === undefined ? {} : { 'last-event-id': lastEventId };
  return askOf(followExperiment, id, request('GET', endpoints.events(id), { as, headers }));
};

export const stop = (
  id: string,
  body: BodyInit | null,
  headers: Record<string, string> = {},
  as: Visitor | null = anna,
): Promise<Response> => askOf(stopExperiment, id, request('POST', endpoints.stop(id), { as, body, headers }));

export const rerun = (id: string, body: BodyInit | null, headers?: Record<string, string>): Promise<Response> =>
  askOf(rerunExperiment, id, post(endpoints.runs(id), body, headers));
