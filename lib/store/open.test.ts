import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DocumentError } from './documents';
import { openStore, reopening } from './open';
import { openSqlite } from './sqlite';
import { type Store, StoreError } from './store';

let root: string;
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'seedbed-open-'));
});
afterAll(() => rmSync(root, { recursive: true }));
const newFolder = (): string => mkdtempSync(join(root, 'data-'));

/** A store that counts how often it is opened and closed, and fails with what `faults` holds, one each time. */
function counted(folder = newFolder()) {
  const count = { opened: 0, closed: 0 };
  const faults: Error[] = [];
  const openFaults: Error[] = [];
  const open = async (): Promise<Store> => {
    count.opened += 1;
    const fault = openFaults.shift();
    if (fault) throw fault;
    const store = await openSqlite(folder);
    return {
      ...store,
      async check() {
        const fault = faults.shift();
        if (fault) throw fault;
        await store.check();
      },
      async close() {
        count.closed += 1;
        await store.close();
      },
    };
  };
  return { store: reopening('sqlite', open), count, faults, openFaults };
}

describe('openStore', () => {
  it('opens nothing before it is used', async () => {
    const dataDir = newFolder();
    const store = openStore({ dataDir });
    expect(store.engine).toBe('sqlite');
    await store.close();
    expect(readdirSync(dataDir)).toEqual([]);
  });

  it('stores what it is given in the folder', async () => {
    const dataDir = newFolder();
    const store = openStore({ dataDir });
    await store.check();
    await store.close();
    expect(readdirSync(dataDir)).toContain('seedbed.sqlite');
  });

  it('opens PostgreSQL where there is an address for it', async () => {
    const store = openStore({ databaseUrl: 'postgres://anna:secret@127.0.0.1:1/db', dataDir: newFolder() });
    expect(store.engine).toBe('postgres');
    await expect(store.check()).rejects.toMatchObject({
      code: 'unreachable',
      message: 'The database server cannot be reached.',
    });
    await store.close();
  });
});

describe('a reopening store', () => {
  it('opens once for all its first callers', async () => {
    const { store, count } = counted();
    await Promise.all([store.check(), store.find('x'), store.check()]);
    await store.check();
    expect(count).toEqual({ opened: 1, closed: 0 });
    await store.close();
    expect(count).toEqual({ opened: 1, closed: 1 });
  });

  it('tells all waiting callers that it could not be opened, and tries again for the next one', async () => {
    const { store, count, openFaults } = counted();
    openFaults.push(new StoreError('unreachable', 'Gone.'));
    const uses = await Promise.allSettled([store.check(), store.find('x')]);
    expect(uses.map((use) => use.status === 'rejected' && use.reason.code)).toEqual(['unreachable', 'unreachable']);
    expect(count.opened).toBe(1);
    await store.check();
    expect(count.opened).toBe(2);
    await store.close();
  });

  it.each(['corrupt', 'moved', 'read_only'] as const)('opens again after %s', async (code) => {
    const { store, count, faults } = counted();
    faults.push(new StoreError(code, 'Broken.'));
    await expect(store.check()).rejects.toMatchObject({ code });
    await store.check();
    expect(count).toEqual({ opened: 2, closed: 1 });
    await store.close();
  });

  it.each([
    new StoreError('full', 'Full.'),
    new StoreError('locked', 'Locked.'),
    new StoreError('unreachable', 'Gone.'),
    new StoreError('failed', 'Failed.'),
    new DocumentError(new Error('of one experiment')),
  ])('goes on after $message', async (fault) => {
    const { store, count, faults } = counted();
    faults.push(fault);
    await expect(store.check()).rejects.toBe(fault);
    await store.check();
    expect(count).toEqual({ opened: 1, closed: 0 });
    await store.close();
  });

  it('finishes what is under way before it closes, and opens once for all callers that found it broken', async () => {
    const { store, count, faults } = counted();
    faults.push(new StoreError('moved', 'Moved.'), new StoreError('moved', 'Moved.'));
    const uses = await Promise.allSettled([store.check(), store.check(), store.find('x'), store.find('y')]);
    expect(uses.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'fulfilled', 'fulfilled']);
    await Promise.all([store.check(), store.find('x')]);
    expect(count).toEqual({ opened: 2, closed: 1 });
    await store.close();
  });

  it('stays closed once it was closed', async () => {
    const { store, count } = counted();
    await store.check();
    await store.close();
    await expect(store.check()).rejects.toBeInstanceOf(StoreError);
    await store.close();
    expect(count).toEqual({ opened: 1, closed: 1 });
  });
});
