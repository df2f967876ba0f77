import { describe, expect, it } from 'vitest';
import { sayArm } from './arms';

describe('the name of an arm', () => {
  it('is its label, or its number from 1', () => {
    expect(sayArm({ arm: 0, label: 'T 0' })).toBe('T 0');
    expect(sayArm({ arm: 1, label: null })).toBe('arm 2');
  });
});
