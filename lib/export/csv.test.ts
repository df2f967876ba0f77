import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cases } from '@/lib/cases.fixture';
import { compareRuns } from '@/lib/compare/comparison';
import { anEndpoint, aRecipe, aSaved, ended, failed, queued } from '@/lib/run/records.fixture';
import { toCsv } from './csv';
import { anySaved } from './saved.fixture';

/** Reads RFC 4180 to the letter, and throws on anything else. */
function readCsv(text: string): string[][] {
  const rows: string[][] = [];
  const cell = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/y;
  let row: string[] = [];
  while (cell.lastIndex < text.length) {
    const at = cell.lastIndex;
    const [match, quoted, plain, end] = cell.exec(text) ?? [];
    if (match === undefined) throw new Error(`Not CSV from character ${at}.`);
    row.push(quoted?.replaceAll('""', '"') ?? plain ?? '');
    if (end !== '\r\n') continue;
    rows.push(row);
    row = [];
  }
  return rows;
}

const readRows = (csv: string): Record<string, string>[] => {
  const [head = [], ...rows] = readCsv(csv);
  return rows.map((row) => Object.fromEntries(row.map((cell, index) => [head[index] ?? '', cell])));
};
const firstRow = (change: Parameters<typeof ended>[2] = {}, text = 'x') =>
  readRows(toCsv(aSaved({ runs: [ended(1, text, change)] })))[0];

describe('an experiment as CSV', () => {
  it('has a row for each run, with all that is known of it', () => {
    const recipe = aRecipe({ arms: [{ label: 'cold', set: { seed: -5 } }], repeats: 3 });
    const runs = [
      ended(1, 'the cat', {
        seed: -5,
        servedModel: 'seedling-1-exact',
        fingerprints: ['fp_1', 'fp_2'],
        usage: {
          prompt_tokens: 2,
          completion_tokens: 3,
          total_tokens: 5,
          prompt_tokens_details: { cached_tokens: 1 },
          completion_tokens_details: { reasoning_tokens: 2 },
        },
        requestId: 'req_1',
        cached: true,
        endpoint: anEndpoint,
        key: 'visitor',
        rawFinish: 'EOS',
        notes: ['no_finish_reason', 'usage_incomplete'],
        reasoning: 'Well.',
        servedSeed: 4242,
        inFlight: 3,
      }),
      { ...failed(2, 'rate_limited', 'the'), endpoint: null },
      queued(3),
    ];
    const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
    expect(toCsv(aSaved({ recipe, runs })).split('\r\n')).toEqual([
      'run,arm,label,seed,model_asked,model_served,status,finish,group,sha256,fingerprints,prompt_tokens,prompt_tokens_cached,completion_tokens,total_tokens,first_text_ms,total_ms,from_cache,attempts,request_id,error_code,error_message,text,endpoint,finish_raw,notes,reasoning_tokens,reasoning,seed_served,key,imported,in_flight',
      `1,0,cold,-5,seedling-1,seedling-1-exact,ended,stop,,${sha256('the cat')},fp_1 fp_2,2,1,3,5,5,1800,yes,1,req_1,,,the cat,http://127.0.0.1:8281/v1,EOS,no_finish_reason usage_incomplete,2,Well.,4242,visitor,,3`,
      `2,0,cold,,seedling-1,,failed,,,${sha256('the')},,,,,,,,,,,rate_limited,Something failed.,the,inside Seedbed,,,,,,,,`,
      '3,0,cold,,seedling-1,,queued,,,,,,,,,,,,,,,,,,,,,,,,,',
      '',
    ]);
  });

  it('says in each row that texts were imported', () => {
    const table = toCsv(aSaved({ runs: [ended(1, 'x')], recipe: aRecipe({ repeats: 1 }), origin: 'import' }));
    expect(readRows(table).map(({ imported }) => imported)).toEqual(['yes']);
  });

  it('has its header even without runs', () => {
    expect(readCsv(toCsv(aSaved({ runs: [] })))).toHaveLength(1);
  });

  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\tx', '\rx', '\nx', '=HYPERLINK("http://x","y")'])(
    'keeps a spreadsheet from taking %j for a formula',
    (text) => {
      expect(firstRow({ servedModel: text, requestId: text }, text)).toMatchObject({
        text: `'${text}`,
        model_served: `'${text}`,
        request_id: `'${text}`,
      });
    },
  );

  it.each(['1-1', 'a=b', "'quoted", ' =1', ''])('leaves %j as it is', (text) => {
    expect(firstRow({}, text)?.text).toBe(text);
  });

  it('writes numbers as numbers', () => {
    const timing = { queuedMs: 0, firstTextMs: 0.5, totalMs: 1e21 };
    expect(firstRow({ seed: '-9223372036854775808' })).toMatchObject({ seed: '-9223372036854775808' });
    expect(firstRow({ seed: -7, timing })).toMatchObject({ seed: '-7', first_text_ms: '0.5', total_ms: '1e+21' });
  });

  it('can be read by any reader of RFC 4180, cell by cell', () => {
    fc.assert(
      fc.property(anySaved, (saved) => {
        const { groups } = compareRuns(saved.recipe, saved.runs);
        const guarded = (text: string) => (/^[=+\-@\t\r\n]/.test(text) ? `'${text}` : text);
        const rows = readRows(toCsv(saved));
        expect(rows.map(({ run, label, group, text }) => ({ run, label, group, text }))).toEqual(
          saved.runs.map((run) => ({
            run: String(run.run),
            label: guarded(saved.recipe.arms?.[run.arm]?.label ?? ''),
            group: groups.find(({ runs }) => runs.includes(run.run))?.letter ?? '',
            text: guarded(run.text),
          })),
        );
      }),
      { seed: 1, numRuns: cases(200) },
    );
  });

  it('is accepted by a reader that accepts nothing else', () => {
    expect(() => readCsv('a"b,c\r\n')).toThrow('Not CSV from character 0.');
    expect(() => readCsv('a,b\n')).toThrow('Not CSV');
  });
});
