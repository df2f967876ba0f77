import { stripVTControlCharacters } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cases } from '@/lib/cases.fixture';
import { endedWith } from '@/lib/run/records.fixture';
import { showVariants } from './variants';
import { aWorld } from './world.fixture';

const runs = endedWith(
  'the old red boat sank',
  'the old red boat sank',
  'the old blue boat sank',
  'A wholly other text.',
);

describe('the variants of an experiment', () => {
  it('stand one below the other, each once, with what differs from the first', () => {
    expect(showVariants(runs, aWorld())).toBe(
      'A  runs 1, 2\n│ the old red boat sank\n\n' +
        'B  run 3\n│ the old[- red-]{+ blue+} boat sank\n\n' +
        'C  run 4\n│ A wholly other text.',
    );
  });

  it('stand side by side on a wide terminal, marked by colours and strokes', () => {
    const shown = showVariants(runs, aWorld({ columns: 120, colour: true }));
    expect(stripVTControlCharacters(shown).split('\n')).toEqual([
      'A  runs 1, 2                            B  run 3                                C  run 4',
      'the old red boat sank                   the old blue boat sank                  A wholly other text.',
    ]);
    expect(shown).toContain('\u001b[4m');
  });

  it('stand one below the other where columns would be narrow, or nothing could be marked in them', () => {
    for (const change of [{ columns: 60, colour: true }, { columns: 200 }])
      expect(stripVTControlCharacters(showVariants(runs, aWorld(change)))).toContain('\n\nB  run 3\n');
  });

  it('never are wider than the terminal, nor lose a word', () => {
    const texts = fc.array(fc.string({ minLength: 1, maxLength: 200, unit: fc.constantFrom(...'ab \n') }), {
      minLength: 2,
      maxLength: 2,
    });
    fc.assert(
      fc.property(texts, (pair) => {
        const shown = stripVTControlCharacters(showVariants(endedWith(...pair), aWorld({ columns: 80, colour: true })));
        if (new Set(pair).size < 2) return;
        for (const line of shown.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
        const letters = (text: string) => [...text.replace(/\s/g, '')].sort().join('');
        expect(letters(shown)).toBe(letters(`A run 1 B run 2 ${pair.join(' ')}`));
      }),
      { seed: 1, numRuns: cases(200) },
    );
  });

  it('cannot reach the terminal', () => {
    expect(showVariants(endedWith('\u001b]0;title\u0007a\u009b', 'b\u0000'), aWorld())).not.toMatch(
      // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not come through
      /[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/,
    );
  });
});
