import { describe, expect, it } from 'vitest';
import { recipeHash } from '@/lib/recipe/hash';
import { endedWith } from '@/lib/run/records.fixture';
import { isAsideError } from './aside';
import { rendering } from './page-failure';
import { describePermalink, openPermalink } from './permalink';
import { scriptedRecipe } from './scripted-provider.fixture';
import { services } from './services';
import { anExperiment, begin, freshServices, newVisitor } from './services.fixture';

const anna = newVisitor();
const bob = newVisitor();

const rig = freshServices();

/** Keeps an experiment of Anna's with these texts. */
async function keep(name: string, texts: readonly string[], change: Parameters<typeof anExperiment>[1] = {}) {
  const recipe = scriptedRecipe(2);
  const experiment = anExperiment(name, { owner: anna.owner, recipe, recipeHash: recipeHash(recipe), ...change });
  await rig.store.create(experiment, endedWith(...texts));
  return experiment.id;
}

/** As a page is opened by whoever has this cookie. */
const openWith = (id: string, cookies: string | null) => openPermalink(id, { cookies, address: '127.0.0.1' });

async function open(id: string, cookie: string | null) {
  const permalink = await openWith(id, cookie);
  if (permalink?.kind !== 'saved') throw new Error('There is nothing to see, or it is large.');
  return permalink;
}

describe('openPermalink', () => {
  it('gives every text, the verdict, and whose it is', async () => {
    const { experiment, saved, view, parent, drift } = await open(await keep('x', ['a b', 'a c']), anna.cookie);
    expect(experiment).toMatchObject({ running: false, runs: [{ text: 'a b' }, { text: 'a c' }] });
    expect(saved).toMatchObject({ own: true, origin: 'run', sharedAt: null });
    expect(view.verdict).toMatchObject({ kind: 'differ', fork: { word: 2 } });
    expect([parent, drift]).toEqual([null, null]);
  });

  it('gives others nothing until it is shared', async () => {
    const id = await keep('x', ['a', 'a']);
    for (const cookie of [null, '', bob.cookie, `seedbed_visitor=${anna.owner}`])
      expect(await openWith(id, cookie)).toBeNull();
    await rig.store.share(id, 1, 'hash', new Uint8Array());
    for (const cookie of [null, bob.cookie]) expect((await open(id, cookie)).saved.own).toBe(false);
  });

  it.each(['', 'nothing', 'A'.repeat(22), '__proto__', '\0'])('gives nothing for %j', async (id) => {
    expect(await openWith(id, anna.cookie)).toBeNull();
  });

  it('compares a replay with the stored texts, for those who may see them', async () => {
    const parent = await keep('parent', ['the secret', 'the cat'], { createdAt: 1000 });
    const id = await keep('child', ['the dog', 'the cat'], { parent });
    const own = await open(id, anna.cookie);
    expect(own.view.columns.map(({ parts }) => parts.map(({ kind }) => kind))).toEqual([
      ['same', 'replaced'],
      ['same'],
    ]);
    expect(own.parent?.id).toBe(parent);
    expect(own.drift?.rows.map((row) => row.id)).toEqual([parent, id]);
    await rig.store.share(id, 1, 'hash', new Uint8Array());
    const seen = await open(id, bob.cookie);
    expect(seen.parent).toBeNull();
    expect(seen.drift).toBeNull();
    expect(JSON.stringify(seen)).not.toContain('secret');
  });

  it('gives of a large one what came of it and how each text begins', async () => {
    const texts = ['the cat', 'the dog'].map((text) => `${text} ${'x'.repeat(300_000)}`);
    const permalink = await openWith(await keep('large', texts), anna.cookie);
    expect(permalink).toMatchObject({
      ...{ kind: 'large', running: false, runs: 2, more: 0, sentence: expect.stringContaining('differ') },
      saved: { own: true },
      beginnings: [
        { letter: 'A', runs: [{ run: 1 }], text: texts[0]?.slice(0, 600), whole: false },
        { letter: 'B', runs: [{ run: 2 }], text: texts[1]?.slice(0, 600), whole: false },
      ],
    });
    expect(JSON.stringify(permalink).length).toBeLessThan(10_000);
  });

  it('says that it is running while it is, here or in another process', async () => {
    const { id } = await begin(scriptedRecipe(1), anna);
    expect((await open(id, anna.cookie)).experiment.running).toBe(true);
    const elsewhere = await keep('elsewhere', ['a'], { leaseUntil: Date.now() + 30_000 });
    expect((await open(elsewhere, anna.cookie)).experiment.running).toBe(true);
    const crashed = await keep('crashed', ['a'], { leaseUntil: Date.now() - 1 });
    expect((await open(crashed, anna.cookie)).experiment).toMatchObject({
      running: false,
      runs: [{ status: 'ended' }, { status: 'queued' }],
    });
  });
});

describe('a permalink that cannot be opened now', () => {
  /** Why the page of an experiment failed, and what it threw. */
  const failureOf = (id: string, cookies: string | null, address = '127.0.0.1') =>
    rendering(() => openPermalink(id, { cookies, address }).catch((error: unknown) => error));
  const large = ['a', 'b'].map((text) => `${text} ${'x'.repeat(20_000)}`);

  it.each([
    ['of a visitor', anna.cookie, anna.owner],
    ['of an address', null, '127.0.0.1'],
  ])('tells that too many tasks %s wait, and others are served', async (_, cookie, visitor) => {
    const id = await keep('x', large);
    await rig.store.share(id, 1, 'hash', new Uint8Array());
    const held = Promise.withResolvers<never>();
    const tasks = Promise.allSettled(
      Array.from({ length: 40 }, () =>
        services().aside.do({ visitor, weight: 1e6, ms: 1000 }, 'badge', () => held.promise),
      ),
    );
    const { answer, failure } = await failureOf(id, cookie);
    expect([isAsideError(answer) && answer.kind, failure]).toEqual(['crowded', 'busy']);
    const others = failureOf(id, bob.cookie, '192.0.2.1');
    held.reject(new Error('let go'));
    await tasks;
    expect((await others).answer).toMatchObject({ saved: { id } });
  });

  it('tells that the store cannot be used', async () => {
    const id = await keep('x', ['a', 'b']);
    await rig.store.close();
    expect((await failureOf(id, anna.cookie)).failure).toBe('store');
    await rig.restart().catch(() => undefined);
  });
});

describe('describePermalink', () => {
  it('says nothing of what is private or not there, and keeps search engines out', async () => {
    const id = await keep('x', ['the text', 'the text'], { recipe: scriptedRecipe(2, { title: 'the title' }) });
    await rig.store.rename(id, 'the title');
    for (const metadata of [describePermalink(await openWith(id, anna.cookie)), describePermalink(null)]) {
      expect(metadata.robots).toEqual({ index: false, follow: false });
      expect(JSON.stringify(metadata)).not.toMatch(/the text|the title|Go\.|identical/);
    }
  });

  it('gives the verdict, the title and the picture’s address of what is shared', async () => {
    const id = await keep('x', ['a', 'a']);
    await rig.store.share(id, 1, 'hash', new Uint8Array());
    const metadata = describePermalink(await openWith(id, null));
    expect(metadata).toMatchObject({
      robots: { index: false, follow: false },
      title: '2 of 2 runs identical. “Go.” · Seedbed',
      openGraph: { images: [{ url: `/e/${id}/opengraph-image`, width: 1200, height: 630 }] },
    });
    await rig.store.rename(id, 'Named');
    expect(describePermalink(await openWith(id, null)).title).toBe('2 of 2 runs identical. Named · Seedbed');
  });

  it('says of imported texts that they were not made here', async () => {
    for (const [origin, description] of [
      ['run', 'Go.'],
      ['import', 'Imported: not made by this server. Go.'],
    ] as const) {
      const id = await keep(origin, ['a', 'a'], { origin });
      await rig.store.share(id, 1, 'hash', new Uint8Array());
      expect(describePermalink(await openWith(id, null))).toMatchObject({
        description,
        openGraph: {
          description,
          images: [{ alt: `2 of 2 runs identical.${origin === 'run' ? '' : ' Imported: not made by this server.'}` }],
        },
      });
    }
  });
});
