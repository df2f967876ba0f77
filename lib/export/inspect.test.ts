import { describe, expect, it } from 'vitest';
import { parseImport } from './import';

const sample = (text: unknown, change: object = {}) => ({
  ...{ id: 1, epoch: 1, input: 'Name a colour.', target: '' },
  output: {
    model: 'gpt-6-luna-2026-08-01',
    choices: [{ message: { role: 'assistant', content: text }, stop_reason: 'stop' }],
    usage: { input_tokens: 9, output_tokens: 2, total_tokens: 11 },
  },
  ...change,
});

const log = (samples: object[], about: object = {}) =>
  JSON.stringify({
    version: 2,
    status: 'success',
    eval: { task: 'colours', model: 'openai/gpt-6-luna', model_generate_config: { seed: 7 }, ...about },
    samples,
  });

function brought(text: string) {
  const parsed = parseImport(text, { fileName: 'log.json' });
  if (!parsed.ok) throw new Error(parsed.error.message);
  return parsed.value;
}

describe('a log of Inspect', () => {
  it('gives its answers, with model, seed, prompt and usage', () => {
    const { recipe, runs } = brought(log([sample('Red'), sample('Blue', { epoch: 2 })]));
    expect(recipe).toMatchObject({
      request: { model: 'openai/gpt-6-luna', seed: 7, messages: [{ role: 'user', content: 'Name a colour.' }] },
      repeats: 2,
    });
    expect(runs).toMatchObject([
      { text: 'Red', servedModel: 'gpt-6-luna-2026-08-01', finish: 'stop', usage: { completion_tokens: 2 } },
      { text: 'Blue' },
    ]);
  });

  it('reads chats, and the text among parts of an answer', () => {
    const chat = [
      { id: 'a', role: 'system', content: 'Be brief.' },
      { id: 'b', role: 'user', content: [{ type: 'text', text: 'Name a ' }, 'colour.'] },
    ];
    const parts = [
      { type: 'reasoning', reasoning: 'Hm.' },
      { type: 'text', text: 'Red' },
    ];
    const { recipe, runs } = brought(log([sample(parts, { input: chat })]));
    expect(runs[0]?.text).toBe('Red');
    expect(recipe.request.messages).toEqual([
      { role: 'system', content: 'Be brief.' },
      { role: 'user', content: 'Name a colour.' },
    ]);
  });

  it('has an arm for each of several prompts', () => {
    const other = sample('Oak', { input: 'Name a tree.' });
    expect(brought(log([sample('Red'), sample('Blue'), other, other])).recipe.arms).toMatchObject([
      { label: 'Name a colour.' },
      { label: 'Name a tree.' },
    ]);
  });

  it('says that an answer was cut in the words of the page', () => {
    const cut = sample('Re');
    cut.output.choices = [{ message: { role: 'assistant', content: 'Re' }, stop_reason: 'max_tokens' }];
    expect(brought(log([cut])).runs).toMatchObject([{ finish: 'length' }]);
  });

  it('takes the seed from its plan, or none where there is none', () => {
    const without = { model_generate_config: {} };
    const planned = { ...JSON.parse(log([sample('Red')], without)), plan: { config: { seed: 8 } } };
    expect(brought(JSON.stringify(planned)).recipe.request.seed).toBe(8);
    expect(brought(log([sample('Red')], without)).recipe.request.seed).toBeUndefined();
    expect(brought(log([sample('Red')], { model_generate_config: undefined })).recipe.request.seed).toBeUndefined();
  });

  it('has no model that answered, no reason and no usage where it says none', () => {
    const bare = { choices: [{ message: { content: 'Red' } }] };
    expect(brought(log([sample('', { output: bare })])).runs).toMatchObject([
      { servedModel: 'openai/gpt-6-luna', finish: 'stop', usage: null },
    ]);
  });

  it('keeps samples that failed, or have no answer, as failed runs', () => {
    const failed = sample('', { error: { message: 'Rate limit.', traceback: '…' } });
    const { runs } = brought(log([sample('Red'), failed, { id: 3, input: 'Name a colour.', output: null }]));
    expect(runs).toMatchObject([
      { status: 'ended' },
      { status: 'failed', error: { message: 'Rate limit.' } },
      { status: 'failed', error: { message: 'This sample has no answer.' } },
    ]);
  });

  it('is asked for as JSON where it comes as an archive', () => {
    const parsed = parseImport('PK\u0003\u0004…', { fileName: 'log.eval' });
    expect(parsed).toMatchObject({ ok: false, error: { message: expect.stringContaining('inspect log convert') } });
  });

  it('may not have more samples than an experiment has runs', () => {
    const parsed = parseImport(log(Array.from({ length: 1001 }, () => sample('x'))), { fileName: 'log.json' });
    expect(parsed).toMatchObject({ ok: false, error: { message: expect.stringContaining('at most 1000') } });
  });
});
