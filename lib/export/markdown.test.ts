import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cases } from '@/lib/cases.fixture';
import { sentTo } from '@/lib/compare/measure/experiments.fixture';
import { probeRecipe } from '@/lib/recipe/probe';
import { aRecipe, aRequest, aSaved, ended, endedWith, failed } from '@/lib/run/records.fixture';
import type { SavedExperiment } from '@/lib/run/saved';
import { toComparison } from './comparison';
import { toMarkdown } from './markdown';
import { anySaved } from './saved.fixture';

/** What a reader of CommonMark sees: the lines outside of fenced blocks, and the blocks with their text. */
function readMarkdown(markdown: string): { lines: string[]; blocks: string[] } {
  const lines: string[] = [];
  const blocks: string[] = [];
  let fence: string | null = null;
  for (const line of markdown.split(/(?<=\r\n|\n|\r(?!\n))/)) {
    const bare = line.replace(/[\r\n]+$/, '');
    const ticks = /^ {0,3}(`{3,})(.*)$/.exec(bare);
    if (fence === null && ticks) {
      fence = ticks[1] ?? '';
      blocks.push('');
    } else if (fence === null) {
      lines.push(bare);
    } else if (ticks && (ticks[1] ?? '').length >= fence.length && ticks[2]?.trim() === '') {
      fence = null;
    } else {
      blocks.push(`${blocks.pop() ?? ''}${line}`);
    }
  }
  return { lines, blocks };
}

const broken = (text: string) => (/[\r\n]$/.test(text) ? text : `${text}\n`);

describe('a report', () => {
  it('of a probe has the settings of the calls that it made', () => {
    const runs = [1, 7].map((run) => ended(run, 'x', { arm: run - 1 }));
    const report = toMarkdown(aSaved({ recipe: probeRecipe('openai', 'm'), runs }));
    expect(report).toContain('| run 7 | seed 8 | `{"seed":8}` |');
    expect(report.match(/^\| run \d/gm)).toHaveLength(2);
    expect(report).toContain('| runs | 2 |');
  });

  it('describes an experiment from its verdict to what was left out', () => {
    const recipe = aRecipe({
      request: aRequest({
        messages: [
          { role: 'system', content: 'Be brief.' },
          { role: 'user', content: 'Hi' },
        ],
        seed: 74,
      }),
      repeats: 4,
    });
    const fingerprints = ['fp_1'];
    const runs = [
      ended(1, 'the cat', { fingerprints, seed: 74 }),
      ended(2, 'the dog', { fingerprints, seed: 74 }),
      ended(3, 'the cat', { seed: 74 }),
      { ...failed(4, 'rate_limited'), seed: 74 },
    ];
    expect(toMarkdown(aSaved({ recipe, runs, title: 'Cats & dogs' }))).toBe(`# Cats \\& dogs

**2 of 3 finished runs identical, 2 variants. First difference at word 2. Run 4 failed: rate limit.** “cat” in runs 1, 3; “dog” in run 2.

2026-03-12 14:05 UTC. Made by this server: it asked for the texts and recorded them as they came.

## Settings

| Setting | Value |
| --- | --- |
| provider | \`seedling\` |
| address | address not recorded |
| model | \`"seedling-1"\` |
| seed | \`74\` |
| runs | 4 |
| sent | all at once |

## Prompt

system:

\`\`\`text
Be brief.
\`\`\`

user:

\`\`\`text
Hi
\`\`\`

## Fingerprints

| Fingerprint | Runs |
| --- | --- |
| \`fp_1\` | runs 1, 2 |
| none | run 3 |

A fingerprint is the name that the provider gives to the system that answered. Equal fingerprints do not promise equal texts.

## Variants

### A: runs 1, 3 (2 of 3)

\`\`\`text
the cat
\`\`\`

### B: run 2 (1 of 3)

\`\`\`text
the dog
\`\`\`

## Left out

- Run 4 failed: rate limit.
`);
  });

  it('says when this server did not make the texts', () => {
    expect(toMarkdown(aSaved({ origin: 'import' }))).toContain(
      'UTC. Not made by this server: somebody brought the texts',
    );
  });

  describe('names who was asked', () => {
    const service = (change: Partial<SavedExperiment>) => {
      const report = toMarkdown(aSaved({ recipe: aRecipe({ provider: 'openai', repeats: 2 }), ...change }));
      return report.split('\n').filter((line) => /^\| (provider|address) \|/.test(line));
    };

    it('by the address, not by the provider’s name in the recipe, where it was recorded', () => {
      expect(service({ runs: sentTo(8281, 8281) })).toEqual(['| address | `http://127.0.0.1:8281/v1` |']);
      expect(service({ runs: sentTo(8281, 8282) })).toEqual([
        '| address | `http://127.0.0.1:8281/v1` (run 1), `http://127.0.0.1:8282/v1` (run 2) |',
      ]);
    });

    it('by the provider where nothing left Seedbed or nothing was sent', () => {
      expect(service({ runs: sentTo(null, null) })).toEqual(['| provider | `openai` |']);
      expect(service({ runs: [] })).toEqual(['| provider | `openai` |']);
    });

    it('and says what was not recorded, and what only a file says', () => {
      expect(service({ runs: endedWith('a', 'b') })).toEqual([
        '| provider | `openai` |',
        '| address | address not recorded |',
      ]);
      expect(service({ runs: sentTo(8281, 8281), origin: 'import' })).toEqual([
        '| address | `http://127.0.0.1:8281/v1`, says the imported file |',
      ]);
    });
  });

  it('says which model answered, arm by arm, if it was another than was asked for', () => {
    const served = (run: number, model: string) => ended(run, 'x', { model, servedModel: 'tiny-llama', arm: run - 1 });
    const recipe = aRecipe({ arms: [{ set: { model: 'tiny-llama' } }, { set: { model: 'gpt-5' } }] });
    expect(toMarkdown(aSaved({ recipe, runs: [served(1, 'tiny-llama'), served(2, 'gpt-5')] }))).toContain(
      [
        '## Models',
        '',
        '| Asked for | Served by | Runs |',
        '| --- | --- | --- |',
        '| `tiny-llama` | `tiny-llama` | run 1 |',
        '| `gpt-5` | `tiny-llama` | run 2 |',
      ].join('\n'),
    );
    expect(toMarkdown(aSaved())).not.toContain('## Models');
  });

  it('lists what varies beside what does not', () => {
    const arms = [{ label: 'a|b', set: { seed: 1, stop: '|`' } }, { set: { seed: null } }];
    const report = toMarkdown(aSaved({ recipe: aRecipe({ arms, dispatch: 'sequential', repeats: 2 }), runs: [] }));
    expect(report).toContain('| sent | one after the other |');
    expect(report).not.toContain('| seed |');
    expect(report).toContain(
      [
        '| Runs | Label | Value |',
        '| --- | --- | --- |',
        '| runs 1, 2 | a\\|b | ``{"stop":"\\|`","seed":1}`` |',
        '| runs 3, 4 |  | `{}` |',
      ].join('\n'),
    );
  });

  it('says that no fingerprint was sent, and needs no run', () => {
    expect(toMarkdown(aSaved({ runs: [] }))).toContain('## Fingerprints\n\nNone was sent.');
  });

  it("uses the recipe's title if the experiment has none, in one line, as plain text", () => {
    const recipe = aRecipe({ title: 'a\n\n# <b>*bold*</b> [x](y) `code`', repeats: 2 });
    expect(toMarkdown(aSaved({ recipe })).split('\n')[0]).toBe(
      '# a \\# \\<b\\>\\*bold\\*\\</b\\> \\[x\\](y) \\`code\\`',
    );
  });

  it('keeps a text with fences in one block', () => {
    const text = '```\ncode\n```\n````` five\n# no heading';
    expect(toMarkdown(aSaved({ runs: endedWith(text, text) }))).toContain(
      `\n\`\`\`\`\`\`text\n${text}\n\`\`\`\`\`\`\n`,
    );
  });

  it('shows every text exactly, and nothing of it outside its block', () => {
    fc.assert(
      fc.property(anySaved, (saved) => {
        const { lines, blocks } = readMarkdown(toMarkdown(saved));
        const { groups } = toComparison(saved.recipe, saved.runs);
        const texts = groups.map(({ runs }) => saved.runs.find(({ run }) => run === runs[0])?.text ?? '');
        expect(blocks.slice(blocks.length - texts.length)).toEqual(texts.map(broken));
        expect(lines.filter((line) => line.startsWith('### '))).toHaveLength(groups.length);
        const sections = lines.filter((line) => line.startsWith('## '));
        expect(
          sections.filter((section) => !/^## (Settings|Prompt|Models|Fingerprints|Variants|Left out)$/.test(section)),
        ).toEqual([]);
        expect(new Set(sections).size).toBe(sections.length);
      }),
      { seed: 1, numRuns: cases(200) },
    );
  });

  it('has tables whose rows all have as many cells as their header', () => {
    fc.assert(
      fc.property(anySaved, (saved) => {
        const { lines } = readMarkdown(toMarkdown(saved));
        const cells = (line: string) => line.replace(/\\[\s\S]/g, '').split('|').length;
        for (const [index, line] of lines.entries())
          if (line.startsWith('|') && lines[index - 1]?.startsWith('|'))
            expect(cells(line)).toBe(cells(lines[index - 1] ?? ''));
      }),
      { seed: 1, numRuns: cases(200) },
    );
  });
});
