import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ownKeyHeader } from '@/lib/api/own-keys';
import type { Quota, QuotasResponse } from '@/lib/api/quotas';
import { defined } from '@/lib/defined';
import type { Recipe } from '@/lib/recipe/recipe';
import type { Provider } from '@/lib/run/provider';
import { StoreError } from '@/lib/store/store';
import { addressHeader } from './address';
import { startExperiment, startProbe } from './experiments';
import { importExperiment } from './files';
import { usualQuotas } from './quota-settings';
import { getQuotas } from './quotas';
import { rerunExperiment } from './runs';
import { scriptedRecipe } from './scripted-provider.fixture';
import { services } from './services';
import {
  type Asked,
  eventsOf,
  folded,
  installServices,
  newVisitor,
  type Rig,
  refusalOf,
  request,
  type Visitor,
} from './services.fixture';

const now = Date.UTC(2026, 10, 27, 14, 10);

let rig: Rig;
/** Services with these limits. */
function install(limits: object): void {
  const folder = installed.at(-1)?.folder;
  const file = join(folder ?? '', 'limits.json');
  writeFileSync(file, JSON.stringify({ providers: [], limits }));
  rig = installServices({ SEEDBED_CONFIG: file });
  installed.push(rig);
}
let installed: Rig[] = [];
beforeEach(() => {
  vi.useFakeTimers({ now, toFake: ['Date'] });
  installed = [installServices()];
});
afterEach(async () => {
  vi.useRealTimers();
  vi.restoreAllMocks();
  for (const each of installed) await each.remove();
});

const anna = newVisitor();
const school = '192.0.2.1';
const from = (address: string | null, asked: Asked = {}): Asked => ({
  ...asked,
  headers: { ...asked.headers, ...(address === null ? {} : { [addressHeader]: address }) },
});

const start = (recipe: Recipe, as: Visitor | null = anna, address: string | null = null): Promise<Response> =>
  startExperiment(request('POST', '/api/experiments', from(address, { as, body: recipe })));

/** A Seedling experiment that ends at once. */
const quick = (repeats = 1, limit = 8): Recipe => ({
  ...{ v: 1, provider: 'seedling', repeats },
  request: {
    ...{ model: 'seedling-1', seed: 7, max_completion_tokens: limit },
    messages: [{ role: 'user', content: 'Hi.' }],
  },
});

async function run(recipe: Recipe, as: Visitor | null = anna, address: string | null = null): Promise<string> {
  const response = await start(recipe, as, address);
  if (response.status !== 200) throw new Error(await response.text());
  return folded(await eventsOf(response)).id;
}

async function quotasOf(as: Visitor | null = anna, address: string | null = null): Promise<Quota[]> {
  const response = await getQuotas(request('GET', '/api/quotas', from(address, { as })));
  return ((await response.json()) as QuotasResponse).quotas;
}
async function left(of: Quota['of'], what: Quota['what'], per: Quota['per'], address: string | null = null) {
  const found = (await quotasOf(anna, address)).find(
    (quota) => quota.of === of && quota.what === what && quota.per === per,
  );
  return found?.left;
}

describe('how much one visitor may begin', () => {
  it('is refused with the limit and the time until there is more, also if asked for at the same time', async () => {
    install({ visitor: { hour: { experiments: 3 } } });
    const all = await Promise.all(Array.from({ length: 5 }, () => start(quick())));
    expect(all.map(({ status }) => status).toSorted()).toEqual([200, 200, 200, 429, 429]);
    const refused = await start(quick());
    expect(refused.headers.get('retry-after')).toBe('3000'); // ten past until the full hour
    const { error } = (await refused.json()) as { error: { code: string; message: string } };
    expect(error).toMatchObject({
      code: 'limit_reached',
      message: 'One visitor may begin 3 experiments an hour. None are left. Try again in 50 minutes.',
    });
    expect((await start(quick(), newVisitor())).status).toBe(200);
    vi.setSystemTime(now + 3_000_000);
    expect((await start(quick())).status).toBe(200);
  });

  it('counts by the day as well, for whoever spreads it over hours', async () => {
    install({ visitor: { day: { runs: 5 } } });
    await run(quick(3));
    vi.setSystemTime(now + 3_600_000);
    expect((await start(quick(3))).status).toBe(429);
    await run(quick(2));
    vi.setSystemTime(now + 86_400_000);
    await run(quick(5));
  });

  it.each<[string, () => Promise<Response>]>([
    [
      'a probe',
      () => startProbe(request('POST', '/api/probe', { as: anna, body: { provider: 'scripted', model: 'a' } })),
    ],
    ['an import', () => importExperiment(request('POST', '/', { as: anna, body: { text: 'one\n---\ntwo' } }))],
  ])('counts %s too', async (_, ask) => {
    install({ visitor: { hour: { experiments: 1 } } });
    expect((await ask()).ok).toBe(true);
    expect(await refusalOf(await ask())).toMatchObject({ status: 429, code: 'limit_reached' });
  });

  it('counts what is run again by its runs', async () => {
    install({ visitor: { hour: { runs: 5 } } });
    const started = await start(scriptedRecipe(3));
    for (const each of [1, 2, 3]) rig.scripted.fail(each);
    const { id } = folded(await eventsOf(started));
    const again = () => rerunExperiment(request('POST', '/', { as: anna, body: { runs: [1, 2] } }), id);
    const events = await again();
    for (const each of [1, 2]) rig.scripted.fail(each);
    await eventsOf(events);
    await rig.hub.get(id)?.over();
    expect(await refusalOf(await again())).toMatchObject({ status: 429, code: 'limit_reached' });
  });

  it('says that less must be asked for where no time would help', async () => {
    install({ visitor: { hour: { runs: 5 } } });
    const refused = await start(quick(6));
    expect(refused.headers.get('retry-after')).toBeNull();
    expect(await refused.text()).toContain('Ask for less.');
  });

  it('has bytes, of what is brought and of what is answered', async () => {
    install({ visitor: { hour: { storedMiB: 1 } } });
    const text = Array(7).fill('x'.repeat(100_000)).join('\n---\n');
    const bring = () => importExperiment(request('POST', '/', { as: anna, body: { text } }));
    expect((await bring()).status).toBe(201);
    expect(await refusalOf(await bring())).toMatchObject({ status: 429 });
    const started = await start(scriptedRecipe(1));
    rig.scripted.say(1, 'y'.repeat(400_000));
    rig.scripted.end(1);
    await eventsOf(started);
    await vi.waitFor(async () => expect(await left('visitor', 'bytes', 'hour')).toBe(0));
  });

  it('has runs at once, which are free again when their experiment is over', async () => {
    install({ visitor: { runsAtOnce: 3 } });
    const first = await start(scriptedRecipe(2));
    const refused = await start(scriptedRecipe(2));
    expect(refused.headers.get('retry-after')).toBe('10');
    expect(await refused.text()).toContain('One visitor may make 3 runs at once.');
    for (const each of [1, 2]) rig.scripted.end(each);
    await eventsOf(first);
    await vi.waitFor(async () => expect(await left('visitor', 'runs', 'at-once')).toBe(3));
    expect((await start(scriptedRecipe(2))).status).toBe(200);
  });
});

describe('tokens', () => {
  it('are counted as many as there may be, and then as many as there were', async () => {
    install({ visitor: { hour: { seedlingTokens: 1000 } } });
    const before = await left('visitor', 'seedling-tokens', 'hour');
    expect(before).toBe(1000);
    const started = await start(quick(5, 100)); // 5 × (1 + 100)
    expect(await left('visitor', 'seedling-tokens', 'hour')).toBe(495);
    expect(await refusalOf(await start(quick(5, 100)))).toMatchObject({ status: 429 });
    const { runs } = folded(await eventsOf(started));
    const used = runs.reduce((sum, each) => sum + (each.status === 'ended' ? (each.usage?.total_tokens ?? 0) : 0), 0);
    expect(used).toBeGreaterThan(0);
    await vi.waitFor(async () => expect(await left('visitor', 'seedling-tokens', 'hour')).toBe(1000 - used));
    expect(await left('visitor', 'tokens', 'hour')).toBe(50_000_000);
  });

  it('of other providers are counted apart, from the text where none are told', async () => {
    install({ visitor: { hour: { tokens: 10_000 } } });
    const started = await start(scriptedRecipe(2));
    expect(await left('visitor', 'tokens', 'hour')).toBe(10_000 - 2 * 1025);
    for (const each of [1, 2]) {
      rig.scripted.say(each, 'x'.repeat(400));
      rig.scripted.fail(each);
    }
    await eventsOf(started);
    await vi.waitFor(async () => expect(await left('visitor', 'tokens', 'hour')).toBe(10_000 - 2 * 101));
  });

  it('that the operator pays for have a budget for all visitors together', async () => {
    install({ tokensPerDay: 3000 });
    expect((await start(scriptedRecipe(2), newVisitor())).status).toBe(200);
    const scripted = services().providers.get('scripted');
    if (scripted) services().providers.set('scripted', { ...scripted, keyed: true });
    expect((await start(scriptedRecipe(2), newVisitor(), '192.0.2.7')).status).toBe(200);
    const refused = await start(scriptedRecipe(2), newVisitor(), '192.0.2.8');
    expect(refused.headers.get('retry-after')).toBe(String(Math.ceil((Date.UTC(2026, 10, 28) - now) / 1000)));
    expect(await refused.text()).toContain('All visitors together may use 3,000 tokens a day with this server’s key.');
    expect((await start(quick(), newVisitor())).status).toBe(200);
  });
});

describe('tokens that a visitor pays for', () => {
  it('are not limited', async () => {
    install({ tokensPerDay: 0, visitor: { hour: { tokens: 0 } } });
    const { providers } = services();
    const scripted = defined(providers.get('scripted'));
    const withKey = (): Provider => Object.assign(Object.create(rig.scripted), { key: 'visitor' });
    providers.set('scripted', { ...scripted, keyed: true, withKey });
    const ask = (headers: Record<string, string>) =>
      startExperiment(request('POST', '/', { as: anna, body: scriptedRecipe(1), headers }));
    expect(await refusalOf(await ask({}))).toMatchObject({ status: 429 });
    const started = await ask({ [ownKeyHeader]: 'scripted=sk-1234567890abcdef' });
    expect(started.status).toBe(200);
    rig.scripted.say(1, 'text');
    rig.scripted.end(1);
    await eventsOf(started);
    await vi.waitFor(async () => expect(await left('visitor', 'runs', 'at-once')).toBe(2000));
  });
});

describe('an address', () => {
  it('has limits of its own, for those who come without a cookie', async () => {
    install({ address: { hour: { experiments: 2 } } });
    for (let time = 0; time < 2; time++) await run(quick(), null, school);
    const refused = await start(quick(), null, school);
    expect(refused.headers.get('set-cookie')).toBeNull();
    expect(await refused.text()).toContain('One network address may begin 2 experiments an hour.');
    expect((await start(quick(), null, '192.0.2.2')).status).toBe(200);
  });

  it('is enough for a class of thirty who begin at once, fifty times an hour', async () => {
    rig = installed[0] as Rig;
    const students = Array.from({ length: 30 }, newVisitor);
    const responses = await Promise.all(students.map((student) => start(quick(2), student, school)));
    expect(responses.map(({ status }) => status)).toEqual(students.map(() => 200));
    await Promise.all(responses.map(eventsOf));
    expect(usualQuotas.address.hour.experiments).toBeGreaterThanOrEqual(50 * 30);
    expect(usualQuotas.address.hour.runs).toBeGreaterThanOrEqual(50 * 30 * 10);
  });

  it('is not in the store, only something that it can be recognised by', async () => {
    install({});
    const spending = vi.spyOn(rig.store, 'spend');
    await run(quick(), anna, school);
    const counters = spending.mock.calls.flatMap(([uses]) => uses.map(({ counter }) => counter));
    expect(counters.filter((counter) => counter.startsWith('address')).length).toBeGreaterThan(5);
    expect(JSON.stringify(counters)).not.toContain(school);
  });
});

describe('what was counted', () => {
  it('is given back if nothing is begun', async () => {
    install({});
    vi.spyOn(rig.store, 'create').mockRejectedValueOnce(new StoreError('full', 'The disk is full.'));
    await expect(start(quick())).rejects.toThrow('The disk is full.');
    expect(await left('visitor', 'experiments', 'hour')).toBe(200);
    await rig.hub.stopAll();
    expect((await start(quick())).status).toBe(503);
    expect(await left('visitor', 'experiments', 'hour')).toBe(200);
    expect(await left('visitor', 'runs', 'at-once')).toBe(2000);
  });

  it('stays if the store fails when all is over', async () => {
    install({});
    vi.spyOn(rig.store, 'settle').mockRejectedValue(new StoreError('full', 'The disk is full.'));
    await run(quick(1, 100));
    expect(await left('visitor', 'seedling-tokens', 'hour')).toBe(10_000_000 - 101);
  });
});

describe('GET /api/quotas', () => {
  it('gives every limit of the caller’s, and the address’s, with what is left', async () => {
    install({ visitor: { day: { runs: 100 } } });
    await run(quick(4), anna, school);
    await vi.waitFor(async () => expect(await left('visitor', 'runs', 'at-once')).toBe(2000));
    const quotas = await quotasOf(anna, school);
    expect(quotas).toContainEqual({ of: 'visitor', what: 'runs', per: 'day', limit: 100, left: 96, seconds: 35_400 });
    expect(quotas).toContainEqual({
      of: 'address',
      what: 'runs',
      per: 'hour',
      limit: 50_000,
      left: 49_996,
      seconds: 3000,
    });
    expect(quotas).toHaveLength(11 + 11 + 1);
    expect(await quotasOf(null)).toEqual([
      { of: 'everybody', what: 'tokens', per: 'day', limit: 100_000_000, left: 100_000_000, seconds: null },
    ]);
  });
});
