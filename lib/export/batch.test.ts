import { describe, expect, it } from 'vitest';
import { aRecipe, aRequest } from '@/lib/run/records.fixture';
import { toBatch } from './batch';
import { parseImport } from './import';

const messages = [{ role: 'user' as const, content: 'Say “two”\nlines.' }];

const answer = (run: number, content: string) => ({
  id: `batch_req_${run}`,
  custom_id: `run-${run}`,
  response: {
    status_code: 200,
    request_id: `req_${run}`,
    body: {
      ...{ id: `chatcmpl-${run}`, object: 'chat.completion', model: 'gpt-6-luna-2026-08-01' },
      system_fingerprint: 'fp_1',
      choices: [{ index: 0, message: { role: 'assistant', content }, finish_reason: 'stop' }],
      usage: { prompt_tokens: 9, completion_tokens: 2, total_tokens: 11 },
    },
  },
  error: null,
});
const jsonl = (...lines: object[]) => lines.map((line) => JSON.stringify(line)).join('\n');

function brought(text: string) {
  const parsed = parseImport(text, { fileName: 'output.jsonl' });
  if (!parsed.ok) throw new Error(parsed.error.message);
  return parsed.value.runs;
}

describe('the input of a batch', () => {
  it('has a line for each run, with the body of its arm', () => {
    const arms = [7, 8].map((seed) => ({ label: `seed ${seed}`, set: { seed } }));
    const recipe = aRecipe({ repeats: 2, arms, request: aRequest({ model: 'm', messages, temperature: 0.5 }) });
    const lines = toBatch({ recipe, runs: [] }).trimEnd().split('\n');
    expect(lines.map((line) => JSON.parse(line))).toEqual(
      [7, 7, 8, 8].map((seed, index) => ({
        ...{ custom_id: `run-${index + 1}`, method: 'POST', url: '/v1/chat/completions' },
        body: { model: 'm', messages, temperature: 0.5, seed },
      })),
    );
  });

  it('sends no seed where none is asked for, and further fields as they are', () => {
    const request = aRequest({ model: 'm', messages, seed: null, extra_body: { top_k: 5 } });
    expect(JSON.parse(toBatch({ recipe: aRecipe({ repeats: 1, request }), runs: [] })).body).toEqual({
      ...{ model: 'm', messages, top_k: 5 },
    });
  });
});

describe('the output of a batch', () => {
  it('is read in the order of the runs, with what stands beside each text', () => {
    const runs = brought(jsonl(answer(10, 'ten'), answer(2, 'two')));
    expect(runs).toMatchObject([
      { run: 1, text: 'two', requestId: 'req_2', fingerprints: ['fp_1'], model: 'gpt-6-luna-2026-08-01' },
      { run: 2, text: 'ten', requestId: 'req_10', finish: 'stop', usage: { total_tokens: 11 } },
    ]);
  });

  it('keeps the order of a batch that others wrote', () => {
    const named = (name: string) => ({ ...answer(1, name), custom_id: name });
    expect(brought(jsonl(named('b'), named('a'))).map(({ text }) => text)).toEqual(['b', 'a']);
  });

  it('keeps what was refused, and what was never answered, as failed runs', () => {
    const refused = { error: { message: 'Unsupported value: temperature.', code: 'unsupported_value' } };
    const runs = brought(
      jsonl(
        answer(1, 'one'),
        { ...answer(2, ''), response: { status_code: 400, request_id: 'req_2', body: refused } },
        { id: 'x', custom_id: 'run-3', response: null, error: { code: 'batch_expired', message: 'It expired.' } },
      ),
    );
    expect(runs).toMatchObject([
      { status: 'ended', text: 'one' },
      {
        status: 'failed',
        error: { status: 400, code: 'unsupported_value', message: 'Unsupported value: temperature.' },
      },
      { status: 'failed', error: { status: null, code: 'batch_expired', message: 'It expired.' } },
    ]);
  });

  it('says of what it knows nothing about that there was no answer', () => {
    const runs = brought(
      jsonl(
        { custom_id: 'run-1', response: null, error: {} },
        { custom_id: 'run-2', response: { status_code: 502, request_id: null, body: 'Bad gateway' }, error: null },
        { ...answer(3, 'three'), response: { ...answer(3, 'three').response, request_id: null } },
      ),
    );
    const message = 'The batch gave no answer to this request.';
    expect(runs).toMatchObject([
      { error: { code: 'failed', message, status: null } },
      { error: { code: 'failed', message, status: 502 } },
      { text: 'three', requestId: 'chatcmpl-3' },
    ]);
  });

  it('is not seen in a line that has no answer at all', () => {
    const parsed = parseImport(jsonl({ custom_id: 'run-1', method: 'POST', body: {} }), { fileName: 'input.jsonl' });
    expect(parsed).toMatchObject({ ok: false, error: { message: expect.stringContaining('Entry 1 holds no text') } });
  });
});
