import { describe, expect, it } from 'vitest';
import { anEndpoint, aRecipe, ended, endedWith, queued } from '@/lib/run/records.fixture';
import { type Asked, keyVariable, targetsOf } from './target';

const notesOf = (asked: Omit<Asked, 'recipe'>) =>
  targetsOf({ recipe: aRecipe({ provider: 'openai' }), ...asked }, null).flatMap(({ notes }) => notes);

describe('the address that a program calls', () => {
  it('is to be set where no run was sent, or where it was not recorded', () => {
    const toSet = 'Set OPENAI_BASE_URL to the address that it shall call.';
    expect(notesOf({ origin: 'run', runs: [queued(1)] })).toEqual([`None of the runs was sent. ${toSet}`]);
    expect(notesOf({ origin: 'run', runs: endedWith('a') })).toEqual([
      `Where the runs were sent was not recorded. ${toSet}`,
    ]);
  });

  it('needs no key where none was sent', () => {
    const exchange = (headers: Record<string, string>) => ({
      exchange: { request: { url: 'http://x', headers, body: null }, response: null },
    });
    const keyOf = (headers: Record<string, string>) => {
      const runs = [ended(1, 'a', { endpoint: anEndpoint, ...exchange(headers) })];
      return targetsOf({ recipe: aRecipe(), runs, origin: 'run' }, null);
    };
    expect(keyOf({ accept: '*/*' })).toMatchObject([{ kind: 'recorded', keyVariable: null }]);
    expect(keyOf({ authorization: 'Bearer [key]' })).toMatchObject([{ keyVariable: 'OPENAI_API_KEY' }]);
    expect(keyOf({ 'api-key': '[key]' })).toMatchObject([{ keyVariable: 'OPENAI_API_KEY' }]);
  });

  it('has a key variable of its own, whatever the provider is called', () => {
    expect(['openai', 'my-server', '9.x'].map(keyVariable)).toEqual([
      'OPENAI_API_KEY',
      'MY_SERVER_API_KEY',
      'P_9_X_API_KEY',
    ]);
  });
});
