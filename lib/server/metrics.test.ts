import { afterEach, describe, expect, it } from 'vitest';
import { addressHeader } from './address';
import { getMetrics } from './metrics';
import { scriptedRecipe } from './scripted-provider.fixture';
import { begin, finish, installServices, newVisitor, type Rig, refusalOf, request } from './services.fixture';

let rig: Rig;
afterEach(() => rig.remove());

const here = { [addressHeader]: '127.0.0.1' };
const token = 'a token of sixteen characters'.replaceAll(' ', '-');
const ask = (headers: Record<string, string>) => getMetrics(request('GET', '/api/metrics', { headers }));
const linesIn = async (name: string) =>
  (await (await ask(here)).text()).split('\n').filter((line) => new RegExp(`^${name}[{ ]`).test(line));

describe('who may read metrics', () => {
  it.each<[string, Record<string, string>, Record<string, string>, number]>([
    ['this machine', {}, here, 200],
    ['this machine, over IPv6', {}, { [addressHeader]: '0:0:0:0::/64' }, 200],
    ['nobody else', {}, { [addressHeader]: '192.0.2.1' }, 401],
    ['nobody of whom nothing is known', {}, {}, 401],
    ['nobody who comes through a proxy', {}, { ...here, 'x-forwarded-for': '192.0.2.1' }, 401],
    ['this machine, as Next tells of it', {}, { ...here, 'x-forwarded-for': '::ffff:127.0.0.1' }, 200],
    ['nobody behind a proxy', { TRUSTED_PROXIES: '1' }, { ...here, 'x-forwarded-for': '127.0.0.1' }, 401],
    ['nobody who claims to be here', {}, { ...here, forwarded: 'for=127.0.0.1' }, 401],
    ['nobody where visitors come to a public address', { PUBLIC_URL: 'https://seedbed.example' }, here, 401],
    [
      'whoever has the token',
      { METRICS_TOKEN: token, PUBLIC_URL: 'https://seedbed.example' },
      { authorization: `Bearer ${token}` },
      200,
    ],
    ['nobody with another one', { METRICS_TOKEN: token }, { authorization: `Bearer ${token}x` }, 401],
    ['nobody with one where none is set', {}, { authorization: 'Bearer undefined' }, 401],
  ])('%s', async (_, variables, headers, status) => {
    rig = installServices(variables);
    const response = await ask(headers);
    expect(response.status).toBe(status);
    if (status === 401) expect(await refusalOf(response)).toMatchObject({ code: 'token_needed' });
  });
});

describe('what metrics say', () => {
  it('of runs: how they ended, which are under way, and who follows them', async () => {
    rig = installServices();
    await finish(rig, newVisitor(), ['one', 'two']);
    const { events } = await begin(scriptedRecipe(3), newVisitor());
    await events.next();
    expect(await linesIn('seedbed_runs_total')).toEqual(['seedbed_runs_total{provider="scripted",outcome="stop"} 2']);
    expect(await linesIn('seedbed_runs_(running|queued)')).toEqual([
      'seedbed_runs_running{provider="scripted"} 3',
      'seedbed_runs_queued{provider="scripted"} 0',
    ]);
    expect(await linesIn('seedbed_event_streams_open')).toEqual(['seedbed_event_streams_open 1']);
    expect(await linesIn('seedbed_store_seconds_count')).toContain('seedbed_store_seconds_count{operation="create"} 2');
  });

  it('of limits: which were hit', async () => {
    rig = installServices();
    const anna = newVisitor();
    for (let at = 0; at < 20; at++) await begin(scriptedRecipe(1), anna);
    await expect(begin(scriptedRecipe(1), anna)).rejects.toThrow('experiments are running');
    expect(await linesIn('seedbed_limits_hit_total')).toEqual([
      'seedbed_limits_hit_total{limit="experiments-at-once"} 1',
    ]);
  });
});
