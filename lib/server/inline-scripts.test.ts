import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { allowInlineScripts } from './inline-scripts';

const mark = '0123456789abcdef';
const headers = { 'content-security-policy': "default-src 'none'; script-src 'self'; style-src 'self'" };
const atBuild = { ...headers, 'x-nextjs-prerender': '1' };
const hashOf = (script: string): string => `'sha256-${createHash('sha256').update(script).digest('base64')}'`;

const policyOf = (html: string, of: Record<string, string> = headers): string | undefined =>
  allowInlineScripts({ headers: of, html }, mark).headers['content-security-policy'];

describe('a page that is rendered for a request', () => {
  it('may run what bears the mark, and nothing that came into it otherwise', () => {
    const html = `<p><script>stolen()</script><script nonce="">also()</script></p><script nonce="${mark}" id="_R_">start()</script>`;
    expect(policyOf(html)).toBe(`default-src 'none'; script-src 'self' ${hashOf('start()')}; style-src 'self'`);
  });

  it('tells nobody the mark, and has the hashes of what it sends', () => {
    const html = `<script nonce="${mark}">push("\\"nonce\\":\\"${mark}\\"")</script>`;
    const page = allowInlineScripts({ headers: { ...headers, link: `</a.css>; nonce="${mark}"` }, html }, mark);
    expect(page.html).toBe('<script nonce="">push("\\"nonce\\":\\"\\"")</script>');
    expect(page.headers).toEqual({
      'content-security-policy': `default-src 'none'; script-src 'self' ${hashOf('push("\\"nonce\\":\\"\\"")')}; style-src 'self'`,
      link: '</a.css>; nonce=""',
    });
  });
});

describe('a page that was rendered at build', () => {
  it('may run every script that stands in it, each named once', () => {
    const html =
      '<script src="/a.js" async=""></script><script>one()\n</script><script>two()</script><script>two()</script>';
    expect(policyOf(html, atBuild)).toContain(`script-src 'self' ${hashOf('one()\n')} ${hashOf('two()')};`);
  });
});

it('leaves a page without a policy without one', () => {
  expect(allowInlineScripts({ headers: {}, html: '<script>one()</script>' }, mark).headers).toEqual({});
});
