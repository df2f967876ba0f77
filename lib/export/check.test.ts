import { spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cases } from '@/lib/cases.fixture';
import type { Check } from '@/lib/gate/check';
import { Demand } from '@/lib/gate/demand';
import { type CaseResult, judgeCase } from '@/lib/gate/judge';
import { aRecipe, ended, failed } from '@/lib/run/records.fixture';
import { toAnnotations } from './annotations';
import { exitCodeOfCheck, toCheckJson } from './check';
import { toJUnit } from './junit';
import { toSummary } from './summary';

const texts = { holds: ['a'], fails: ['b', 'c'], undecided: [] as string[], none: [] as string[] };

function result(id: string, made: readonly string[], line = 3): CaseResult {
  const runs = made.map((text, index) => ended(index + 1, text));
  const demands = [Demand.parse({ kind: 'text', text: 'a' })];
  return judgeCase({ id, line, recipe: aRecipe({ repeats: 60 }), demands }, runs, new Map(), 0.025);
}
const times = (list: readonly string[], number: number) =>
  Array.from({ length: number }, (_, at) => list[at % list.length] ?? '');
const holding = (id: string) => result(id, times(texts.holds, 60));
const failing = (id: string) => result(id, times(texts.fails, 60));
const undecided = (id: string) => result(id, times(texts.holds, 5));
const notJudged = (id: string) => result(id, []);

const aCheck = (...results: CaseResult[]): Check => ({
  suite: 'seedbed.yaml',
  title: null,
  results,
  notBegun: [],
  stopped: false,
});

/** The elements of an XML file, or why Python's parser refuses it. */
function parseXml(xml: string): string {
  const program =
    'import sys, xml.dom.minidom as m; print(len(m.parse(sys.stdin.buffer).getElementsByTagName("testcase")))';
  const { stdout, stderr } = spawnSync('python3', ['-c', program], { input: xml, encoding: 'utf8' });
  return stderr || stdout.trim();
}

describe('the order of a report', () => {
  it('has failing cases first, then undecided ones, other fingerprints and models that go, and those that hold last', () => {
    const soon = { ...holding('soon'), retirement: { day: '2027-01-14', inDays: 48 } };
    const other = { ...holding('other'), fingerprintChanged: true };
    const results = [holding('fine'), soon, other, notJudged('none'), undecided('few'), failing('bad')];
    const order = toSummary(aCheck(...results)).matchAll(/^\| (\w+) \| \**(?:holds|fails|undecided|not)/gm);
    expect([...order].map(([, id]) => id)).toEqual(['bad', 'few', 'none', 'other', 'soon', 'fine']);
    expect(toAnnotations(aCheck(...results)).map((line) => /title=(\w+)/.exec(line)?.[1])).toEqual([
      ...['bad', 'few', 'none', 'other', 'soon'],
    ]);
  });
});

describe('JUnit’s XML', () => {
  it('has one testcase for each case, its runs as properties', () => {
    const xml = toJUnit(aCheck(holding('a'), failing('b'), undecided('c'), notJudged('d')));
    expect(parseXml(xml)).toBe('4');
    expect(xml).toContain('<testsuites name="seedbed" tests="4" failures="1" errors="2" skipped="0">');
    expect(xml).toContain('<failure type="fails" message="b fails">0 of 60 runs give');
    expect(xml).toContain('<error type="undecided" message="c undecided">');
    expect(xml.match(/<property name="runs" value="60"\/>/g)).toHaveLength(2);
  });

  it('counts failed runs apart, and no time for them', () => {
    const made = [failed(1, 'rate_limited'), ended(2, 'a')];
    const demands = [Demand.parse({ kind: 'equal' })];
    const xml = toJUnit(
      aCheck(judgeCase({ id: 'a', line: 3, recipe: aRecipe({ repeats: 2 }), demands }, made, new Map(), 0.025)),
    );
    expect(xml).toContain('<property name="failed" value="1"/>');
    expect(xml).toContain('time="1.800"');
  });

  it('is well-formed whatever the texts hold', () => {
    const odd = ['<a href="x">&amp;', ']]>', '\u0000\u001b[31m', '\ud800', '\ufffe', '"\'', '\r\n\t'];
    const xml = toJUnit({ ...aCheck(result('a', odd), result('b', times(odd, 60))), title: odd.join('') });
    expect(parseXml(xml)).toBe('2');
  });
});

describe('a summary', () => {
  it('counts first, then has the cases, most important first', () => {
    const summary = toSummary(aCheck(holding('a'), undecided('c'), failing('b')));
    expect(summary).toContain('3 cases: 1 holds, 1 fails, 1 undecided.');
    const order = [...summary.matchAll(/^\| ([abc]) \|/gm)].map(([, id]) => id);
    expect(order).toEqual(['b', 'c', 'a']);
  });

  it('has the title of its suite, and says if it was stopped', () => {
    const summary = toSummary({ ...aCheck(holding('a')), title: 'A title', stopped: true });
    expect(summary).toContain('## A title\n\nStopped before its end. 1 case: 1 holds.');
    expect(toSummary(aCheck())).toContain('0 cases: none.');
  });

  it('stays below the size at which GitHub loses it, and counts what does not fit', () => {
    const long = result('long', ['b', `${'x'.repeat(20_000)} y`, `${'z'.repeat(20_000)} y`]);
    const check = aCheck(...Array.from({ length: 100 }, (_, at) => ({ ...long, id: `case-${at}` })));
    const summary = toSummary(check);
    const rows = summary.match(/^\| case/gm)?.length ?? 0;
    expect(Buffer.byteLength(summary)).toBeLessThan(1024 * 1024);
    expect(summary).toContain(`${100 - rows} more cases would not fit here.`);
    expect(rows).toBeGreaterThan(10);
  });

  it('cannot be broken by a text', () => {
    const summary = toSummary(aCheck(result('a', ['| x |\n# y', '<img src=x>'])));
    expect(summary.split('\n').filter((line) => line.startsWith('| a'))).toHaveLength(1);
    expect(summary).not.toMatch(/[^\\]<img/);
  });
});

describe('annotations', () => {
  it('are at most ten, most important first, the last counting the rest', () => {
    const check = aCheck(...times(['x'], 12).map((_, at) => undecided(`u${at}`)), failing('f'), holding('h'));
    const lines = toAnnotations(check);
    expect(lines).toHaveLength(10);
    expect(lines[0]).toMatch(/^::error file=seedbed\.yaml,line=3,title=f fails::0 of 60 runs/);
    expect(lines[9]).toBe('::error file=seedbed.yaml::4 more cases to look at: see the summary.');
  });

  it('say nothing of cases that hold, but where another fingerprint answered', () => {
    expect(toAnnotations(aCheck(holding('h')))).toEqual([]);
    expect(toAnnotations(aCheck({ ...holding('h'), fingerprintChanged: true }))[0]).toMatch(/^::warning /);
  });

  it('are one line each, whatever the texts hold', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary', minLength: 1 }), { minLength: 1, maxLength: 4 }), (list) => {
        for (const line of toAnnotations(aCheck(result('a', list)))) expect(line).not.toMatch(/[\r\n]/);
      }),
      { seed: 1, numRuns: cases(200) },
    );
  });
});

describe('a check for programs', () => {
  it('has facts and sentences of each case, and the exit code', () => {
    const check = aCheck(holding('a'), failing('b'));
    const file = JSON.parse(toCheckJson(check));
    expect(file).toMatchObject({
      ...{ format: 'seedbed-check', v: 1, suite: 'seedbed.yaml', exitCode: 1 },
      cases: [
        { id: 'a', outcome: 'holds', runs: { planned: 60, made: 60, compared: 60, saved: 0 } },
        { id: 'b', outcome: 'fails', said: expect.stringContaining('0 of 60 runs') },
      ],
    });
  });

  it('ends with 130 where it was stopped', () => {
    expect(exitCodeOfCheck({ ...aCheck(holding('a')), stopped: true })).toBe(130);
  });
});
