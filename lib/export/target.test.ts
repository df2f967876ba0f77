import { describe, expect, it } from 'vitest';
import { endedWith, queued } from '@/lib/run/records.fixture';
import type { SavedExperiment } from '@/lib/run/saved';
import { targetOf } from './target';

describe('the address that a program calls', () => {
  it('is to be set where no run was sent, or where it was not recorded', () => {
    const toSet = 'Set OPENAI_BASE_URL to the address that it shall call.';
    const unsent = { origin: 'run', runs: [queued(1)] } satisfies Pick<SavedExperiment, 'runs' | 'origin'>;
    expect(targetOf(unsent, null).notes).toEqual([`None of the runs was sent. ${toSet}`]);
    const unrecorded = { origin: 'run', runs: endedWith('a') } satisfies Pick<SavedExperiment, 'runs' | 'origin'>;
    expect(targetOf(unrecorded, null).notes).toEqual([`Where the runs were sent was not recorded. ${toSet}`]);
  });
});
