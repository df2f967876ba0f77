import { createOpenAICompatible } from '@ai-sdk/openai-compatible';
import { ChatOpenAI } from '@langchain/openai';
import { APICallError, generateText, streamText } from 'ai';
import { appUrl } from './support/addresses';
import { expect, test } from './support/test';

const prompt = 'Write a haiku about spring.';
const models = ['seedling-1', 'sapling-1'];

test.describe('the Vercel AI SDK', () => {
  const seedbed = createOpenAICompatible({ name: 'seedbed', baseURL: `${appUrl}/v1`, includeUsage: true });

  for (const model of models)
    test(`gets the same text of ${model} twice for a seed, streamed and not`, async () => {
      const whole = await generateText({ model: seedbed(model), prompt, seed: 12345, maxRetries: 0 });
      expect(whole.text).toMatch(/\w/);
      expect(whole.usage.outputTokens).toBeGreaterThan(0);
      const stream = streamText({ model: seedbed(model), prompt, seed: 12345, maxRetries: 0 });
      expect(await stream.text).toBe(whole.text);
    });

  test('gets errors as its own typed errors', async () => {
    const call = generateText({ model: seedbed('gpt-nothing'), prompt, maxRetries: 0 });
    const error: unknown = await call.catch((reason: unknown) => reason);
    expect(APICallError.isInstance(error) && error.statusCode).toBe(404);
  });
});

test.describe('LangChain.js', () => {
  const model = (name: string) =>
    new ChatOpenAI({
      model: name,
      apiKey: 'none',
      maxRetries: 0,
      modelKwargs: { seed: 12345 },
      configuration: { baseURL: `${appUrl}/v1` },
    });

  for (const name of models)
    test(`gets the same text of ${name} twice for a seed, streamed and not`, async () => {
      const whole = await model(name).invoke(prompt);
      expect(whole.content).toMatch(/\w/);
      let streamed = '';
      for await (const chunk of await model(name).stream(prompt)) streamed += String(chunk.content);
      expect(streamed).toBe(whole.content);
    });

  test('gets errors as typed errors', async () => {
    await expect(model('gpt-nothing').invoke(prompt)).rejects.toMatchObject({ status: 404 });
  });
});
