import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cases } from '@/lib/cases.fixture';
import { anyText } from '@/lib/compare/__fixtures__/texts';
import { palette } from '@/lib/palette';
import type { Recipe } from '@/lib/recipe/recipe';
import type { RunRecord } from '@/lib/run/record';
import { aRecipe, aRequest, aSaved, ended, endedWith, failed, queued } from '@/lib/run/records.fixture';
import type { SavedExperiment } from '@/lib/run/saved';
import { plain, previewSvg, wrap } from './preview-svg';

const saved = (runs: RunRecord[], recipe: Partial<Recipe> = {}, change: Partial<SavedExperiment> = {}) =>
  aSaved({ runs, recipe: aRecipe({ repeats: Math.max(1, runs.length), ...recipe }), ...change });
const asking = (content: string) => ({ request: aRequest({ messages: [{ role: 'user', content }] }) });
const many = (count: number, make: (run: number) => RunRecord) =>
  Array.from({ length: count }, (_, index) => make(index + 1));

const readable = (text: string) =>
  text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&');
/** What is written in the picture, text by text. */
const written = (experiment: SavedExperiment) =>
  [...previewSvg(experiment).matchAll(/<text [^>]*>([^<]*)<\/text>/g)].map(([, words = '']) => readable(words));
const cells = (experiment: SavedExperiment) => written(experiment).filter((words) => /^([A-Z]{1,2}|–)$/.test(words));
const settings = (recipe: Partial<Recipe>, runs = 5) =>
  written(saved(endedWith(...Array.from({ length: runs }, () => 'x')), recipe)).at(-2);
const fingerprints = (...values: string[][]) =>
  written(saved(values.map((each, index) => ended(index + 1, 'x', { fingerprints: each })))).at(-1);

describe('the preview as SVG', () => {
  it('shows title, verdict, prompt, runs, settings and fingerprints', () => {
    const request = aRequest({ messages: [{ role: 'user', content: 'Hi' }], temperature: 0.2, seed: 42 });
    const runs = ['x', 'x', 'y'].map((text, index) => ended(index + 1, text, { fingerprints: ['fp_1'] }));
    expect(written(saved(runs, { request }, { title: 'Greeting' }))).toEqual([
      'Seedbed',
      '12 Mar 2026',
      '2 of 3 runs identical, 2 variants.',
      'First difference at word 1.',
      'Greeting: “Hi”',
      ...['A', 'A', 'B'],
      'seedling-1 · seed 42 · T 0.2 · 3 runs',
      'Fingerprint fp_1',
    ]);
  });

  it('says that texts were imported', () => {
    expect(written(saved(endedWith('x'), {}, { origin: 'import' }))).toContain('imported, 12 Mar 2026');
  });

  it('shows the verdict large if it is short, and cuts it after three lines', () => {
    const sizeOf = (experiment: SavedExperiment) =>
      /font-size="(\d+)"[^>]*>\d+ (?:of|different)/.exec(previewSvg(experiment))?.[1];
    expect(sizeOf(saved(endedWith('x', 'x')))).toBe('60');
    expect(sizeOf(saved(endedWith('a x', 'a x', 'a y')))).toBe('44');
    const failing = many(12, (run) => (run > 2 ? ended(run, 'x', { finish: `reason ${run}` }) : ended(run, 'x')));
    const lines = written(saved(failing)).slice(2, 5);
    expect(lines[0]).toMatch(/^2 of 2 runs that count identical\./);
    expect(lines[2]).toMatch(/…$/);
    expect(written(saved(failing))[5]).toBe('“Hi”');
  });

  it('shows two lines of the prompt', () => {
    const lines = written(saved(endedWith('x', 'x'), asking('word '.repeat(6000)))).filter((words) =>
      /^“?word/.test(words),
    );
    expect(lines).toHaveLength(2);
    expect(lines[1]).toMatch(/^(word )+wo…$/);
  });

  it('shows the last thing that a person said', () => {
    const messages = [
      { role: 'system' as const, content: 'Be brief.' },
      { role: 'user' as const, content: 'First?' },
      { role: 'assistant' as const, content: 'Yes.' },
      { role: 'user' as const, content: 'Second?' },
    ];
    expect(written(saved(endedWith('x'), { request: aRequest({ messages }) }))).toContain('“Second?”');
  });

  it.each([
    ['nothing set', {}, 'seedling-1 · no seed · 5 runs'],
    ['a zero', { request: aRequest({ temperature: 0, seed: 0 }) }, 'seedling-1 · seed 0 · T 0 · 5 runs'],
    ['a null seed', { request: aRequest({ seed: null }) }, 'seedling-1 · no seed · 5 runs'],
    [
      'arms',
      { arms: [1, 2, 3, 4, 5].map((seed) => ({ set: { seed, temperature: seed > 3 ? 1 : 0 } })), repeats: 1 },
      'seedling-1 · seeds 1 to 5 · T 0, 1 · 5 runs',
    ],
    [
      'arms of several models',
      { arms: [{ set: { model: 'a' } }, { set: { model: 'b' } }], repeats: 1 },
      'a, b · no seed · 2 runs',
    ],
  ])('names the settings: %s', (_, recipe, expected) => {
    expect(settings(recipe)).toBe(expected);
  });

  it('cuts a model’s long name, not what follows it', () => {
    const request = aRequest({ model: 'm'.repeat(200), seed: Number.MAX_SAFE_INTEGER, temperature: 0.123456789012345 });
    expect(settings({ request })).toMatch(/^m+… · seed 9007199254740991 · T 0\.123456789012345 · 5 runs$/);
    expect(settings({ request })?.length).toBeLessThanOrEqual(74);
  });

  it('names at most three fingerprints', () => {
    expect(fingerprints([], [])).toBe('No fingerprint');
    expect(fingerprints(['fp_1'], ['fp_1'])).toBe('Fingerprint fp_1');
    expect(fingerprints(['fp_1'], [])).toBe('Fingerprint fp_1 (not in all runs)');
    expect(fingerprints(['1'], ['2'], ['3'])).toBe('Fingerprints 1, 2, 3');
    expect(fingerprints(['1'], ['2'], ['3'], ['4'], ['5'])).toBe('Fingerprints 1, 2, 3 + 2 more');
    expect(fingerprints([`fp_${'0'.repeat(400)}end`])).toBe('Fingerprint fp_00000…00end');
    expect(written(saved([queued(1)])).at(-1)).toBe('');
  });

  it('has one cell per run, and a dash for one that is left out', () => {
    expect(cells(saved([ended(1, 'x'), failed(2, 'stalled', 'x'), ended(3, 'y'), ended(4, 'y')]))).toEqual([
      ...['B', '–', 'A', 'A'],
    ]);
    expect(cells(saved(many(50, (run) => ended(run, `${run}`))))).toHaveLength(50);
  });

  it('has at most fifty cells, then says how many more there are', () => {
    const hundred = saved(many(100, (run) => ended(run, 'x')));
    expect(cells(hundred)).toHaveLength(50);
    expect(written(hundred)).toContain('+ 50');
    expect(written(saved(many(50, (run) => ended(run, 'x')))).filter((words) => words.startsWith('+'))).toEqual([]);
  });

  it('has no colours but the light ones of the page', () => {
    const letters = many(8, (run) => ended(run, `${run}`));
    const used = previewSvg(saved([...letters, failed(9, 'rate_limited')])).match(/#[0-9a-f]{6}\b/g) ?? [];
    const light = Object.values(palette).map((shades) => shades.light);
    expect(used).toContain(palette['variant-f'].light);
    expect(used.filter((colour) => !light.includes(colour))).toEqual([]);
  });

  it('escapes what would be markup', () => {
    const hostile = '</text></svg><script>alert("1")</script> & ]]> <!-- \u0000 &amp;';
    const svg = previewSvg(saved(endedWith('x'), asking(hostile), { title: `${hostile} "'` }));
    expect(svg).not.toContain('<script');
    expect(svg).not.toContain('\u0000');
    expect(svg).toContain('&lt;script&gt;');
    expect(svg).toContain(']]&gt;');
    expect(svg).toContain('&amp;amp;');
    expect(svg.match(/<\/svg>/g)).toHaveLength(1);
  });

  it('stays small and well formed whatever it is given', () => {
    const text = fc.oneof(
      anyText,
      anyText.map((each) => each.repeat(3000)),
      fc.constant('<&>"\'\u0000\u202e\uffff'.repeat(999)),
    );
    const experiments = fc.tuple(text, text, text, text).map(([prompt, name, finish, value]) =>
      saved([ended(1, 'x', { finish, fingerprints: [value] }), ended(2, 'x')], asking(prompt), {
        title: name,
        createdAt: value,
        recipe: aRecipe({ request: aRequest({ model: name, messages: [{ role: 'user', content: prompt }] }) }),
      }),
    );
    fc.assert(
      fc.property(experiments, (experiment) => {
        const svg = previewSvg(experiment);
        expect(svg.length).toBeLessThan(20_000);
        expect(svg.isWellFormed()).toBe(true);
        expect(svg).not.toMatch(/[\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}\p{Noncharacter_Code_Point}]/u);
        const markup = svg.replace(/<(\/?(svg|g|text)|rect|path)( [a-z-]+="[^"<>]*")*( ?\/)? ?>/g, '');
        expect(markup).not.toMatch(/[<>"']|&(?!(amp|lt|gt|quot|#39);)/);
      }),
      { seed: 1, numRuns: cases(300) },
    );
  });
});

describe('text made plain', () => {
  it.each([
    ['white space becomes one space', ' a\n\n b\t\u00a0c\u2028d ', 'a b c d'],
    ['controls go', 'a\u0000b\u001bc\u009bd', 'abcd'],
    ['marks of direction go', '\u202eabc\u202c \u2066d\u2069\u200f', 'abc d'],
    ['what has no width goes', 'a\u200bb\u200dc\ufeffd\u00ade\u2060f\u115fg\ufe0fh', 'abc defgh'],
    ['halves of surrogate pairs', 'a\ud83d b\ude00', 'a\ufffd b\ufffd'],
    ['noncharacters', 'a\uffff\ufffe\u{1ffff}b', 'a\ufffd\ufffd\ufffdb'],
    ['accents stay', 'cafe\u0301', 'café'],
    ['piled accents are cut', `z${'\u0336'.repeat(50)}a`, 'z\u0336\u0336a'],
    ['emoji stay', '😀', '😀'],
  ])('%s', (_, words, expected) => {
    expect(plain(words, 100)).toBe(expected);
  });

  it('is cut between characters, and says so', () => {
    expect(plain('abcdef', 6)).toBe('abcdef');
    expect(plain('abcdefg', 6)).toBe('abcdef…');
    expect(plain('😀😀😀', 2)).toBe('😀😀…');
    expect(plain('\u200b'.repeat(50), 6)).toBe('…');
  });
});

describe('lines of text', () => {
  it.each([
    ['one line', 'the old', 8, 2, ['the old']],
    ['a break at a space', 'the old keeper', 8, 2, ['the old', 'keeper']],
    ['a line that is just full', 'the olds keeper', 8, 2, ['the olds', 'keeper']],
    ['what does not fit', 'the old keeper sat', 8, 2, ['the old', 'keeper…']],
    ['no mark before the …', 'the old keeper, sat', 8, 2, ['the old', 'keeper…']],
    ['a long word', 'a abcdefghijk', 4, 4, ['a', 'abcd', 'efgh', 'ijk']],
    ['a long word that is cut', 'abcdefghijk', 4, 2, ['abcd', 'efg…']],
    ['nothing', '', 8, 2, ['']],
  ])('%s', (_, words, width, most, lines) => {
    expect(wrap(words, width, most)).toEqual(lines);
  });

  it('are never too long nor too many, and hold everything if nothing is cut', () => {
    const words = fc
      .array(fc.constantFrom('a', 'the', 'keeper', '😀😀', 'x'.repeat(30)), { maxLength: 12 })
      .map((list) => list.join(' '));
    fc.assert(
      fc.property(words, fc.integer({ min: 3, max: 20 }), fc.integer({ min: 1, max: 4 }), (text, width, most) => {
        const lines = wrap(text, width, most);
        expect(lines.length).toBeLessThanOrEqual(most);
        for (const line of lines) expect([...line].length).toBeLessThanOrEqual(width);
        if (!lines.at(-1)?.endsWith('…')) expect(lines.join('').replaceAll(' ', '')).toBe(text.replaceAll(' ', ''));
      }),
      { seed: 1, numRuns: cases(500) },
    );
  });
});
