import { expect, it } from 'vitest';
import { aRequest } from '@/lib/run/records.fixture';
import { otherBackEnd } from './other-back-end';
import type { RetraceableRun, Source } from './source';

const aRun = (run: number, tag: string, change: Partial<RetraceableRun> = {}): { run: number; source: Source } => ({
  run,
  source: {
    kind: 'retraceable',
    run: {
      model: 'sapling',
      request: aRequest({ seed: 7 }),
      text: 'A bee',
      finish: 'stop',
      hash: 'a1',
      tag,
      ...change,
    },
    imported: false,
  },
});

it('the other back end is one that answered the very same request, rather with another text', () => {
  const runs = [aRun(1, 'f32'), aRun(2, 'f32'), aRun(3, 'f16'), aRun(4, 'bf16', { text: 'A wasp' })];
  expect(otherBackEnd(runs, 1)).toMatchObject({ own: { run: 1 }, other: { run: 4 } });
  expect(otherBackEnd(runs.slice(0, 3), 1)).toMatchObject({ other: { run: 3 } });
  expect(otherBackEnd(runs, 4)).toMatchObject({ other: { run: 1 } });
});

it('of several with another text it is the one that parts first', () => {
  const [own, late, early] = ['A bee hums', 'A bee sings', 'A wasp'].map((text, at) =>
    aRun(at + 1, 'batched', { text, inFlight: at + 1 }),
  );
  if (!own || !late || !early) throw new Error('There are three.');
  expect(otherBackEnd([own, late, early], 1)).toMatchObject({ other: { run: 3 } });
});

it('there is none where back end, seed, weights or model tell the runs apart', () => {
  const own = aRun(1, 'f32');
  expect(otherBackEnd([own, aRun(2, 'f32')], 1)).toBeNull();
  expect(otherBackEnd([own, aRun(2, 'bf16', { request: aRequest({ seed: 8 }) })], 1)).toBeNull();
  expect(otherBackEnd([own, aRun(2, 'bf16', { hash: 'b2' })], 1)).toBeNull();
  expect(otherBackEnd([own, aRun(2, 'bf16', { model: 'seedling' })], 1)).toBeNull();
  expect(otherBackEnd([own], 2)).toBeNull();
});

it('the same back end is another one where its load had it calculate in another way', () => {
  const [one, six, seven] = [1, 6, 7].map((inFlight) => aRun(inFlight, 'batched', { inFlight }));
  if (!one || !six || !seven) throw new Error('There are three.');
  expect(otherBackEnd([one, six, seven], 6)).toMatchObject({ own: { run: 6 }, other: { run: 1 } });
  expect(otherBackEnd([six, seven], 6)).toBeNull();
});
