import { stripVTControlCharacters } from 'node:util';
import { describe, expect, it } from 'vitest';
import type { RunRecord } from '@/lib/run/record';
import { ended, failed, queued, running } from '@/lib/run/records.fixture';
import { showRunning } from './progress';
import { aWorld } from './world.fixture';

const wide = aWorld({ columns: 140, rows: 10, colour: true });
const shown = (runs: RunRecord[], world = wide) => showRunning({ runs }, world);
const plain = (runs: RunRecord[], world = wide) => stripVTControlCharacters(shown(runs, world)).split('\n');

describe('runs under way', () => {
  it('stand side by side, each with how it goes and its text so far, and how many are over below', () => {
    const lines = plain([ended(1, 'A quiet spring'), running(2, 'A quiet'), queued(3), failed(4, 'rate_limited')]);
    expect(lines[0]).toMatch(/^Run 1 {2,}Run 2 … {2,}Run 3, waits {2,}Run 4, failed$/);
    expect(lines[1]).toMatch(/^A quiet spring {2,}A quiet$/);
    expect(lines.at(-1)).toBe('2 of 4 runs …');
  });

  it('are marked where they differ from the first one, but not for what they have still to write', () => {
    const marked = shown([ended(1, 'one two three four'), running(2, 'one TWO three')]);
    expect(marked).toContain('\u001b[4m TWO\u001b[24m');
    expect(stripVTControlCharacters(marked).match(/four/g)).toHaveLength(1);
  });

  it('have room in the terminal, however many there are and however long they are', () => {
    const runs = Array.from({ length: 9 }, (_, at) => running(at + 1, 'word '.repeat(400) + at));
    const lines = plain(runs);
    expect(lines.length).toBeLessThanOrEqual(9);
    for (const line of lines) expect(line.length).toBeLessThanOrEqual(140);
    expect(lines[0]?.match(/Run/g)).toHaveLength(4);
    // The end is what is being written.
    expect(lines.at(-2)).toContain(' 0');
  });

  it('are counted in one line where columns would be narrow, or nothing could be marked in them', () => {
    const runs = [ended(1, 'a'), running(2, 'b')];
    for (const change of [{ columns: 60, colour: true }, { columns: 200 }])
      expect(plain(runs, aWorld(change))).toEqual(['1 of 2 runs …']);
    expect(plain(runs, aWorld({ columns: 8 }))).toEqual(['1 of 2…']);
  });

  it('say what they are of, where that is told', () => {
    const runs = [ended(1, 'a'), running(2, 'b')];
    for (const world of [wide, aWorld()])
      expect(
        stripVTControlCharacters(showRunning({ runs }, world, '3 of 9 cases: haiku, '))
          .split('\n')
          .at(-1),
      ).toBe('3 of 9 cases: haiku, 1 of 2 runs …');
  });
});
