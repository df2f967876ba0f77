import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { cases } from '@/lib/cases.fixture';
import { defined } from '@/lib/defined';
import type { Capability } from '@/lib/run/capability';
import { anEndpoint, aRecipe, aRequest, ended, failed } from '@/lib/run/records.fixture';
import { readRun } from './documents';
import {
  type NewExperiment,
  type Page,
  type Store,
  type StoredExperiment,
  type StoredHead,
  StoreError,
  type Use,
} from './store';

/** An empty store, and a way to do to its tables what a store never would. */
export type StoreUnderTest = { store: Store; execute(sql: string): Promise<void> };

/** Some time in the year 2001. */
const someTime = 1_000_000_000_000;

/** Every UTF-16 code unit, including those that belong to no character, and the ends of every plane of Unicode. */
const everyCodeUnit = Array.from({ length: 0x10000 }, (_, unit) => String.fromCharCode(unit)).join('');
const everyPlane = Array.from({ length: 17 }, (_, plane) =>
  String.fromCodePoint(plane * 0x10000, plane * 0x10000 + 0xf600, plane * 0x10000 + 0xffff),
).join('');

const codeUnits = fc.array(fc.integer({ min: 0, max: 0xffff })).map((units) => String.fromCharCode(...units));
const anyText = fc.oneof(
  codeUnits,
  fc.string({ unit: 'binary' }),
  fc.string({ unit: fc.constantFrom('\0', '\ud83d', 'a') }),
);

/** What every store must do (see `Store`). `open` gives an empty one each time. */
export function describeStore(name: string, open: () => Promise<StoreUnderTest>): void {
  describe(`the store ${name}`, () => {
    let store: Store;
    let execute: StoreUnderTest['execute'];
    beforeEach(async () => {
      ({ store, execute } = await open());
    });
    afterEach(() => store.close());

    let made = 0;
    const make = async (change: Partial<NewExperiment> = {}): Promise<NewExperiment> => {
      made += 1;
      const experiment: NewExperiment = {
        id: `experiment-${String(made).padStart(6, '0')}`,
        owner: 'anna',
        recipe: aRecipe(),
        recipeHash: 'hash',
        createdAt: someTime + made,
        parent: null,
        origin: 'run',
        leaseUntil: 0,
        ...change,
      };
      await store.create(experiment);
      return experiment;
    };
    const withPrompt = (content: string) => aRecipe({ request: aRequest({ messages: [{ role: 'user', content }] }) });
    const all = { owner: 'anna', search: '', after: null, limit: 100 };
    const headOf = ({ runs: _, ...head }: StoredExperiment): StoredHead => head;
    const idsOf = (experiments: readonly { id: string }[]) => experiments.map(({ id }) => id);
    const runsOf = async (id: string) => (await store.find(id))?.runs;

    describe('an experiment', () => {
      it('comes back as it was stored', async () => {
        const given = await make({
          owner: 'bert',
          parent: 'other',
          origin: 'import',
          ownKeys: ['may'],
          leaseUntil: someTime + 60_000,
        });
        expect(await store.find(given.id)).toEqual({
          ...given,
          title: null,
          sharedAt: null,
          deleteHash: null,
          runs: [],
        });
      });

      it('lets others have their turn while it is stored and read, and is whole', async () => {
        const runs = Array.from({ length: 40 }, (_, at) => ended(at + 1, String(at).repeat(50_000)));
        const { id } = await make();
        const turns = { stored: 0, read: 0 };
        const during = async <T>(what: keyof typeof turns, work: Promise<T>): Promise<T> => {
          let over = false;
          const count = () => {
            if (over) return;
            turns[what]++;
            setImmediate(count);
          };
          setImmediate(count);
          return work.finally(() => {
            over = true;
          });
        };
        const large = { ...(await make()), id: 'large' };
        await during('stored', store.create(large, runs));
        const found = await during('read', store.find('large'));
        expect(found?.runs).toEqual(runs);
        expect(Math.min(turns.stored, turns.read)).toBeGreaterThan(10);
        expect(await runsOf(id)).toEqual([]);
      });

      it('comes back without its runs', async () => {
        const { id } = await make({ parent: 'other' });
        await store.saveRun(id, ended(1, 'text'));
        await store.share(id, someTime, 'hash', Uint8Array.of(1));
        const { runs, ...head } = (await store.find(id)) ?? { runs: [] };
        expect(runs).toHaveLength(1);
        expect(await store.findHead(id)).toEqual(head);
        expect(await store.findHead('x')).toBeNull();
      });

      it('comes back together with its runs', async () => {
        const { id } = await make();
        const kept = await store.find(id);
        if (!kept) throw new Error('It is not there.');
        const runs = [
          ended(1, 'one', { usage: { prompt_tokens: 1, completion_tokens: 2, total_tokens: 3 } }),
          { ...failed(2, 'x'), endpoint: anEndpoint },
          ended(3, 'three', { endpoint: null }),
        ];
        await store.create({ ...kept, id: 'copy' }, runs);
        expect(await runsOf('copy')).toEqual(runs);
      });

      it('keeps every text unchanged', async () => {
        let count = 0;
        const check = async (text: string): Promise<void> => {
          count += 1;
          const messages = [
            { role: 'system' as const, content: text },
            { role: 'user' as const, content: `Hi ${text}` },
          ];
          const { id, recipe } = await make({ recipe: aRecipe({ request: aRequest({ messages }), title: text }) });
          await store.saveRun(id, ended(1, text, { requestId: text, fingerprints: [text] }));
          await store.saveRun(id, failed(2, 'cut_off', text));
          await store.rename(id, text);
          expect(await store.find(id)).toMatchObject({
            recipe,
            title: text,
            runs: [
              { text, requestId: text, fingerprints: [text] },
              { text, error: { code: 'cut_off' } },
            ],
          });
        };
        await check(everyPlane);
        await fc.assert(fc.asyncProperty(anyText, check), { seed: 20261122, numRuns: cases(100) });
        expect(count).toBe(cases(100) + 1);
      });

      it('keeps every code unit of a long text', async () => {
        const { id } = await make();
        const text = everyCodeUnit.repeat(16);
        await store.saveRun(id, ended(1, text));
        const [run] = (await runsOf(id)) ?? [];
        expect(run?.text === text).toBe(true);
      });

      it('is refused under an id that another has', async () => {
        const first = await make({ recipe: withPrompt('first') });
        await store.saveRun(first.id, ended(1, 'of the first'));
        const again = store.create({ ...first, recipe: withPrompt('second') }, [ended(1, 'of the second')]);
        await expect(again).rejects.toSatisfy(isStoreError('failed'));
        await expect(again).rejects.toSatisfy((error: StoreError) => !error.message.includes(first.id));
        expect(await store.find(first.id)).toMatchObject({ recipe: first.recipe, runs: [{ text: 'of the first' }] });
      });

      it('that comes with runs is stored with all of them or not at all', async () => {
        const runs = [ended(1, 'a'), ended(1, 'a second run of that number')];
        const given = await make();
        await expect(store.create({ ...given, id: 'halved' }, runs)).rejects.toSatisfy(isStoreError('failed'));
        expect(await store.find('halved')).toBeNull();
      });
    });

    describe('runs', () => {
      it('come sorted by number, whatever order they ended in', async () => {
        const { id } = await make();
        for (const run of [10, 2, 1, 11]) await store.saveRun(id, ended(run, `text ${run}`));
        expect((await runsOf(id))?.map(({ run }) => run)).toEqual([1, 2, 10, 11]);
      });

      it('replace what was stored under their number', async () => {
        const { id } = await make();
        expect(await store.saveRun(id, failed(1, 'cut_off', 'half a te'))).toBe(true);
        expect(await store.saveRun(id, ended(2, 'other'))).toBe(true);
        expect(await store.saveRun(id, ended(1, 'a text'))).toBe(true);
        expect(await runsOf(id)).toEqual([ended(1, 'a text'), ended(2, 'other')]);
      });

      it('of an experiment that does not exist are not stored', async () => {
        const { id } = await make();
        await store.remove(id);
        expect(await store.saveRun(id, ended(1, 'late'))).toBe(false);
        expect(await store.saveRun('never made', ended(1, 'lost'))).toBe(false);
        expect(await store.find(id)).toBeNull();
      });

      it('that end at the same time are all stored', async () => {
        const { id } = await make();
        const runs = Array.from({ length: 10 }, (_, index) => ended(index + 1, `text ${index}`));
        expect(await Promise.all(runs.map((run) => store.saveRun(id, run)))).toEqual(runs.map(() => true));
        expect(await runsOf(id)).toEqual(runs);
      });

      it('that end while their experiment is removed cause no error', async () => {
        for (let round = 0; round < 10; round += 1) {
          const { id } = await make();
          const saved = [1, 2, 3, 4].map((run) => store.saveRun(id, ended(run, 'text')));
          await Promise.all([...saved.slice(0, 2), store.remove(id), ...saved.slice(2)]);
          expect(await store.find(id)).toBeNull();
        }
      });
    });

    describe('a list', () => {
      const pages = async (limit: number, search = ''): Promise<Page[]> => {
        const found = [await store.list({ ...all, search, limit })];
        for (let next = found[0]?.next; next && found.length < 100; next = found.at(-1)?.next)
          found.push(await store.list({ ...all, search, limit, after: next }));
        return found;
      };

      it('has the newest experiments first, and none of other owners', async () => {
        const first = await make({ createdAt: someTime + 5 });
        await make({ owner: 'bert', createdAt: someTime + 6 });
        const last = await make({ createdAt: someTime + 7 });
        const middle = await make({ createdAt: someTime + 6 });
        expect(await store.list(all)).toEqual({
          experiments: await Promise.all(
            [last, middle, first].map(async ({ id }) => headOf(defined((await store.find(id)) ?? undefined))),
          ),
          next: null,
        });
        expect(await store.list({ ...all, owner: 'nobody' })).toEqual({ experiments: [], next: null });
      });

      it.each([1, 7, 12, 25, 100])('comes in pages of %i without gaps or repetitions', async (limit) => {
        const ids: string[] = [];
        // Many have the same time: their ids decide.
        for (let index = 0; index < 25; index += 1)
          ids.push((await make({ createdAt: someTime + Math.floor(index / 7) })).id);
        const found = await pages(limit);
        expect(found.map(({ experiments }) => experiments.length)).toEqual(
          Array.from({ length: Math.ceil(25 / limit) }, (_, page) => Math.min(limit, 25 - page * limit)),
        );
        const listed = found.flatMap(({ experiments }) => idsOf(experiments));
        expect(listed.toSorted()).toEqual(ids.toSorted());
        expect(listed).toEqual(
          found
            .flatMap(({ experiments }) => experiments)
            .sort(newestFirst)
            .map(({ id }) => id),
        );
      });

      it('goes on where it was when something new was added or something listed was removed', async () => {
        const [third, second, first] = [await make(), await make(), await make()];
        const { next, experiments } = await store.list({ ...all, limit: 1 });
        expect(idsOf(experiments)).toEqual([first?.id]);
        await make();
        await store.remove(first?.id ?? '');
        const rest = await store.list({ ...all, after: next });
        expect(idsOf(rest.experiments)).toEqual([second?.id, third?.id]);
      });

      it.each(['', 'nonsense', '5', '-', '5-', 'NaN-x', `${'9'.repeat(50)}-x`, '1-\0', '1-\ud800'])(
        'has nothing after what is no `next`: %j',
        async (after) => {
          await make();
          expect(await store.list({ ...all, after })).toEqual({ experiments: [], next: null });
        },
      );

      it('can be searched by messages, models and titles, in upper or lower case', async () => {
        const { id } = await make({ recipe: withPrompt('Ein Gedicht über ΟΔΥΣΣΕΥΣ und die Straße') });
        await make({ recipe: withPrompt('nothing of the kind') });
        const found = async (search: string) => idsOf((await store.list({ ...all, search })).experiments);
        for (const search of ['gedicht', 'GEDICHT', 'ÜBER', 'οδυσσευς', 'οδυσσευσ', 'strasse', 'u\u0308ber', 'ht ü'])
          expect([search, await found(search)]).toEqual([search, [id]]);
        expect(await found('seedling-1')).toHaveLength(2);
        expect(await found('gedichte')).toEqual([]);
        await store.rename(id, 'Mein Liebling');
        expect(await found('LIEBLING')).toEqual([id]);
        expect(await found('gedicht')).toEqual([id]);
        await store.rename(id, null);
        expect(await found('liebling')).toEqual([]);
      });

      it('can also be searched by the messages of arms', async () => {
        const arms = [
          { set: { model: 'tulip-7' } },
          { set: { messages: [{ role: 'user' as const, content: 'Rose' }] } },
        ];
        const { id } = await make({ recipe: aRecipe({ arms }) });
        for (const search of ['TULIP', 'rose'])
          expect(idsOf((await store.list({ ...all, search })).experiments)).toEqual([id]);
      });

      it.each(['100%', 'a_b', 'c\\d', '!x', "it's", '%', '_', '\\', '!', '\0', '\ud800', '💮'])(
        'takes a search for %j literally',
        async (search) => {
          const { id } = await make({ recipe: withPrompt(`before ${search} after`) });
          await make({ recipe: withPrompt('100 aXb cd x its') });
          expect(idsOf((await store.list({ ...all, search })).experiments)).toEqual([id]);
        },
      );

      it('has pages when it is searched, too', async () => {
        for (let index = 0; index < 9; index += 1)
          await make({ recipe: withPrompt(index % 2 === 0 ? 'even' : 'odd'), createdAt: someTime });
        const found = await pages(2, 'EVEN');
        expect(found.map(({ experiments }) => experiments.length)).toEqual([2, 2, 1]);
        expect(new Set(found.flatMap(({ experiments }) => idsOf(experiments))).size).toBe(5);
      });
    });

    it('gives the runs of an experiment unread, and how large they are', async () => {
      const { id } = await make();
      for (const run of [3, 1, 2]) await store.saveRun(id, ended(run, everyCodeUnit.slice(0, 1000 * run)));
      const documents = await store.findDocuments(id, [1, 3, 4]);
      expect(documents.map(({ run }) => run)).toEqual([1, 3]);
      expect(documents.map(({ document }) => readRun(document))).toEqual(
        [1, 3].map((run) => ended(run, everyCodeUnit.slice(0, 1000 * run))),
      );
      const sizes = await store.findSizes(id);
      expect(sizes.map(({ run }) => run)).toEqual([1, 2, 3]);
      expect(sizes[2]?.bytes).toBe(Buffer.byteLength(documents[1]?.document ?? ''));
      expect([await store.findSizes('x'), await store.findDocuments('x', [1])]).toEqual([[], []]);
      expect(await store.findDocuments(id, [])).toEqual([]);
    });

    it('gives the newest replays of a recipe, oldest first', async () => {
      const ids: string[] = [];
      for (const recipeHash of ['a', 'b', 'a', 'a', 'a']) ids.push((await make({ recipeHash })).id);
      await make({ recipeHash: 'a', owner: 'bert' });
      await store.saveRun(ids[4] ?? '', ended(1, 'text'));
      const replays = await store.listReplays('anna', 'a', 3, 1e6);
      expect(idsOf(replays)).toEqual([ids[2], ids[3], ids[4]]);
      expect(replays.at(-1)).toEqual(await store.findHead(ids[4] ?? ''));
      expect(await store.listReplays('anna', 'c', 3, 1e6)).toEqual([]);

      for (const { id } of replays) await store.saveRun(id, ended(1, 'x'.repeat(10_000)));
      const fitting = async (bytes: number) => idsOf(await store.listReplays('anna', 'a', 3, bytes));
      expect([await fitting(1), await fitting(25_000), await fitting(1e6)]).toEqual(
        [1, 2, 3].map((count) => idsOf(replays.slice(-count))),
      );
    });

    it('shares an experiment once', async () => {
      const { id } = await make();
      expect(await store.findPreview(id)).toBeNull();
      const preview = Uint8Array.from({ length: 1000 }, (_, index) => index);
      expect(await store.share(id, someTime + 1, 'hash 1', preview)).toBe(true);
      expect(await store.share(id, someTime + 2, 'hash 2', new Uint8Array())).toBe(false);
      expect(await store.find(id)).toMatchObject({ sharedAt: someTime + 1, deleteHash: 'hash 1' });
      expect(await store.findPreview(id)).toEqual(preview);
      await store.remove(id);
      expect(await store.findPreview(id)).toBeNull();
    });

    it('lets one of several callers share at the same time', async () => {
      const { id } = await make();
      const shared = [1, 2, 3, 4].map((at) => store.share(id, at, `hash ${at}`, Uint8Array.of(at)));
      const winner = (await Promise.all(shared)).indexOf(true) + 1;
      expect(await Promise.all(shared)).toEqual([1, 2, 3, 4].map((at) => at === winner));
      expect(await store.find(id)).toMatchObject({ sharedAt: winner, deleteHash: `hash ${winner}` });
      expect(await store.findPreview(id)).toEqual(Uint8Array.of(winner));
    });

    it('removes one experiment and not the others', async () => {
      const [gone, stays] = [await make(), await make({ parent: 'gone' })];
      for (const { id } of [gone, stays]) {
        await store.saveRun(id, ended(1, 'text'));
        await store.share(id, someTime, 'hash', Uint8Array.of(1));
      }
      await store.remove(gone.id);
      expect(await store.find(gone.id)).toBeNull();
      expect(await runsOf(stays.id)).toEqual([ended(1, 'text')]);
      await store.create(gone);
      expect(await store.find(gone.id)).toMatchObject({ runs: [], sharedAt: null });
      expect(await store.findPreview(gone.id)).toBeNull();
    });

    it('keeps an experiment whose parent is gone', async () => {
      const parent = await make();
      const { id } = await make({ parent: parent.id });
      await store.remove(parent.id);
      expect(await store.find(id)).toMatchObject({ parent: parent.id });
    });

    it('ignores ids that do not exist', async () => {
      expect(await store.find('x')).toBeNull();
      expect(await store.findPreview('x')).toBeNull();
      expect(await store.share('x', 1, 'hash', new Uint8Array())).toBe(false);
      expect(await store.claim('x', 1, 2)).toBe(false);
      expect(await store.holds('x')).toBe(false);
      await store.rename('x', 'title');
      await store.remove('x');
      expect(await store.renew(['x'], 1)).toEqual([]);
      expect(await store.renew([], 1)).toEqual([]);
      expect(await store.list(all)).toEqual({ experiments: [], next: null });
    });

    describe('a lease', () => {
      it('is taken by one of several callers at the same time', async () => {
        const { id } = await make({ leaseUntil: someTime });
        const claims = [1, 2, 3, 4].map((who) => store.claim(id, someTime, someTime + who));
        const winner = (await Promise.all(claims)).indexOf(true) + 1;
        expect(await Promise.all(claims)).toEqual([1, 2, 3, 4].map((who) => who === winner));
        expect(await store.find(id)).toMatchObject({ leaseUntil: someTime + winner });
      });

      it('cannot be taken while it is held', async () => {
        const { id } = await make({ leaseUntil: someTime + 1 });
        expect(await store.claim(id, someTime, someTime + 9)).toBe(false);
        expect(await store.find(id)).toMatchObject({ leaseUntil: someTime + 1 });
        expect(await store.claim(id, someTime + 1, someTime + 9)).toBe(true);
      });

      it('is renewed and given back for the named experiments only', async () => {
        const [a, b, c] = [await make(), await make(), await make()];
        expect((await store.renew([a.id, b.id], someTime + 9)).toSorted()).toEqual([a.id, b.id].toSorted());
        expect(await Promise.all([a, b, c].map(({ id }) => store.claim(id, someTime, someTime)))).toEqual([
          false,
          false,
          true,
        ]);
        await store.renew([a.id], 0);
        expect(await store.claim(a.id, someTime, someTime + 9)).toBe(true);
        expect(await store.claim(b.id, someTime, someTime + 9)).toBe(false);
      });
    });

    it('purges what is old, unshared and held by nobody, a few at a time, oldest first', async () => {
      const old = [await make({ createdAt: 3 }), await make({ createdAt: 1 }), await make({ createdAt: 2 })];
      const held = await make({ createdAt: 1, leaseUntil: 101 });
      const expired = await make({ createdAt: 1, leaseUntil: 100 });
      const shared = await make({ createdAt: 1 });
      await store.share(shared.id, 5, 'hash', new Uint8Array());
      const young = await make({ createdAt: 4 });
      await store.saveRun(old[0]?.id ?? '', ended(1, 'text'));

      expect(await store.purge(unshared(4), 100, 3)).toBe(3);
      expect(await store.find(old[0]?.id ?? '')).not.toBeNull();
      expect(await store.purge(unshared(4), 100, 3)).toBe(1);
      expect(await store.purge(unshared(4), 100, 3)).toBe(0);
      const left = await Promise.all([...old, expired, held, shared, young].map(({ id }) => store.find(id)));
      expect(left.map((experiment) => experiment?.id)).toEqual([
        ...[undefined, undefined, undefined, undefined],
        ...[held.id, shared.id, young.id],
      ]);
    });

    it('purges shared ones by when they were shared, only if that is wanted', async () => {
      const shared = async (createdAt: number, at: number, leaseUntil = 0) => {
        const { id } = await make({ createdAt, leaseUntil });
        await store.share(id, at, 'hash', new Uint8Array([1]));
        return id;
      };
      const young = await shared(1, 9);
      const held = await shared(1, 5, 101);
      const all = [await shared(2, 7), await shared(3, 6), young, held];
      const left = async () => {
        const found = await Promise.all(all.map((id) => store.findHead(id)));
        return found.map((head) => head !== null);
      };
      expect(await store.purge(unshared(100), 100, 10)).toBe(0);
      expect(await store.purge({ unshared: null, shared: 9 }, 100, 1)).toBe(1);
      expect(await left()).toEqual([true, false, true, true]);
      expect(await store.purge({ unshared: 100, shared: 9 }, 100, 10)).toBe(1);
      expect(await left()).toEqual([false, false, true, true]);
      expect(await store.findPreview(all[0] ?? '')).toBeNull();
    });

    it('purges no more than the limit of both kinds together', async () => {
      for (let at = 1; at <= 3; at++) {
        await make({ createdAt: at });
        await store.share((await make({ createdAt: at })).id, at, 'hash', new Uint8Array());
      }
      const purge = () => store.purge({ unshared: 100, shared: 100 }, 100, 4);
      expect([await purge(), await purge(), await purge()]).toEqual([4, 2, 0]);
    });

    describe('what was seen of models', () => {
      const server = 'https://api.example/v1';
      const seen = (change: Partial<Capability> = {}): Capability => ({
        ...{ model: 'm', parameter: 'seed', state: 'accepted', value: null, at: someTime, before: null },
        ...change,
      });

      it('comes back, of that server only, whatever a model is called', async () => {
        const refused = seen({ state: 'refused', value: '0.2', before: { state: 'accepted', at: 1 } });
        const names = [everyCodeUnit.slice(0, 200), everyCodeUnit.slice(0xd800, 0xd8c8), 'm'];
        const all = names.flatMap((model) => [
          { ...refused, model, parameter: 'seed' as const },
          seen({ model, parameter: 'stream' }),
        ]);
        await store.learn(server, all);
        await store.learn('https://other.example', [seen({ model: 'other' })]);
        await store.learn(server, []);
        expect(new Set(await store.capabilities(server))).toEqual(new Set(all));
        expect(await store.capabilities('https://nobody.example')).toEqual([]);
      });

      it('is the newest, in whatever order it comes', async () => {
        await store.learn(server, [seen({ state: 'refused', at: someTime + 2 })]);
        await store.learn(server, [seen({ state: 'accepted', at: someTime + 1 })]);
        expect(await store.capabilities(server)).toMatchObject([{ state: 'refused', at: someTime + 2 }]);
        await store.learn(server, [seen({ state: 'ignored', at: someTime + 2 })]);
        expect(await store.capabilities(server)).toMatchObject([{ state: 'ignored' }]);
      });

      it('is limited: the oldest goes', async () => {
        for (const from of [0, 2000, 4000]) {
          const many = Array.from({ length: 2000 }, (_, at) =>
            seen({ model: `m${from + at}`, at: someTime + from + at }),
          );
          await store.learn(server, many);
        }
        const kept = await store.capabilities(server);
        expect(kept).toHaveLength(5000);
        expect(kept.reduce((oldest, { at }) => Math.min(oldest, at), Number.POSITIVE_INFINITY)).toBe(someTime + 1000);
      });

      it('is passed over where a newer version wrote it', async () => {
        await store.learn(server, [seen(), seen({ model: 'n' })]);
        await execute(`update capabilities set document = '{"v":2}' where model = '"m"'`);
        expect(await store.capabilities(server)).toMatchObject([{ model: 'n' }]);
      });
    });

    describe('a damaged document', () => {
      it.each([
        ['from a newer version', `update experiments set document = '{"v":2,"recipe":{}}'`],
        ['not JSON', `update experiments set document = '{'`],
        ['of an unknown origin', `update experiments set origin = 'moon'`],
        ['with a title that is not text', `update experiments set title = '5'`],
      ])('is reported when it is looked up and left out of lists: %s', async (_, damage) => {
        const before = await make();
        const good = await make({ createdAt: someTime + 1e6 });
        await store.create({ ...good, id: 'damaged', createdAt: someTime + 5e5 }, [ended(1, 'text')]);
        await execute(`${damage} where id = 'damaged'`);

        await expect(store.find('damaged')).rejects.toSatisfy(isStoreError('corrupt'));
        expect(idsOf((await store.list(all)).experiments)).toEqual([good.id, before.id]);
        expect(idsOf(await store.listReplays('anna', 'hash', 10, 1e6))).toEqual([before.id, good.id]);
        const { next } = await store.list({ ...all, limit: 2 });
        expect(idsOf((await store.list({ ...all, limit: 2, after: next })).experiments)).toEqual([before.id]);
        await store.remove('damaged');
        expect(await store.find('damaged')).toBeNull();
      });
    });

    it('reports a run from a newer version, and lists its experiment all the same', async () => {
      const before = await make();
      await store.create({ ...before, id: 'damaged' }, [ended(1, 'text')]);
      await execute(`insert into runs values ('damaged', 2, '{"v":2}')`);
      await expect(store.find('damaged')).rejects.toSatisfy(isStoreError('corrupt'));
      const both = ['damaged', before.id].toSorted();
      expect(idsOf((await store.list(all)).experiments).toSorted()).toEqual(both);
      expect(idsOf(await store.listReplays('anna', 'hash', 10, 1e6)).toSorted()).toEqual(both);
    });

    describe('what is used', () => {
      const use = (counter: string, amount: number, change: Partial<Use> = {}): Use => ({
        ...{ counter, entry: 'hour 1', amount, limit: 10, until: someTime + 60 },
        ...change,
      });
      const spentOf = async (counter: string, now = someTime) => (await store.spent([counter], now))[0]?.amount ?? 0;

      it('adds up until there is more than the limit, and says then what there was', async () => {
        expect(await store.spend([use('a', 4), use('b', 9)], someTime)).toBeNull();
        expect(await store.spend([use('a', 6)], someTime)).toBeNull();
        expect(await store.spend([use('b', 1), use('a', 1)], someTime)).toEqual({
          use: use('a', 1),
          spent: { counter: 'a', amount: 10, until: someTime + 60 },
        });
        expect(await store.spent(['a', 'b', 'c'], someTime)).toEqual(
          expect.arrayContaining([
            { counter: 'a', amount: 10, until: someTime + 60 },
            { counter: 'b', amount: 9, until: someTime + 60 },
          ]),
        );
        expect(await store.spend([use('c', 11)], someTime)).toMatchObject({
          use: { counter: 'c' },
          spent: { amount: 0 },
        });
        expect(await store.spend([], someTime)).toBeNull();
        expect(await store.spent([], someTime)).toEqual([]);
      });

      it('names of several limits the one that holds longest', async () => {
        const [hour, day] = [use('hour', 6), use('day', 6, { until: someTime + 900 })];
        await store.spend([hour, day], someTime);
        for (const uses of [
          [hour, day],
          [day, hour],
        ])
          expect(await store.spend(uses, someTime)).toMatchObject({ use: day, spent: { until: someTime + 900 } });
        const never = use('hour', 11);
        expect(await store.spend([day, never], someTime)).toMatchObject({ use: never });
      });

      it('never comes to more than the limit, whoever asks at the same time', async () => {
        const asking = Array.from({ length: 25 }, (_, at) =>
          store.spend([use('a', 1), use('b', 1, { entry: String(at), limit: 7 })], someTime),
        );
        expect((await Promise.all(asking)).filter((refused) => refused === null)).toHaveLength(7);
        expect([await spentOf('a'), await spentOf('b')]).toEqual([7, 7]);
      });

      it('counts no more once its time has come, and is then forgotten', async () => {
        await store.spend([use('a', 4), use('a2', 4, { until: someTime + 90 })], someTime);
        await store.spend([use('a', 3, { entry: 'hour 2', until: someTime + 90 })], someTime + 30);
        expect([await spentOf('a', someTime + 59), await spentOf('a', someTime + 60)]).toEqual([7, 3]);
        await store.purge({ unshared: null, shared: null }, someTime + 60, 1);
        expect([await spentOf('a'), await spentOf('a2')]).toEqual([3, 4]);
      });

      it('can be given back, and be more than was allowed, but never less than nothing', async () => {
        await store.spend([use('a', 4)], someTime);
        const settled = async (amount: number) => {
          await store.settle([{ ...use('a', amount) }, use('unknown', 5)]);
          return spentOf('a');
        };
        expect([await settled(-1), await settled(20), await settled(-99)]).toEqual([3, 23, 0]);
        expect(await spentOf('unknown')).toBe(0);
      });

      it('follows the lease of the experiment that uses it', async () => {
        const { id } = await make({ leaseUntil: someTime + 30 });
        await store.spend([use('a', 4, { entry: id, until: someTime + 30 })], someTime);
        await store.renew([id], someTime + 60);
        expect(await spentOf('a', someTime + 59)).toBe(4);
        await store.renew([id], 0);
        expect(await spentOf('a')).toBe(0);
      });

      it('is used no more by an experiment that is removed', async () => {
        const { id } = await make({ leaseUntil: someTime + 30 });
        await store.spend([use('a', 4, { entry: id, until: someTime + 30 }), use('a', 1)], someTime);
        await store.remove(id);
        expect(await spentOf('a')).toBe(1);
      });
    });

    it('knows an owner for as long as there is an experiment of theirs', async () => {
      expect(await store.knows('anna')).toBe(false);
      const { id } = await make();
      expect([await store.knows('anna'), await store.knows('bert')]).toEqual([true, false]);
      await store.remove(id);
      expect(await store.knows('anna')).toBe(false);
    });

    it('makes a secret once, whoever asks first, and another for another name', async () => {
      const asked = await Promise.all([1, 2, 3, 4].map(() => store.secret('one')));
      expect(new Set([...asked, await store.secret('one')]).size).toBe(1);
      expect(asked[0]).toMatch(/^[\w-]{43}$/);
      expect(await store.secret('other')).not.toBe(asked[0]);
    });

    it('confirms that it works, and leaves no trace of the check', async () => {
      await Promise.all([store.check(), store.check(), store.check()]);
      expect(await store.list({ ...all, owner: '' })).toEqual({ experiments: [], next: null });
      expect(await store.purge(unshared(someTime), someTime, 100)).toBe(0);
    });

    it('throws StoreError and nothing else when it is closed', async () => {
      const { store: other } = await open();
      await other.check();
      await other.close();
      const uses = [
        () => other.find('x'),
        () => other.saveRun('x', ended(1, 'text')),
        () => other.list(all),
        () => other.check(),
      ];
      for (const use of uses) await expect(use()).rejects.toSatisfy(isStoreError('failed'));
    });
  });
}

/** Whether an error is a StoreError of this code with a sentence for people. */
export const isStoreError =
  (code: StoreError['code']) =>
  (error: unknown): boolean =>
    error instanceof StoreError && error.code === code && /^[A-Z].*\.$/.test(error.message);

const newestFirst = (a: { id: string; createdAt: number }, b: { id: string; createdAt: number }): number =>
  b.createdAt - a.createdAt || (a.id < b.id ? -1 : 1);

const unshared = (before: number) => ({ unshared: before, shared: null });
