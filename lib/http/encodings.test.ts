import { describe, expect, it } from 'vitest';
import { takes } from './encodings';

describe('an encoding', () => {
  it.each([
    ['gzip', 'gzip'],
    ['gzip, deflate, br, zstd', 'br'],
    ['br;q=0.5, GZIP', 'gzip'],
    ['gzip ; q=0.001', 'gzip'],
  ] as const)('is taken by a reader of "%s": %s', (header, encoding) => {
    expect(takes({ 'accept-encoding': header }, encoding)).toBe(true);
  });

  it.each([
    ['', 'gzip'],
    ['gzip', 'br'],
    ['gzip;q=0', 'gzip'],
    ['br, gzip; q=0.0', 'gzip'],
    ['x-gzip, brotli', 'gzip'],
    ['brotli', 'br'],
  ] as const)('is not taken by a reader of "%s": %s', (header, encoding) => {
    expect(takes({ 'accept-encoding': header }, encoding)).toBe(false);
  });

  it('is not taken by a reader who says nothing of it', () => {
    expect(takes({}, 'gzip')).toBe(false);
  });
});
