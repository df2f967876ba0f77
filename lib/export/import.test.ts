import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cases } from '@/lib/cases.fixture';
import { cpuMs } from '@/lib/cpu-time.fixture';
import { anyUnicode } from '@/lib/recipe/any-recipe.fixture';
import { plan } from '@/lib/recipe/plan';
import { importedProvider } from '@/lib/recipe/recipe';
import { parseRecipe } from '@/lib/recipe/schema';
import { isOver } from '@/lib/run/record';
import { aRecipe, aSaved, ended, failed, queued, running } from '@/lib/run/records.fixture';
import { fillIn } from '@/lib/run/saved';
import { toCurl, toPython, toTypeScript } from './code';
import { toCsv } from './csv';
import { type ImportOptions, maxCharacters, parseImport } from './import';
import { toJson } from './json';
import { toMarkdown } from './markdown';
import { toPack } from './pack';
import { anySaved } from './saved.fixture';

const problemOf = (text: string, options?: ImportOptions) => {
  const parsed = parseImport(text, options);
  return parsed.ok ? null : parsed.error;
};
const messageOf = (text: string, options?: ImportOptions) => problemOf(text, options)?.message ?? null;
const broughtBy = (text: string, options?: ImportOptions) => {
  const parsed = parseImport(text, options);
  if (!parsed.ok) throw new Error(parsed.error.message);
  return parsed.value;
};
const textsOf = (text: string, options?: ImportOptions) => broughtBy(text, options).runs.map((run) => run.text);

const completion = (content: string | null, change: object = {}) => ({
  id: 'chatcmpl-1',
  object: 'chat.completion',
  model: 'gpt-4o-mini-2024-07-18',
  system_fingerprint: 'fp_772e8125bb',
  choices: [{ index: 0, message: { role: 'assistant', content, refusal: null }, finish_reason: 'length' }],
  usage: { prompt_tokens: 9, completion_tokens: 2, total_tokens: 11, prompt_tokens_details: { cached_tokens: 0 } },
  ...change,
});

describe('an export of ours', () => {
  const saved = aSaved({ title: 'Cats', recipe: aRecipe({ repeats: 4, title: 'Four' }) });

  it('keeps its recipe, its title, and the runs that are over', () => {
    const runs = [ended(1, 'a'), queued(2), failed(3, 'stalled', 'x'), running(4, 'y')];
    expect(broughtBy(toJson({ ...saved, runs }, '0.1.0'), { prompt: 'not asked for' })).toEqual({
      recipe: saved.recipe,
      runs: [runs[0], runs[2]],
      title: 'Cats',
      exported: { id: 'k3f9x2ab', createdAt: '2026-03-12T14:05:09.123Z' },
    });
  });

  it('can be imported again for any experiment with a run that is over', () => {
    fc.assert(
      fc.property(anySaved, (any) => {
        const over = any.runs.filter(isOver);
        const parsed = parseImport(toJson(any, '0.1.0'));
        const { id, createdAt, recipe, title } = any;
        if (over.length === 0) expect(parsed.ok).toBe(false);
        else expect(parsed).toEqual({ ok: true, value: { recipe, runs: over, title, exported: { id, createdAt } } });
        expect(fillIn(recipe, over)).toHaveLength(plan(recipe).length);
      }),
      { seed: 1, numRuns: cases(200) },
    );
  });

  it.each([
    ['no run that is over', { runs: [queued(1)] }, 'This file holds no run that is over.'],
    [
      'a text that is too long',
      { runs: [ended(1, 'x'.repeat(maxCharacters + 1))] },
      'The text of run 1 has 262145 characters; at most 262144 are taken.',
    ],
    ['runs that are not its own', { runs: [ended(5, 'x')] }, 'Run 5 is not among the 4 runs of the recipe.'],
  ])('is refused with %s', (_, change, message) => {
    expect(messageOf(toJson({ ...saved, ...change }, '0.1.0'))).toBe(message);
  });

  it('may contain a run that failed because its text became too long', () => {
    const runs = [failed(1, 'too_long', 'x'.repeat(maxCharacters + 100))];
    expect(broughtBy(toJson({ ...saved, runs }, '0.1.0')).runs).toEqual(runs);
  });

  it('is refused if it is newer, or a repro pack, or damaged', () => {
    const file: object = JSON.parse(toJson(saved, '0.1.0'));
    expect(messageOf(JSON.stringify({ ...file, v: 2 }))).toBe('This file was made by a newer version of Seedbed.');
    expect(messageOf(toPack(saved, 'http://x/v1', { seedbed: '0.1.0', openai: '7' }))).toBe(
      'This file holds a seedbed-repro-pack. Bring the experiment as JSON instead.',
    );
    expect(messageOf(toJson(saved, '0.1.0').slice(0, -5))).toBe(
      'This is not valid JSON; perhaps its end is missing. If it is plain text, put a line of three dashes (---) above it.',
    );
  });
});

describe('the stored export of version 1', () => {
  const text = readFileSync(new URL('./__fixtures__/experiment-v1.json', import.meta.url), 'utf8');

  it('can always be imported', () => {
    const { recipe, runs, title, exported } = broughtBy(text, { fileName: 'experiment-v1.json' });
    expect({ title, exported }).toEqual({
      title: 'Two temperatures',
      exported: { id: 'k3f9x2ab', createdAt: '2026-03-12T14:05:09.123Z' },
    });
    expect(recipe).toEqual({
      v: 1,
      provider: 'seedling',
      request: {
        model: 'seedling-1',
        messages: [
          { role: 'system', content: 'Be brief.' },
          { role: 'user', content: 'Write a haiku about the moon. 語 😀 \ud800' },
        ],
        seed: 42,
        max_completion_tokens: 8,
        logprobs: true,
        top_logprobs: 1,
      },
      arms: [
        { label: 'cold', set: { temperature: 0 } },
        { label: 'warm', set: { temperature: 1 } },
      ],
      repeats: 3,
      dispatch: 'sequential',
      title: 'Moon',
    });
    expect(
      runs.map(({ run, arm, repeat, seed, model, status, text }) => [run, arm, repeat, seed, model, status, text]),
    ).toEqual([
      [1, 0, 1, 42, 'seedling-1', 'ended', 'The moon'],
      [2, 0, 2, 42, 'seedling-1', 'ended', 'The moon'],
      [3, 0, 3, 42, 'seedling-1', 'ended', 'The mo'],
      [4, 1, 1, 42, 'seedling-1', 'failed', 'A pale'],
      [5, 1, 2, 42, 'seedling-1', 'ended', 'Pale \udc00 light\n'],
    ]);
    expect(runs[0]).toEqual({
      run: 1,
      arm: 0,
      repeat: 1,
      seed: 42,
      model: 'seedling-1',
      status: 'ended',
      text: 'The moon',
      tokens: [
        {
          token: 'The',
          logprob: -0.25,
          bytes: [84, 104, 101],
          top_logprobs: [{ token: 'The', logprob: -0.25, bytes: [84, 104, 101] }],
        },
        { token: ' moon', logprob: -9999, bytes: null, top_logprobs: [] },
      ],
      servedModel: 'seedling-1',
      finish: 'stop',
      fingerprints: ['fp_seedling_1', 'fp_seedling_2'],
      usage: { prompt_tokens: 11, completion_tokens: 2, total_tokens: 13 },
      requestId: 'req_1',
      attempts: 2,
      timing: { queuedMs: 0.5, firstTextMs: 12.25, totalMs: 30 },
    });
    expect(runs[3]).toMatchObject({
      error: { code: 'rate_limited', message: 'Slow down.', status: 429, param: null, retryable: true },
    });
  });
});

describe('texts from elsewhere', () => {
  it('become runs that ended, of a recipe that says what is unknown', () => {
    const { recipe, runs, title, exported } = broughtBy('["the cat", "the dog"]');
    expect(recipe).toEqual({
      v: 1,
      provider: 'imported',
      request: {
        model: 'unknown',
        messages: [{ role: 'user', content: 'Imported texts: the prompt is not known.' }],
      },
      repeats: 2,
    });
    expect(runs).toEqual(
      ['the cat', 'the dog'].map((text, index) => ({
        run: index + 1,
        arm: 0,
        repeat: index + 1,
        seed: null,
        model: 'unknown',
        status: 'ended',
        text,
        servedModel: 'unknown',
        finish: 'stop',
        fingerprints: [],
        usage: null,
        requestId: null,
        attempts: 0,
        timing: { queuedMs: 0, firstTextMs: null, totalMs: 0 },
      })),
    );
    expect({ title, exported }).toEqual({ title: null, exported: null });
  });

  it('may come with the prompt that they answer', () => {
    expect(broughtBy('["x"]', { prompt: 'Say x.' }).recipe.request.messages).toEqual([
      { role: 'user', content: 'Say x.' },
    ]);
    expect(broughtBy('["x"]', { prompt: ' \n' }).recipe).toEqual(broughtBy('["x"]').recipe);
    expect(problemOf('["x"]', { prompt: 'x'.repeat(32_001) })).toEqual({
      code: 'invalid_import',
      message: 'content may have at most 32000 characters.',
      param: 'request.messages.0.content',
    });
  });

  it.each(['text', 'output', 'content', 'completion', 'response'])('may be objects with %s', (key) => {
    expect(textsOf(JSON.stringify([{ [key]: 'a', other: 1 }, { [key]: '' }]))).toEqual(['a', '']);
  });

  it('may come with more than the text', () => {
    const usage = { prompt_tokens: 1, completion_tokens: 2, total_tokens: 3 };
    const about = { model: 'm', finish: 'length', fingerprints: ['fp_1', 'fp_2'], usage, id: 'req_9' };
    const { recipe, runs } = broughtBy(JSON.stringify([{ text: 'a', ...about }]));
    expect(recipe.request.model).toBe('m');
    expect(runs[0]).toMatchObject({
      model: 'm',
      servedModel: 'm',
      finish: 'length',
      fingerprints: ['fp_1', 'fp_2'],
      usage,
      requestId: 'req_9',
    });
  });

  it('may come with more that cannot be read, which is ignored', () => {
    const about = {
      model: 5,
      finish: [],
      fingerprints: 'fp',
      system_fingerprint: '',
      usage: { total_tokens: 1 },
      id: {},
    };
    expect(broughtBy(JSON.stringify([{ text: 'a', ...about }]))).toEqual(broughtBy('["a"]'));
  });

  it('may be chat completions of OpenAI', () => {
    const { recipe, runs } = broughtBy(JSON.stringify([completion('a'), completion('b')]));
    expect(recipe).toMatchObject({ request: { model: 'gpt-4o-mini-2024-07-18' }, repeats: 2 });
    expect(runs[1]).toMatchObject({
      run: 2,
      text: 'b',
      servedModel: 'gpt-4o-mini-2024-07-18',
      finish: 'length',
      fingerprints: ['fp_772e8125bb'],
      usage: { prompt_tokens: 9, completion_tokens: 2, total_tokens: 11 },
      requestId: 'chatcmpl-1',
    });
  });

  it('may be one completion, with a fingerprint of null, a refusal, or several choices', () => {
    expect(broughtBy(JSON.stringify(completion('a', { system_fingerprint: null }))).runs[0]).toMatchObject({
      text: 'a',
      fingerprints: [],
    });
    const message = { content: null, refusal: 'I cannot.' };
    expect(
      broughtBy(JSON.stringify(completion('', { choices: [{ message, finish_reason: 'stop' }] }))).runs[0],
    ).toMatchObject({
      text: 'I cannot.',
      finish: 'refusal',
    });
    const choices = ['a', 'b'].map((content) => ({ message: { content } }));
    expect(broughtBy(JSON.stringify(completion('', { choices }))).runs).toMatchObject([
      { run: 1, text: 'a', finish: 'stop', usage: null },
      { run: 2, text: 'b', finish: 'stop', usage: null },
    ]);
  });

  it('of several models become one arm each, since the model is what varies', () => {
    const { recipe, runs } = broughtBy('[{"text":"a","model":"m"},{"text":"b","model":"n"},{"text":"c"}]');
    expect(recipe).toMatchObject({
      arms: [
        { label: 'm', set: { model: 'm' } },
        { label: 'n', set: { model: 'n' } },
        { label: 'unknown', set: { model: 'unknown' } },
      ],
      repeats: 1,
    });
    expect(runs).toMatchObject([
      { run: 1, arm: 0, model: 'm', text: 'a' },
      { run: 2, arm: 1, model: 'n', text: 'b' },
      { run: 3, arm: 2, model: 'unknown', text: 'c' },
    ]);
  });
});

describe('results of promptfoo', () => {
  const text = readFileSync(new URL('./__fixtures__/promptfoo.json', import.meta.url), 'utf8');
  const { results }: { results: { results: object[] } } = JSON.parse(text);

  it('become runs of what was asked, one arm for each provider', () => {
    const { recipe, runs } = broughtBy(text, { fileName: 'results.json' });
    expect(recipe).toEqual({
      v: 1,
      provider: 'imported',
      request: {
        model: 'openai:gpt-4o-mini',
        messages: [
          { role: 'system', content: 'Answer in one word.' },
          { role: 'user', content: 'Name a colour.' },
        ],
      },
      arms: [
        { label: 'openai:gpt-4o-mini', set: { model: 'openai:gpt-4o-mini' } },
        { label: 'ollama:chat:llama3.2', set: { model: 'ollama:chat:llama3.2' } },
      ],
      repeats: 2,
    });
    const usage = { prompt_tokens: 19, completion_tokens: 2, total_tokens: 21 };
    expect(runs).toMatchObject([
      { run: 1, status: 'ended', text: 'Blue', finish: 'stop', usage },
      { run: 2, status: 'ended', text: 'Blue', cached: true },
      { run: 3, status: 'ended', text: '{"colour":"red"}', model: 'ollama:chat:llama3.2' },
      { run: 4, status: 'failed', text: '', error: { message: 'API error: 500 Internal Server Error' } },
    ]);
    expect(runs[0]).not.toHaveProperty('cached');
  });

  it('may come as lines', () => {
    const lines = results.results.map((result) => JSON.stringify(result)).join('\n');
    for (const fileName of ['results.jsonl', '']) expect(broughtBy(lines, { fileName })).toEqual(broughtBy(text));
  });

  it('may have prompts that are plain text, one arm for each', () => {
    const asked = ['Name a colour.', 'Name a fruit.'].map((raw, index) => ({
      ...results.results[index],
      prompt: { raw },
    }));
    expect(broughtBy(JSON.stringify({ results: { results: asked } })).recipe.arms).toEqual([
      { label: 'Name a colour.', set: { messages: [{ role: 'user', content: 'Name a colour.' }] } },
      { label: 'Name a fruit.', set: { messages: [{ role: 'user', content: 'Name a fruit.' }] } },
    ]);
  });
});

describe('our own table', () => {
  it('gives back texts, seeds, models and fingerprints, and how runs ended', () => {
    const recipe = aRecipe({ arms: [{ label: 'one', set: { seed: 1 } }, { set: { seed: null } }], repeats: 2 });
    const [first, second, third, fourth] = plan(recipe);
    const usage = { prompt_tokens: 1, completion_tokens: 2, total_tokens: 3 };
    const runs = [
      ended(1, '=1+1', { ...first, fingerprints: ['fp_1', 'fp_2'], usage, requestId: 'req_1', servedModel: 'm' }),
      ended(2, 'a "b",\r\nc\n---\n', { ...second, finish: 'length', cached: true }),
      failed(3, 'stalled', "'-x"),
      ended(4, '', fourth),
    ].map((run, index) => ({ ...run, ...[first, second, third, fourth][index] }));
    const { recipe: read, runs: back } = broughtBy(toCsv(aSaved({ recipe, runs })), { prompt: 'Hi' });
    expect(read).toMatchObject({
      arms: [
        { label: 'one', set: { seed: 1 } },
        { label: 'no seed', set: { seed: null } },
      ],
      repeats: 2,
    });
    expect(back).toMatchObject([
      { seed: 1, text: '=1+1', fingerprints: ['fp_1', 'fp_2'], usage, requestId: 'req_1', servedModel: 'm' },
      { seed: 1, text: 'a "b",\r\nc\n---\n', finish: 'length', cached: true },
      { seed: null, status: 'failed', text: "'-x", error: { code: 'stalled', message: 'Something failed.' } },
      { seed: null, text: '' },
    ]);
  });

  it('of any experiment holds every text of a run that is over, in their order', () => {
    fc.assert(
      fc.property(anySaved, (any) => {
        const over = any.runs.filter(isOver);
        const parsed = parseImport(toCsv(any), { fileName: 'seedbed.csv' });
        if (over.length === 0) expect(parsed.ok).toBe(false);
        // A table is UTF-8, which has no halves of surrogate pairs.
        else if (parsed.ok) expect(parsed.value.runs.map(({ text }) => text)).toEqual(over.map(({ text }) => text));
        else expect(parsed.error.message).toMatch(/model/);
      }),
      { seed: 1, numRuns: cases(200) },
    );
  });
});

describe('a table from elsewhere', () => {
  it.each([
    ['Prompt,Output,Model\nHi,a,m\nHi,"b, c",m\n', ['a', 'b, c']],
    ['id;completion\r\n1;a\r\n2;b, c\r\n', ['a', 'b, c']],
    ['text\tseed\na\t1\nb, c\t1', ['a', 'b, c']],
    ['"text","x"\n"a","1"\n"b, c",""', ['a', 'b, c']],
  ])('%#: has its texts in a column', (table, texts) => {
    for (const fileName of ['answers.csv', '']) expect(textsOf(table, { fileName })).toEqual(texts);
  });

  it('may have the prompt, the model and the seed beside each text', () => {
    const { recipe } = broughtBy('prompt,text,model,seed\nHi,a,m,7\nHi,b,m,8\n');
    expect(recipe).toMatchObject({
      request: { model: 'm', messages: [{ role: 'user', content: 'Hi' }] },
      arms: [
        { label: 'seed 7', set: { seed: 7 } },
        { label: 'seed 8', set: { seed: 8 } },
      ],
    });
  });

  it('may have a single column, if its name says that it is a table', () => {
    expect(textsOf('text\na\nb\n', { fileName: 'a.csv' })).toEqual(['a', 'b']);
    expect(textsOf('text\na\nb\n')).toEqual(['text\na\nb']);
  });

  it.each([
    ['question,answer\n1,2\n', '', /^This table has no column .* Its columns are question and answer\. .*three dashes/],
    ['question,answer\n1,2\n', 'a.csv', /^This table has no column that holds the texts: call one text, output/],
    ['text,x\n"a,1\n', 'a.csv', /^This is no whole table/],
    ['text,x\na\n', 'a.csv', /^This is no whole table/],
  ])('%#: is refused rather than taken for one text', (table, fileName, message) => {
    expect(messageOf(table, { fileName })).toMatch(message);
  });

  it.each(['Roses, violets\nRed, blue', 'one,two\nthree', 'a,b', 'Hello, world.\nBye, moon.'])(
    'is not %j, which is prose',
    (text) => {
      expect(textsOf(text)).toEqual([text]);
    },
  );
});

describe('what else Seedbed exports', () => {
  it('is refused by name, for any experiment', () => {
    fc.assert(
      fc.property(anySaved, (any) => {
        for (const fileName of ['', 'seedbed.md', 'seedbed.txt'])
          expect(messageOf(toMarkdown(any), { fileName })).toMatch(/^This is a report that Seedbed exported/);
        for (const write of [toCurl, toPython, toTypeScript])
          expect(messageOf(write(any, null))).toMatch(/^This is a program that Seedbed exported/);
      }),
      { seed: 1, numRuns: cases(100) },
    );
  });
});

describe('the form of a file', () => {
  it.each([
    ['JSONL of objects', '{"text":"a"}\n{"text":"b"}\n'],
    ['JSONL with blank lines and CRLF', '\r\n{"text":"a"}\r\n\r\n{"text":"b"}'],
    ['JSONL of strings', '"a"\n"b"\n'],
    ['JSONL of completions', `${JSON.stringify(completion('a'))}\n${JSON.stringify(completion('b'))}`],
    ['a mixed list', JSON.stringify(['a', { text: 'b' }])],
    ['JSON after a byte order mark', '\ufeff["a","b"]'],
    ['plain text', 'a\n---\nb\n'],
    ['plain text with longer dashes, CRLF and blank lines', '\r\na\r\n\r\n-----  \r\n \r\nb\r\n\r\n'],
    ['plain text that begins and ends with dashes', '---\na\n---\n---\nb\n---'],
  ])('may be %s', (_, file) => {
    expect(textsOf(file)).toEqual(['a', 'b']);
  });

  it.each([
    ['one text', 'Just a text.\nIn two lines.\n', 'Just a text.\nIn two lines.'],
    ['a text that begins as a song', '[Verse 1]\nLa la', '[Verse 1]\nLa la'],
    ['a text that begins with a quotation', '"Go," she said.\nHe went.', '"Go," she said.\nHe went.'],
    ['a text that begins with a quoted line', '"Go."\nHe went.', '"Go."\nHe went.'],
    ['a number', '42', '42'],
    ['a quoted text', '"a"', '"a"'],
    ['dashes within lines', 'a --- b\n -- \n--', 'a --- b\n -- \n--'],
    ['spaces that belong to it', '  indented  \n', '  indented  '],
    ['JSON under a line of dashes', '---\n{"x":1}', '{"x":1}'],
  ])('may be %s', (_, file, text) => {
    expect(textsOf(file)).toEqual([text]);
  });

  it('may follow from the name of the file', () => {
    expect(textsOf('{"text":"a"}', { fileName: 'Answers.TXT' })).toEqual(['{"text":"a"}']);
    expect(textsOf('"a"', { fileName: 'a.json' })).toEqual(['a']);
    expect(textsOf('"a"', { fileName: 'a.jsonl' })).toEqual(['a']);
    expect(textsOf('{"text":"a"}\n{"text":"b"}', { fileName: 'lines.json' })).toEqual(['a', 'b']);
    expect(messageOf('a\n---\nb', { fileName: 'a.json' })).toMatch(/^This is not valid JSON/);
    expect(textsOf('["a"]', { fileName: 'no-ending' })).toEqual(['a']);
  });

  it('keeps any texts exactly, as a list and as JSONL', () => {
    fc.assert(
      fc.property(fc.array(anyUnicode, { minLength: 2, maxLength: 10 }), (texts) => {
        expect(textsOf(JSON.stringify(texts))).toEqual(texts);
        expect(textsOf(texts.map((text) => JSON.stringify({ text })).join('\n'))).toEqual(texts);
      }),
      { seed: 1, numRuns: cases(300) },
    );
  });

  it('keeps plain texts exactly, but for blank lines around them', () => {
    const line = fc.string({ unit: 'grapheme' }).map((text) => `x${text.replace(/[\r\n\u2028\u2029]/g, '')}x`);
    const text = fc.array(line, { minLength: 1, maxLength: 4 }).map((lines) => lines.join('\n'));
    fc.assert(
      fc.property(fc.array(text, { minLength: 1, maxLength: 5 }), (texts) => {
        expect(textsOf(`${texts.join('\n\n---\n\n')}\n`)).toEqual(texts);
      }),
      { seed: 1, numRuns: cases(300) },
    );
  });
});

describe('a file of one value', () => {
  it('is no export of ours if its format is none of our names', () => {
    for (const format of ['"csv"', '3'])
      expect(parseImport(`{ "format": ${format}, "text": "x" }`)).toMatchObject({
        ok: true,
        value: { runs: [{ text: 'x' }] },
      });
  });
});

describe('a file that is refused', () => {
  it.each([
    ['', undefined, 'This file is empty.'],
    [' \n\ufeff', undefined, 'This file is empty.'],
    ['---\n\n---\n', undefined, 'There is no text in this file.'],
    ['[]', undefined, 'There is no text in this file.'],
    [
      '{"text":"a"',
      undefined,
      'This is not valid JSON; perhaps its end is missing. If it is plain text, put a line of three dashes (---) above it.',
    ],
    [
      '["a", "b"',
      'a.out',
      'This is not valid JSON; perhaps its end is missing. If it is plain text, name the file .txt.',
    ],
    ['hello', 'a.json', 'This is not valid JSON; perhaps its end is missing. If it is plain text, name the file .txt.'],
    [
      '{"text":"a"}\n\n{"text":"b"\n{"text":"c"}',
      undefined,
      'Line 3 is not JSON. If it is plain text, put a line of three dashes (---) above it.',
    ],
    ['hello', 'a.jsonl', 'Line 1 is not JSON. If it is plain text, name the file .txt.'],
    [
      '["a", 5]',
      undefined,
      'Entry 2 holds no text: it must be a string, an object with text, output, content, completion or response, or a chat completion.',
    ],
    [
      '{"texts":["a"]}',
      undefined,
      'Entry 1 holds no text: it must be a string, an object with text, output, content, completion or response, or a chat completion.',
    ],
    [
      '{"choices":[]}',
      undefined,
      'Entry 1 holds no text: it must be a string, an object with text, output, content, completion or response, or a chat completion.',
    ],
    [JSON.stringify(Array(1001).fill('x')), undefined, 'There are 1001 texts; an experiment may have at most 1000.'],
    [JSON.stringify(['a', 'x'.repeat(262_145)]), undefined, 'Text 2 has 262145 characters; at most 262144 are taken.'],
    [
      JSON.stringify([{ text: 'a', model: 'm'.repeat(201) }]),
      undefined,
      'model must be the name of a model, 1 to 200 characters.',
    ],
    [`[${'1,'.repeat(999_999)}1]`, undefined, 'There are 1000000 texts; an experiment may have at most 1000.'],
    [`[${'{},'.repeat(999_999)}{}]`, undefined, 'There are 1000000 texts; an experiment may have at most 1000.'],
    ['1\n'.repeat(1_000_000), 'a.jsonl', 'There are more than 1000 texts; an experiment may have at most 1000.'],
    ['a\n---\n'.repeat(100_000), 'a.txt', 'There are more than 1000 texts; an experiment may have at most 1000.'],
    [
      JSON.stringify(Array(2).fill({ choices: Array(501).fill({ message: {} }) })),
      undefined,
      'There are 1002 texts; an experiment may have at most 1000.',
    ],
    [
      `text\n${'x\n'.repeat(1_000_000)}`,
      'a.csv',
      'This table has more than 1000 rows, which is all that an experiment may have.',
    ],
    [
      `text,a\n${'x,y\n'.repeat(1001)}`,
      undefined,
      'This table has more than 1000 rows, which is all that an experiment may have. If it is plain text, put a line of three dashes (---) above it.',
    ],
    [`text${',a'.repeat(1_000_000)}\n`, 'a.csv', 'This table has more than 200 columns.'],
  ])('%#: it says why', (file, fileName, message) => {
    expect(problemOf(file, fileName === undefined ? {} : { fileName })).toMatchObject({
      code: 'invalid_import',
      message,
    });
  });

  it.each([
    ['100 texts', JSON.stringify(Array(100).fill('x'))],
    ['a text of 262,144 characters', JSON.stringify(['x'.repeat(262_144)])],
  ])('is not one with %s', (_, file) => {
    expect(messageOf(file)).toBeNull();
  });

  it('may begin with millions of blank lines', () => {
    expect(parseImport(`${'\n'.repeat(4_000_000)}a${'\n'.repeat(4_000_000)}`)).toMatchObject({
      value: { runs: [{ text: 'a' }] },
    });
  });

  it('is read in time that grows with its length, whatever is in it', () => {
    const began = cpuMs();
    for (const filler of [' ', '\n', '-', '[', '{', '"', '\t\n', '---\n', '\\', '"a"\n', ',', 'a,b\n', ',"', '""'])
      for (const [start, end] of [
        ['a', 'b'],
        ['', ''],
      ])
        expect(parseImport(start + filler.repeat(2 ** 18 / filler.length) + end)).toBeDefined();
    expect(messageOf('['.repeat(2 ** 18) + ']'.repeat(2 ** 18))).toMatch(/^Entry 1 holds no text/);
    expect(cpuMs() - began).toBeLessThan(5000);
  });

  it('is refused in words or gives a recipe and runs of its plan, and never throws', () => {
    const anyFile = fc.oneof(
      anyUnicode,
      fc.json({ stringUnit: 'binary' }),
      fc.array(fc.json()).map((lines) => lines.join('\n')),
      fc.json().map((json) => `{"format":"seedbed-experiment","v":1,"runs":${json}}`),
      fc.json().map((json) => `{"choices":[{"message":${json}}],"usage":${json},"model":${json}}`),
    );
    const anyName = fc.constantFrom('', 'a.json', 'a.jsonl', 'a.csv', 'a.txt', 'a');
    fc.assert(
      fc.property(anyFile, anyName, anyUnicode, (file, fileName, prompt) => {
        const parsed = parseImport(file, { fileName, prompt });
        if (!parsed.ok) {
          expect(parsed.error.message).toMatch(/\w.*\.$/);
          return;
        }
        const { recipe, runs } = parsed.value;
        expect(parseRecipe(recipe)).toEqual({ ok: true, value: recipe });
        expect(recipe.provider).toBe(importedProvider);
        expect(fillIn(recipe, runs)).toEqual(runs);
      }),
      { seed: 1, numRuns: cases(1000) },
    );
  });
});
