import { parse } from 'valibot';
import { describe, expect, it, vi } from 'vitest';
import { ShareResponse } from '@/lib/api/experiment';
import { StoreError } from '@/lib/store/store';
import { open } from './access';
import { drawPreview } from './preview';
import { anna, bob, get, preview, remove, rename, share, shown } from './requests.fixture';
import { finish, freshServices, refusalOf } from './services.fixture';
import { readShown } from './unread';

const rig = freshServices();

describe('POST /api/experiments/{id}/share', () => {
  it('makes it public, and gives the delete link once', async () => {
    const id = await finish(rig, anna, ['x']);
    const first = parse(ShareResponse, await (await share(id)).json());
    expect(first).toMatchObject({ id, path: `/e/${id}` });
    expect(first.deletePath).toMatch(new RegExp(`^/e/${id}#delete=[\\w-]{43}$`));
    expect(await shown(id, null)).toMatchObject({ sharedAt: first.sharedAt, own: false });
    for (let time = 0; time < 2; time++)
      expect(parse(ShareResponse, await (await share(id)).json())).toEqual({ ...first, deletePath: null });
  });

  it('gives one delete link, which works, also to two who share at the same time', async () => {
    const id = await finish(rig, anna, ['x']);
    const answers = await Promise.all([share(id), share(id), share(id)]);
    const bodies = await Promise.all(answers.map(async (answer) => parse(ShareResponse, await answer.json())));
    const links = bodies.flatMap(({ deletePath }) => deletePath ?? []);
    expect(links.length).toBe(1);
    expect((await remove(id, { token: links[0]?.split('#delete=')[1] }, bob)).status).toBe(204);
  });

  it('is possible as soon as the stream has ended, whenever its lease is given back', async () => {
    vi.spyOn(rig.store, 'renew').mockReturnValue(new Promise(() => {}));
    const id = await finish(rig, anna, ['x']);
    expect((await share(id)).status).toBe(200);
  });

  it('sets a title, also when called again', async () => {
    const id = await finish(rig, anna, ['x']);
    await share(id, { title: ' Mine ' });
    expect((await shown(id)).title).toBe('Mine');
    await share(id, { title: 'Still mine' });
    expect((await shown(id)).title).toBe('Still mine');
    await share(id, {});
    expect((await shown(id)).title).toBe('Still mine');
    await share(id, { title: null });
    expect((await shown(id)).title).toBeNull();
  });

  it('draws a preview of what is shared, once', async () => {
    const id = await finish(rig, anna, ['x', 'y']);
    expect((await preview(id)).status).toBe(404);
    await share(id, { title: 'Shown' });
    const image = await preview(id);
    expect(image.headers.get('content-type')).toBe('image/png');
    const png = new Uint8Array(await image.arrayBuffer());
    expect([...png.slice(0, 4)]).toEqual([0x89, 0x50, 0x4e, 0x47]);
    const stored = await rig.store.find(id);
    if (!stored) throw new Error('It is not stored.');
    expect(Buffer.from(png).equals(await drawPreview(readShown(await (await open(stored)).read())))).toBe(true);
    await share(id, { title: 'Another' });
    expect(Buffer.from(await (await preview(id)).arrayBuffer()).equals(png)).toBe(true);
  });

  it('draws no title that was removed while it was shared', async () => {
    const id = await finish(rig, anna, ['x']);
    await rename(id, { title: 'My secret plan' });
    await share(id, { title: null });
    const stored = await rig.store.find(id);
    if (!stored) throw new Error('It is not stored.');
    expect(stored.title).toBeNull();
    const png = Buffer.from(await (await preview(id)).arrayBuffer());
    expect(png.equals(await drawPreview(readShown(await (await open(stored)).read())))).toBe(true);
  });

  it.each(['[]', '"x"', '{"title":5}', '{"colour":"red"}', JSON.stringify({ title: 'x'.repeat(201) })])(
    'refuses %s and shares nothing',
    async (body) => {
      const id = await finish(rig, anna, ['x']);
      expect(await refusalOf(await share(id, body))).toMatchObject({ status: 400, code: 'invalid_request' });
      expect((await shown(id)).sharedAt).toBeNull();
      expect((await get(id, bob)).status).toBe(404);
    },
  );

  it('shares nothing if the store fails', async () => {
    const id = await finish(rig, anna, ['x']);
    vi.spyOn(rig.store, 'share').mockRejectedValueOnce(new StoreError('full', 'The disk of this server is full.'));
    expect(await refusalOf(await share(id))).toMatchObject({ status: 503, code: 'store_full' });
    expect((await get(id, bob)).status).toBe(404);
    expect(parse(ShareResponse, await (await share(id)).json()).deletePath).not.toBeNull();
  });

  it('shows hostile texts in an image like any other', async () => {
    const id = await finish(rig, anna, ['</text><script>alert(1)</script>\0\ud83d\u202e&amp;', '🌱'.repeat(5000)]);
    expect((await share(id, { title: ']]><svg onload="x">\0' })).status).toBe(200);
    expect((await preview(id)).status).toBe(200);
  });
});

describe('GET /e/{id}/opengraph-image', () => {
  it.each(['', 'nothing', 'A'.repeat(22), '__proto__', '\0'])('finds nothing for %j', async (id) => {
    expect(await refusalOf(await preview(id))).toEqual({ status: 404, code: 'not_found', param: null });
  });

  it('finds nothing for what is private', async () => {
    expect(await refusalOf(await preview(await finish(rig, anna, ['x'])))).toMatchObject({ status: 404 });
  });
});
