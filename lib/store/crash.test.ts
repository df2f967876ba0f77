import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as pass } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { aRecipe, ended } from '@/lib/run/records.fixture';
import { openPostgres } from './postgres';
import { startPostgres, type TestServer } from './postgres.fixture';
import { openSqlite } from './sqlite';
import { type Store, StoreError } from './store';
import { buildWriter, type Writers } from './writer-process.fixture';
import { writtenText } from './writer-texts.fixture';

type Acknowledged = { id: string; run: number };

/** Moments of death, in milliseconds: the same ones each time, which meet the writers wherever they are by then. */
const moments = (count: number, max: number): number[] =>
  fc.sample(fc.integer({ min: 0, max }), { seed: 20261122, numRuns: count });

/** Those of the acknowledged runs that the store does not have exactly as they were. */
async function lostOf(store: Store, acknowledged: readonly Acknowledged[]): Promise<Acknowledged[]> {
  const lost: Acknowledged[] = [];
  for (const [id, group] of Map.groupBy(acknowledged, ({ id }) => id)) {
    const kept = new Map((await store.find(id))?.runs.map((run) => [run.run, run]));
    lost.push(...group.filter(({ run }) => !isDeepStrictEqual(kept.get(run), ended(run, writtenText(id, run)))));
  }
  return lost;
}

describe('an SQLite store', () => {
  const rounds = 50;
  let root: string;
  let writers: Writers;
  beforeAll(async () => {
    root = mkdtempSync(join(tmpdir(), 'seedbed-crash-'));
    writers = await buildWriter();
  });
  afterAll(() => {
    writers.remove();
    rmSync(root, { recursive: true });
  });

  const integrityOf = (folder: string): unknown => {
    const database = new DatabaseSync(join(folder, 'seedbed.sqlite'));
    try {
      return database.prepare('PRAGMA integrity_check').all();
    } finally {
      database.close();
    }
  };

  it(`loses nothing acknowledged when its process is killed, ${rounds} times`, async () => {
    const folder = join(root, 'killed-while-writing');
    const acknowledged: Acknowledged[] = [];
    for (const [round, moment] of moments(rounds, 150).entries()) {
      const writer = writers.start(folder, `round-${round}`);
      expect(await writer.opened()).toBe('open');
      await pass(moment);
      const now = await writer.kill();
      acknowledged.push(...now);
      const store = await openSqlite(folder);
      expect(await lostOf(store, now)).toEqual([]);
      await store.close();
    }
    expect(integrityOf(folder)).toEqual([{ integrity_check: 'ok' }]);
    const store = await openSqlite(folder);
    expect(await lostOf(store, acknowledged)).toEqual([]);
    await store.close();
    expect(acknowledged.length).toBeGreaterThan(rounds);
    console.log(`SQLite: ${rounds} kills, ${acknowledged.length} runs acknowledged, none lost`);
  });

  it('opens after its process was killed while creating the database', async () => {
    for (const [round, moment] of moments(12, 12).entries()) {
      const folder = mkdtempSync(join(root, 'killed-while-opening-'));
      const writer = writers.start(folder, `opening-${round}`);
      await vi.waitFor(() => statSync(join(folder, 'seedbed.sqlite')), { timeout: 20_000, interval: 1 });
      await pass(moment);
      const acknowledged = await writer.kill();
      const store = await openSqlite(folder);
      expect(await lostOf(store, acknowledged)).toEqual([]);
      await store.check();
      await store.close();
    }
  });
});

describe('a PostgreSQL store', () => {
  const rounds = 5;
  const writersEach = 4;
  let server: TestServer;
  beforeAll(async () => {
    server = await startPostgres();
  });
  afterAll(() => server.stop());

  /** Saves runs until the store fails; gives those that it had acknowledged, and why it failed. */
  async function writeUntilFailure(
    store: Store,
    id: string,
  ): Promise<{ acknowledged: Acknowledged[]; error: unknown }> {
    const acknowledged: Acknowledged[] = [];
    try {
      for (let run = 1; ; run += 1) {
        await store.saveRun(id, ended(run, writtenText(id, run)));
        acknowledged.push({ id, run });
      }
    } catch (error) {
      return { acknowledged, error };
    }
  }

  it(`loses nothing acknowledged when its server is killed, ${rounds} times`, async () => {
    const store = await openPostgres(await server.create());
    const acknowledged: Acknowledged[] = [];
    for (const [round, moment] of moments(rounds, 400).entries()) {
      const ids = Array.from({ length: writersEach }, (_, writer) => `round-${round}-${writer}`);
      for (const id of ids)
        await store.create({
          ...{ id, owner: 'writer', recipe: aRecipe(), recipeHash: 'hash', createdAt: round, parent: null },
          ...{ origin: 'run', leaseUntil: 0 },
        });
      const writing = ids.map((id) => writeUntilFailure(store, id));
      await pass(100 + moment);
      await server.kill();
      const written = await Promise.all(writing);
      expect(written.map(({ error }) => error instanceof StoreError && error.code)).toEqual(
        ids.map(() => 'unreachable'),
      );
      await expect(store.check()).rejects.toMatchObject({ code: 'unreachable' });
      await server.restart();
      acknowledged.push(...written.flatMap((each) => each.acknowledged));
      expect(await lostOf(store, acknowledged)).toEqual([]);
    }
    await store.check();
    await store.close();
    expect(acknowledged.length).toBeGreaterThan(rounds * writersEach);
    console.log(`PostgreSQL: ${rounds} kills, ${acknowledged.length} runs acknowledged, none lost`);
  });

  it('reports when its server falls silent, and goes on when it is back', async () => {
    const store = await openPostgres(await server.create());
    await Promise.all([store.check(), store.check()]);
    server.pause();
    const uses = [store.check(), store.find('x'), store.check()];
    const errors = await Promise.allSettled(uses);
    server.resume();
    expect(errors.map((each) => each.status === 'rejected' && each.reason.code)).toEqual(uses.map(() => 'unreachable'));
    await store.check();
    await store.close();
  });
});
