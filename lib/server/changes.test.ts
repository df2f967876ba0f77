import { describe, expect, it, vi } from 'vitest';
import { Changes } from './changes';

const never = new AbortController().signal;
const long = 1e6;

describe('news of an experiment', () => {
  it('comes to all who wait for it, once, and to nobody else', async () => {
    const changes = new Changes();
    const heard: string[] = [];
    for (const [who, id] of [
      ['anna', 'a'],
      ['ben', 'a'],
      ['carl', 'b'],
    ] as const)
      void changes.next(id, long, never).then(() => heard.push(who));
    changes.tell('a');
    changes.tell('a');
    await vi.waitFor(() => expect(heard).toEqual(['anna', 'ben']));
    changes.tell('b');
    await vi.waitFor(() => expect(heard).toEqual(['anna', 'ben', 'carl']));
  });

  it('is not waited for for ever, nor by who has gone', async () => {
    const changes = new Changes();
    await changes.next('a', 0, never);
    const gone = new AbortController();
    const waited = changes.next('a', long, gone.signal);
    gone.abort();
    await waited;
  });
});
