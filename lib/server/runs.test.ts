import { describe, expect, it, vi } from 'vitest';
import { type Numbered, readEvents } from '@/lib/api/event-stream';
import { StoreError } from '@/lib/store/store';
import { startExperiment } from './experiments';
import { Hub, newId } from './hub';
import { anna, bob, follow, haiku, post, rerun, start, stop } from './requests.fixture';
import { scriptedRecipe } from './scripted-provider.fixture';
import { anExperiment, begin, eventsOf, finish, folded, freshServices, refusalOf } from './services.fixture';

const rig = freshServices();

const startScripted = (repeats: number) => begin(scriptedRecipe(repeats), anna);

const foreign = { origin: 'https://evil.example' };

const full = new StoreError('full', 'The disk of this server is full.');

describe('GET /api/experiments/{id}/events', () => {
  it('streams again what came after Last-Event-ID', async () => {
    const whole = await eventsOf(await start({ ...haiku, repeats: 2 }));
    const { id } = folded(whole);
    for (const after of [0, 1, 2, whole.length - 1, whole.length])
      expect(await eventsOf(await follow(id, String(after)))).toEqual(whole.slice(after));
    expect(await eventsOf(await follow(id))).toEqual(whole);
  });

  it.each(['garbage', '-3', '1.5', '1e999', 'NaN', '99999999999999999999', '', '5000', '9007199254740991'])(
    'streams everything for the Last-Event-ID %j, which it never gave',
    async (lastEventId) => {
      const whole = await eventsOf(await start({ ...haiku, repeats: 1 }));
      expect(await eventsOf(await follow(folded(whole).id, lastEventId))).toEqual(whole);
    },
  );

  it('resumes a lost connection without gaps or repetitions', async () => {
    const { id, first, events } = await startScripted(1);
    const seen = [first];
    rig.scripted.say(1, 'before ');
    for (let next = await events.next(); !next.done; next = await events.next()) {
      seen.push(next.value);
      if (next.value.event.type === 'text-delta') break;
    }
    await events.return(undefined);
    rig.scripted.say(1, 'meanwhile ');
    const response = await follow(id, String(seen.at(-1)?.seq));
    rig.scripted.end(1);
    seen.push(...(await eventsOf(response)));
    expect(seen.map(({ seq }) => seq)).toEqual(seen.map((_, at) => at + 1));
    expect(folded(seen).runs).toMatchObject([{ status: 'ended', finish: 'stop', text: 'before meanwhile ' }]);
  });

  it('streams from the store what is over and no longer remembered here', async () => {
    const id = await finish(rig, anna, ['one', 'two']);
    await rig.restart();
    const all = await eventsOf(await follow(id, '3'));
    expect(all[0]).toMatchObject({ event: { type: 'experiment-start', id } });
    expect(all[0]?.seq).toBeGreaterThan(1000);
    expect(folded(all)).toMatchObject({ running: false, runs: [{ text: 'one' }, { text: 'two' }] });
  });

  it('lets a page come back to runs that went on without it, and stop them', async () => {
    const { id, events } = await startScripted(2);
    rig.scripted.say(1, 'before ');
    await events.return(undefined);
    rig.scripted.say(1, 'meanwhile');
    rig.scripted.end(1);
    await vi.waitFor(() => expect(rig.hub.get(id)?.experiment.runs[0]).toMatchObject({ status: 'ended' }));
    const response = await follow(id);
    expect((await stop(id, null, {}, bob)).status).toBe(404);
    expect((await stop(id, null)).status).toBe(200);
    const runs = [{ finish: 'stop', text: 'before meanwhile' }, { finish: 'aborted' }];
    expect(folded(await eventsOf(response))).toMatchObject({ running: false, runs });
    expect((await rig.store.find(id))?.runs).toMatchObject(runs);
  });

  it('may be read by two at once', async () => {
    const { id, first, events } = await startScripted(1);
    const other = eventsOf(await follow(id));
    rig.scripted.say(1, 'text');
    rig.scripted.end(1);
    const own = [first];
    for await (const event of events) own.push(event);
    expect(await other).toEqual(own);
  });
});

describe('POST /api/experiments/{id}/stop', () => {
  it('stops the given runs, or all', async () => {
    const { id, first, events } = await startScripted(3);
    for (const body of ['{"runs":[2]}', '{"runs":[2]}', '{}']) {
      const response = await stop(id, body);
      expect(response.status).toBe(200);
      expect(await response.json()).toEqual({ id });
    }
    const seen = [first];
    for await (const event of events) seen.push(event);
    expect(folded(seen).runs).toMatchObject(Array(3).fill({ status: 'ended', finish: 'aborted' }));
    const ends = seen.flatMap(({ event }) => (event.type === 'run-end' ? event.run : []));
    expect(ends[0]).toBe(2);
  });

  it('stops all without a body, also twice and after the end', async () => {
    const { id } = await startScripted(2);
    for (let times = 0; times < 2; times++) expect((await stop(id, null)).status).toBe(200);
    await vi.waitFor(() => expect(rig.hub.get(id)?.running).toBe(false));
    expect((await stop(id, null)).status).toBe(200);
  });

  it('stops Seedling in the middle of a text, which is kept', async () => {
    const request = post('/api/experiments?pace=30', JSON.stringify({ ...haiku, repeats: 2 }));
    const { body } = await startExperiment(request);
    if (!body) throw new Error('There is no stream.');
    const seen: Numbered[] = [];
    for await (const event of readEvents(body)) {
      seen.push(event);
      if (event.event.type === 'text-delta' && event.event.run === 1) await stop(folded(seen).id, '{"runs":[1]}');
    }
    const [stopped, other] = folded(seen).runs;
    expect(stopped).toMatchObject({ status: 'ended', finish: 'aborted' });
    expect(stopped?.text).not.toBe('');
    expect(other?.text.startsWith(stopped?.text ?? 'nothing')).toBe(true);
    expect(other).toMatchObject({ finish: expect.stringMatching(/^(stop|length)$/) });
  });

  it.each([
    ['[]'],
    ['"x"'],
    ['7'],
    ['{"runs":"all"}'],
    ['{"runs":[0]}'],
    ['{"runs":[1.5]}'],
    ['{"runs":["1"]}'],
    ['{"run":1}'],
    ['{"runs":[1],"force":true}'],
    [`{"runs":[${'1,'.repeat(1000)}1]}`],
  ])('refuses the body %.40s and stops nothing', async (body) => {
    const { id } = await startScripted(1);
    expect(await refusalOf(await stop(id, body))).toMatchObject({ status: 400, code: 'invalid_body' });
    expect(rig.hub.get(id)?.experiment.runs).toMatchObject([{ status: 'running' }]);
    expect(rig.scripted.calls.map(({ signal }) => signal.aborted)).toEqual([false]);
  });

  it('does nothing to an experiment that is not running here', async () => {
    const id = await finish(rig, anna, ['text']);
    await rig.restart();
    expect((await stop(id, null)).status).toBe(200);
    expect((await rig.store.find(id))?.runs).toMatchObject([{ finish: 'stop', text: 'text' }]);
  });

  it('refuses malformed JSON, bodies over 1 MiB and pages of other sites', async () => {
    const { id } = await startScripted(1);
    expect(await refusalOf(await stop(id, '{'))).toMatchObject({ status: 400, code: 'invalid_json' });
    expect(await refusalOf(await stop(id, 'x'.repeat(2 ** 20 + 1)))).toMatchObject({ status: 413 });
    expect(await refusalOf(await stop(id, '{}', foreign))).toMatchObject({ status: 403, code: 'foreign_origin' });
    expect(rig.scripted.calls.map(({ signal }) => signal.aborted)).toEqual([false]);
  });
});

describe('POST /api/experiments/{id}/runs', () => {
  async function oneFailed() {
    const { id, first, events } = await startScripted(2);
    rig.scripted.say(1, 'good');
    rig.scripted.end(1);
    rig.scripted.say(2, 'bad');
    rig.scripted.fail(2);
    const seen = [first];
    for await (const event of events) seen.push(event);
    await rig.hub.get(id)?.over();
    return { id, seen };
  }

  it('runs again what failed, and streams only what is new', async () => {
    const { id, seen } = await oneFailed();
    const response = await rerun(id, null);
    rig.scripted.say(2, 'good');
    rig.scripted.end(2);
    const news = await eventsOf(response);
    expect(news[0]).toMatchObject({ event: { type: 'run-start', run: 2 } });
    expect(news[0]?.seq).toBeGreaterThan(seen.length);
    expect(news.at(-1)?.event.type).toBe('experiment-end');
    expect(folded([...seen, ...news]).runs).toMatchObject([
      { status: 'ended', text: 'good' },
      { status: 'ended', text: 'good' },
    ]);
    expect(rig.scripted.asked).toEqual([1, 2, 2]);
  });

  it('runs after a restart what never ended, and lets a reader from before begin anew', async () => {
    const { id, first, events } = await startScripted(3);
    rig.scripted.say(2, 'kept');
    rig.scripted.end(2);
    const seen = [first];
    for await (const event of events) {
      seen.push(event);
      if (event.event.type === 'run-end') break;
    }
    await rig.restart();
    const response = await rerun(id, null);
    expect(response.status).toBe(200);
    const old = eventsOf(await follow(id, String(seen.at(-1)?.seq)));
    expect(rig.scripted.asked).toEqual([1, 3]);
    for (const run of [1, 3]) {
      rig.scripted.say(run, `new ${run}`);
      rig.scripted.end(run);
    }
    const news = await eventsOf(response);
    expect(news.map(({ event }) => 'run' in event && event.run)).not.toContain(2);
    const whole = await old;
    expect(whole[0]).toMatchObject({ event: { type: 'experiment-start', id } });
    expect(whole[0]?.seq).toBeGreaterThan(seen.at(-1)?.seq ?? 0);
    expect(whole.slice(-news.length)).toEqual(news);
    expect(folded(whole).runs).toMatchObject([{ text: 'new 1' }, { text: 'kept' }, { text: 'new 3' }]);
    expect((await rig.store.find(id))?.runs).toEqual(folded(whole).runs);
  });

  it('lets one of two callers win that ask at the same time', async () => {
    const { id } = await oneFailed();
    const [one, other] = await Promise.all([rerun(id, null), rerun(id, null)]);
    expect([one.status, other.status].toSorted()).toEqual([200, 409]);
    expect(await refusalOf(one.ok ? other : one)).toMatchObject({ code: expect.stringMatching(/^(running|nothing)/) });
    rig.scripted.say(2, 'good');
    rig.scripted.end(2);
    const news = await eventsOf(one.ok ? one : other);
    expect(news.filter(({ event }) => event.type === 'run-start').length).toBe(1);
    expect(rig.scripted.asked).toEqual([1, 2, 2]);
  });

  it('stops in whichever process it runs', async () => {
    await rig.store.create(anExperiment('elsewhere', { owner: anna.owner, leaseUntil: Date.now() + 30_000 }));
    const { id } = anExperiment('elsewhere');
    const telling = vi.spyOn(rig.store, 'tell');
    const response = await stop(id, JSON.stringify({ runs: [2] }));
    expect(await response.json()).toEqual({ id });
    expect(telling).toHaveBeenCalledWith({ kind: 'stop', id, runs: [2] });
  });

  it('refuses while another process runs it', async () => {
    const other = new Hub(rig.store, 10_000);
    const options = {
      id: newId(),
      recipe: scriptedRecipe(1),
      providerOf: () => rig.scripted,
      owner: anna.owner,
      address: null,
      parent: null,
      pace: undefined,
    };
    const there = await other.start(options);
    if (!there.ok) throw new Error(there.error.message);
    expect(await refusalOf(await rerun(there.value.experiment.id, null))).toEqual({
      status: 409,
      code: 'running',
      param: null,
    });
    expect(rig.scripted.asked).toEqual([1]);
  });

  it('says so if the store fails, and asks no provider', async () => {
    const { id } = await oneFailed();
    vi.spyOn(rig.store, 'claim').mockRejectedValue(full);
    expect(await refusalOf(await rerun(id, null))).toMatchObject({ status: 503, code: 'store_full' });
    expect(rig.scripted.asked).toEqual([1, 2]);
  });

  it('refuses imported experiments', async () => {
    const recipe = { ...scriptedRecipe(2), provider: 'imported' };
    const imported = anExperiment('imported', { owner: anna.owner, origin: 'import', recipe });
    await rig.store.create(imported);
    expect(await refusalOf(await rerun(imported.id, null))).toMatchObject({ status: 409, code: 'imported' });
  });

  it('refuses if none of the given runs is missing', async () => {
    const { id } = await oneFailed();
    for (const body of ['{"runs":[1]}', '{"runs":[]}', '{"runs":[99]}'])
      expect(await refusalOf(await rerun(id, body))).toEqual({ status: 409, code: 'nothing_missing', param: 'runs' });
    expect(rig.scripted.asked).toEqual([1, 2]);
  });

  it('refuses what it does not understand and pages of other sites', async () => {
    const { id } = await oneFailed();
    expect(await refusalOf(await rerun(id, '{"runs":{}}'))).toMatchObject({ status: 400, code: 'invalid_body' });
    expect(await refusalOf(await rerun(id, '{"v":1}'))).toMatchObject({ status: 400, code: 'invalid_body' });
    expect(await refusalOf(await rerun(id, '{'))).toMatchObject({ status: 400, code: 'invalid_json' });
    expect(await refusalOf(await rerun(id, null, foreign))).toMatchObject({ status: 403, code: 'foreign_origin' });
    expect(rig.scripted.asked).toEqual([1, 2]);
  });
});
