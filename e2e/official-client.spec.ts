import OpenAI, { BadRequestError, NotFoundError } from 'openai';
import { appUrl } from './support/addresses';
import { expect, test } from './support/test';

const client = new OpenAI({ apiKey: 'none', baseURL: `${appUrl}/v1`, maxRetries: 0 });
const messages = [{ role: 'user' as const, content: 'Write a haiku about spring.' }];

for (const model of ['seedling-1', 'sapling-1']) {
  test(`the two calls of OpenAI's article on seeds print the same haiku of ${model} twice`, async () => {
    const [first, second] = await Promise.all(
      [1, 2].map(() => client.chat.completions.create({ model, messages, seed: 12345 })),
    );
    expect(first?.choices[0]?.message.content).toMatch(/\w/);
    expect(second?.choices[0]?.message.content).toBe(first?.choices[0]?.message.content);
    expect(first?.system_fingerprint).toMatch(/^fp_(seedling|sapling)_/);
  });

  test(`the text of ${model} is the same, streamed and not`, async () => {
    const whole = await client.chat.completions.create({ model, messages, seed: 7 });
    const stream = await client.chat.completions.create({ model, messages, seed: 7, stream: true });
    let text = '';
    for await (const chunk of stream) text += chunk.choices[0]?.delta.content ?? '';
    expect(text).toBe(whole.choices[0]?.message.content);
  });

  test(`different seeds give different haiku of ${model}`, async () => {
    const texts = await Promise.all(
      [1, 2, 3, 4, 5, 6].map(async (seed) => {
        const completion = await client.chat.completions.create({ model, messages, seed });
        return completion.choices[0]?.message.content;
      }),
    );
    expect(new Set(texts).size).toBeGreaterThan(4);
  });
}

test('the client lists the models inside', async () => {
  const models = await client.models.list();
  expect(models.data.map(({ id }) => id)).toEqual(expect.arrayContaining(['seedling-1', 'sapling-1']));
  expect((await client.models.retrieve('sapling-1')).object).toBe('model');
});

test('errors arrive as the typed errors of the SDK', async () => {
  await expect(client.chat.completions.create({ model: 'gpt-nothing', messages })).rejects.toBeInstanceOf(
    NotFoundError,
  );
  const hot = client.chat.completions.create({ model: 'seedling-1', messages, temperature: 9 });
  await expect(hot).rejects.toBeInstanceOf(BadRequestError);
  await expect(hot).rejects.toMatchObject({ param: 'temperature' });
  const long = [{ role: 'user' as const, content: 'and '.repeat(600) }];
  const endless = client.chat.completions.create({ model: 'sapling-1', messages: long });
  await expect(endless).rejects.toMatchObject({ status: 400, param: 'messages', code: 'context_length_exceeded' });
});
