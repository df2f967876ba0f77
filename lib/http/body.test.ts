import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cases } from '@/lib/cases.fixture';
import { maxBodyBytes, readJson } from './body';

const address = 'http://localhost/api/experiments';

const post = (body: BodyInit | null, headers: Record<string, string> = {}): Request =>
  new Request(address, { method: 'POST', body, headers });

/** A request whose body comes in pieces and without a content-length. `taken` counts the pieces taken. */
function postPieces(pieces: Iterable<Uint8Array>): { request: Request; taken: () => number; cancelled: () => boolean } {
  const source = pieces[Symbol.iterator]();
  let taken = 0;
  let cancelled = false;
  const body = new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        const next = source.next();
        if (next.done) return controller.close();
        taken++;
        controller.enqueue(next.value);
      },
      cancel() {
        cancelled = true;
      },
    },
    { highWaterMark: 0 },
  );
  const init = { method: 'POST', body, duplex: 'half' as const };
  return { request: new Request(address, init), taken: () => taken, cancelled: () => cancelled };
}

const malformed = { ok: false, error: { status: 400, code: 'invalid_json' } };
const tooLarge = { ok: false, error: { status: 413, code: 'body_too_large' } };

/** A JSON text of exactly so many bytes. */
const jsonOf = (bytes: number): string => `"${'x'.repeat(bytes - 2)}"`;

describe('readJson', () => {
  it('reads a JSON body', async () => {
    expect(await readJson(post('{"a":[1,"é🌱"]}'))).toEqual({ ok: true, value: { a: [1, 'é🌱'] } });
  });

  it('reads an empty body, or none, as undefined', async () => {
    expect(await readJson(post(''))).toEqual({ ok: true, value: undefined });
    expect(await readJson(post(null))).toEqual({ ok: true, value: undefined });
    expect(await readJson(new Request(address))).toEqual({ ok: true, value: undefined });
  });

  it('reads the same value however the body is cut into pieces', async () => {
    await fc.assert(
      fc.asyncProperty(fc.jsonValue(), fc.array(fc.nat({ max: 200 }), { maxLength: 10 }), async (value, cuts) => {
        const bytes = new TextEncoder().encode(JSON.stringify(value));
        const borders = [0, ...cuts.map((cut) => Math.min(cut, bytes.length)).sort((a, b) => a - b), bytes.length];
        const pieces = borders.slice(1).map((border, at) => bytes.slice(borders[at], border));
        const read = await readJson(postPieces(pieces).request);
        expect(read).toEqual({ ok: true, value: JSON.parse(JSON.stringify(value)) });
      }),
      { seed: 19, numRuns: cases(200) },
    );
  });

  it.each([
    ['cut short', '{"a":'],
    ['followed by something', '{} {}'],
    ['of bare words', 'hello'],
    ['only space', '  '],
    ['a NUL', '\0'],
  ])('refuses JSON that is %s', async (_, text) => {
    expect(await readJson(post(text))).toMatchObject(malformed);
  });

  it.each([
    ['a byte that is none', [0x22, 0xff, 0x22]],
    ['half a character', [0x22, 0xc3, 0x22]],
    ['an overlong form', [0x22, 0xc0, 0xaf, 0x22]],
    ['half a surrogate pair', [0x22, 0xed, 0xa0, 0x80, 0x22]],
    ['UTF-16', [0xff, 0xfe, 0x7b, 0x00, 0x7d, 0x00]],
  ])('refuses a body with %s instead of UTF-8', async (_, bytes) => {
    expect(await readJson(post(Uint8Array.from(bytes)))).toMatchObject(malformed);
  });

  it('accepts 1 MiB and not a byte more', async () => {
    expect(maxBodyBytes).toBe(1_048_576);
    expect(await readJson(post(jsonOf(maxBodyBytes)))).toEqual({ ok: true, value: 'x'.repeat(maxBodyBytes - 2) });
    expect(await readJson(post(jsonOf(maxBodyBytes + 1)))).toMatchObject(tooLarge);
  });

  it.each([16, 8 * maxBodyBytes])('accepts %i bytes where that is allowed, and not a byte more', async (maxBytes) => {
    expect(await readJson(post(jsonOf(maxBytes)), maxBytes)).toEqual({ ok: true, value: 'x'.repeat(maxBytes - 2) });
    const bytes = new TextEncoder().encode(jsonOf(maxBytes + 1));
    for (const request of [post(jsonOf(maxBytes + 1)), postPieces([bytes.slice(0, 9), bytes.slice(9)]).request])
      expect(await readJson(request, maxBytes)).toMatchObject(tooLarge);
  });

  it('names the limit in force', async () => {
    const answer = async (maxBytes?: number) => JSON.stringify(await readJson(post(jsonOf(2 ** 24)), maxBytes));
    expect(await answer()).toContain('at most 1048576 bytes (1 MiB)');
    expect(await answer(8 * maxBodyBytes)).toContain('at most 8388608 bytes (8 MiB)');
  });

  it('counts bytes, not characters', async () => {
    expect(await readJson(post(`"${'é'.repeat(maxBodyBytes / 2)}"`))).toMatchObject(tooLarge);
  });

  it('refuses by content-length without reading', async () => {
    const request = post('{}', { 'content-length': String(maxBodyBytes + 1) });
    expect(await readJson(request)).toMatchObject(tooLarge);
    expect(request.bodyUsed).toBe(false);
  });

  it('does not trust a content-length that is too small or not a number', async () => {
    for (const length of ['2', 'much', '-1'])
      expect(await readJson(post(jsonOf(maxBodyBytes + 1), { 'content-length': length }))).toMatchObject(tooLarge);
    expect(await readJson(post('{}', { 'content-length': 'much' }))).toEqual({ ok: true, value: {} });
  });

  it('stops reading an endless body at 1 MiB and cancels it', async () => {
    const piece = new Uint8Array(64 * 1024).fill(0x20);
    const endless = (function* () {
      while (true) yield piece;
    })();
    const { request, taken, cancelled } = postPieces(endless);
    expect(await readJson(request)).toMatchObject(tooLarge);
    expect(taken()).toBe(17);
    expect(cancelled()).toBe(true);
  });

  it('refuses one that breaks off, which nobody reads', async () => {
    const breaking = (function* () {
      yield new Uint8Array(10);
      throw new Error('aborted');
    })();
    expect(await readJson(postPieces(breaking).request)).toMatchObject({ ok: false, error: { status: 499 } });
  });

  it('accepts 1 MiB in pieces and not a byte more', async () => {
    const bytes = new TextEncoder().encode(jsonOf(maxBodyBytes));
    const halves = [bytes.slice(0, 500_000), bytes.slice(500_000)];
    expect(await readJson(postPieces(halves).request)).toMatchObject({ ok: true });
    expect(await readJson(postPieces([...halves, Uint8Array.of(0x20)]).request)).toMatchObject(tooLarge);
  });

  it.each(['gzip', 'br', 'deflate', 'aws-chunked'])('refuses content-encoding %s without reading', async (encoding) => {
    const request = post('{}', { 'content-encoding': encoding });
    expect(await readJson(request)).toMatchObject({
      ok: false,
      error: { status: 415, code: 'unsupported_encoding' },
    });
    expect(request.bodyUsed).toBe(false);
  });
});
