import { describe, expect, it } from 'vitest';
import { addressHeader } from './address';
import { startExperiment } from './experiments';
import { followExperiment } from './runs';
import { scriptedRecipe } from './scripted-provider.fixture';
import { services } from './services';
import { begin, eventsOf, freshServices, newVisitor, refusalOf, request, type Visitor } from './services.fixture';

const rig = freshServices();
const anna = newVisitor();
const bob = newVisitor();

const follow = (id: string, as: Visitor | null, address = '192.0.2.1') =>
  followExperiment(request('GET', '/', { as, headers: { [addressHeader]: address } }), id);

describe('streams of events', () => {
  it('are fifty a visitor, and one that ends makes room for another', async () => {
    const { id } = await begin(scriptedRecipe(1), anna);
    const open = await Promise.all(Array.from({ length: 49 }, () => follow(id, anna)));
    expect(open.every(({ status }) => status === 200)).toBe(true);
    const refused = await follow(id, anna);
    expect(refused.headers.get('retry-after')).toBe('5');
    expect(await refusalOf(refused)).toMatchObject({ status: 429, code: 'too_many_streams' });
    const starting = await startExperiment(request('POST', '/', { as: anna, body: scriptedRecipe(1) }));
    expect(starting.status).toBe(429);
    await open[0]?.body?.cancel();
    expect((await follow(id, anna)).status).toBe(200);
    expect((await startExperiment(request('POST', '/', { as: bob, body: scriptedRecipe(1) }))).status).toBe(200);
  });

  it('are five hundred an address, for whoever has no cookie', async () => {
    const { id } = await begin(scriptedRecipe(1), anna);
    rig.scripted.end(1);
    await rig.hub.get(id)?.over();
    await rig.store.share(id, 1, 'hash', new Uint8Array());
    services().streams.set('192.0.2.1', 499);
    const last = await follow(id, null);
    expect(services().streams.get('192.0.2.1')).toBe(500);
    expect((await follow(id, null)).status).toBe(429);
    expect((await follow(id, null, '192.0.2.2')).status).toBe(200);
    await eventsOf(last);
    expect(services().streams.get('192.0.2.1')).toBe(499);
  });
});
