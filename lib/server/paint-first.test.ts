import { Script } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { paintFirst } from './paint-first';

const head = '<!DOCTYPE html><html><head><link rel="stylesheet" href="/_next/static/chunks/a.css"/>';
const placeOf = (address: string): string => `<script type="text/plain" data-src="${address}"></script>`;

describe('a page', () => {
  it('asks for the scripts of its head once it is painted', () => {
    const html = paintFirst(
      `${head}<script src="/_next/static/chunks/a.js" async=""></script><script src="/_next/static/chunks/b.js" async="" nonce="m"></script><script src="/theme.js"></script></head><body></body></html>`,
      'm',
    );
    const places = placeOf('/_next/static/chunks/a.js') + placeOf('/_next/static/chunks/b.js');
    expect(html).toContain(`<script src="/theme.js"></script>${places}<script nonce="m">`);
    expect(html).not.toMatch(/<script [^>]* src="\/_next/);
    const [, script = ''] = /<script nonce="m">([\s\S]+)<\/script><\/head><body>/.exec(html) ?? [];
    expect(() => new Script(script)).not.toThrow();
    expect(script).toContain('requestAnimationFrame');
  });

  it.each([
    ['<script src="/theme.js"></script>', 'must run before it is painted'],
    ['<script src="/_next/static/chunks/old.js" noModule=""></script>', 'is for old browsers'],
    ['<script>self.a=1</script>', 'stands in the page'],
  ])('keeps what %s is: it %s', (script) => {
    expect(paintFirst(`${head}${script}</head><body></body></html>`, 'm')).toContain(script);
  });

  it('is as it was from its body on, whatever is written there', () => {
    const body = '</head><body><script src="/_next/static/chunks/c.js" async=""></script></head></body></html>';
    expect(paintFirst(head + body, 'm').endsWith(body)).toBe(true);
    expect(paintFirst('<p>No head.</p>', 'm')).toBe('<p>No head.</p>');
  });
});
