import { once } from 'node:events';
import { createServer, type IncomingMessage, request } from 'node:http';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it, vi } from 'vitest';
import { endpoints, pages } from '@/lib/api/addresses';
import { endedWith } from '@/lib/run/records.fixture';
import { StoreError } from '@/lib/store/store';
import { answerForEverybody, publicCacheControl } from './for-everybody';
import { anExperiment, freshServices, newVisitor } from './services.fixture';

const anna = newVisitor();
const bob = newVisitor();

const rig = freshServices();

async function keep(name: string, change: Parameters<typeof anExperiment>[1] = {}): Promise<string> {
  const experiment = anExperiment(name, { owner: anna.owner, ...change });
  await rig.store.create(experiment, endedWith('a', 'b'));
  return experiment.id;
}

async function keepShared(name: string, change: Parameters<typeof anExperiment>[1] = {}): Promise<string> {
  const id = await keep(name, change);
  await rig.store.share(id, 1, 'hash', new Uint8Array());
  return id;
}

/** A site that renders "page 1", "page 2" and so on for everybody, and "passed on" for each visitor. */
function aSite({ status = 200 } = {}) {
  const rendered: string[] = [];
  const render = async (path: string) => {
    rendered.push(path);
    const headers = { 'content-type': 'text/html', 'cache-control': 'no-store', vary: 'rsc' };
    return { status, headers, body: Buffer.from(`page ${rendered.length}`), failure: 'failed' as const };
  };
  async function ask(path: string, headers: Record<string, string> = {}, method = 'GET') {
    const server = createServer(async (request, response) => {
      if (!(await answerForEverybody(request, response, render))) response.end('passed on');
    });
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const address = server.address();
    const port = typeof address === 'object' ? address?.port : undefined;
    const asked = request({ port, host: '127.0.0.1', path, method, headers }).end();
    const [response] = (await once(asked, 'response')) as [IncomingMessage];
    const chunks: Buffer[] = [];
    for await (const chunk of response) chunks.push(chunk);
    server.close();
    const body = Buffer.concat(chunks);
    const text = response.headers['content-encoding'] === 'gzip' ? gunzipSync(body).toString() : body.toString();
    return { status: response.statusCode, headers: response.headers, text };
  }
  return { rendered, ask };
}

describe('a shared experiment', () => {
  it.each([
    ['page', pages.permalink],
    ['page to embed', pages.embed],
    ['JSON', endpoints.experiment],
  ])('has its %s rendered once for all who read it, whatever their cookies and query', async (_, address) => {
    const { rendered, ask } = aSite();
    const path = address(await keepShared('x'));
    const answers = [await ask(path), await ask(`${path}?view=tree`), await ask(path, { cookie: bob.cookie })];
    expect(answers.map(({ text }) => text)).toEqual(['page 1', 'page 1', 'page 1']);
    expect(rendered).toEqual([path]);
    expect(answers[0]?.headers).toMatchObject({ 'content-type': 'text/html', 'cache-control': publicCacheControl() });
  });

  it('has one page for its owner too, and a JSON of their own', async () => {
    const { ask } = aSite();
    const id = await keepShared('x');
    const page = await ask(pages.permalink(id), { cookie: anna.cookie });
    expect([page.text, page.headers.vary]).toEqual(['page 1', 'rsc, Accept-Encoding']);
    expect((await ask(endpoints.experiment(id), { cookie: anna.cookie })).text).toBe('passed on');
    expect((await ask(endpoints.experiment(id))).headers.vary).toBe('rsc, Accept-Encoding, Cookie');
  });

  it('is rendered anew once it has been renamed, run again or removed', async () => {
    const { ask } = aSite();
    const id = await keepShared('x');
    const path = pages.permalink(id);
    expect((await ask(path)).text).toBe('page 1');
    await rig.store.rename(id, 'Named');
    expect((await ask(path)).text).toBe('page 2');
    await rig.store.claim(id, Date.now(), Date.now() + 30_000);
    expect((await ask(path)).text).toBe('passed on'); // it is running: readers follow it
    const [run] = endedWith('c');
    if (run) await rig.store.saveRun(id, run);
    await rig.store.renew([id], 0);
    expect((await ask(path)).text).toBe('page 3');
    await rig.store.remove(id);
    expect((await ask(path)).text).toBe('passed on');
  });

  it('is rendered anew once the experiment has been removed that it repeats', async () => {
    const { ask } = aSite();
    const parent = await keepShared('parent');
    const path = pages.permalink(await keepShared('child', { parent }));
    await ask(path);
    await rig.store.remove(parent);
    expect((await ask(path)).text).toBe('page 2');
  });

  it('is sent packed to whoever takes that, not at all to whoever has it, and without a body to HEAD', async () => {
    const { ask } = aSite();
    const path = pages.permalink(await keepShared('x'));
    const packed = await ask(path, { 'accept-encoding': 'br, gzip' });
    expect([packed.headers['content-encoding'], packed.text]).toEqual(['gzip', 'page 1']);
    for (const refusing of ['', 'br', 'gzip;q=0', 'br, gzip; q=0.0'])
      expect((await ask(path, { 'accept-encoding': refusing })).headers['content-encoding']).toBeUndefined();
    const { etag = '' } = packed.headers;
    expect(await ask(path, { 'if-none-match': `"other", ${etag}` })).toMatchObject({ status: 304, text: '' });
    expect(await ask(path, {}, 'HEAD')).toMatchObject({ status: 200, text: '', headers: { 'content-length': '6' } });
  });
});

describe('a page that was rendered at build', () => {
  it.each([
    pages.home,
    pages.learn,
    pages.lesson('the-dice'),
    pages.paper('the-dice', 'sheet'),
    pages.explore,
    pages.exhibit('load'),
  ])('is given from what is kept: %s', async (path) => {
    const { rendered, ask } = aSite();
    await ask(path);
    const { headers, text } = await ask(`${path}?projector`, { cookie: anna.cookie });
    expect([text, headers['cache-control'], headers.vary]).toEqual([
      'page 1',
      publicCacheControl(),
      'rsc, Accept-Encoding',
    ]);
    expect(rendered).toEqual([path]);
  });

  it('is passed on where there is none', async () => {
    expect((await aSite({ status: 404 }).ask(pages.lesson('nothing'))).text).toBe('passed on');
  });
});

describe('what is left to be rendered for its visitor', () => {
  it('is what is private, running or not there, and then it is not rendered for everybody', async () => {
    const { rendered, ask } = aSite();
    const running = await keepShared('running', { leaseUntil: Date.now() + 30_000 });
    for (const id of [await keep('private'), running, 'A'.repeat(22), 'nothing'])
      for (const cookie of [anna.cookie, bob.cookie, ''])
        for (const path of [pages.permalink(id), pages.embed(id), endpoints.experiment(id)])
          expect((await ask(path, { cookie })).text).toBe('passed on');
    expect(rendered).toEqual([]);
  });

  it('is every other address, every change, and every part of a page', async () => {
    const { rendered, ask } = aSite();
    const id = await keepShared('x');
    for (const path of ['/e', pages.history, pages.preview(id), endpoints.own(id), endpoints.replays(id)])
      expect((await ask(path)).text).toBe('passed on');
    expect((await ask(endpoints.experiment(id), {}, 'DELETE')).text).toBe('passed on');
    expect((await ask(pages.permalink(id), { rsc: '1' })).text).toBe('passed on');
    expect(rendered).toEqual([]);
  });

  it('is what cannot be rendered, and what the store cannot find now', async () => {
    const id = await keepShared('x');
    expect((await aSite({ status: 500 }).ask(pages.permalink(id))).text).toBe('passed on');
    vi.spyOn(rig.store, 'findHead').mockRejectedValue(new StoreError('locked', 'Busy.'));
    expect((await aSite().ask(pages.embed(id))).text).toBe('passed on');
  });
});
