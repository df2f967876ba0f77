import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { ownKeyHeader } from '@/lib/api/own-keys';
import { err } from '@/lib/result';
import { aProblem } from '@/lib/run/records.fixture';
import { StoreError } from '@/lib/store/store';
import { addressHeader } from './address';
import { settle } from './scripted-provider.fixture';
import { freshServices, refusalOf, request } from './services.fixture';
import { getHealth, getLive, getReady, listModels } from './status';

const rig = freshServices();
const fromAddress = (address: string, headers: Record<string, string> = {}) =>
  listModels(request('GET', '/api/models', { headers: { [addressHeader]: address, ...headers } }));
const ask = () => request('GET', '/api/models');

describe('GET /api/models', () => {
  it('is a call for each key of a visitor, and so not for as many as anybody likes', async () => {
    const keyed = (at: number) => fromAddress('192.0.2.1', { [ownKeyHeader]: `scripted=aB3dE5gH7jK9mN1p${at}` });
    for (let at = 0; at < 120; at++) expect((await keyed(at)).status).toBe(200);
    const refused = await keyed(120);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(await refusalOf(refused)).toMatchObject({ status: 429, code: 'too_many_lists' });
    expect((await fromAddress('192.0.2.1')).status).toBe(200);
  });

  it('lists every provider with its models in order', async () => {
    expect(await (await listModels(ask())).json()).toMatchObject({
      providers: [
        {
          id: 'seedling',
          name: expect.any(String),
          free: true,
          paced: true,
          continues: true,
          models: [
            { id: 'seedling-1', exact: true, about: expect.any(String) },
            {},
            {},
            { id: 'sapling-1', exact: true },
            {},
            {},
          ],
        },
        {
          id: 'scripted',
          name: 'Scripted',
          free: false,
          paced: false,
          continues: false,
          models: [{ id: 'scripted-a', about: null, exact: false }, { id: 'scripted-b' }],
        },
      ],
    });
  });

  it('lists a provider that does not list its models without any, and says why', async () => {
    const problem = { ...aProblem('key_refused'), message: 'The key was refused (401).' };
    vi.spyOn(rig.scripted, 'models').mockResolvedValue(err(problem));
    expect(await (await listModels(ask())).json()).toMatchObject({
      providers: [
        { id: 'seedling', listProblem: null },
        { id: 'scripted', models: [], listProblem: { code: 'key_refused', message: 'The key was refused (401).' } },
      ],
    });
  });

  it('asks a provider once, however many ask for its models', async () => {
    const models = vi.spyOn(rig.scripted, 'models').mockReturnValue(new Promise(() => {}));
    for (let times = 0; times < 50; times++) void listModels(ask());
    await settle();
    expect(models).toHaveBeenCalledTimes(1);
  });

  it('needs no store', async () => {
    vi.spyOn(rig.store, 'check').mockRejectedValue(new StoreError('unreachable', 'Gone.'));
    expect((await listModels(ask())).status).toBe(200);
  });
});

describe('GET /api/health', () => {
  const ok = {
    status: 'ok',
    version: expect.stringMatching(/^\d+\.\d+\.\d+/),
    store: { engine: 'sqlite', problem: null },
    ending: false,
    providers: ['seedling', 'scripted'],
    calls: [],
  };

  it('says that all is well, and which providers there are', async () => {
    const response = await getHealth();
    expect(response.status).toBe(200);
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(await response.json()).toEqual(ok);
  });

  it('is red while the store fails, says why, and is green again afterwards', async () => {
    const problem = 'The disk of this server is full.';
    vi.spyOn(rig.store, 'check').mockRejectedValueOnce(new StoreError('full', problem));
    const response = await getHealth();
    expect(response.status).toBe(503);
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(await response.json()).toEqual({ ...ok, status: 'failing', store: { engine: 'sqlite', problem } });
    expect((await getHealth()).status).toBe(200);
  });

  it('shows nothing of an error that is not meant for people', async () => {
    vi.spyOn(rig.store, 'check').mockRejectedValueOnce(new Error('postgres://anna:secret@db.example'));
    const response = await getHealth();
    expect(response.status).toBe(503);
    expect(await response.text()).not.toContain('secret');
  });

  it('is red with a file that is no database, without saying where it is', async () => {
    writeFileSync(join(rig.folder, 'seedbed.sqlite'), 'This is no database.'.repeat(500));
    const response = await getHealth();
    expect(response.status).toBe(503);
    const text = await response.text();
    expect(text).toContain('damaged');
    expect(text).not.toContain(rig.folder);
  });
});

describe('whether the process lives, and whether it is ready', () => {
  const told = async () => {
    const all = [getLive(), await getReady(), await getHealth()];
    return Promise.all(all.map(async (response) => [response.status, (await response.json()).status]));
  };

  it('is both while all is well', async () => {
    expect(await told()).toEqual([
      [200, 'ok'],
      [200, 'ok'],
      [200, 'ok'],
    ]);
  });

  it('are told apart while the store is away: another start would not help', async () => {
    vi.spyOn(rig.store, 'check').mockRejectedValue(new StoreError('unreachable', 'Gone.'));
    expect(await told()).toEqual([
      [200, 'ok'],
      [503, 'failing'],
      [503, 'failing'],
    ]);
  });

  it('are told apart while it is about to end', async () => {
    await rig.hub.stopAll();
    expect(await told()).toEqual([
      [200, 'ok'],
      [503, 'failing'],
      [503, 'failing'],
    ]);
    expect(await (await getHealth()).json()).toMatchObject({ ending: true, store: { problem: null } });
  });
});
