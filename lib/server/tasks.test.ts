import { describe, expect, it } from 'vitest';
import { aRecipe, ended } from '@/lib/run/records.fixture';
import { isStoreError } from '@/lib/store/store';
import { doTask } from './tasks';
import type { Unread } from './unread';

const utf8 = (text: string) => new TextEncoder().encode(text);
const stored = (id: string, run: string): Unread => ({
  saved: {
    ...{ id, recipe: { ...aRecipe(), repeats: 1 }, title: null, parent: null },
    ...{ createdAt: '2026-11-27T00:00:00Z', sharedAt: null, origin: 'run' },
  },
  ...{ live: null, documents: [utf8(run)], inside: [], weight: run.length },
});
const readable = (id: string) => stored(id, JSON.stringify({ v: 1, ...ended(1, 'a text') }));
const newer = stored('newer', '{"v":2}');

describe('a task', () => {
  it('says that an experiment cannot be read', async () => {
    await expect(doTask({ name: 'badge', given: [newer] })).rejects.toSatisfy(
      (error) => isStoreError(error) && error.code === 'corrupt',
    );
  });

  it('leaves what cannot be read out of the timeline of others', async () => {
    const timelineOf = (...all: Unread[]) => doTask({ name: 'drift', given: [all] });
    const [one, two] = [readable('one'), readable('two')];
    expect(await timelineOf(one, newer, two)).toEqual(await timelineOf(one, two));
  });
});
