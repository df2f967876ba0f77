import * as v from 'valibot';
import { beforeEach, describe, expect, it } from 'vitest';
import { ExchangeResponse } from '@/lib/api/exchange';
import { SavedExperiment } from '@/lib/run/schema';
import { getExchange } from './exchange';
import { getExperiment } from './experiment';
import { startExperiment } from './experiments';
import { exportExperiment } from './files';
import { eventsOf, folded, freshServices, newVisitor, refusalOf, request } from './services.fixture';

freshServices();
const anna = newVisitor();

const recipe = {
  v: 1,
  provider: 'seedling',
  request: { model: 'seedling-1', messages: [{ role: 'user', content: 'It’s spring.' }], max_completion_tokens: 5 },
  arms: [{ set: { seed: 1 } }, { set: { seed: 2 } }],
  repeats: 2,
};

let id: string;
let told: string;
beforeEach(async () => {
  const events = await eventsOf(await startExperiment(request('POST', '/api/experiments', { as: anna, body: recipe })));
  id = folded(events).id;
  told = JSON.stringify(events);
});

const ask = (run: string, as = anna) => getExchange(request('GET', '/', { as }), id, run);

describe('GET what was sent for a run', () => {
  it('has the request to the letter, what came back, and what it shares with others', async () => {
    const answer = v.parse(ExchangeResponse, await (await ask('3')).json());
    expect(answer).toMatchObject({
      run: 3,
      request: { method: 'POST', url: 'http://localhost:3000/v1/chat/completions' },
      response: { status: 200, headers: { 'content-type': expect.stringContaining('text/event-stream') } },
      shared: { same: [3, 4], known: [1, 2, 3, 4], differing: { keys: ['seed'], url: false } },
    });
    expect(JSON.parse(answer.request?.body ?? '')).toEqual({
      ...{ model: 'seedling-1', messages: recipe.request.messages, max_completion_tokens: 5, seed: 2 },
      ...{ stream: true, stream_options: { include_usage: true } },
    });
    expect(answer.curl).toContain('It’s spring.');
  });

  it('is nothing for a run that is not there, or an experiment that is another’s', async () => {
    expect(await refusalOf(await ask('9'))).toMatchObject({ status: 404 });
    expect(await refusalOf(await ask('1', newVisitor()))).toMatchObject({ status: 404 });
  });

  it('is in the JSON file too, but neither streamed nor among all runs', async () => {
    const get = request('GET', '/?format=json', { as: anna });
    const file = SavedExperiment.pick({ runs: true }).parse(await (await exportExperiment(get, id)).json());
    expect(file.runs).toMatchObject(Array(4).fill({ exchange: { request: { url: '/v1/chat/completions' } } }));
    expect(told).not.toContain('exchange');
    expect(await (await getExperiment(get, id)).text()).not.toContain('exchange');
  });
});
