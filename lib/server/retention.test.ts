import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { endedWith } from '@/lib/run/records.fixture';
import { StoreError } from '@/lib/store/store';
import { takeLog } from '@/lib/telemetry/log.fixture';
import { openPermalink } from './permalink';
import { deletedAfter, purgeExpired } from './retention';
import { anExperiment, finish, installServices, newVisitor, type Rig, request } from './services.fixture';
import { shareExperiment } from './sharing';

const day = 24 * 3600 * 1000;
let rig: Rig;
let logged: string[];

const install = (variables: Record<string, string>) => {
  rig = installServices(variables);
  logged = takeLog();
};
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.UTC(2026, 10, 27, 12, 30) });
});
afterEach(async () => {
  vi.useRealTimers();
  vi.restoreAllMocks();
  await rig.remove();
});

/** Keeps an experiment that was made so many days ago, and shared so many days ago if it was. */
async function keep(name: string, made: number, shared: number | null = null): Promise<string> {
  const experiment = anExperiment(name, { createdAt: Date.now() - made * day });
  await rig.store.create(experiment, endedWith('text'));
  if (shared !== null) await rig.store.share(experiment.id, Date.now() - shared * day, 'hash', new Uint8Array());
  return experiment.id;
}

const left = async (ids: readonly string[]): Promise<boolean[]> =>
  Promise.all(ids.map(async (id) => (await rig.store.findHead(id)) !== null));
const told = () => logged.map((line) => JSON.parse(line)).filter(({ message }) => /deleted/.test(message));

describe('experiments older than they may be', () => {
  it.each<[string, Record<string, string>, boolean[]]>([
    ['are deleted after 30 days unless they are shared', {}, [false, true, true, true]],
    ['are kept, if that is said', { RETENTION_DAYS: '0' }, [true, true, true, true]],
    [
      'are deleted also if they are shared, from when they were, if that is said',
      { RETENTION_SHARED_DAYS: '90' },
      [false, true, false, true],
    ],
    ['may be shared ones only', { RETENTION_DAYS: '0', RETENTION_SHARED_DAYS: '90' }, [true, true, false, true]],
  ])('%s', async (_, variables, expected) => {
    install(variables);
    const all = [
      await keep('old', 31),
      await keep('young', 29),
      await keep('shared', 400, 91),
      await keep('just shared', 400, 89),
    ];
    await purgeExpired();
    expect(await left(all)).toEqual(expected);
    const deleted = expected.filter((is) => !is).length;
    expect(told()).toMatchObject([{ level: deleted > 0 ? 'info' : 'debug', deleted }]);
  });

  it('go a few at a time, all of them, and the log says how many', async () => {
    install({});
    for (let at = 0; at < 5; at++) await keep(`old-${at}`, 31);
    const purging = vi.spyOn(rig.store, 'purge');
    await purgeExpired();
    expect(purging.mock.settledResults.map(({ value }) => value)).toEqual([2, 2, 1]);
    expect(told()).toMatchObject([{ deleted: 5, message: 'Experiments older than they may be were deleted: 5.' }]);
  });

  it('are deleted by one process in an hour', async () => {
    install({});
    const purging = vi.spyOn(rig.store, 'purge');
    await Promise.all([purgeExpired(), purgeExpired(), purgeExpired()]);
    expect(purging).toHaveBeenCalledTimes(1);
    vi.setSystemTime(Date.now() + day / 24);
    await purgeExpired();
    expect(purging).toHaveBeenCalledTimes(2);
  });

  it('are left to another by a process whose hour is over, as after it has slept', async () => {
    install({});
    for (let at = 0; at < 23; at++) await keep(`old-${at}`, 31);
    const purge = rig.store.purge;
    const purging = vi.spyOn(rig.store, 'purge').mockImplementation(async (...given) => {
      const deleted = await purge(...given);
      vi.setSystemTime(Date.now() + day / 24);
      return deleted;
    });
    await purgeExpired();
    expect(purging).toHaveBeenCalledTimes(1);
  });

  it('stay while the store fails, and the operator is told', async () => {
    install({});
    vi.spyOn(rig.store, 'spend').mockRejectedValue(new StoreError('full', 'The disk of this server is full.'));
    await purgeExpired();
    expect(told()).toMatchObject([{ level: 'error', message: expect.stringContaining('full') }]);
  });
});

describe('the day of an experiment’s end', () => {
  const made = Date.UTC(2026, 10, 1);

  it.each<[Record<string, string>, number | null, string | null]>([
    [{}, null, '2026-12-01T00:00:00.000Z'],
    [{}, made + day, null],
    [{ RETENTION_DAYS: '0' }, null, null],
    [{ RETENTION_SHARED_DAYS: '10' }, made + day, '2026-11-12T00:00:00.000Z'],
  ])('with %j and shared at %j is %j', (variables, sharedAt, expected) => {
    install(variables);
    expect(deletedAfter({ createdAt: made, sharedAt })).toBe(expected);
  });

  it('is told by its permalink, and when it is shared', async () => {
    install({ RETENTION_SHARED_DAYS: '10' });
    const anna = newVisitor();
    const id = await finish(rig, anna, ['text']);
    expect((await openPermalink(id, { cookies: anna.cookie, address: null }))?.saved.deletedAfter).toMatch(
      /^2026-12-27T/,
    );
    const shared = await shareExperiment(request('POST', '/', { as: anna, body: {} }), id);
    expect(await shared.json()).toMatchObject({ deletedAfter: expect.stringMatching(/^2026-12-07T/) });
    expect((await openPermalink(id, { cookies: null, address: null }))?.saved.deletedAfter).toMatch(/^2026-12-07T/);
  });
});
