import { answerOf, Browser } from '../lib/api/browser.fixture';
import type { Recipe } from '../lib/recipe/recipe';
import { appUrl } from './support/addresses';
import { expect, test } from './support/test';

const recipe = (request: Partial<Recipe['request']>): Recipe => ({
  v: 1,
  provider: 'seedling',
  request: {
    model: 'seedling-1',
    messages: [{ role: 'user', content: 'Write a haiku about spring.' }],
    temperature: 1,
    max_completion_tokens: 60,
    ...request,
  },
  repeats: 5,
});

async function textsOf(request: Partial<Recipe['request']>): Promise<string[]> {
  const texts = ['', '', '', '', ''];
  let last = '';
  for await (const { event } of await answerOf(new Browser().at(appUrl).start(recipe(request)))) {
    if (event.type === 'text-delta') texts[event.run - 1] += event.text;
    last = event.type;
  }
  expect(last).toBe('experiment-end');
  return texts;
}

test('a seed gives five equal texts, another seed another text, and no seed texts that are not all equal', async () => {
  const seeded = await textsOf({ seed: 12345 });
  expect(new Set(seeded).size).toBe(1);
  expect(seeded[0]).toMatch(/\w/);
  expect(await textsOf({ seed: 12346 })).not.toContain(seeded[0]);
  expect(new Set(await textsOf({})).size).toBeGreaterThan(1);
});

test('an experiment can be read back with its comparison', async ({ request }) => {
  const stream = await request.post('/api/experiments', { data: recipe({ seed: 5 }) });
  const id = /"id":"([^"]+)"/.exec(await stream.text())?.[1];
  const experiment = await (await request.get(`/api/experiments/${id}`)).json();
  expect(experiment).toMatchObject({ id, recipe: recipe({ seed: 5 }), sharedAt: null, parent: null });
  expect(experiment.comparison).toMatchObject({
    texts: 1,
    compared: 5,
    firstDifference: null,
    verdict: '5 of 5 runs identical.',
  });
  expect(experiment.runs).toHaveLength(5);
});

test('the event stream can be read again from any event', async ({ request }) => {
  const whole = await (await request.post('/api/experiments', { data: recipe({ seed: 5 }) })).text();
  const id = /"id":"([^"]+)"/.exec(whole)?.[1];
  const again = await request.get(`/api/experiments/${id}/events`, { headers: { 'last-event-id': '3' } });
  expect(await again.text()).toBe(whole.slice(whole.indexOf('id: 4\n')));
});

test('an unknown experiment is not found, whatever is asked about it', async ({ request }) => {
  for (const path of ['', '/events']) expect((await request.get(`/api/experiments/nothing${path}`)).status()).toBe(404);
  for (const path of ['/stop', '/runs'])
    expect((await request.post(`/api/experiments/nothing${path}`)).status()).toBe(404);
});
