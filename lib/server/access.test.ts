import { describe, expect, it, vi } from 'vitest';
import { endedWith } from '@/lib/run/records.fixture';
import { deleteExperiment, getExperiment, renameExperiment } from './experiment';
import { exportExperiment } from './files';
import { openPermalink } from './permalink';
import { listReplays } from './replays';
import { followExperiment, rerunExperiment, stopExperiment } from './runs';
import { scriptedRecipe } from './scripted-provider.fixture';
import {
  anExperiment,
  begin,
  eventsOf,
  folded,
  freshServices,
  newVisitor,
  request,
  type Visitor,
} from './services.fixture';
import { getPreview, shareExperiment } from './sharing';
import { hashToken } from './visitor';

const anna = newVisitor();
const bob = newVisitor();

const rig = freshServices();

type RequestAs = (id: string, as: Visitor | null) => Promise<Response>;

/** What whoever knows the link may ask of a shared experiment. */
const reads: Record<string, RequestAs> = {
  GET: (id, as) => getExperiment(request('GET', '/', { as }), id),
  'GET events': (id, as) => followExperiment(request('GET', '/', { as }), id),
  'GET replays': (id, as) => listReplays(request('GET', '/', { as }), id),
  'GET export': (id, as) => exportExperiment(request('GET', '/', { as }), id),
  'GET export as CSV': (id, as) => exportExperiment(request('GET', '/?format=csv', { as }), id),
};

/** What only the browser may that made it. */
const changes: Record<string, RequestAs> = {
  'POST stop': (id, as) => stopExperiment(request('POST', '/', { as }), id),
  'POST runs': (id, as) => rerunExperiment(request('POST', '/', { as }), id),
  'POST share': (id, as) => shareExperiment(request('POST', '/', { as }), id),
  PATCH: (id, as) => renameExperiment(request('PATCH', '/', { as, body: { title: 'Mine now' } }), id),
  DELETE: (id, as) => deleteExperiment(request('DELETE', '/', { as }), id),
};
const byToken: RequestAs = (id, as) =>
  deleteExperiment(request('DELETE', '/', { as, body: { token: 'A'.repeat(43) } }), id);

const all: Record<string, RequestAs> = { ...reads, ...changes, 'DELETE by token': byToken };
const askers: [string, Visitor | null][] = [
  ['its owner', anna],
  ['another visitor', bob],
  ['nobody', null],
];

/** An experiment of Anna's of which one run is missing. */
async function keep(name: string, shared: boolean): Promise<string> {
  const { id } = anExperiment(name);
  await rig.store.create(anExperiment(name, { owner: anna.owner }), endedWith('the text'));
  if (shared) await rig.store.share(id, 1, hashToken('token'), Uint8Array.of(1));
  return id;
}

/** All that tells one refusal from another. */
async function look(response: Response): Promise<string> {
  return JSON.stringify([response.status, [...response.headers], await response.text()]);
}

const everyUnknownId = ['', 'nothing', 'A'.repeat(22), 'x'.repeat(9000), '__proto__', 'constructor', '..%2f', '%00'];
const moreUnknownIds = [
  "' or 1=1--",
  '\u202e',
  '\0',
  '\ud83d',
  `${'A'.repeat(22)}\n`,
  `\n${'A'.repeat(22)}`,
  'Ä'.repeat(22),
];

describe('an experiment that is not there, or not for the one who asks', () => {
  it.each(Object.entries(all))('gives one and the same 404 to %s', async (_, ask) => {
    const id = await keep('private', false);
    const answers = new Set<string>();
    for (const unknown of [...everyUnknownId, ...moreUnknownIds])
      for (const [, as] of askers) answers.add(await look(await ask(unknown, as)));
    for (const as of [bob, null]) answers.add(await look(await ask(id, as)));
    const [only, ...others] = answers;
    expect(others).toEqual([]);
    expect(JSON.parse(only ?? '')).toEqual([
      404,
      expect.arrayContaining([['cache-control', 'no-store']]),
      '{"error":{"code":"not_found","message":"There is no experiment at this address.","param":null}}',
    ]);
    expect((await rig.store.find(id))?.title).toBeNull();
  });

  it.each(Object.entries({ ...reads, ...changes }))('is refused without reading its runs: %s', async (_, ask) => {
    const id = await keep('private', false);
    const finding = vi.spyOn(rig.store, 'findSizes');
    for (const as of [bob, null]) await ask(id, as);
    expect(finding).not.toHaveBeenCalled();
  });

  it('has no preview image to show either', async () => {
    const answers = new Set<string>();
    for (const id of [await keep('private', false), ...everyUnknownId, ...moreUnknownIds])
      answers.add(await look(await getPreview(request('GET', '/'), id)));
    expect(answers.size).toBe(1);
  });

  it.each(Object.entries(all))('cannot be told from any other while it is running: %s', async (_, ask) => {
    const { id } = await begin(scriptedRecipe(1), anna);
    for (const as of [bob, null]) expect(await look(await ask(id, as))).toBe(await look(await ask('unknown', as)));
    expect(rig.scripted.calls.map(({ signal }) => signal.aborted)).toEqual([false]);
    expect(rig.hub.get(id)?.running).toBe(true);
  });
});

describe('a private experiment', () => {
  it.each(Object.entries({ ...reads, ...changes }))('lets its owner in: %s', async (name, ask) => {
    expect((await ask(await keep('private', false), anna)).status).toBe(name === 'DELETE' ? 204 : 200);
  });

  it('does not open by its owner’s hash, nor by the empty cookie', async () => {
    const id = await keep('private', false);
    for (const cookie of [`seedbed_visitor=${anna.owner}`, 'seedbed_visitor=', 'seedbed_visitor', anna.owner]) {
      const visitor = { cookie, owner: '' };
      for (const ask of Object.values(all)) expect((await ask(id, visitor)).status).toBe(404);
    }
  });
});

describe('a private experiment that a shared one repeats', () => {
  it('is named to its owner and to nobody else', async () => {
    const parent = await keep('parent', false);
    const { id } = anExperiment('shared');
    await rig.store.create(anExperiment('shared', { owner: anna.owner, parent }), endedWith('a', 'a'));
    await rig.store.share(id, 1, hashToken('token'), Uint8Array.of(1));
    const tellers: Record<string, RequestAs> = {
      ...reads,
      page: async (of, as) => Response.json(await openPermalink(of, { cookies: as?.cookie ?? null, address: null })),
    };
    const told = async (as: Visitor | null) => {
      const texts = await Promise.all(Object.values(tellers).map(async (ask) => (await ask(id, as)).text()));
      return Object.keys(tellers).filter((_, at) => texts[at]?.includes(parent));
    };
    expect(await told(anna)).toEqual(['GET', 'GET replays', 'GET export', 'page']);
    expect([await told(bob), await told(null)]).toEqual([[], []]);
    await rig.store.share(parent, 1, hashToken('other'), Uint8Array.of(1));
    expect(await told(null)).toEqual(['GET', 'GET replays', 'GET export', 'page']);
  });
});

describe('a shared experiment', () => {
  it.each(Object.entries(reads))('is read by everybody: %s', async (_, ask) => {
    const id = await keep('shared', true);
    for (const [, as] of askers) {
      const response = await ask(id, as);
      expect(response.status).toBe(200);
      const text = await response.text();
      for (const secret of [anna.owner, hashToken('token')]) expect(text).not.toContain(secret);
    }
    expect((await getPreview(request('GET', '/'), id)).status).toBe(200);
  });

  it.each(Object.entries({ ...changes, 'DELETE by token': byToken }))(
    'is changed by nobody else: %s',
    async (_, ask) => {
      const id = await keep('shared', true);
      const before = await rig.store.find(id);
      for (const as of [bob, null]) expect((await ask(id, as)).status).toBe(404);
      expect(await rig.store.find(id)).toEqual(before);
      expect(rig.scripted.calls).toEqual([]);
    },
  );

  it('is followed live by everybody while it runs', async () => {
    const { id } = await begin(scriptedRecipe(1), anna);
    await rig.store.share(id, 1, 'hash', new Uint8Array());
    const others = [bob, null].map(async (as) => eventsOf(await followExperiment(request('GET', '/', { as }), id)));
    rig.scripted.say(1, 'live');
    rig.scripted.end(1);
    for (const seen of await Promise.all(others)) expect(folded(seen).runs).toMatchObject([{ text: 'live' }]);
  });
});
